"""The smallest lookups, answered without an executor: recognised for certain, and answered the same."""

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store
from rdflib import URIRef
from rdflib.plugins.sparql import prepareQuery
from server_fixtures import FakeEngine

from graph.engine import Formats, Query
from graph.engine.lookups import LONGEST, LookupEngine, named
from graph.errors import FormNotAcceptable, QuerySyntaxError
from graph.snapshots.statistics import TYPE

ASYA = "https://w3id.org/samizdat/id/person/asya"
PROLOGUE = "PREFIX id: <https://w3id.org/samizdat/id/person/>\nprefix : <http://a/>\nPREFIX pol: <http://b#> "
SMALL = (
    f"ASK {{ <{ASYA}> a pol:Person }}",
    f"SELECT ?p ?o {{ <{ASYA}> ?p ?o }}",
    "SELECT * WHERE{id:asya ?p ?o.}LIMIT 5",
    "select distinct ?o where { id:asya :knows ?o ; pol:x 'no' }".replace("'no'", '"yes"@en-GB'),
    'ASK { id:asya pol:age "7"^^<http://www.w3.org/2001/XMLSchema#int> ; ?p 12 . }',
    f"SELECT ?o {{<{ASYA}>a ?o}}",
)
OTHER = (
    "SELECT ?s { ?s a pol:Person }",
    "SELECT ?o { id:asya :p/:q ?o }",
    "SELECT ?o { id:asya :p* ?o }",
    "SELECT ?o { id:asya ^:p ?o }",
    "SELECT ?o { id:asya :p ?o . ?o :q ?x }",
    "SELECT ?o { id:asya :p ?a ; :q ?b ; :r ?c }",
    "SELECT ?o { id:asya :p ?a , ?b }",
    "SELECT ?o { id:asya :p ?o FILTER(?o > 1) }",
    "SELECT ?o { GRAPH :g { id:asya :p ?o } }",
    "SELECT ?o { SERVICE :g { id:asya :p ?o } }",
    "SELECT ?o FROM :g { id:asya :p ?o }",
    "SELECT (COUNT(*) AS ?n) { id:asya :p ?o }",
    "SELECT ?o { id:asya :p ?o } ORDER BY ?o",
    "CONSTRUCT WHERE { id:asya :p ?o }",
    "SELECT ?o { id:asya:b ?p ?o }",
    "SELECT ?o { id:asya.b ?p ?o }",
    "SELECT ?o { id:asyaé ?p ?o }",
    "SELECT ?o { id:a\\-b ?p ?o }",
    "SELECT ?o { unknown:asya ?p ?o }",
    "SELECT ?o { <asya> ?p ?o }",
    "SELECT ?o { <http://a/b/../c> ?p ?o }",
    "SELECT ?o { <http://a/\\u0041> ?p ?o }",
    "SELECT ?o { id:asya ?p ?o } VALUES ?o { 1 }",
    "BASE <http://a/> SELECT ?o { id:asya ?p ?o }",
    "# said\nSELECT ?o { id:asya ?p ?o }",
    f'ASK {{ <{ASYA}> ?p "{"x" * LONGEST}" }}',
    "",
)
JSON = Formats("application/sparql-results+json", "text/turtle")


@pytest.mark.parametrize("query", SMALL)
def test_a_lookup_is_recognised_with_its_thing(query: str) -> None:
    assert named(PROLOGUE + query) == f"<{ASYA}>"


@pytest.mark.parametrize("query", OTHER)
def test_everything_else_is_left_alone(query: str) -> None:
    assert named(PROLOGUE + query) is None


