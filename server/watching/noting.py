"""What the application tells its outermost layer about a request: its kind and its query, in the WSGI environment.

Metrics and the access log stand before the cache, where an answer may come from without the application. Whoever
keeps an answer therefore keeps its ``Note`` with it, and puts it back into the environment.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from flask import Flask, Response, g, request

from server.holdings import holdings

NOTE = "samizdat.note"
"""The Note of a request, in its WSGI environment; missing if the application was not reached."""
CACHE = "samizdat.cache"
"""``hit`` or ``miss``, in the WSGI environment; missing where no cache was asked."""
FAILED = "samizdat.failed"
"""The error that a query has ended in before the application was asked, in the WSGI environment."""

Kind = Literal["select", "ask", "construct", "describe", "page", "static", "document", "other"]
KINDS: tuple[Kind, ...] = ("select", "ask", "construct", "describe", "page", "static", "document", "other")
"""The kinds of requests, and no others: each is a time series of its own."""

OPERATIONS = frozenset({"health.healthz", "health.readyz", "metrics.metrics"})
"""Endpoints that machines ask every few seconds, and that say nothing of how readers are served."""

_HEAD = re.compile(
    r"(?:[\s\ufeff]|\#[^\n\r]*|BASE\s*<[^>]*>|PREFIX[^:<]*:\s*<[^>]*>|VERSION\s*(?:'[^']*'|\"[^\"]*\"))*+([A-Za-z]*)",
    re.IGNORECASE,
)
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Note:
    """What a request was for: the hash of its query, and the snapshot it was answered from; empty for none."""

    kind: Kind
    query: str = ""
    snapshot: str = ""


NOTHING = Note("other")


def register(app: Flask) -> None:
    """Have the application note every request that reaches it."""
    app.after_request(_noted)


def form_of(query: str) -> Kind:
    """The form of a query by its first word after the prologue; ``other`` for what is none of the four."""
    word = _HEAD.match(query)
    found = word[1].lower() if word else ""
    return next((kind for kind in KINDS[:4] if kind == found), "other")


def digest(query: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the query, however its words are spaced."""
    return sha256(" ".join(query.split()).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def _noted(response: Response) -> Response:
    query = g.get("query", "")
    request.environ[NOTE] = Note(
        _kind(response, query), digest(query) if query else "", holdings().snapshot.id[:_DIGITS]
    )
    return response


def _kind(response: Response, query: str) -> Kind:
    if request.endpoint == "static":
        return "static"
    if request.endpoint in OPERATIONS or (response.status_code >= 400 and not query):
        return "other"
    if query and request.path.startswith("/sparql"):
        return form_of(query)
    return "page" if response.mimetype == "text/html" else "document"
