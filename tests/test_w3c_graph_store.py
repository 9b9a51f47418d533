"""The W3C's tests of the Graph Store Protocol: what they write is refused, put into the store here, and then read."""

from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store
from rdflib import Graph
from rdflib.compare import isomorphic
from server_fixtures import FakeEngine, make_app
from w3c import Exchange, Sent, exchanges, needed, turtle_of

from ontology.base import BASE

pytestmark = needed

DIRECT = exchanges("graph-store-protocol/manifest-direct.ttl")
INDIRECT = exchanges("graph-store-protocol/manifest-indirect.ttl")
NOT_APPLICABLE = {"post_get_new_graph": "the store itself would have to name a graph that is posted to it"}
"""Tests with nothing to read once their writing is left out, and why."""
HELD = [pytest.param(test, id=test.name) for test in (*DIRECT, *INDIRECT) if test.name not in NOT_APPLICABLE]
REFUSED = [pytest.param(test, id=test.name) for test in (*DIRECT, *INDIRECT) if test.name in NOT_APPLICABLE]
READING = {"GET", "HEAD"}


@dataclass
class Held:
    """A server and the store under it, which the tests may change and the server may not."""

    client: FlaskClient
    store: Store

    def write(self, sent: Sent, place: NamedNode | DefaultGraph) -> None:
        """Do what the request asks for, as a store that takes writes would."""
        if sent.method in ("PUT", "DELETE"):
            self.store.clear_graph(place)
        for document in documents(sent):
            for quad in turtle_of(document):
                self.store.add(Quad(quad.subject, quad.predicate, quad.object, place))


def documents(sent: Sent) -> list[bytes]:
    """The Turtle documents in the body of a request: one, or the parts of a form."""
    content_type = sent.headers.get("content-type", "")
    if not content_type.startswith("multipart/"):
        return [sent.body] if sent.body else []
    message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + sent.body)
    return [part.get_content().encode() for part in message.iter_parts()]


def place_of(path: str) -> NamedNode | DefaultGraph:
    """The graph that a path of the tests identifies, as this server names it."""
    parts = urlsplit(path)
    if "default" in parts.query.split("&"):
        return DefaultGraph()
    given = parse_qs(parts.query)
    return NamedNode(given["graph"][0] if given else f"{BASE}graph/{unquote(parts.path).removeprefix('/gsp/')}")


def address_of(path: str) -> str:
    """The path of the tests at this server."""
    return (
        path.replace("/gsp/", "/graph/", 1) if path.startswith("/gsp/") else path.replace("/gsp", "/rdf-graph-store", 1)
    )


@pytest.fixture
def held() -> Held:
    store = Store()
    return Held(make_app(FakeEngine(content=store)).test_client(), store)


def run(held: Held, test: Exchange) -> int:
    """How many requests of the test were answered as it says; those that write are refused first."""
    read = 0
    for sent in test.requests:
        response = held.client.open(
            address_of(sent.path), method=sent.method, headers=sent.headers, data=sent.body or None
        )
        if sent.method not in READING:
            assert (response.status_code, set(response.allow)) == (405, {"GET", "HEAD", "OPTIONS"})
            held.write(sent, place_of(sent.path))
            continue
        read += 1
        assert response.status_code in sent.statuses
        for name, value in sent.answer_headers.items():
            assert response.headers[name] == value
        if sent.answer_body:
            expected, got = (Graph().parse(data=text, format="turtle") for text in (sent.answer_body, response.data))
            assert isomorphic(expected, got)
    return read


@pytest.mark.parametrize("test", HELD)
def test_exchange(held: Held, test: Exchange) -> None:
    assert run(held, test)


@pytest.mark.parametrize("test", REFUSED)
def test_what_cannot_be_read_is_refused(held: Held, test: Exchange) -> None:
    sent = test.requests[0]
    response = held.client.open(address_of(sent.path), method=sent.method, headers=sent.headers, data=sent.body)
    assert (response.status_code, len(held.store)) == (405, 0)


def test_every_test_of_the_manifests_is_one_of_the_two() -> None:
    found = [test.name for test in (*DIRECT, *INDIRECT)]
    assert len(found) == len(set(found))
    assert set(found) >= set(NOT_APPLICABLE)
