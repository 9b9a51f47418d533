"""The axioms of the ontology as rules: where the premises hold, the conclusion holds.

Compiled at run time from whatever the ontology says; no class or property is named here. An axiom
without a rule is refused, so that a growing ontology cannot silently lose what follows from it.

Carried: ``rdfs:subClassOf`` between named classes, ``rdfs:subPropertyOf``, ``owl:inverseOf``, symmetric
and transitive properties, property chains, domains, ranges that are classes, and ``owl:equivalentClass``:
what matches the expression is a member, and a member belongs to each named class and has each value
that the expression demands. Not carried, on purpose: that a member of a defined class has *some*
unnamed thing as its expression demands (it would be a thing nobody spoke of); ranges that are
datatypes, disjointness, differences and functional properties (they derive nothing but clashes, see
``graph.clashes`` and ``graph.hermit``).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count, product

from pyoxigraph import Literal, NamedNode, Triple, Variable
from rdflib import OWL, RDF, RDFS

from graph.axioms import CLASH_CHECKS, KINDS, NOTES, STRUCTURE, TYPE, Axioms, Pattern, Slot, Term, refuse
from graph.jsonld import node
from graph.wording import Words, labels_in

AND, OR, SOME, VALUE = map(node, (OWL.intersectionOf, OWL.unionOf, OWL.someValuesFrom, OWL.hasValue))
PROPERTY = node(OWL.onProperty)
X, Y, Z = Variable("x"), Variable("y"), Variable("z")
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
    places = [next(names) for names in [_variables()] for _ in range(len(steps) + 1)]
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
    for premises in _matches(axioms, value, X, _variables(after=1)):
        yield premises, (X, TYPE, subject)
    for conclusion in _certain(axioms, value):
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


def _variables(after: int = 0) -> Iterator[Variable]:
    letters = ["x", "y", "z"]
    return (Variable(letters[n] if n < len(letters) else f"z{n - 2}") for n in count(after))


def _named(subject: Term, value: Term) -> NamedNode:
    if not isinstance(value, NamedNode):
        refuse(subject, "something about a class without a name")
    return value


def _matches(axioms: Axioms, expression: Term, at: Slot, fresh: Iterator[Variable]) -> list[tuple[Pattern, ...]]:
    """The alternative patterns by which ``at`` is found to be what a class expression describes."""
    if isinstance(expression, NamedNode):
        return [((at, TYPE, expression),)]
    shape, (first, *rest) = _shape(axioms, expression)
    if shape == AND:
        parts = [_matches(axioms, member, at, fresh) for member in (first, *rest)]
        return [tuple(pattern for part in choice for pattern in part) for choice in product(*parts)]
    if shape == OR:
        return [patterns for member in (first, *rest) for patterns in _matches(axioms, member, at, fresh)]
    step = axioms.step(first)
    if shape == VALUE and isinstance(rest[0], NamedNode | Literal):
        return [(step.pattern(at, rest[0]),)]
    end = next(fresh)
    return [(step.pattern(at, end), *patterns) for patterns in _matches(axioms, rest[0], end, fresh)]


def _certain(axioms: Axioms, expression: Term) -> Iterator[Pattern]:
    """What is sure, in names, of a member of a class expression."""
    if isinstance(expression, NamedNode):
        yield (X, TYPE, expression)
        return
    shape, (first, *rest) = _shape(axioms, expression)
    if shape == AND:
        for member in (first, *rest):
            yield from _certain(axioms, member)
    elif shape == VALUE and isinstance(rest[0], NamedNode | Literal):
        yield axioms.step(first).pattern(X, rest[0])


def _shape(axioms: Axioms, expression: Term) -> tuple[NamedNode, list[Term]]:
    """What kind of class expression a blank node is, and its parts: members, or property and filler."""
    said = {key: values for key, values in axioms.said_of(expression).items() if key != TYPE}
    for shape in (AND, OR):
        if set(said) == {shape}:
            return shape, axioms.members(said[shape][0])
    for shape in (SOME, VALUE):
        if set(said) == {PROPERTY, shape}:
            return shape, [said[PROPERTY][0], said[shape][0]]
    refuse(expression, f"{', '.join(sorted(map(str, said))) or 'nothing'}, which is no class expression known here,")
