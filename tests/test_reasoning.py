"""What follows from facts: the same as HermiT says, with records that stand on their own feet."""

import random
from collections import defaultdict
from graphlib import TopologicalSorter

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, Triple
from rdflib import PROV, RDF, RDFS
from reasoning_cases import World, claim, facts_of, ontology, relations, said, triples, types, worlds

from graph import iris
from graph.dataset import is_record
from graph.logic.axioms import Axioms
from graph.logic.hermit import prove
from graph.reasoning import derive
from ontology.base import BASE
from ontology.terms import POL

TEST = f"{BASE}id/test/"
SHAPES = """
:p a owl:ObjectProperty ; rdfs:domain :A ; rdfs:range :B . :q a owl:ObjectProperty ; rdfs:subPropertyOf :p .
:r a owl:ObjectProperty ; owl:propertyChainAxiom ( :q [ owl:inverseOf :s ] :t ) .
:s a owl:ObjectProperty, owl:SymmetricProperty . :t a owl:ObjectProperty, owl:TransitiveProperty .
:u a owl:ObjectProperty ; owl:inverseOf :r . :d a owl:DatatypeProperty .
:A a owl:Class . :B a owl:Class ; rdfs:subClassOf :A . :C a owl:Class . :D a owl:Class . :E a owl:Class .
:i a owl:NamedIndividual, :B .
:C owl:equivalentClass [ a owl:Class ; owl:unionOf ( [ a owl:Restriction ; owl:onProperty :t ; owl:hasValue :i ]
    [ a owl:Restriction ; owl:onProperty :d ; owl:hasValue "all" ] ) ] .
:D owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :B
    [ a owl:Restriction ; owl:onProperty [ owl:inverseOf :r ] ; owl:someValuesFrom :C ] ) ] .
:E owl:equivalentClass [ a owl:Restriction ; owl:onProperty :q ; owl:hasValue :i ] .
"""
"""An ontology of every shape that has a rule."""


def closure(facts: list[Quad], of: tuple[Triple, ...] | None = None) -> list[Triple]:
    """The facts and what is derived from them."""
    derived = [quad.triple for quad in derive(of or ontology(), facts) if not is_record(quad)]
    return [*derived, *(quad.triple for quad in facts)]


def derived(turtle: str) -> set[str]:
    """What follows from facts, as ``subject predicate object`` of local names."""
    statements = [quad.triple for quad in derive(ontology(), said(facts=turtle)) if not is_record(quad)]
    return {" ".join(_end(term) for term in triple) for triple in statements}


def _end(term: object) -> str:
    return str(term).strip("<>").rpartition("#")[2].rpartition("/")[2]


def assert_rules_and_hermit_agree(of: tuple[Triple, ...], facts: list[Quad]) -> None:
    proof = prove(of, facts)
    assert proof.consistent
    by_rules = [*closure(facts, of), *Axioms(of).facts()]
    kinds = {pair for pair in types(by_rules) if not pair[1].startswith("http://www.w3.org/2002/07/owl#")}
    assert kinds == proof.types
    assert relations(by_rules, of) == proof.relations


@settings(
    max_examples=5,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink would take a run of HermiT for each step
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(worlds(), min_size=12, max_size=12))
def test_rules_and_hermit_say_the_same(generated: list[World]) -> None:
    # Many worlds go into each run of HermiT: starting it takes longer than proving them.
    facts = [fact for number, world in enumerate(generated) for fact in facts_of(world, number)]
    assert_rules_and_hermit_agree(ontology(), facts)


def test_rules_and_hermit_say_the_same_of_every_shape_of_axiom() -> None:
    facts = said(
        one=":a :q :b . :c :s :b . :c :t :e . :e :t :i . :f :t :a .",
        two=':g :d "all" . :h :q :i . :e a :B .',
        three=":j :u :k .",
    )
    of = tuple(triples(SHAPES))
    assert_rules_and_hermit_agree(of, facts)
    assert {f"{TEST}{name}" for name in "ceg"} <= {
        thing for thing, kind in types(closure(facts, of)) if kind.endswith("C")
    }


