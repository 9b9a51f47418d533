"""The benchmark's data: the same bytes each time, valid by our own shapes, and answered by the saved questions."""

import hashlib
import time
from itertools import islice

import pytest
from bench.distributions import DATA, FILE, load, summary
from bench.generate import generate, own_data
from pyoxigraph import DefaultGraph, Quad, QuerySolutions, RdfFormat, Store, parse

from graph import iris
from graph.errors import Problem
from graph.places import Places
from graph.segments.lines import canonical
from graph.validation import check_problems, shape_problems
from queries import questions

QUADS = 25_000


class Nowhere(Places):
    """Generated data stands in no file: what is wrong with it fails the test at once."""

    def problem(self, subject: str, predicate: str, what: str, hint: str, rule: str) -> Problem:
        pytest.fail(f"{subject} {predicate}: {what}; {hint} ({rule})")


def select(store: Store, sparql: str) -> QuerySolutions:
    found = store.query(sparql)
    assert isinstance(found, QuerySolutions)
    return found


@pytest.fixture(scope="module")
def content() -> bytes:
    return b"".join(generate(QUADS))


@pytest.fixture(scope="module")
def quads(content: bytes) -> list[Quad]:
    return list(parse(content, RdfFormat.N_QUADS))


@pytest.fixture(scope="module")
def stated(quads: list[Quad]) -> list[Quad]:
    """The named graphs that are validated: of entities and of claims."""
    left_out = {iris.ONTOLOGY_GRAPH, iris.INFERRED_GRAPH}
    return [q for q in quads if not isinstance(q.graph_name, DefaultGraph) and q.graph_name.value not in left_out]


def test_the_same_seed_gives_the_same_bytes(content: bytes) -> None:
    assert hashlib.sha256(b"".join(generate(QUADS))).digest() == hashlib.sha256(content).digest()


def test_another_seed_gives_other_bytes(content: bytes) -> None:
    assert b"".join(generate(QUADS, seed=2)) != content


def test_there_are_as_many_lines_as_asked_for_and_none_twice(content: bytes) -> None:
    lines = content.splitlines()
    assert QUADS <= len(lines) < QUADS * 1.2
    assert len(set(lines)) == len(lines)


def test_it_is_written_as_a_snapshot_would_write_it(content: bytes, quads: list[Quad]) -> None:
    assert b"".join(sorted(content.splitlines(keepends=True))) == canonical(quads)


def test_our_own_data_is_in_it(content: bytes) -> None:
    assert content.startswith(own_data())


def test_the_shapes_find_nothing(stated: list[Quad]) -> None:
    assert not shape_problems(stated, Nowhere([], []))


def test_the_checks_find_nothing(stated: list[Quad]) -> None:
    assert not check_problems(stated, Nowhere([], []))


def test_the_default_graph_holds_only_what_is_asserted(store: Store) -> None:
    found = """PREFIX pol: <https://w3id.org/samizdat/politics#> PREFIX np: <http://www.nanopub.org/nschema#>
    SELECT ?modality { ?claim pol:modality ?modality ; np:hasAssertion ?assertion
          GRAPH ?assertion { ?said a pol:PartyBan } %s }"""
    everywhere, default = (
        {str(row["modality"]) for row in select(store, found % more)} for more in ("", "?said a pol:PartyBan")
    )
    assert any("#reported" in modality for modality in everywhere)
    assert {modality.partition("#")[2] for modality in default} == {"asserted>"}


@pytest.mark.parametrize("name", sorted(questions()))
def test_a_saved_question_is_answered(name: str, store: Store) -> None:
    assert store.query(questions()[name].fill({})) is not None


@pytest.fixture(scope="module")
def store(quads: list[Quad]) -> Store:
    made = Store()
    made.bulk_extend(quads)
    return made


def test_it_is_fast_enough_for_millions() -> None:
    began, lines = time.process_time(), 0
    for chunk in islice(generate(10_000_000), 1000):
        lines += chunk.count(b"\n")
    assert lines / (time.process_time() - began) > 100_000


def test_the_distributions_are_those_of_the_data() -> None:
    if not DATA.is_dir():
        pytest.skip("the data sets (../shared/data) are not at hand")
    found = summary(DATA)
    known = load()
    assert [tuple(row) for row in found["countries"]] == [
        (c.name, c.iso3, c.parties, c.elections, c.unfree, c.unfair) for c in known.countries
    ]
    assert FILE.stat().st_size < 20_000
