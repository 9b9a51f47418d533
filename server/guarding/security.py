"""Headers that every response bears."""

from flask import Flask, Response, request

from server.addresses import TIMED

POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
))  # fmt: skip
"""Nothing from elsewhere, nothing inline. ``data:`` and ``blob:`` are pictures that a page makes of itself."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Whom a link leads to learns nothing of where its reader was: our readers may be at risk.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
OPEN = (
    *("/sparql", "/rdf-graph-store", "/graph/", "/id/", "/doc/", "/linkset/", "/cite/", "/politics"),
    *("/search", "/reconcile", "/dataset", "/dump/", "/.well-known/", "/openapi.json"),
    *TIMED,
)
"""What pages elsewhere may read with scripts: the data, which is public and knows no users."""

OPEN_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Content-Location, ETag, Link, Memento-Datetime, RateLimit, RateLimit-Policy, Retry-After, Samizdat-Snapshot"
    ),
}


def register(app: Flask) -> None:
    """Put the headers on every response of the application, errors included."""
    app.after_request(_harden)
    app.after_request(_open)
    app.after_request(_vary)


def _harden(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _open(response: Response) -> Response:
    """Cross-Origin Resource Sharing, with what a preflight asks (https://fetch.spec.whatwg.org/#http-cors-protocol)."""
    if request.path.startswith(OPEN):
        response.headers.update(OPEN_HEADERS)
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "GET, HEAD, OPTIONS")
            response.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Datetime, Content-Type, If-None-Match"
            response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _vary(response: Response) -> Response:
    """Everything but a file is negotiated, if only its errors are."""
    if request.endpoint != "static":
        response.vary.update(("Accept", "Accept-Datetime"))
    return response
