"""The response cache: one evaluation for all who ask the same, exact validators, nothing kept that must not be."""

import gzip
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode

import brotli
import pytest
import zstandard
from flask import Flask, Response, request
from flask.testing import FlaskClient
from server_fixtures import BROWSER, CATALOGUE, FakeEngine, make_app
from werkzeug.test import TestResponse

from graph.engine import Answer, Formats, Query
from graph.errors import AnswerTooLarge, EngineUnavailable, QueryTimeout, SamizdatError
from server.caching.cache import counters
from server.settings import ServerSettings

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
SELECT = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"
ASK = "ASK { ?s ?p 'нет' }"
CHROME, SAFARI, PYTHON = "gzip, deflate, br, zstd", "gzip, deflate, br", "gzip, deflate"


@dataclass
class Slow(FakeEngine):
    """An engine that answers when it is let, so that requests can be brought to meet."""

    begun: threading.Event = field(default_factory=threading.Event)
    let: threading.Event = field(default_factory=threading.Event)

    def evaluate(self, query: Query, formats: Formats, *, timeout: float | None = None) -> Answer:
        self.begun.set()
        self.let.wait(10)
        return super().evaluate(query, formats, timeout=timeout)


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def app(engine: FakeEngine) -> Flask:
    return make_app(engine, ServerSettings(cache_mb=16))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def ask(client: FlaskClient, query: str = SELECT, accept: str = "text/csv", **more: str) -> TestResponse:
    """By GET; other keywords are headers."""
    headers = {"Accept": accept, **{name.replace("_", "-"): value for name, value in more.items()}}
    return client.get("/sparql", query_string={"query": query}, headers=headers)


WAYS: dict[str, Callable[[FlaskClient], TestResponse]] = {
    "get": ask,
    "other spelling of the address": lambda client: client.get(
        "/sparql?" + urlencode({"query": SELECT}).replace("+", "%20").replace("%3F", "?"),
        headers={"Accept": "text/csv"},
    ),
    "format": lambda client: client.get("/sparql", query_string={"query": SELECT, "format": "csv"}),
    "extension": lambda client: client.get("/sparql.csv", query_string={"query": SELECT}),
    "other header": lambda client: ask(client, accept="text/csv;q=0.9, application/pdf, text/turtle;q=0.1"),
    "form": lambda client: client.post("/sparql", data={"query": SELECT}, headers={"Accept": "text/csv"}),
    "direct": lambda client: client.post(
        "/sparql", data=SELECT, content_type=f"{DIRECT}; charset=UTF-8", headers={"Accept": "text/csv"}
    ),
    "timeout": lambda client: client.get(
        "/sparql", query_string={"query": SELECT, "timeout": "5"}, headers={"Accept": "text/csv"}
    ),
}


@pytest.mark.parametrize("first", WAYS)
@pytest.mark.parametrize("second", WAYS)
def test_who_means_the_same_shares_an_answer(first: str, second: str, app: Flask, engine: FakeEngine) -> None:
    one, other = WAYS[first](app.test_client()), WAYS[second](app.test_client())
    assert one.status_code == other.status_code == 200
    assert (one.data, one.headers["ETag"]) == (other.data, other.headers["ETag"])
    assert one.content_type == other.content_type == "text/csv; charset=utf-8"
    assert len(engine.seen) == 1


OTHERS: dict[str, dict[str, str | list[str]]] = {
    "other text": {"query": SELECT + " "},
    "other default graph": {"query": SELECT, "default-graph-uri": "http://example.org/a"},
    "other named graph": {"query": SELECT, "named-graph-uri": "http://example.org/a"},
    "other format": {"query": SELECT, "format": "tsv"},
    "unknown parameter": {"query": SELECT, "reasoning": "none"},
}


@pytest.mark.parametrize("other", OTHERS)
def test_who_means_something_else_is_answered_for_himself(other: str, client: FlaskClient, engine: FakeEngine) -> None:
    ask(client)
    client.get("/sparql", query_string=OTHERS[other], headers={"Accept": "text/csv"})
    assert len(engine.seen) == 2


def test_the_order_of_graphs_means_nothing(client: FlaskClient, engine: FakeEngine) -> None:
    for graphs in (["http://a", "http://b"], ["http://b", "http://a", "http://b"]):
        client.get("/sparql", query_string={"query": ASK, "default-graph-uri": graphs})
    assert len(engine.seen) == 1


