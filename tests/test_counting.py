"""Counts answered from a snapshot's statistics: what the engine itself would count, or left to the engine."""

import json
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from pathlib import Path

import pytest
from pyoxigraph import Quad, QuerySolutions, Store

from graph.engine import Answer, Formats, Query
from graph.engine.embedded import Budget, EmbeddedEngine
from graph.errors import SnapshotDamaged
from graph.segments.content import Content
from graph.segments.lines import sorted_lines
from graph.snapshot import Snapshots
from graph.snapshots.collecting import collected
from graph.snapshots.counting import CountingEngine, counted
from graph.snapshots.statistics import FEW, LAYOUT, Statistics

PREFIXES = """PREFIX pol: <https://w3id.org/samizdat/politics#> PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
"""
JSON = Formats("application/sparql-results+json", None)
PATTERNS = (
    "?s ?p ?o", "?s a ?o", "?s rdf:type ?o .", "?s a pol:Claim", "?s pol:modality ?o", "?s pol:modality pol:asserted",
    "?s pol:modality pol:nothing", "?s pol:nothing ?o", "?s a pol:Claim ; pol:modality ?o", "?s a pol:Claim; ?p ?o.",
    "?s pol:modality ?o ; a pol:Claim", "?s a pol:Nothing ; pol:modality ?o", "?s a pol:Claim ; a ?o",
    "?s a foaf:Person ; pol:nothing ?o", "GRAPH ?g { ?s ?p ?o }", "?s <https://schema.org/position> ?o",
    "?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?o",
)  # fmt: skip
COUNTS = ("COUNT(*)", "COUNT(?s)", "COUNT(DISTINCT ?s)", "COUNT(DISTINCT ?o)", "COUNT(DISTINCT ?p)",
          "count(distinct ?g)")  # fmt: skip
EVERY = [
    f"SELECT {by} ({count} AS ?n) WHERE {{ {pattern} }} {f'GROUP BY {by}' if by else ''}"
    for pattern, count, by in product(PATTERNS, COUNTS, ("", "?p", "?o", "?s", "?g"))
]


@pytest.fixture(scope="module")
def statistics(seed_store: Store) -> Statistics:
    return collected(Content.of(sorted_lines(seed_store)))


def rows(store: Store, sparql: str) -> list[str]:
    found = store.query(sparql)
    assert isinstance(found, QuerySolutions)
    return sorted(str([solution[name] for name in found.variables]) for solution in found)


def in_statistics(sparql: str, statistics: Statistics) -> str | None:
    return counted(PREFIXES + sparql, lambda: statistics)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_count_is_what_the_engine_counts(pattern: str, seed_store: Store, statistics: Statistics) -> None:
    known = 0
    for sparql in EVERY:
        if f"{{ {pattern} }}" in sparql and (written := in_statistics(sparql, statistics)):
            assert rows(seed_store, written) == rows(seed_store, PREFIXES + sparql), sparql
            known += 1
    assert known, "no count of this pattern is known"


def test_most_plain_counts_are_known(statistics: Statistics) -> None:
    assert sum(in_statistics(sparql, statistics) is not None for sparql in EVERY) >= 100


def test_the_answer_is_sorted_and_cut_as_asked(seed_store: Store, statistics: Statistics) -> None:
    asked = "SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c order by DESC(?n) ?c LIMIT 7 OFFSET 2"
    written = in_statistics(asked, statistics)
    assert written is not None
    ours, theirs = (list(select(seed_store, text)) for text in (written, PREFIXES + asked))
    assert [str(row) for row in ours] == [str(row) for row in theirs]
    assert len(ours) == 7


def select(store: Store, sparql: str) -> Iterator[list[str]]:
    found = store.query(sparql)
    assert isinstance(found, QuerySolutions)
    for solution in found:
        yield [str(solution[name]) for name in found.variables]


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT (COUNT(*) AS ?n) FROM <http://e.org/g> { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(isIRI(?o)) }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?s }",
        "SELECT (COUNT(?x) AS ?n) { ?s ?p ?o }",
        "SELECT (COUNT(DISTINCT *) AS ?n) { ?s ?p ?o }",
        "SELECT (COUNT(*) + 1 AS ?n) { ?s ?p ?o }",
        "SELECT (SUM(?o) AS ?n) { ?s ?p ?o }",
        "SELECT DISTINCT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } HAVING (?n > 1)",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p HAVING (COUNT(*) > 1)",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ?o",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY (STR(?p))",
        "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY STR(?p)",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p",
        "SELECT ?p (COUNT(*) AS ?p) { ?s ?p ?o } GROUP BY ?p",
        "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { GRAPH <http://e.org/g> { ?s ?p ?o } }",
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s a ?o } }",
        "SELECT (COUNT(*) AS ?n) { GRAPH ?s { ?s ?p ?o } }",
        "SELECT (COUNT(*) AS ?n) { ?s a pol:Claim ; pol:modality ?o ; pol:quote ?q }",
        "SELECT (COUNT(*) AS ?n) { ?s a pol:Claim . ?o a pol:Claim }",
        "SELECT (COUNT(*) AS ?n) { ?s pol:quote/pol:modality ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s a/pol:modality ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s ^a ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s a ?o, ?p }",
        'SELECT (COUNT(*) AS ?n) { ?s pol:edtf "1989" }',
        "SELECT (COUNT(*) AS ?n) { ?s a <relative> }",
        "SELECT (COUNT(*) AS ?n) { ?s a undeclared:Claim }",
        r"SELECT (COUNT(*) AS ?n) { ?s a <http://e.org/\u0041> }",
        r"SELECT (COUNT(*) AS ?n) { ?s a pol:Cl\,aim }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } VALUES ?p { pol:modality }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } LIMIT",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } LIMIT 1 LIMIT 2",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } ORDER BY",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } LIMIT ?n",
        "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC ?n",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o",
        "SELECT (COUNT(*) AS ?n { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } }",
        "ASK { ?s ?p ?o } # COUNT(*)",
        "SELECT",
        "",
    ],
)
def test_what_is_not_certain_is_left_to_the_engine(sparql: str, statistics: Statistics) -> None:
    assert in_statistics(sparql, statistics) is None


