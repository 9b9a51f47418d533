"""What follows from facts, as the text that a snapshot holds of it."""

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple
from rdflib import SKOS
from reasoning_cases import World, facts_of, ontology, said, triples, worlds

from graph import iris
from graph.dataset import is_record
from graph.jsonld import node
from graph.logic.facts import stated_of
from graph.reasoning import Closure
from graph.segments.lines import canonical
from ontology.terms import POL

LITERALS = """
:d a owl:DatatypeProperty ; rdfs:subPropertyOf :e . :e a owl:DatatypeProperty . :C a owl:Class .
:n a owl:DatatypeProperty . :p a owl:ObjectProperty ; rdfs:domain :C ; rdfs:range :C .
:C owl:equivalentClass [ a owl:Restriction ; owl:onProperty :n ; owl:hasValue "007"^^xsd:integer ] .
"""
"""An ontology from which numbers, dates and texts follow."""
VALUES = ('"01"^^xsd:integer', '"1"^^xsd:integer', '"1.50"^^xsd:decimal', '"2021-02-03Z"^^xsd:date', '"2021-02"')
ENTITIES = NamedNode(iris.ENTITIES_GRAPH)


def closure(of: Iterable[Triple], facts: Iterable[Quad]) -> Closure:
    return Closure(of, map(stated_of, facts))


def through_a_store(found: Closure) -> bytes:
    """The lines that a store makes of the quads."""

    def twice() -> Iterator[Quad]:
        for quad in found.records():
            yield quad
            if not is_record(quad):
                yield Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())

    return canonical(twice())


def assert_same_lines(found: Closure) -> list[bytes]:
    """That blocks are the lines of a store, and one for each subject; returns the lines."""
    blocks = list(found.blocks())
    assert b"".join(lines for _, lines in blocks) == through_a_store(found)
    subjects = [subject for subject, _ in blocks]
    assert subjects == sorted(set(subjects))
    each = [(subject, line) for subject, lines in blocks for line in lines.splitlines()]
    assert all(line.startswith(subject + b" ") for subject, line in each)
    return [line for _, line in each]


@settings(max_examples=20)
@given(worlds(), st.text(min_size=1))
def test_blocks_are_the_lines_of_a_store(world: World, name: str) -> None:
    named = Quad(node(iris.ID + "world/0/outlet-1"), node(SKOS.prefLabel), Literal(name, language="en-GB"), ENTITIES)
    found = closure(ontology(), [*facts_of(world, 0), named])
    assert_same_lines(found)
    assert found.derived == sum(not is_record(quad) for quad in found.records())


@given(st.lists(st.tuples(st.sampled_from("de"), st.sampled_from((*VALUES, '"a\\"b\\n"@en', '"ß\\t\\u007F"')))))
def test_blocks_spell_numbers_and_texts_as_a_store_does(given: list[tuple[str, str]]) -> None:
    facts = said(a=":x :p [ :p :y ] . :y :n 7 .", b="".join(f":x :{one} {value} . " for one, value in given))
    lines = assert_same_lines(closure(triples(LITERALS), facts))
    assert any(b'"7"^^' in line for line in lines)
    assert not any(b'"007"' in line for line in lines)


def test_blocks_of_one_subject_are_one_even_in_the_names_of_records() -> None:
    record = f"<{iris.derivation('other')}>"
    lines = assert_same_lines(closure(ontology(), said(a=f"{record} pol:ownedBy {record} .")))
    assert f"{record} <" in b"\n".join(lines).decode()


def test_a_premise_that_is_met_twice_is_told_once() -> None:
    axioms = (
        """:q a owl:ObjectProperty . :r a owl:ObjectProperty ; owl:propertyChainAxiom ( :q [ owl:inverseOf :q ] )."""
    )
    lines = assert_same_lines(closure(triples(axioms), said(a=":x :q :y .")))
    assert len([line for line in lines if str(POL.premise).encode() in line]) == 1


@pytest.mark.parametrize("mark", [r"\"", r"\\", r"\n", r"\u0001"])
def test_names_with_marks_are_written_as_a_store_writes_them(mark: str) -> None:
    lines = assert_same_lines(closure(ontology(), said(a=f':a pol:ownedBy :b . :b skos:prefLabel "B {mark}" .')))
    assert any(f"- B {mark}".encode() in line for line in lines)


def test_blocks_of_nothing_are_none() -> None:
    assert list(closure(ontology(), []).blocks()) == []
