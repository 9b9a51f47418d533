"""Addresses in time: an original resource, its TimeGate and TimeMap, and itself as of a snapshot (RFC 7089).

The original is what a client asked for, on the host that it asked; all of them go by the same path.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from werkzeug.wsgi import get_host

from server.timeline import Moment

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

MEMENTO = "samizdat.memento"
"""In the environment of a request that is answered from an old snapshot: its ``Moment`` and its ``Place``."""
TIMED: Final = ("/snapshot/", "/timegate/", "/timemap/", "/changes", "/feed.atom", "/ldes")
"""What is answered from the whole history."""
LISTING: Final = ("/dataset", "/.well-known/void", "/linkset/dataset")
"""What is answered from one snapshot, and names the others that are still there."""
SELF: Final = '<>; rel="original timegate"'
"""The link of an answer of the endpoint, however its query came: it answers to Accept-Datetime itself."""
ADDRESSED = re.compile(r"/snapshot/([0-9a-f]{64})(/.*)", re.DOTALL)
PASTLESS: Final = (
    *("/static/", "/healthz", "/readyz", "/metrics", "/favicon.ico", "/robots.txt", "/sitemap", "/openapi"),
    *("/snapshot", "/timegate", "/timemap", "/changes", "/feed.atom", "/ldes", "/dump/", "/problems"),
)
"""What is of this moment, of the server, or of all time."""
LONGEST: Final = 1500
"""Characters of an address that links in headers still name: they stand in each many times, and headers are bounded."""


def has_past(path: str) -> bool:
    """Whether an address is answered from one snapshot, so that it had another answer from another."""
    return not path.startswith(PASTLESS)


def is_static(path: str) -> bool:
    """Whether it is a file that comes with a page."""
    return path.startswith("/static/")


@dataclass(frozen=True)
class Place:
    """An original resource: ``root`` (scheme and host), ``script`` (where this is mounted), ``path`` as WSGI has it.

    ``query`` is as it was sent, without the mark. ``is_got`` tells whether it was asked by GET or HEAD.
    """

    root: str
    script: str
    path: str
    query: str
    is_got: bool = True

    @classmethod
    def of(cls, environ: "WSGIEnvironment", path: str) -> "Place":
        """The resource at this path, with the request's host and query."""
        return cls(
            f"{environ['wsgi.url_scheme']}://{get_host(environ)}",
            environ.get("SCRIPT_NAME", ""),
            "/" + path.lstrip("/"),  # two slashes at the beginning of a link would name a host
            environ.get("QUERY_STRING", ""),
            environ["REQUEST_METHOD"] in ("GET", "HEAD"),
        )

    @property
    def is_too_long(self) -> bool:
        """Whether its address is too long to be named in headers."""
        return len(self.path) + len(self.query) > LONGEST

    @property
    def original(self) -> str:
        """URI-R."""
        return self._at("")

    def here(self, address: str) -> str:
        """An address as a page or a Location names it: without the host, which a proxy may have changed."""
        return address.removeprefix(self.root)

    @property
    def timegate(self) -> str:
        """URI-G."""
        return self._at("/timegate")

    @property
    def timemap(self) -> str:
        """URI-T, in the link format."""
        return self._at("/timemap")

    def timemap_in(self, kind: str) -> str:
        """URI-T in ``link`` or ``json`` format, whatever the client accepts."""
        return self._at(f"/timemap/{kind}")

    def memento(self, found: Moment) -> str:
        """URI-M."""
        return self._at(self.prefix(found))

    @staticmethod
    def prefix(found: Moment) -> str:
        """What stands before the path of a memento."""
        return f"/snapshot/{found.snapshot.id}"

    def _at(self, prefix: str) -> str:
        # WSGI passes the bytes of a path as Latin-1.
        path = quote((self.script + prefix + self.path).encode("latin-1"), safe="/:@!$&'()*+,;=~")
        return self.root + path + (f"?{self.query}" if self.query else "")
