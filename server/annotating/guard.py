"""Who may ask: whoever knows the address, from this machine, and from no page but the one that it leads to.

The secret is the first segment of every path, and without it there is nothing here but a refusal. A name that somebody
else's DNS leads to this machine is refused by its Host (https://owasp.org/www-community/attacks/DNS_Rebinding), and
what another page sends by its Origin and by Fetch Metadata (https://www.w3.org/TR/fetch-metadata/).
"""

import hmac
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any

from server.guarding.security import HEADERS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SAFE = ("GET", "HEAD")
PRIVATE = {
    **HEADERS,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",  # the address is the secret
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
"""On every answer, refusals among them."""


def hosts_of(port: int) -> tuple[str, ...]:
    """What a browser calls this machine when it asks at this port."""
    return f"127.0.0.1:{port}", f"localhost:{port}"


def guarded(application: "WSGIApplication", token: str, hosts: Collection[str]) -> "WSGIApplication":
    """The application below ``/token/``, for requests that name one of these hosts and come from its own pages."""

    def answer(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        private = _private(start)
        _, _, path = environ.get("PATH_INFO", "").partition("/")
        given, slash, rest = path.partition("/")
        if not (_is_same(given, token) and slash and _host(environ) in hosts and _is_own(environ)):
            return _refused(private)
        environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + f"/{token}"
        environ["PATH_INFO"] = f"/{rest}"
        return application(environ, private)

    return answer


def _private(start: "StartResponse") -> Callable[..., Any]:
    def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        ours = {name.lower() for name in PRIVATE}
        kept = [(name, value) for name, value in headers if name.lower() not in ours]
        return start(status, [*kept, *PRIVATE.items()], *rest)

    return started


def _is_same(given: str, token: str) -> bool:
    """Compared in a time that says nothing of how much of it is right."""
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), token.encode())


def _host(environ: "WSGIEnvironment") -> str:
    return str(environ.get("HTTP_HOST", "")).lower()


def _is_own(environ: "WSGIEnvironment") -> bool:
    """Whether a person follows the address, or the page itself asks."""
    site, mode = environ.get("HTTP_SEC_FETCH_SITE"), environ.get("HTTP_SEC_FETCH_MODE")
    origin = environ.get("HTTP_ORIGIN")
    if origin is not None and origin != f"http://{_host(environ)}":
        return False
    if environ.get("REQUEST_METHOD") in SAFE:
        return site in (None, "none", "same-origin") or mode == "navigate"
    return site in (None, "same-origin") and (origin is not None or site is not None)


def _refused(start: Callable[..., Any]) -> Iterable[bytes]:
    start("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Open the address that `samizdat annotate` printed.\n"]