PIECES = (
    "SELECT", "ASK", "DISTINCT", "*", "?o", "?p", "{", "}", "WHERE", "a", "id:asya", ":p", "pol:q", f"<{ASYA}>",
    "<http://c>", ".", ";", ",", '"x"', "@en", "^^", "5", "1.5", "LIMIT", " ", "\n", "PREFIX", "id:", "<http://d/>",
    "FILTER", "(", "/",
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(SMALL),
    st.lists(st.tuples(st.integers(0, 90), st.sampled_from(PIECES), st.integers(0, 4)), max_size=4),
)
def test_whatever_is_recognised_asks_about_that_thing_alone(query: str, edits: list[tuple[int, str, int]]) -> None:
    for place, piece, cut in edits:
        query = query[:place] + piece + query[place + cut :]
    found = named(PROLOGUE + query)
    if found is None:
        return
    try:
        prepared = prepareQuery(PROLOGUE + query)
    except Exception:  # no query at all: an executor explains it
        return
    patterns = [part["triples"] for part in _parts(prepared.algebra) if "triples" in part]
    assert [{subject for subject, _, _ in triples} for triples in patterns] == [{URIRef(found[1:-1])}]
    assert sum(map(len, patterns)) <= 2


def _parts(part: object) -> list[dict[str, Any]]:
    below = [found for value in part.values() for found in _parts(value)] if isinstance(part, dict) else []
    return [part, *below] if isinstance(part, dict) else below


def test_recognising_takes_no_time_whatever_is_sent() -> None:
    hostile = (
        "PREFIX " * 290,
        "SELECT " + "?a " * 600,
        "ASK {" + " " * 2000,
        'ASK { <a:b> a "' + "\\" * 2000,
        "ASK{<a:b>a ?o" + ";" * 2000,
    )
    began = time.process_time()
    for text in hostile:
        assert named(text) is None
    assert time.process_time() - began < 0.1


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    written = Store(str(tmp_path / "store"))
    written.load(f'<{ASYA}> <http://a/knows> <http://a/x> , "y" .'.encode(), format=RdfFormat.TURTLE)
    written.add(Quad(NamedNode("http://a/hub"), NamedNode(TYPE[1:-1]), NamedNode("http://a/c"), DefaultGraph()))
    written.flush()
    del written
    return tmp_path / "store"


def test_a_lookup_is_answered_here_and_anything_else_behind(store_path: Path) -> None:
    behind = FakeEngine()
    engine = LookupEngine(behind, store_path, lambda: {"<http://a/hub>"})
    assert b"http://a/x" in engine.evaluate(Query(PROLOGUE + SMALL[1]), JSON).body
    assert engine.evaluate(Query(f"ASK {{ <{ASYA}> <http://a/knows> 5 }}"), JSON).kind == "boolean"
    assert not behind.seen
    for number, query in enumerate(
        (
            Query("SELECT ?p { <http://a/hub> ?p ?o }"),
            Query(PROLOGUE + OTHER[0]),
            Query(SMALL[1], default_graphs=("http://a/g",)),
            Query(SMALL[1], named_graphs=("http://a/g",)),
        ),
        1,
    ):
        engine.evaluate(query, JSON)
        assert len(behind.seen) == number
    engine.close()
    engine.evaluate(Query(SMALL[1]), JSON)
    assert len(behind.seen) == 5, "a closed engine holds no store"


def test_what_cannot_be_answered_is_explained_behind(store_path: Path) -> None:
    engine = LookupEngine(FakeEngine(), store_path, lambda: ())
    with pytest.raises(FormNotAcceptable):
        engine.evaluate(Query(SMALL[1]), Formats(None, "text/turtle"))
    with pytest.raises(QuerySyntaxError):
        engine.evaluate(Query("SELECT * { <http://a/x> <http://a/y> <http://a/<> }"), JSON)


def test_without_a_store_or_its_hubs_everything_is_asked_behind(store_path: Path, tmp_path: Path) -> None:
    behind = FakeEngine()
    LookupEngine(behind, store_path, lambda: None).evaluate(Query(SMALL[1]), JSON)
    LookupEngine(behind, tmp_path / "nowhere", lambda: ()).evaluate(Query(SMALL[1]), JSON)
    assert len(behind.seen) == 2