@pytest.mark.parametrize(
    "sent",
    [
        {"query": [ASK, ASK]},
        {"query": ASK, "timeout": "no"},
        {"query": ASK, "timeout": "-1"},
        {"query": ASK, "update": "CLEAR ALL"},
        {"query": ASK, "format": "pdf"},
        {"query": "SELECT {"},
    ],
    ids=str,
)
def test_what_is_wrong_stays_wrong_beside_what_is_kept(sent: dict[str, str | list[str]], client: FlaskClient) -> None:
    assert ask(client, ASK, "*/*").status_code == 200
    for answer in (client.get("/sparql", query_string=sent), client.post("/sparql", data=sent)):
        assert answer.status_code in (400, 403, 406)
        assert "ETag" not in answer.headers
        assert answer.headers["Samizdat-Snapshot"] == "5a" * 32


def test_bodies_that_are_not_plain_are_left_to_the_application(client: FlaskClient) -> None:
    assert client.post("/sparql", data=SELECT, content_type=f"{DIRECT}; charset=latin-1").status_code == 415
    assert client.post("/sparql", data=b"\xff", content_type=DIRECT).status_code == 400
    assert client.post("/sparql", data=SELECT, content_type="text/plain").status_code == 415
    gzipped = client.post("/sparql", data=SELECT, content_type=DIRECT, headers={"Content-Encoding": "gzip"})
    assert gzipped.status_code == 415
    assert client.post("/sparql", data="x" * (2 << 20), content_type=DIRECT).status_code == 413


@pytest.mark.parametrize(
    ("accepted", "coding"), [(CHROME, "zstd"), (SAFARI, "br"), (PYTHON, "gzip"), ("", None), ("gzip;q=0", None)]
)
def test_each_gets_what_it_can_unpack(accepted: str, coding: str | None, client: FlaskClient) -> None:
    plain = ask(client, Accept_Encoding="identity").data
    unpack = {"zstd": zstandard.decompress, "br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding]
    for _ in range(2):
        answer = ask(client, Accept_Encoding=accepted)
        assert answer.headers.get("Content-Encoding") == coding
        assert unpack(answer.data) == plain
        assert int(answer.headers["Content-Length"]) == len(answer.data)
        assert set(answer.headers["Vary"].split(", ")) == {"Accept", "Accept-Encoding", "Accept-Datetime"}


def test_another_coding_is_not_evaluated_again(client: FlaskClient, engine: FakeEngine) -> None:
    for accepted in (CHROME, PYTHON, "identity", SAFARI, "zstd", ""):
        ask(client, Accept_Encoding=accepted)
    assert len(engine.seen) == 1


def test_what_is_small_is_not_compressed(client: FlaskClient) -> None:
    answer = ask(client, ASK, Accept_Encoding=CHROME)
    assert "Content-Encoding" not in answer.headers


def test_every_variant_has_its_own_tag(client: FlaskClient) -> None:
    tags = {
        ask(client, accept=accept, Accept_Encoding=coding).headers["ETag"]
        for accept in ("text/csv", "text/tab-separated-values", "application/sparql-results+json", "application/json")
        for coding in (CHROME, SAFARI, PYTHON, "")
    }
    assert len(tags) == 16
    assert all(tag.startswith('"') and tag.endswith('"') for tag in tags)


def test_the_same_bytes_of_another_question_have_the_same_tag(client: FlaskClient) -> None:
    assert ask(client, ASK).headers["ETag"] == ask(client, ASK + " ").headers["ETag"]
    assert ask(client, ASK).headers["ETag"] != ask(client, "ASK {}").headers["ETag"]


@pytest.mark.parametrize("coding", [CHROME, PYTHON, ""])
@pytest.mark.parametrize("form", ["{}", "W/{}", '"x", {}', "*"])
def test_who_has_it_already_is_told_so(form: str, coding: str, client: FlaskClient) -> None:
    whole = ask(client, Accept_Encoding=coding)
    again = ask(client, Accept_Encoding=coding, If_None_Match=form.format(whole.headers["ETag"]))
    assert (again.status_code, again.data) == (304, b"")
    for name in ("ETag", "Vary", "Cache-Control", "Samizdat-Snapshot", "Access-Control-Allow-Origin"):
        assert again.headers[name] == whole.headers[name]
    assert "Content-Type" not in again.headers


@pytest.mark.parametrize("tag", ['"x"', 'W/"x"', "", "garbage"])
def test_who_has_something_else_gets_it_all(tag: str, client: FlaskClient) -> None:
    assert ask(client, If_None_Match=tag).status_code == 200
    assert ask(client, If_None_Match=tag).status_code == 200


def test_the_tag_of_one_format_is_none_of_another(client: FlaskClient) -> None:
    tag = ask(client).headers["ETag"]
    assert ask(client, accept="text/tab-separated-values", If_None_Match=tag).status_code == 200


def test_a_condition_means_nothing_to_post(client: FlaskClient) -> None:
    tag = ask(client).headers["ETag"]
    headers = {"Accept": "text/csv", "If-None-Match": tag}
    assert client.post("/sparql", data={"query": SELECT}, headers=headers).status_code == 200


@pytest.mark.parametrize("first", ["GET", "HEAD"])
def test_head_is_get_without_its_body(first: str, client: FlaskClient, engine: FakeEngine) -> None:
    second = {"GET": "HEAD", "HEAD": "GET"}[first]
    answers = {
        method: client.open("/sparql", method=method, query_string={"query": SELECT}) for method in (first, second)
    }
    assert answers["HEAD"].data == b""
    assert len(answers["GET"].data) == int(answers["HEAD"].headers["Content-Length"]) > 0
    assert dict(answers["HEAD"].headers) == dict(answers["GET"].headers)
    assert len(engine.seen) == 1


def test_anybody_may_keep_it_and_asks_each_time(client: FlaskClient) -> None:
    answer = ask(client)
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert "Age" not in answer.headers
    assert answer.headers["Samizdat-Snapshot"] == "5a" * 32


def test_what_scripts_elsewhere_may_read(client: FlaskClient) -> None:
    exposed = ask(client).headers["Access-Control-Expose-Headers"]
    assert {"ETag", "Samizdat-Snapshot"} <= set(exposed.split(", "))
    assert "If-None-Match" in client.options("/sparql").headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (QueryTimeout("too long"), 503),
        (EngineUnavailable("gone"), 503),
        (AnswerTooLarge("too large"), 413),
        (SamizdatError("a fault"), 500),
    ],
    ids=lambda value: str(value),
)
def test_an_error_is_not_kept(error: SamizdatError, status: int, client: FlaskClient, engine: FakeEngine) -> None:
    engine.error = error
    for _ in range(2):
        answer = ask(client)
        assert (answer.status_code, answer.headers.get("ETag")) == (status, None)
        assert answer.headers.get("Cache-Control") != "public, no-cache"
    assert len(engine.seen) == 2
    engine.error = None
    assert ask(client).status_code == 200


