"""The axioms of an ontology as rules: every shape carried, every other refused."""

import pytest
from pyoxigraph import NamedNode, Triple
from rdflib import OWL, RDF
from reasoning_cases import ontology, triples

from graph.errors import UnsupportedAxiom
from graph.logic.axioms import Axioms, Pattern
from graph.logic.rules import Rule, compile_rules
from ontology.base import BASE
from ontology.terms import POL

TEST = f"{BASE}id/test/"
DECLARED = " ".join(f":{name} a owl:ObjectProperty ." for name in "pqrs") + ":d a owl:DatatypeProperty ."

CARRIED = {
    ":A rdfs:subClassOf :B .": {"A: ?x a B <- ?x a A"},
    ":p rdfs:subPropertyOf :q .": {"p: ?x q ?y <- ?x p ?y"},
    ":p rdfs:subPropertyOf [ owl:inverseOf :q ] .": {"p: ?y q ?x <- ?x p ?y"},
    ":d rdfs:subPropertyOf :e .": {"d: ?x e ?y <- ?x d ?y"},
    ":p owl:inverseOf :q .": {"p: ?y q ?x <- ?x p ?y", "p: ?y p ?x <- ?x q ?y"},
    ":p a owl:SymmetricProperty .": {"p: ?y p ?x <- ?x p ?y"},
    ":p a owl:TransitiveProperty .": {"p: ?x p ?z <- ?x p ?y, ?y p ?z"},
    ":p owl:propertyChainAxiom ( :q :r ) .": {"p: ?x p ?z <- ?x q ?y, ?y r ?z"},
    ":p owl:propertyChainAxiom ( :q :r :s ) .": {"p: ?x p ?z1 <- ?x q ?y, ?y r ?z, ?z s ?z1"},
    ":p owl:propertyChainAxiom ( [ owl:inverseOf :q ] :r ) .": {"p: ?x p ?z <- ?y q ?x, ?y r ?z"},
    ":p owl:propertyChainAxiom ( :p :q ), ( :q :p ) .": {
        "p: ?x p ?z <- ?x p ?y, ?y q ?z",
        "p: ?x p ?z <- ?x q ?y, ?y p ?z",
    },
    ":p rdfs:domain :A .": {"p: ?x a A <- ?x p ?y"},
    ":d rdfs:domain :A .": {"d: ?x a A <- ?x d ?y"},
    ":p rdfs:range :A .": {"p: ?y a A <- ?x p ?y"},
    ":C owl:equivalentClass :A .": {"C: ?x a C <- ?x a A", "C: ?x a A <- ?x a C"},
    ":C owl:equivalentClass [ owl:intersectionOf ( :A :B ) ] .": {
        "C: ?x a C <- ?x a A, ?x a B",
        "C: ?x a A <- ?x a C",
        "C: ?x a B <- ?x a C",
    },
    ":C owl:equivalentClass [ owl:unionOf ( :A :B ) ] .": {"C: ?x a C <- ?x a A", "C: ?x a C <- ?x a B"},
    ":C owl:equivalentClass [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :A ] .": {
        "C: ?x a C <- ?x p ?y, ?y a A"
    },
    ":C owl:equivalentClass [ owl:onProperty [ owl:inverseOf :p ] ; owl:someValuesFrom :A ] .": {
        "C: ?x a C <- ?y p ?x, ?y a A"
    },
    ":C owl:equivalentClass [ owl:onProperty :p ; owl:hasValue :i ] .": {
        "C: ?x a C <- ?x p i",
        "C: ?x p i <- ?x a C",
    },
    ':C owl:equivalentClass [ owl:onProperty :d ; owl:hasValue "all"@en ] .': {
        'C: ?x a C <- ?x d "all"@en',
        'C: ?x d "all"@en <- ?x a C',
    },
    """:C owl:equivalentClass [ owl:intersectionOf ( :A [ owl:onProperty :p ; owl:someValuesFrom
         [ owl:intersectionOf ( :B [ owl:onProperty :q ; owl:someValuesFrom :D ] ) ] ] ) ] .""": {
        "C: ?x a C <- ?x a A, ?x p ?y, ?y a B, ?y q ?z, ?z a D",
        "C: ?x a A <- ?x a C",
    },
    """:C owl:equivalentClass [ owl:intersectionOf ( [ owl:unionOf ( :A :B ) ]
         [ owl:unionOf ( :D [ owl:onProperty :p ; owl:hasValue :i ] ) ] ) ] .""": {
        "C: ?x a C <- ?x a A, ?x a D",
        "C: ?x a C <- ?x a A, ?x p i",
        "C: ?x a C <- ?x a B, ?x a D",
        "C: ?x a C <- ?x a B, ?x p i",
    },
}

