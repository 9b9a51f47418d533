"""The SPARQL 1.1 Protocol's query operation, over HTTP."""

import json
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, Store
from server_fixtures import BROWSER, FakeEngine, make_app, make_client
from werkzeug.test import TestResponse

from graph.errors import QueryTimeout
from server.settings import ServerSettings

ASK = "ASK {}"
SELECT = "SELECT (1 AS ?one) {}"
CONSTRUCT = "CONSTRUCT { <a:s> <a:p> <a:o> } WHERE {}"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
ONE, TWO = "https://example.org/1", "https://example.org/2"


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def client(engine: FakeEngine) -> FlaskClient:
    return make_client(engine)


def get(client: FlaskClient, accept: str | None = None, **fields: Any) -> TestResponse:
    return client.get("/sparql", query_string=fields, headers={"Accept": accept} if accept else {})


def post(client: FlaskClient, body: bytes | str, content_type: str, address: str = "/sparql") -> TestResponse:
    return client.post(address, data=body, content_type=content_type)


def boolean(response: TestResponse) -> bool:
    assert response.status_code == 200, response.text
    return bool(json.loads(response.data)["boolean"])


def problem(response: TestResponse, status: int) -> dict[str, Any]:
    assert (response.status_code, response.mimetype) == (status, "application/problem+json"), response.text
    body: dict[str, Any] = json.loads(response.data)
    assert body["status"] == status
    return body


def test_a_query_by_get(client: FlaskClient) -> None:
    assert boolean(get(client, query=ASK))


def test_a_query_by_form(client: FlaskClient) -> None:
    assert boolean(post(client, urlencode({"query": ASK}), FORM))


def test_a_query_by_itself(client: FlaskClient) -> None:
    assert boolean(post(client, ASK, DIRECT))
    assert boolean(post(client, ASK, f"{DIRECT}; charset=UTF-8"))


def test_a_slash_at_the_end_changes_nothing(client: FlaskClient) -> None:
    assert boolean(client.get("/sparql/?query=ASK%7B%7D"))


def test_text_beyond_ascii_arrives_as_sent(client: FlaskClient, engine: FakeEngine) -> None:
    text = "ASK { FILTER('Назарбаев é 🗞' = 'x') }"
    get(client, query=text)
    post(client, urlencode({"query": text}), FORM)
    post(client, text.encode(), DIRECT)
    assert [query.text for query, _, _ in engine.seen] == [text] * 3


