"""The Graph Store Protocol, to read: which graph an address names, in which format, and what is refused."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, parse
from server_fixtures import BROWSER, FakeEngine, make_client, store

from ontology.base import BASE
from server.negotiation import DOCUMENTS

INFERRED = f"{BASE}graph/inferred"
CLAIM = f"{BASE}id/claim/one/ban#assertion"


@pytest.fixture
def client() -> FlaskClient:
    return make_client()


def triples(text: bytes, media_type: str) -> set[str]:
    return {str(quad.triple) for quad in parse(text, format=RdfFormat.from_media_type(media_type))}


def held(name: NamedNode | DefaultGraph) -> set[str]:
    return {str(quad.triple) for quad in store().quads_for_pattern(None, None, None, name)}


def problem(client: FlaskClient, path: str, status: int, **more: Any) -> dict[str, Any]:
    response = client.get(path, **more)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json"), response.text
    found: dict[str, Any] = json.loads(response.data)
    return found


@pytest.mark.parametrize("media_type", [item.media_type for item in DOCUMENTS])
def test_a_named_graph_in_six_syntaxes(client: FlaskClient, media_type: str) -> None:
    response = client.get("/rdf-graph-store", query_string={"graph": CLAIM}, headers={"Accept": media_type})
    assert (response.status_code, response.mimetype) == (200, media_type)
    assert triples(response.data, media_type) == held(NamedNode(CLAIM)) != set()
    assert "Accept" in response.vary


@pytest.mark.parametrize("path", ["/rdf-graph-store?default", "/rdf-graph-store?default=", "/rdf-graph-store/?default"])
def test_the_default_graph(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Accept": "application/n-triples"})
    assert triples(response.data, "application/n-triples") == held(DefaultGraph())


@pytest.mark.parametrize(
    ("path", "accept", "media_type"),
    [
        ("/graph/inferred", None, "text/turtle"),
        ("/graph/inferred", "application/ld+json", "application/ld+json"),
        ("/graph/inferred?format=nt", "text/turtle", "application/n-triples"),
        ("/graph/inferred.nt", "text/turtle", "application/n-triples"),
        ("/graph/inferred.trig", None, "application/trig"),
        (f"/rdf-graph-store.rdf?graph={INFERRED}", None, "application/rdf+xml"),
        (f"/rdf-graph-store?graph={INFERRED}&format=application/n-quads", None, "application/n-quads"),
    ],
)
def test_the_format_asked_for(client: FlaskClient, path: str, accept: str | None, media_type: str) -> None:
    response = client.get(path, headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.mimetype) == (200, media_type)
    assert triples(response.data, media_type) == held(NamedNode(INFERRED))


def test_a_graph_whose_name_ends_like_an_extension_is_itself() -> None:
    content = Store()
    content.load(f"<a:s> <a:p> 1 <{BASE}graph/a.nt> .".replace(" 1 ", ' "1" ').encode(), format=RdfFormat.N_QUADS)
    response = make_client(FakeEngine(content=content)).get("/graph/a.nt")
    assert (response.status_code, response.mimetype) == (200, "text/turtle")


def test_a_person_gets_a_page(client: FlaskClient) -> None:
    for path in ("/graph/inferred", "/rdf-graph-store?default"):
        response = client.get(path, headers={"Accept": BROWSER})
        assert (response.status_code, response.mimetype) == (200, "text/html")
        assert "<textarea" in response.text


def test_head_is_get_without_the_body(client: FlaskClient) -> None:
    for path in ("/graph/inferred", "/rdf-graph-store?default", "/graph/none"):
        head, whole = client.head(path), client.get(path)
        assert (head.status_code, head.data, dict(head.headers)) == (whole.status_code, b"", dict(whole.headers))


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?graph=",
        "?graph=graph/inferred",
        "?graph=a:%3E",
        f"?default&graph={CLAIM}",
        "?graph=a:b&graph=a:c",
        "?graph=%FF",
    ],
)
def test_an_address_that_names_no_one_graph_is_400(client: FlaskClient, query: str) -> None:
    assert problem(client, f"/rdf-graph-store{query}", 400)["hint"]


def test_a_name_cannot_carry_a_query() -> None:
    engine = FakeEngine()
    client = make_client(engine)
    problem(client, "/rdf-graph-store", 400, query_string={"graph": "a:b> { ?s ?p ?o } } #"})
    problem(client, "/graph/a%3E%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20%7D%20%23", 404)
    assert all("%3E" in query.text or "COUNT" in query.text for query, _, _ in engine.seen)


@pytest.mark.parametrize("path", ["/graph/inferre", f"/rdf-graph-store?graph={INFERRED}x", "/graph/inferred.docx"])
def test_an_unknown_graph_is_404_with_the_nearest(client: FlaskClient, path: str) -> None:
    assert INFERRED in problem(client, path, 404)["hint"]


def test_a_format_that_is_none_is_406_with_what_there_is(client: FlaskClient) -> None:
    for more in ({"headers": {"Accept": "text/csv"}}, {"query_string": {"format": "csv"}}):
        assert "text/turtle" in problem(client, "/graph/inferred", 406, **more)["hint"]


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/rdf-graph-store?default", f"/rdf-graph-store?graph={INFERRED}", "/graph/inferred"])
def test_nothing_is_written(client: FlaskClient, method: str, path: str) -> None:
    response = client.open(path, method=method, data="<a:s> <a:p> 1 .", content_type="text/turtle")
    assert (response.status_code, set(response.allow)) == (405, {"GET", "HEAD", "OPTIONS"})
    body = json.loads(response.data)
    assert "never changes" in body["detail"]
    assert "Allow" in body["hint"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"