# --- what the control of media proves, and what it does not ---

GOVERNMENT = ":g a pol:Government ."


@pytest.mark.parametrize(
    "facts",
    [
        ":m pol:controlled :o ; pol:controller :c . :n pol:controlled :c ; pol:controller :g .",
        ":o pol:inSector :s . :m pol:controlled :s ; pol:controller :g .",
        ":o pol:inSector :s . :s pol:controlledBy :g .",
        ":o pol:controlledBy :c . :c pol:controlledBy :g .",
        ":s pol:hasOutlet :o , :other . :other pol:ownedBy :g .",
    ],
)
def test_a_part_of_a_part_proves_nothing(facts: str) -> None:
    found = derived(f"{GOVERNMENT} :o a pol:MediaOutlet . {facts}")
    assert not {each for each in found if each.startswith("o ") and each.endswith((" g", "StateControlledMedia"))}


@pytest.mark.parametrize(
    ("facts", "whole"),
    [
        (":o pol:ownedBy :g .", True),
        (":o pol:ownedBy :c . :c pol:ownedBy :h . :h pol:ownedBy :g .", True),
        (":m pol:wholeControlOf :o ; pol:controller :g .", True),
        (":o pol:inSector :s . :m pol:wholeControlOf :s ; pol:controller :g .", True),
        (":s pol:hasOutlet :o . :m pol:wholeControlOf :s ; pol:controller :c . :c pol:ownedBy :g .", True),
        (":m pol:controlled :o ; pol:controller :g .", False),
        (":m pol:controlled :o ; pol:controller :c . :c pol:ownedBy :g .", False),
        (":o pol:ownedBy :c . :m pol:controlled :c ; pol:controller :g .", False),
        (":o pol:ownedBy :c . :g pol:controls :c .", False),
    ],
)
def test_control_is_passed_on_through_the_whole(facts: str, whole: bool) -> None:
    found = derived(f"{GOVERNMENT} :o a pol:MediaOutlet . {facts}")
    assert {"g controls o", "o type StateControlledMedia"} <= found
    assert ("o whollyControlledBy g" in found) is whole


def test_the_controlled_is_no_state_controlled_media_unless_the_controller_governs() -> None:
    assert "o type StateControlledMedia" not in derived(":o a pol:MediaOutlet ; pol:ownedBy :c .")


# --- records ---

CONTROL = said(
    entities=":tv a pol:MediaSector . :gov a pol:Government ; skos:prefLabel 'Government of Utopia'@en .",
    a=":m a pol:MediaControl ; pol:controlled :tv .",
    b=":m a pol:MediaControl ; pol:controller :gov .",
)