def test_without_statistics_all_is_left_to_the_engine() -> None:
    assert counted("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", lambda: None) is None


def test_values_that_are_many_are_not_kept() -> None:
    lines = "".join(sorted(f'<http://e.org/{n}> <http://e.org/p> "{n} <a" .\n' for n in range(FEW + 1)))
    found = collected(Content.of(lines.encode()))
    assert found.whole.properties["<http://e.org/p>"].objects is None
    assert counted("SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s <http://e.org/p> ?o }", lambda: found) is None
    assert counted("SELECT (COUNT(*) AS ?n) { ?s <http://e.org/p> ?o }", lambda: found)


@pytest.mark.parametrize(
    "object_",
    ["<http://e.org/o>", '"plain"', '"with a space"', '"a <b>"', '"a _:b"', '"a _:b"@en', '"a <b"^^<http://e.org/t>',
     '"end \\" <g>"', "_:b"],
)  # fmt: skip
def test_named_graphs_are_told_from_the_default_graph(object_: str) -> None:
    lines = [f"<http://e.org/s> <http://e.org/p> {object_}{place} .\n" for place in ("", " <http://e.org/g>", " _:g")]
    found = collected(Content.of("".join(sorted(lines)).encode()))
    assert (found.quads, found.graphs, found.whole.properties["<http://e.org/p>"].triples) == (2, 2, 1)


def test_written_and_read_it_is_the_same(statistics: Statistics, tmp_path: Path) -> None:
    file = tmp_path / "statistics.json"
    file.write_text(json.dumps(statistics.to_json()), encoding="utf-8")
    assert Statistics.read(file) == statistics


@pytest.mark.parametrize("content", [None, "", "[]", "{}", "1", '{"layout": 0}', f'{{"layout": {LAYOUT}}}'])
def test_statistics_of_another_release_are_none(content: str | None, tmp_path: Path) -> None:
    file = tmp_path / "statistics.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    assert Statistics.read(file) is None


def test_a_dataset_of_the_protocol_is_left_to_the_engine(statistics: Statistics) -> None:
    asked: list[Query] = []

    class Recorder:
        def evaluate(self, query: Query, formats: Formats, *, timeout: float | None = None) -> Answer:
            asked.append(query)
            return Answer("bindings", "", b"")

        def close(self) -> None: ...

    engine = CountingEngine(Recorder(), lambda: statistics)
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    for default, named in (((), ()), (("http://e.org/g",), ()), ((), ("http://e.org/g",))):
        engine.evaluate(Query(count, default_graphs=default, named_graphs=named), JSON)
    assert ["VALUES" in query.text for query in asked] == [True, False, False]


def test_the_same_bytes_as_the_engine_writes(seed_store: Store, statistics: Statistics, tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"))
    store.bulk_extend(Quad(*quad) for quad in seed_store)
    store.flush()
    del store
    sparql = "SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY DESC(?n) ?c"
    with closing(EmbeddedEngine(tmp_path / "store", Budget(executors=1))) as engine:
        counting = CountingEngine(engine, lambda: statistics)
        for media_type in ("application/sparql-results+json", "application/sparql-results+xml", "text/csv"):
            formats = Formats(media_type, None)
            assert counting.evaluate(Query(sparql), formats) == engine.evaluate(Query(sparql), formats)


def test_statistics_are_part_of_a_snapshot(seed_store: Store, statistics: Statistics, tmp_path: Path) -> None:
    snapshot = Snapshots(tmp_path).publish(seed_store, {})
    assert snapshot.statistics == statistics
    snapshot.statistics_path.chmod(0o644)
    other = statistics.to_json() | {"quads": 1}
    snapshot.statistics_path.write_text(json.dumps(other), encoding="utf-8")
    with pytest.raises(SnapshotDamaged):
        snapshot.verify()
