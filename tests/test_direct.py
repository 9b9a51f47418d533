"""A plain query is answered without the application, and nobody can tell: the same headers, bytes, notes and errors."""

from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from server_fixtures import BROWSER, FakeEngine, make_app

from server.settings import ServerSettings
from server.watching.noting import NOTE

QUERIES = (
    "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o",
    "ASK { ?s ?p 'нет' }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "PREFIX a: <http://a/> # a comment\nDESCRIBE a:b",
    "SELECT ?x WHERE { SERVICE <http://127.0.0.1:1/> { ?x ?y ?z } }",
    "SELECT {",
    "ASK { ?s a nowhere:Thing }",
    "",
)
ACCEPTS = (
    "", "*/*", "text/csv", "application/sparql-results+xml;q=0.3, text/turtle", "application/json",
    "application/ld+json", "text/html;q=0.1, application/sparql-results+json", BROWSER, "application/pdf",
)  # fmt: skip
WAYS = ("GET", "HEAD", "form", "direct", "timeout")


@pytest.fixture(scope="module")
def app() -> Flask:
    return make_app(FakeEngine(), ServerSettings(cache_mb=0))


def environment(way: str, query: str, accept: str) -> dict[str, Any]:
    fields = {"query": query} | ({"timeout": "5"} if way == "timeout" else {})
    body = {"form": urlencode(fields), "direct": query}.get(way, "").encode()
    kind = {"form": "application/x-www-form-urlencoded", "direct": "application/sparql-query"}.get(way)
    return {
        "REQUEST_METHOD": way if way in ("GET", "HEAD") else "POST" if body or kind else "GET",
        "PATH_INFO": "/sparql",
        "QUERY_STRING": "" if kind else urlencode(fields),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": BytesIO(),
        "CONTENT_LENGTH": str(len(body)),
        **({"CONTENT_TYPE": kind} if kind else {}),
        **({"HTTP_ACCEPT": accept} if accept else {}),
    }


def answered(application: Any, environ: dict[str, Any]) -> tuple[str, dict[str, str], bytes, object]:
    told: list[Any] = []
    body = b"".join(application(environ, lambda status, headers, *rest: told.extend((status, headers))))
    return told[0], {name: value for name, value in told[1] if name != "Content-Length"}, body, environ.get(NOTE)


@pytest.mark.parametrize("way", WAYS)
def test_the_answer_is_the_applications(way: str, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for query in QUERIES:
        for accept in ACCEPTS:
            directly = answered(app.wsgi_app, environment(way, query, accept))
            with monkeypatch.context() as patched:
                patched.setattr("server.caching.direct.Direct.ask", lambda *_: None)
                assert directly == answered(app.wsgi_app, environment(way, query, accept)), (query, accept)


def test_a_plain_query_does_not_reach_the_application(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Flask, "full_dispatch_request", lambda self: pytest.fail("the application was asked"))
    for way in WAYS:
        assert answered(app.wsgi_app, environment(way, QUERIES[0], "text/csv"))[0] == "200 OK"


@pytest.mark.parametrize("way", WAYS)
def test_what_went_wrong_is_not_asked_again(way: str) -> None:
    engine = FakeEngine()
    refused = answered(make_app(engine, ServerSettings()).wsgi_app, environment(way, "SELECT {", "text/csv"))
    assert refused[0].startswith("400")
    assert len(engine.seen) == 1


def test_a_byte_order_mark_is_no_part_of_a_direct_query() -> None:
    engine = FakeEngine()
    environ = environment("direct", "\ufeff" + QUERIES[0], "text/csv")
    assert answered(make_app(engine, ServerSettings()).wsgi_app, environ)[0] == "200 OK"
    assert engine.seen[0][0].text == QUERIES[0]