@pytest.mark.parametrize(
    ("query", "accept", "content_type"),
    [
        (SELECT, None, "application/sparql-results+json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
        (CONSTRUCT, None, "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "text/csv, application/n-triples;q=0.1", "application/n-triples"),
        (SELECT, BROWSER, "text/html; charset=utf-8"),
        (CONSTRUCT, BROWSER, "text/html; charset=utf-8"),
    ],
)
def test_the_answer_comes_in_the_negotiated_format(
    client: FlaskClient, query: str, accept: str | None, content_type: str
) -> None:
    response = get(client, accept, query=query)
    assert (response.status_code, response.content_type) == (200, content_type)
    assert "Accept" in response.headers["Vary"]


def test_format_overrides_the_header(client: FlaskClient) -> None:
    assert get(client, BROWSER, query=SELECT, format="csv").data == b"one\r\n1\r\n"
    assert get(client, BROWSER, query=CONSTRUCT, format="nt").data == b"<a:s> <a:p> <a:o> .\n"


@pytest.mark.parametrize(
    ("query", "accept", "offered"),
    [(SELECT, "text/turtle", "text/csv"), (CONSTRUCT, "text/csv", "text/turtle"), (ASK, "image/png", "text/csv")],
)
def test_no_fitting_format_is_406_with_what_there_is(
    client: FlaskClient, query: str, accept: str, offered: str
) -> None:
    body = problem(get(client, accept, query=query), 406)
    assert offered in [*body.get("available", ()), *body["hint"].replace(",", "").split()]


def test_the_dataset_of_the_protocol_reaches_the_engine(client: FlaskClient, engine: FakeEngine) -> None:
    dataset = urlencode([("default-graph-uri", ONE), ("default-graph-uri", TWO), ("named-graph-uri", ONE)])
    client.get(f"/sparql?query={quote(ASK)}&{dataset}")
    post(client, f"{dataset}&{urlencode({'query': ASK})}", FORM)
    post(client, ASK, DIRECT, f"/sparql?{dataset}")
    assert [(query.default_graphs, query.named_graphs) for query, _, _ in engine.seen] == [((ONE, TWO), (ONE,))] * 3


def test_without_it_the_query_s_own_dataset_holds(client: FlaskClient, engine: FakeEngine) -> None:
    get(client, query=ASK)
    query = engine.seen[0][0]
    assert (query.default_graphs, query.named_graphs) == (None, None)


@pytest.mark.parametrize(("timeout", "seconds"), [("2", 2.0), ("0.5", 0.5), ("1e6", 1e6)])
def test_a_timeout_is_passed_on_in_seconds(
    client: FlaskClient, engine: FakeEngine, timeout: str, seconds: float
) -> None:
    get(client, query=ASK, timeout=timeout)
    assert engine.seen[0][2] == seconds


@pytest.mark.parametrize("timeout", ["0", "-1", "nan", "inf", "soon", ""])
def test_a_timeout_that_is_none_is_400(client: FlaskClient, timeout: str) -> None:
    assert "timeout" in problem(get(client, query=ASK, timeout=timeout), 400)["detail"]


def test_relative_iris_are_resolved_against_the_base(client: FlaskClient) -> None:
    assert boolean(get(client, query="ASK { <id/person/asya> a ?kind }"))


@pytest.mark.parametrize("method", ["get", "post"])
def test_two_queries_are_400(client: FlaskClient, method: str) -> None:
    both = f"query={quote(ASK)}&query={quote(ASK)}"
    response = client.get(f"/sparql?{both}") if method == "get" else post(client, both, FORM)
    assert "2 queries" in problem(response, 400)["detail"]


def test_a_query_in_the_address_and_one_in_the_body_are_two(client: FlaskClient) -> None:
    problem(post(client, ASK, DIRECT, f"/sparql?query={quote(ASK)}"), 400)


def test_a_post_without_a_query_is_400(client: FlaskClient) -> None:
    assert "no query" in problem(post(client, "", FORM), 400)["detail"]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [(b"\xff\xfe", DIRECT), (b"query=%FF%FE", FORM), (b"query=\xff", FORM)],
)
def test_what_is_not_utf8_is_400(client: FlaskClient, body: bytes, content_type: str) -> None:
    assert "UTF-8" in problem(post(client, body, content_type), 400)["detail"]


def test_an_address_that_is_not_utf8_is_400(client: FlaskClient) -> None:
    problem(client.get("/sparql?query=%FF"), 400)


@pytest.mark.parametrize("content_type", ["text/plain", "", "multipart/form-data", f"{DIRECT}; charset=UTF-16"])
def test_other_bodies_are_415_with_what_is_taken(client: FlaskClient, content_type: str) -> None:
    response = post(client, ASK, content_type)
    problem(response, 415)
    assert DIRECT in response.headers["Accept-Post"]


def test_updates_are_refused(client: FlaskClient, engine: FakeEngine) -> None:
    update = "INSERT DATA { <a:s> <a:p> <a:o> }"
    for response in (
        post(client, update, "application/sparql-update"),
        post(client, urlencode({"update": update}), FORM),
        get(client, update=update),
    ):
        assert "read-only" in problem(response, 403)["detail"]
    assert not engine.seen


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_405_with_allow(client: FlaskClient, method: str) -> None:
    response = client.open("/sparql", method=method)
    problem(response, 405)
    assert {"GET", "HEAD", "POST", "OPTIONS"} == set(response.headers["Allow"].split(", "))


def test_head_is_get_without_the_body(client: FlaskClient) -> None:
    fields = {"query": SELECT}
    head, whole = client.head("/sparql", query_string=fields), client.get("/sparql", query_string=fields)
    assert head.status_code == 200
    assert head.data == b""
    assert dict(head.headers) == dict(whole.headers)


def test_a_large_body_is_413() -> None:
    client = make_app(settings=ServerSettings(request_kb=1)).test_client()
    problem(post(client, f"{ASK}#{'x' * 2000}", DIRECT), 413)


def test_any_site_may_ask(client: FlaskClient) -> None:
    for response in (get(client, query=ASK), get(client, query="ASK"), client.put("/sparql")):
        assert response.headers["Access-Control-Allow-Origin"] == "*"
    preflight = client.options("/sparql", headers={"Access-Control-Request-Headers": "content-type"})
    assert "Content-Type" in preflight.headers["Access-Control-Allow-Headers"]
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]


def test_without_a_query_a_program_gets_the_service_description(client: FlaskClient) -> None:
    response = client.get("/sparql")
    assert response.mimetype == "text/turtle"
    described = Store()
    described.load(response.data, format=RdfFormat.TURTLE)
    sd = "http://www.w3.org/ns/sparql-service-description#"
    endpoint = [quad.object for quad in described.quads_for_pattern(None, NamedNode(f"{sd}endpoint"), None)]
    assert endpoint == [NamedNode("http://localhost/sparql")]
    assert len(list(described.quads_for_pattern(None, NamedNode(f"{sd}resultFormat"), None))) == 10


@pytest.mark.parametrize("accept", ["application/ld+json", "application/rdf+xml", "application/n-triples"])
def test_the_service_description_is_negotiated(client: FlaskClient, accept: str) -> None:
    assert get(client, accept).mimetype == accept


def test_without_a_query_a_browser_gets_the_form(client: FlaskClient) -> None:
    response = get(client, BROWSER)
    assert "<textarea" in response.text


def test_an_error_of_the_engine_is_no_answer(client: FlaskClient, engine: FakeEngine) -> None:
    engine.error = QueryTimeout("it took longer than 10 s", "ask for less")
    response = get(client, query=ASK)
    assert problem(response, 503)["hint"] == "ask for less"
    assert int(response.headers["Retry-After"]) > 0