def test_a_fault_of_the_application_frees_those_who_wait(app: Flask, engine: FakeEngine) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = True
    engine.evaluate = None  # type: ignore[assignment, method-assign]
    for _ in range(2):
        with pytest.raises(TypeError):
            ask(app.test_client())


def test_what_sets_a_cookie_or_forbids_it_is_not_kept(app: Flask) -> None:
    answered = []
    rules = {"private": "private, max-age=3", "no-store": "no-store", "cookie": ""}

    @app.get("/once/<how>")
    def once(how: str) -> tuple[str, dict[str, str]]:
        answered.append(how)
        return "x", {"Set-Cookie": "a=b"} if how == "cookie" else {"Cache-Control": rules[how]}

    for how in rules:
        for _ in range(2):
            answer = app.test_client().get(f"/once/{how}")
            assert answer.data == b"x"
            assert "ETag" not in answer.headers
    assert answered == ["private", "private", "no-store", "no-store", "cookie", "cookie"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_what_tells_of_this_moment_is_not_kept(path: str, client: FlaskClient) -> None:
    answer = client.get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/claims", "/questions/about", "/politics", "/sparql", "/doc/person/asya"])
def test_pages_are_kept_for_each_format_and_host(path: str, client: FlaskClient, engine: FakeEngine) -> None:
    page = client.get(path, headers={"Accept": BROWSER, "Accept-Encoding": CHROME})
    asked = len(engine.seen)
    again = client.get(path, headers={"Accept": BROWSER, "Accept-Encoding": CHROME})
    assert again.data == page.data
    assert len(engine.seen) == asked
    tag = page.headers["ETag"]
    repeated = client.get(path, headers={"Accept": BROWSER, "Accept-Encoding": CHROME, "If-None-Match": tag})
    assert repeated.status_code == 304
    turtle = client.get(path, headers={"Accept": "text/turtle"})
    other = make_app().test_client().get(path, headers={"Accept": "text/turtle"})
    assert (turtle.status_code, turtle.content_type, turtle.data) == (other.status_code, other.content_type, other.data)


@pytest.mark.parametrize(
    "place", ["http://one.example", "http://two.example", "https://one.example", "http://one.example/at"]
)
def test_the_description_of_the_service_names_the_place_that_was_asked(place: str, client: FlaskClient) -> None:
    for base in ("http://one.example", place):
        answer = client.get("/sparql", base_url=base, headers={"Accept": "text/turtle"})
        assert f"<{base}/sparql>" in answer.text


@pytest.mark.parametrize("error", [None, QueryTimeout("too long")])
def test_who_asks_the_same_at_once_waits_for_one_answer(error: SamizdatError | None) -> None:
    engine = Slow(error=error)
    app = make_app(engine, ServerSettings())
    with ThreadPoolExecutor(8) as pool:
        asking = [pool.submit(ask, app.test_client(), Accept_Encoding=coding) for coding in [CHROME, ""] * 4]
        engine.begun.wait(10)
        time.sleep(0.3)
        engine.let.set()
        answers = [each.result() for each in asking]
    assert len(engine.seen) == 1
    assert {answer.status_code for answer in answers} == {503 if error else 200}
    assert counters(app).joined == 7


def test_what_is_for_nobody_else_is_not_shared_at_the_same_moment_either() -> None:
    begun, let = threading.Event(), threading.Event()
    calls: list[str | None] = []

    def private() -> Response:
        calls.append(request.remote_addr)
        begun.set()
        let.wait(10)
        return Response(f"for {request.remote_addr}", headers={"Cache-Control": "private, no-store"})

    app = make_app(settings=ServerSettings(cache_mb=16))
    app.view_functions["pages.claims"] = private
    places = ("127.0.0.1", "192.0.2.1")
    with ThreadPoolExecutor(2) as pool:
        asking = [
            pool.submit(app.test_client().get, "/claims", environ_overrides={"REMOTE_ADDR": place}) for place in places
        ]
        begun.wait(10)
        time.sleep(0.3)
        let.set()
        answers = [each.result().text for each in asking]
    assert answers == [f"for {place}" for place in places]
    assert sorted(filter(None, calls)) == sorted(places)


def test_who_has_less_time_does_not_fail_others() -> None:
    engine = Slow()
    app = make_app(engine, ServerSettings())
    with ThreadPoolExecutor(2) as pool:
        asking = [
            pool.submit(app.test_client().get, "/sparql", query_string={"query": ASK, "timeout": timeout})
            for timeout in ("1", "5")
        ]
        engine.begun.wait(10)
        time.sleep(0.2)
        engine.let.set()
        assert {each.result().status_code for each in asking} == {200}
    assert len(engine.seen) == 2


def test_without_a_cache_nothing_is_kept_and_validators_hold(engine: FakeEngine) -> None:
    client = make_app(engine, ServerSettings(cache_mb=0)).test_client()
    tag = ask(client).headers["ETag"]
    assert ask(client, If_None_Match=tag).status_code == 304
    assert len(engine.seen) == 2


def test_what_is_counted(app: Flask, client: FlaskClient) -> None:
    tag = ask(client).headers["ETag"]
    ask(client)
    ask(client, If_None_Match=tag)
    counted = counters(app)
    assert (counted.misses, counted.hits, counted.not_modified, counted.entries) == (1, 2, 1, 1)
    assert 0 < counted.bytes < counted.bound


def test_a_hit_touches_neither_flask_nor_the_engine(app: Flask, client: FlaskClient, engine: FakeEngine) -> None:
    ask(client)
    seen: list[str] = []
    app.before_request_funcs.setdefault(None, []).append(lambda: seen.append("flask"))
    assert ask(client).status_code == 200
    assert seen == []
    assert len(engine.seen) == 1


def test_a_saved_question_has_its_page_and_its_answer(client: FlaskClient) -> None:
    query = CATALOGUE["rigged"].fill({})
    assert ask(client, query, "application/sparql-results+json").json == {"head": {}, "boolean": False}
    assert ask(client, query, BROWSER).mimetype == "text/html"