def records(quads: list[Quad]) -> dict[NamedNode, dict[str, set[str]]]:
    found: dict[NamedNode, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for quad in filter(is_record, quads):
        assert isinstance(quad.subject, NamedNode)
        found[quad.subject][quad.predicate.value].add(str(quad.object))
    return found


def statement_of(record: dict[str, set[str]]) -> str:
    parts = [record[str(predicate)] for predicate in (RDF.subject, RDF.predicate, RDF.object)]
    assert [len(part) for part in parts] == [1, 1, 1]
    return " ".join(part for (part,) in parts)


def test_every_derived_statement_has_one_record_and_no_fact_has() -> None:
    facts = facts_of((frozenset({("outlet-1", "pol:ownedBy", "government-1")}), frozenset({"government-1"})), 0)
    quads = derive(ontology(), facts)
    derivations = [record for record in records(quads).values() if f"<{POL.Derivation}>" in record[str(RDF.type)]]
    statements = [f"{quad.subject} {quad.predicate} {quad.object}" for quad in quads if not is_record(quad)]
    assert sorted(map(statement_of, derivations)) == sorted(statements)
    assert not {quad.triple for quad in facts} & {quad.triple for quad in quads}
    assert {quad.graph_name.value for quad in quads} == {iris.INFERRED_GRAPH}  # type: ignore[union-attr]


def test_a_record_gives_its_axiom_its_words_and_its_premises() -> None:
    found = records(derive(ontology(), CONTROL))
    (record,) = [each for each in found.values() if "StateControlledMedia" in statement_of(each)]
    assert record[str(POL.axiom)] == {f"<{POL.StateControlledMedia}>"}
    assert record[str(RDFS.label)] == {'"tv is state-controlled media"@en'}
    (rule,) = record[str(RDFS.comment)]
    assert "X is a media sector, X - controlled by - Y and Y is a government" in rule
    premises = {statement_of(found[NamedNode(name.strip("<>"))]) for name in record[str(POL.premise)]}
    assert premises == {
        f"<{TEST}tv> <{RDF.type}> <{POL.MediaSector}>",
        f"<{TEST}tv> <{POL.controlledBy}> <{TEST}gov>",
        f"<{TEST}gov> <{RDF.type}> <{POL.Government}>",
    }


def test_a_premise_names_every_source_that_states_it() -> None:
    found = records(derive(ontology(), CONTROL))
    sources = {statement_of(each).split()[-1]: each[str(PROV.wasDerivedFrom)] for each in found.values()}
    assert sources[f"<{POL.MediaControl}>"] == {f"<{claim('a')}>", f"<{claim('b')}>"}
    assert sources[f"<{POL.Government}>"] == {f"<{iris.ENTITIES_GRAPH}>"}
    assert sources[f"<{TEST}tv>"] == {f"<{claim('a')}>"}


def test_no_derivation_rests_on_itself() -> None:
    cycle = ":a pol:ownedBy :b . :b pol:ownedBy :c . :c pol:ownedBy :a . :x pol:inTensionWith :y ."
    found = records(derive(ontology(), said(facts=cycle)))
    rests_on = {f"<{name.value}>": record[str(POL.premise)] for name, record in found.items()}
    assert set().union(*rests_on.values()) <= rests_on.keys()
    TopologicalSorter(rests_on).prepare()


@settings(max_examples=20, deadline=None)
@given(st.lists(worlds(), min_size=1, max_size=2), st.randoms(use_true_random=False))
def test_the_same_facts_in_any_order_make_the_same_quads(generated: list[World], order: random.Random) -> None:
    facts = [fact for number, world in enumerate(generated) for fact in facts_of(world, number)]
    before = derive(ontology(), facts)
    order.shuffle(facts)
    assert derive(ontology(), [*facts, *facts[:3]]) == before


def test_the_shortest_way_is_told() -> None:
    facts = said(
        a=":o pol:ownedBy :c . :c pol:ownedBy :g .",
        b=":o pol:whollyControlledBy :c . :m pol:controlled :o ; pol:controller :g .",
    )
    found = records(derive(ontology(), facts))
    (record,) = [each for each in found.values() if statement_of(each) == f"<{TEST}o> <{POL.controlledBy}> <{TEST}g>"]
    premises = {statement_of(found[NamedNode(name.strip("<>"))]).split()[1] for name in record[str(POL.premise)]}
    assert premises == {f"<{POL.controlled}>", f"<{POL.controller}>"}


def test_nothing_follows_from_nothing() -> None:
    assert derive(ontology(), []) == []


def test_types_that_the_ontology_states_are_not_derived_again() -> None:
    found = derived(":a pol:party :p ; pol:role pol:ruling .")
    assert {"p type RulingParty", "p type PoliticalParty", "a type PoliticalAlignment"} <= found
    assert "ruling type PoliticalRole" not in found


def test_classes_above_are_derived_too() -> None:
    assert {"p type Organization", "p type Agent"} <= derived(":p a pol:PoliticalParty .")