PASSED_OVER = [
    ":A owl:disjointWith :B .",
    "[] a owl:AllDisjointClasses ; owl:members ( :A :B ) .",
    "[] a owl:AllDifferent ; owl:distinctMembers ( :i :j ) .",
    ":i owl:differentFrom :j .",
    ":p a owl:FunctionalProperty .",
    ":d rdfs:range xsd:integer .",
    ':A a owl:Class ; rdfs:label "a"@en ; rdfs:comment "c" ; rdfs:seeAlso :B ; rdfs:isDefinedBy <> .',
    '<> a owl:Ontology ; owl:versionInfo "1" ; owl:versionIRI <1> .',
    ":x skos:closeMatch :y .",
]

REFUSED = [
    ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :B ] .",
    ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom :B ] .",
    "[ owl:onProperty :p ; owl:someValuesFrom :B ] rdfs:subClassOf :A .",
    ":C owl:equivalentClass [ owl:onProperty :p ; owl:allValuesFrom :A ] .",
    ":C owl:equivalentClass [ owl:onProperty :p ; owl:minCardinality 2 ] .",
    ":C owl:equivalentClass [ owl:onProperty :p ; owl:minQualifiedCardinality 1 ; owl:onClass :A ] .",
    ":C owl:equivalentClass [ owl:onProperty :p ; owl:hasSelf true ] .",
    ":C owl:equivalentClass [ owl:oneOf ( :i :j ) ] .",
    ":C owl:equivalentClass [ owl:complementOf :A ] .",
    ":C owl:equivalentClass [ owl:onProperty :p ; owl:someValuesFrom :A ; owl:hasValue :i ] .",
    ":C owl:equivalentClass [] .",
    ":C owl:unionOf ( :A :B ) .",
    ":C owl:disjointUnionOf ( :A :B ) .",
    ":A owl:complementOf :B .",
    ":A owl:hasKey ( :p ) .",
    ":p owl:equivalentProperty :q .",
    ":p owl:propertyDisjointWith :q .",
    ":p a owl:InverseFunctionalProperty .",
    ":p a owl:AsymmetricProperty .",
    ":p a owl:ReflexiveProperty .",
    ":p rdfs:domain [ owl:unionOf ( :A :B ) ] .",
    ":p rdfs:range [ owl:unionOf ( :A :B ) ] .",
    ":undeclared rdfs:range :A .",
    ":p owl:propertyChainAxiom ( :q [] ) .",
    ":p owl:propertyChainAxiom :q .",
    ":i owl:sameAs :j .",
    "[] a owl:NegativePropertyAssertion .",
    "<> owl:imports <elsewhere> .",
]


def _short(pattern: Pattern) -> str:
    shown = " ".join(map(str, pattern)).replace(f"<{RDF.type}>", "a")
    return shown.replace(f"<{TEST}", "").replace(">", "")


def _rule(rule: Rule) -> str:
    premises = ", ".join(map(_short, rule.premises))
    return f"{rule.axiom.value.removeprefix(TEST)}: {_short(rule.conclusion)} <- {premises}"


@pytest.mark.parametrize(("axioms", "expected"), CARRIED.items())
def test_an_axiom_becomes_its_rules(axioms: str, expected: set[str]) -> None:
    assert {_rule(rule) for rule in compile_rules(triples(DECLARED + axioms))} == expected


@pytest.mark.parametrize("axioms", PASSED_OVER)
def test_what_only_makes_clashes_or_notes_derives_nothing(axioms: str) -> None:
    assert compile_rules(triples(DECLARED + axioms)) == ()


@pytest.mark.parametrize("axioms", REFUSED)
def test_an_axiom_without_a_rule_is_refused(axioms: str) -> None:
    with pytest.raises(UnsupportedAxiom) as refused:
        compile_rules(triples(DECLARED + axioms))
    assert refused.value.hint
    assert refused.value.exit_code == 6


def test_the_politics_ontology_can_be_carried_whole() -> None:
    concluded = {rule.conclusion[2] for rule in compile_rules(ontology()) if rule.axiom == rule.conclusion[2]}
    defined = {triple.subject for triple in ontology() if triple.predicate.value == str(OWL.equivalentClass)}
    assert defined
    assert defined <= concluded


def test_an_axiom_added_to_the_politics_ontology_is_not_lost() -> None:
    added = triples("pol:Tenure owl:hasKey ( org:member ) .")
    with pytest.raises(UnsupportedAxiom, match="hasKey"):
        compile_rules([*ontology(), *added])


def test_rules_read_as_sentences() -> None:
    sentences = {rule.sentence for rule in compile_rules(ontology()) if rule.axiom.value == str(POL.BannedParty)}
    assert sentences == {
        "X is a banned party when X is a political party, X - ban - Y and Y is a party ban",
        "X is a political party when X is a banned party",
    }


def test_rules_do_not_depend_on_the_order_of_the_ontology() -> None:
    assert compile_rules(ontology()) == compile_rules(reversed(ontology()))


def test_what_the_ontology_says_of_its_own_individuals_is_fact() -> None:
    facts = set(Axioms(ontology()).facts())
    type_of = NamedNode(str(RDF.type))
    assert Triple(NamedNode(str(POL.ruling)), type_of, NamedNode(str(POL.PoliticalRole))) in facts
    assert all(fact.predicate == type_of or "label" not in fact.predicate.value for fact in facts)
