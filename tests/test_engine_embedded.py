"""The embedded engine's answers: every format, the dataset of a query, and what makes no sense."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest
from engine_fixtures import JSON, SIZE, E, engines, example, filled_store, label

from graph.engine import Answer, Formats, Query
from graph.engine.embedded import Budget, EmbeddedEngine
from graph.engine.results import ask, table
from graph.errors import FormNotAcceptable, InvalidQuery


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_store(tmp_path_factory.mktemp("engine"))


@pytest.fixture(scope="module")
def engine(store: Path) -> Iterator[EmbeddedEngine]:
    with engines(store) as start:
        yield start(Budget(seconds=5, executors=4))


@pytest.mark.parametrize("media_type", ["application/sparql-results+json", "application/sparql-results+xml"])
def test_bindings_and_truth_values_can_be_read_back(engine: EmbeddedEngine, media_type: str) -> None:
    formats = Formats(media_type, None)
    found = engine.evaluate(Query(f"SELECT ?o {{ <{E}n1> <{E}next> ?o }}"), formats)
    assert (found.kind, found.media_type) == ("bindings", media_type)
    read = ox.parse_query_results(found.body, format=ox.QueryResultsFormat.from_media_type(media_type))
    assert isinstance(read, ox.QuerySolutions)
    assert [row["o"] for row in read] == [example("n2")]
    truth = engine.evaluate(Query("ASK { ?s ?p 'no such' }"), formats)
    assert truth.kind == "boolean"
    read = ox.parse_query_results(truth.body, format=ox.QueryResultsFormat.from_media_type(media_type))
    assert isinstance(read, ox.QueryBoolean)
    assert not read


@pytest.mark.parametrize(
    ("media_type", "bindings"),
    [("text/csv", b"o\r\nlabel 1\r\n"), ("text/tab-separated-values", b'?o\n"label 1"@en\n')],
)
def test_csv_and_tsv(engine: EmbeddedEngine, media_type: str, bindings: bytes) -> None:
    formats = Formats(media_type, None)
    assert engine.evaluate(Query(f"SELECT ?o {{ <{E}n1> <{E}label> ?o }}"), formats).body == bindings
    assert engine.evaluate(Query("ASK {}"), formats) == Answer("boolean", media_type, b"true")


@pytest.mark.parametrize(
    "media_type", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_graphs_can_be_read_back(engine: EmbeddedEngine, media_type: str) -> None:
    found = engine.evaluate(Query(f"CONSTRUCT WHERE {{ <{E}n1> ?p ?o }}"), Formats(None, media_type))
    assert (found.kind, found.media_type) == ("graph", media_type)
    form = ox.RdfFormat.from_media_type(media_type)
    assert form
    assert {quad.triple for quad in ox.parse(found.body, format=form)} == {
        ox.Triple(example("n1"), example("next"), example("n2")),
        ox.Triple(example("n1"), example("label"), ox.Literal("label 1", language="en")),
    }


PERSON = "CONSTRUCT { <a:b> a <http://xmlns.com/foaf/0.1/Person>, <https://w3id.org/samizdat/politics#Claim> } {}"


def test_turtle_declares_the_prefixes_in_use_and_no_others(engine: EmbeddedEngine) -> None:
    written = engine.evaluate(Query(PERSON), JSON).body.decode()
    declared = [line.split()[1] for line in written.splitlines() if line.startswith("@prefix")]
    assert declared == ["foaf:", "pol:"]
    assert "foaf:Person" in written
    assert engine.evaluate(Query("CONSTRUCT {} {}"), JSON).body == b""


def test_rdf_xml_is_always_the_same(engine: EmbeddedEngine) -> None:
    written = {engine.evaluate(Query(PERSON), Formats(None, "application/rdf+xml")).body for _ in range(8)}
    assert len(written) == 1
    assert b"xmlns:pol=" in written.pop()


@pytest.mark.parametrize("text", [f"CONSTRUCT {{ <a:s> <{E}1> 1 }} {{}}", "CONSTRUCT { <a:s> <a:p> '\\u0001' } {}"])
def test_what_xml_cannot_hold_is_not_written_as_xml(engine: EmbeddedEngine, text: str) -> None:
    with pytest.raises(FormNotAcceptable, match="Turtle"):
        engine.evaluate(Query(text), Formats(None, "application/rdf+xml"))
    assert engine.evaluate(Query(text), JSON).body


@pytest.mark.parametrize(
    ("text", "formats", "kind"),
    [
        ("ASK {}", Formats(None, "text/turtle"), "boolean"),
        ("SELECT * {}", Formats(None, "text/turtle"), "bindings"),
        ("DESCRIBE <a:b>", Formats("text/csv", None), "graph"),
    ],
)
def test_a_form_the_client_does_not_take(engine: EmbeddedEngine, text: str, formats: Formats, kind: str) -> None:
    with pytest.raises(FormNotAcceptable) as caught:
        engine.evaluate(Query(text), formats)
    assert caught.value.kind == kind


IN = f"SELECT ?o {{ {{ ?s <{E}in> ?o }} UNION {{ GRAPH ?g {{ ?s <{E}in> ?x }} BIND(CONCAT('named ', ?x) AS ?o) }} }}"
G1, G2 = f"{E}g1", f"{E}g2"


@pytest.mark.parametrize(
    ("clauses", "default", "named", "seen"),
    [
        ("", None, None, {"named g1", "named g2"}),
        ("", (), (), {"named g1", "named g2"}),
        (f"FROM <{G1}>", None, None, {"g1"}),
        (f"FROM NAMED <{G1}>", None, None, {"named g1"}),
        (f"FROM <{G1}> FROM NAMED <{G1}>", (G2,), None, {"g2"}),
        (f"FROM <{G1}>", (), (G2,), {"named g2"}),
        (f"FROM NAMED <{G1}>", (G1, G2), (G2,), {"g1", "g2", "named g2"}),
        ("", (f"{E}unknown",), None, set()),
    ],
)
def test_the_dataset(
    engine: EmbeddedEngine,
    clauses: str,
    default: tuple[str, ...] | None,
    named: tuple[str, ...] | None,
    seen: set[str],
) -> None:
    query = Query(IN.replace("{", f"{clauses} {{", 1), default_graphs=default, named_graphs=named)
    assert {row["o"].value for row in table(engine.evaluate(query, JSON)).rows} == seen


def test_relative_iris_take_the_base(engine: EmbeddedEngine) -> None:
    assert ask(engine.evaluate(Query("ASK { <n1> <next> <n2> }", base=E), JSON))


@pytest.mark.parametrize(
    "query",
    [
        Query("ASK {}", base="not an IRI"),
        Query("ASK {}", default_graphs=("relative",)),
        Query("ASK { ?s ?p 'half \ud800' }"),
        Query("SELECT (<a:unknown>(1) AS ?x) {}"),
    ],
)
def test_a_query_that_makes_no_sense(engine: EmbeddedEngine, query: Query) -> None:
    with pytest.raises(InvalidQuery) as caught:
        engine.evaluate(query, JSON)
    assert caught.value.hint


def test_a_large_answer_arrives_whole(engine: EmbeddedEngine) -> None:
    found = engine.evaluate(Query("SELECT * { ?a ?p ?b . { SELECT ?c { ?c ?q ?d } LIMIT 5 } }"), JSON)
    assert len(found.body) > 5_000_000
    assert len(json.loads(found.body)["results"]["bindings"]) == 5 * 2 * SIZE


def test_threads_get_their_own_answers(engine: EmbeddedEngine) -> None:
    with ThreadPoolExecutor(16) as threads:
        assert list(threads.map(lambda i: label(engine, i), range(800))) == [f"label {i}" for i in range(800)]
