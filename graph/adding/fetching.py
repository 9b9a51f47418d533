"""One page from the web: bounded in size and time, and from no private address unless that is allowed.

Each host is looked up once and the connection goes to the address that was judged (``graph/addresses.py``). Redirects
are judged anew.
"""

from contextlib import closing
from dataclasses import dataclass
from threading import Thread
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

import certifi
import urllib3
from urllib3.exceptions import HTTPError

from graph.adding.faults import CannotAdd
from graph.addresses import addresses_of, is_public

MOST_BYTES = 5_000_000
"""Of a page or file, once unpacked."""
SECONDS = 30.0
"""Until the whole page must be there."""
REDIRECTS = 5
CHUNK = 65_536
KINDS = ("text/html", "application/xhtml+xml", "text/plain")
_HEADERS = {"User-Agent": "samizdat (adding one page for a person)", "Accept": ", ".join(KINDS)}


@dataclass(frozen=True)
class Fetched:
    """The bytes of a page, the address where they were in the end, and what its server says they are."""

    content: bytes
    url: str
    kind: str
    charset: str | None


def fetch(url: str, *, allow_private: bool = False, seconds: float = SECONDS) -> Fetched:
    """The page at an http(s) address; CannotAdd says why there is none."""
    # In a thread of its own, for a server that sends a byte now and then keeps within every time-out of a socket.
    answers: list[Fetched | Exception] = []
    thread = Thread(target=lambda: answers.append(_caught(url, allow_private, seconds)), daemon=True)
    thread.start()
    thread.join(seconds + 1)
    if not answers:
        raise CannotAdd(f"{url} takes too long", "try again later, or save the page and add the file")
    if isinstance(answers[0], Exception):
        raise answers[0]
    return answers[0]


def _caught(url: str, allow_private: bool, seconds: float) -> Fetched | Exception:
    try:
        return _followed(url, allow_private, seconds)
    except Exception as error:
        return error


def _followed(url: str, allow_private: bool, seconds: float) -> Fetched:
    deadline = monotonic() + seconds
    for _ in range(REDIRECTS + 1):
        answer = _one(url, allow_private, deadline)
        if isinstance(answer, Fetched):
            return answer
        url = urljoin(url, answer)
    raise CannotAdd(f"{url} leads from one address to the next", "give the address where the page is in the end")


def _one(url: str, allow_private: bool, deadline: float) -> Fetched | str:
    """What is at this address: a page, or where to look instead."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise CannotAdd(f"{url} is no web address", "give one that begins with http:// or https://")
    pool = _pool(parts, _address(parts, allow_private), max(deadline - monotonic(), 0.1))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with pool:
            response = pool.urlopen(
                "GET", target, headers=_HEADERS | {"Host": parts.netloc.rpartition("@")[2]},
                redirect=False, retries=False, preload_content=False,
            )  # fmt: skip
            with closing(response):
                if 300 <= response.status < 400 and "Location" in response.headers:
                    return str(response.headers["Location"])
                return _read(response, url, deadline)
    except (HTTPError, OSError, ValueError) as error:
        why = getattr(error, "reason", None) or error
        raise CannotAdd(f"{url} cannot be read: {why}", "try again later, or save the page and add the file") from None


def _read(response: urllib3.BaseHTTPResponse, url: str, deadline: float) -> Fetched:
    if response.status != 200:
        raise CannotAdd(f"{url} answers {response.status}", "give the address of a page that is there for everybody")
    kind, _, rest = response.headers.get("Content-Type", "text/html").partition(";")
    if kind.strip().lower() not in KINDS:
        raise CannotAdd(f"{url} is {kind.strip()}, and neither a page nor a text", "save its text and add the file")
    content = b""
    while chunk := response.read1(CHUNK, decode_content=True):
        content += chunk
        if len(content) > MOST_BYTES:
            raise CannotAdd(f"{url} has more than {MOST_BYTES:,} bytes", "save the text alone and add the file")
        if monotonic() > deadline:
            raise CannotAdd(f"{url} takes too long", "try again later, or save the page and add the file")
    charset = rest.partition("charset=")[2].strip().strip("\"'").lower() or None
    return Fetched(content, url, kind.strip().lower(), charset)


def _address(parts: SplitResult, allow_private: bool) -> str:
    """The address that a host has; CannotAdd if any that it has is not of the public internet."""
    host = str(parts.hostname)
    try:
        addresses = addresses_of(host, parts.port or 0)
    except (OSError, UnicodeError, ValueError):
        raise CannotAdd(f"there is no host {host}", "correct the address") from None
    if not allow_private and not all(is_public(address) for address in addresses):
        raise CannotAdd(f"{host} is an address of a private network", "allow it with --allow-private, if you mean it")
    return addresses[0]


def _pool(parts: SplitResult, address: str, seconds: float) -> urllib3.HTTPConnectionPool:
    timeout = urllib3.Timeout(total=seconds)
    if parts.scheme == "http":
        return urllib3.HTTPConnectionPool(address, parts.port or 80, timeout=timeout)
    return urllib3.HTTPSConnectionPool(
        address, parts.port or 443, timeout=timeout, ca_certs=certifi.where(), cert_reqs="CERT_REQUIRED",
        server_hostname=parts.hostname, assert_hostname=parts.hostname,
    )  # fmt: skip
