"""The Service Description: the W3C's three tests of one, and that everything in it is true."""

from collections.abc import Callable
from contextlib import closing

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse, serialize
from rdflib import RDF, VOID, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from server_fixtures import FakeEngine, make_app, make_client, store
from w3c import names

from graph.engine import Answer, Formats, Query
from graph.engine.embedded import Budget, EmbeddedEngine
from graph.errors import InvalidQuery, QueryTimeout
from graph.snapshot import Snapshots
from server import graph_counts
from server.negotiation import DOCUMENTS
from server.reading import READABLE

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
DOMAINS = {
    SD.endpoint: SD.Service,
    SD.supportedLanguage: SD.Service,
    SD.resultFormat: SD.Service,
    SD.extensionFunction: SD.Service,
    SD.defaultDataset: SD.Service,
    SD.defaultGraph: SD.Dataset,
    SD.namedGraph: SD.Dataset,
    SD.name: SD.NamedGraph,
    SD.graph: SD.NamedGraph,
    VOID.triples: SD.Graph,
}
RANGES = {
    SD.extensionFunction: SD.Function,
    SD.defaultDataset: SD.Dataset,
    SD.defaultGraph: SD.Graph,
    SD.namedGraph: SD.NamedGraph,
    SD.graph: SD.Graph,
}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return make_client()


def described(client: FlaskClient, media_type: str = "text/turtle", path: str = "/sparql") -> Graph:
    response = client.get(path, headers={"Accept": media_type})
    assert (response.status_code, response.mimetype) == (200, media_type), response.text
    triples = [quad.triple for quad in parse(response.data, format=RdfFormat.from_media_type(media_type))]
    return Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")


def conforms(read: Graph) -> None:
    """That every property stands where the vocabulary lets it, and nothing is said in words it does not have."""
    for subject, predicate, value in read:
        if predicate == RDF.type:
            assert value in {SD.Service, SD.Function, SD.Dataset, SD.Graph, SD.NamedGraph}
            continue
        assert isinstance(predicate, URIRef)
        assert (subject, RDF.type, DOMAINS[predicate]) in read
        assert predicate not in RANGES or (value, RDF.type, RANGES[predicate]) in read
    assert len(list(read.subjects(RDF.type, SD.Service))) == 1
    assert len(list(read.objects(None, SD.defaultGraph))) == 1
    assert all(len(list(read.objects(named, SD.name))) == 1 for named in read.subjects(RDF.type, SD.NamedGraph))


def matches(client: FlaskClient) -> None:
    """That the endpoint described is the one that was asked."""
    for path in ("/sparql", "/sparql/"):
        assert list(described(client, path=path).objects(None, SD.endpoint)) == [URIRef(f"http://localhost{path}")]


W3C_TESTS: dict[str, Callable[[FlaskClient], object]] = {
    "returns-rdf": described,
    "has-endpoint-triple": matches,
    "conforms-to-schema": lambda client: conforms(described(client)),
}


@pytest.mark.parametrize("name", W3C_TESTS)
def test_w3c(client: FlaskClient, name: str) -> None:
    W3C_TESTS[name](client)


def test_these_are_all_the_tests_of_the_manifest() -> None:
    listed = names("service-description/manifest.ttl")
    if not listed:
        pytest.skip("the W3C's tests (../shared/w3c) are not at hand")
    assert set(listed) == set(W3C_TESTS)


@pytest.mark.parametrize("media_type", [item.media_type for item in DOCUMENTS])
def test_it_is_one_description_in_six_syntaxes(client: FlaskClient, media_type: str) -> None:
    assert isomorphic(described(client, media_type), described(client))


def test_an_extension_names_the_format_and_not_the_endpoint(client: FlaskClient) -> None:
    response = client.get("/sparql.nt")
    read = Graph().parse(data=response.data, format="nt")
    assert list(read.objects(None, SD.endpoint)) == [URIRef("http://localhost/sparql")]


def test_no_feature_is_claimed_that_is_not_there(client: FlaskClient) -> None:
    read = described(client)
    assert not list(read.objects(None, SD.feature))
    assert list(read.objects(None, SD.supportedLanguage)) == [SD.SPARQL11Query]


def test_every_format_is_served(client: FlaskClient) -> None:
    types = {
        "SPARQL_Results_JSON": "json", "SPARQL_Results_XML": "xml", "SPARQL_Results_CSV": "csv",
        "SPARQL_Results_TSV": "tsv", "Turtle": "turtle", "N-Triples": "nt", "RDF_XML": "rdf", "JSON-LD": "jsonld",
        "TriG": "trig", "N-Quads": "nq",
    }  # fmt: skip
    assert set(described(client).objects(None, SD.resultFormat)) == {FORMATS[name] for name in types}
    for name, wanted in types.items():
        query = "ASK {}" if name.startswith("SPARQL") else "CONSTRUCT { <a:s> <a:p> 1 } {}"
        assert client.get("/sparql", query_string={"query": query, "format": wanted}).status_code == 200


def test_the_counts_are_those_of_the_snapshot(client: FlaskClient) -> None:
    read = described(client)
    default = read.value(predicate=SD.defaultGraph, object=None, subject=next(read.subjects(RDF.type, SD.Dataset)))
    expected = len(list(store().quads_for_pattern(None, None, None, None)))
    named = {read.value(item, SD.name): read.value(item, SD.graph) for item in read.subjects(RDF.type, SD.NamedGraph)}
    assert {str(name) for name in named} == {str(name)[1:-1] for name in store().named_graphs()}
    counted = [read.value(content, VOID.triples) for content in (default, *named.values())]
    assert sum(value.toPython() for value in counted if isinstance(value, Literal)) == expected


def test_it_is_counted_once_for_a_snapshot() -> None:
    engine = FakeEngine()
    client = make_client(engine)
    first = described(client)
    asked = len(engine.seen)
    assert asked
    assert isomorphic(described(client), first)
    assert len(engine.seen) == asked


def test_no_more_named_graphs_are_listed_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph_counts, "MOST", 2)
    assert len(list(described(make_client()).subjects(RDF.type, SD.NamedGraph))) == 2


class Slow(FakeEngine):
    """Counts nothing in time."""

    def evaluate(self, query: Query, formats: Formats, *, timeout: float | None = None) -> Answer:
        if "COUNT" in query.text:
            raise QueryTimeout("it took too long", "ask for less")
        return super().evaluate(query, formats, timeout=timeout)


def test_what_cannot_be_counted_is_left_out() -> None:
    read = described(make_client(Slow()))
    conforms(read)
    assert not list(read.objects(None, VOID.triples))


def test_the_functions_are_those_that_the_engine_answers(tmp_path_factory: pytest.TempPathFactory) -> None:
    snapshot = Snapshots(tmp_path_factory.mktemp("snapshots")).publish(list(store()), {})
    with closing(EmbeddedEngine(snapshot.store_path, Budget(executors=1))) as engine:
        functions = set(described(make_app(engine).test_client()).objects(None, SD.extensionFunction))
        geo = "http://www.opengis.net/def/function/geosparql/"
        assert URIRef(f"{geo}sfIntersects") in functions
        assert len(functions) > 40
        for name in (*map(str, functions), f"{geo}buffer"):
            query = Query(f'SELECT (<{name}>("") AS ?value) {{}}')
            if URIRef(name) in functions:
                engine.evaluate(query, READABLE)
            else:
                with pytest.raises(InvalidQuery):
                    engine.evaluate(query, READABLE)
