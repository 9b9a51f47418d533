"""The axioms of the ontology as rules: where the premises hold, the conclusion holds.

Compiled at run time from whatever the ontology says; no class or property is named here. An axiom
without a rule is refused, so that a growing ontology cannot silently lose what follows from it.

Carried: ``rdfs:subClassOf`` between named classes, ``rdfs:subPropertyOf``, ``owl:inverseOf``, symmetric
and transitive properties, property chains, domains, ranges that are classes, and ``owl:equivalentClass``:
what matches the expression is a member, and a member belongs to each named class and has each value
that the expression demands. Not carried, on purpose: that a member of a defined class has *some*
unnamed thing as its expression demands (it would be a thing nobody spoke of); ranges that are
datatypes, disjointness, differences and functional properties (they derive nothing but clashes, see
``graph.logic.clashes`` and ``graph.logic.hermit``).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple
from rdflib import OWL, RDF, RDFS

from graph.jsonld import node
from graph.logic.axioms import CLASH_CHECKS, KINDS, NOTES, STRUCTURE, TYPE, Axioms, Pattern, Term, refuse
from graph.logic.expressions import X, Y, Z, certain, matches, variables
from graph.logic.wording import Words, labels_in

Inference = tuple[tuple[Pattern, ...], Pattern]


@dataclass(frozen=True)
class Rule:
    """``conclusion`` holds where all ``premises`` do; ``axiom`` is the term whose definition says so.

    ``sentence`` says it in words: ``X is a banned party when …``.
    """

    axiom: NamedNode
    premises: tuple[Pattern, ...]
    conclusion: Pattern
    sentence: str


def compile_rules(ontology: Iterable[Triple]) -> tuple[Rule, ...]:
    """The rules of an ontology, sorted; raises ``UnsupportedAxiom``."""
    axioms = Axioms(ontology)
    words = Words(labels_in(axioms.triples))
    found = {
        Rule(axiom, premises, conclusion, words.rule(premises, conclusion))
        for triple in axioms.triples
        for axiom, (premises, conclusion) in _licensed(axioms, triple)
        if conclusion not in premises
    }
    return tuple(sorted(found, key=lambda rule: (rule.axiom.value, str(rule.conclusion), str(rule.premises))))


def _licensed(axioms: Axioms, triple: Triple) -> Iterator[tuple[NamedNode, Inference]]:
    """The inferences that one triple of the ontology licenses; refuses what it cannot read."""
    subject, predicate, value = triple
    key = value if predicate == TYPE else predicate
    if predicate == node(OWL.inverseOf) and not isinstance(subject, NamedNode):
        return
    if key in _COMPILERS:
        if not isinstance(subject, NamedNode):
            refuse(subject, str(key))
        for inference in _COMPILERS[key](axioms, subject, value):
            yield subject, inference
    elif _is_logical(key) and not _derives_nothing(triple, key):
        refuse(subject, str(key))


def _is_logical(term: Term) -> bool:
    return isinstance(term, NamedNode) and term.value.startswith((str(OWL), str(RDF), str(RDFS)))


def _derives_nothing(triple: Triple, key: Term) -> bool:
    known = NOTES | KINDS | CLASH_CHECKS
    return key in known or (not isinstance(triple.subject, NamedNode) and key in STRUCTURE)


def _subclass(axioms: Axioms, subject: NamedNode, value: Term) -> Iterator[Inference]:
    yield ((X, TYPE, subject),), (X, TYPE, _named(subject, value))


def _subproperty(axioms: Axioms, subject: NamedNode, value: Term) -> Iterator[Inference]:
    yield ((X, subject, Y),), axioms.step(value).pattern(X, Y)


def _inverse(axioms: Axioms, subject: NamedNode, value: Term) -> Iterator[Inference]:
    other = axioms.step(value)
    yield ((X, subject, Y),), other.pattern(Y, X)
    yield (other.pattern(X, Y),), (Y, subject, X)


def _symmetric(axioms: Axioms, subject: NamedNode, value: Term) -> Iterator[Inference]:
    yield ((X, subject, Y),), (Y, subject, X)


def _transitive(axioms: Axioms, subject: NamedNode, value: Term) -> Iterator[Inference]:
    yield ((X, subject, Y), (Y, subject, Z)), (X, subject, Z)


def _chain(axioms: Axioms, subject: NamedNode, value: Term) -> Iterator[Inference]:
    steps = [axioms.step(member) for member in axioms.members(value)]
    places = [next(names) for names in [variables()] for _ in range(len(steps) + 1)]
    premises = tuple(step.pattern(*places[at : at + 2]) for at, step in enumerate(steps))
    yield premises, (places[0], subject, places[-1])


def _domain(axioms: Axioms, subject: NamedNode, value: Term) -> Iterator[Inference]:
    yield ((X, subject, Y),), (X, TYPE, _named(subject, value))


def _range(axioms: Axioms, subject: NamedNode, value: Term) -> Iterator[Inference]:
    kinds = axioms.values(subject, RDF.type)
    if node(OWL.ObjectProperty) in kinds:
        yield ((X, subject, Y),), (Y, TYPE, _named(subject, value))
    elif node(OWL.DatatypeProperty) not in kinds:
        refuse(subject, "a range, and not whether it is an object or a datatype property,")


def _equivalent(axioms: Axioms, subject: NamedNode, value: Term) -> Iterator[Inference]:
    for premises in matches(axioms, value, X, variables(after=1)):
        yield premises, (X, TYPE, subject)
    for conclusion in certain(axioms, value):
        yield ((X, TYPE, subject),), conclusion


_COMPILERS: dict[Term, Callable[[Axioms, NamedNode, Term], Iterator[Inference]]] = {
    node(RDFS.subClassOf): _subclass,
    node(RDFS.subPropertyOf): _subproperty,
    node(RDFS.domain): _domain,
    node(RDFS.range): _range,
    node(OWL.inverseOf): _inverse,
    node(OWL.SymmetricProperty): _symmetric,
    node(OWL.TransitiveProperty): _transitive,
    node(OWL.propertyChainAxiom): _chain,
    node(OWL.equivalentClass): _equivalent,
}


def _named(subject: Term, value: Term) -> NamedNode:
    if not isinstance(value, NamedNode):
        refuse(subject, "something about a class without a name")
    return value
