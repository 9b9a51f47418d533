"""The W3C's tests of the SPARQL Protocol, through the application and the engine that serve."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store
from server_fixtures import make_app
from w3c import W3C, Exchange, Sent, exchanges, loaded, needed

from graph.engine.embedded import Budget, EmbeddedEngine

pytestmark = needed

MANIFEST = "protocol/manifest.ttl"
DATA = "http://kasei.us/2009/09/sparql/data/"
READ_ONLY = "it writes, and this endpoint only reads: its update must be refused and leave everything as it was"
WRITING = ("dataset_default_graph", "dataset_default_graphs", "dataset_named_graphs", "dataset_full")
NOT_APPLICABLE = {f"update_{name}": READ_ONLY for name in (*WRITING, "post_form", "post_direct", "base_uri")}
"""Tests that only an endpoint which writes can pass, and why."""
TESTS = exchanges(MANIFEST)
HELD = [pytest.param(test, id=test.name) for test in TESTS if test.name not in NOT_APPLICABLE]
REFUSED = [pytest.param(test, id=test.name) for test in TESTS if test.name in NOT_APPLICABLE]
MEDIA_TYPES = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    },
    "RDF": {"text/turtle", "application/rdf+xml", "application/n-triples"},
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The application over the three graphs of the tests, and a default graph that none of them should see."""
    path = tmp_path_factory.mktemp("w3c") / "store"
    store = Store(str(path))
    store.bulk_extend(loaded({f"{DATA}data{i}.rdf": W3C / "protocol" / f"data{i}.nt" for i in (1, 2, 3)}))
    type_, hidden = (NamedNode(iri) for iri in ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", f"{DATA}hidden"))
    store.add(Quad(hidden, type_, hidden, DefaultGraph()))
    store.flush()
    del store
    with closing(EmbeddedEngine(path, Budget(executors=2))) as engine:
        yield make_app(engine).test_client()


def send(client: FlaskClient, sent: Sent) -> tuple[int, str, bytes]:
    response = client.open(sent.path, method=sent.method, headers=sent.headers, data=sent.body or None)
    return response.status_code, response.mimetype or "", response.data


@pytest.mark.parametrize(
    "test", [pytest.param(test, id=test.name) for test in TESTS if test.name not in NOT_APPLICABLE]
)
def test_exchange(client: FlaskClient, test: Exchange) -> None:
    assert test.requests
    for sent in test.requests:
        status, media_type, body = send(client, sent)
        assert status in sent.statuses, body
        if sent.boolean is not None:
            accepting = Sent(**{**vars(sent), "headers": {**sent.headers, "accept": "application/json"}})
            assert f'"boolean":{str(sent.boolean).lower()}'.encode() in send(client, accepting)[2]
        if sent.form:
            assert media_type in MEDIA_TYPES[sent.form]


@pytest.mark.parametrize("test", REFUSED)
def test_what_writes_is_refused(client: FlaskClient, test: Exchange) -> None:
    update, *queries = test.requests
    status, media_type, body = send(client, update)
    assert (status, media_type) == (403, "application/problem+json")
    assert b"read-only" in body
    for query in queries:
        assert b'"boolean":false' in send(client, query)[2]


def test_every_test_of_the_manifest_is_one_of_the_two() -> None:
    assert {test.name for test in TESTS} >= set(NOT_APPLICABLE)
    assert len(TESTS) == 34


def test_the_data_of_the_tests_is_all_there() -> None:
    named = {name: path for test in TESTS for name, path in test.graphs.items()}
    assert named == {f"{DATA}data{i}.rdf": Path(W3C / "protocol" / f"data{i}.nt") for i in (1, 2, 3)}
