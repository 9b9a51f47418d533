"""Pages for nobody but who asked: no cache keeps them, so that they are compressed here."""

from flask import Response, request

from graph.compression import compressed
from server.caching.keys import codings_of
from server.caching.variants import QUICKEST


def private_page(page: str) -> Response:
    """The page, as small as the client takes it, and with the word that nobody is to keep it."""
    accepted = codings_of(request.headers.get("Accept-Encoding", ""))
    body = page.encode()
    coding = next((name for name in QUICKEST if name in accepted), None)
    smaller = compressed(body, coding) if coding else None
    response = Response(smaller or body, content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-store"
    response.vary.add("Accept-Encoding")
    if coding and smaller:
        response.headers["Content-Encoding"] = coding
    return response
