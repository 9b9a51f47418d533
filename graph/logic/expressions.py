"""Class expressions as patterns: what makes something a member, and what is sure of a member.

OWL 2 Mapping to RDF Graphs, https://www.w3.org/TR/owl2-mapping-to-rdf/, table 13.
"""

from collections.abc import Iterator
from itertools import count, product

from pyoxigraph import Literal, NamedNode, Variable
from rdflib import OWL

from graph.jsonld import node
from graph.logic.axioms import TYPE, Axioms, Pattern, Slot, Term, refuse

AND, OR, SOME, VALUE = map(node, (OWL.intersectionOf, OWL.unionOf, OWL.someValuesFrom, OWL.hasValue))
PROPERTY = node(OWL.onProperty)
X, Y, Z = Variable("x"), Variable("y"), Variable("z")


def variables(after: int = 0) -> Iterator[Variable]:
    """x, y, z, z1, … without end, but for the first ones."""
    letters = ["x", "y", "z"]
    return (Variable(letters[n] if n < len(letters) else f"z{n - 2}") for n in count(after))


def matches(axioms: Axioms, expression: Term, at: Slot, fresh: Iterator[Variable]) -> list[tuple[Pattern, ...]]:
    """The alternative patterns by which ``at`` is found to be what a class expression describes."""
    if isinstance(expression, NamedNode):
        return [((at, TYPE, expression),)]
    shape, (first, *rest) = _shape(axioms, expression)
    if shape == AND:
        parts = [matches(axioms, member, at, fresh) for member in (first, *rest)]
        return [tuple(pattern for part in choice for pattern in part) for choice in product(*parts)]
    if shape == OR:
        return [patterns for member in (first, *rest) for patterns in matches(axioms, member, at, fresh)]
    step = axioms.step(first)
    if shape == VALUE and isinstance(rest[0], NamedNode | Literal):
        return [(step.pattern(at, rest[0]),)]
    end = next(fresh)
    return [(step.pattern(at, end), *patterns) for patterns in matches(axioms, rest[0], end, fresh)]


def certain(axioms: Axioms, expression: Term) -> Iterator[Pattern]:
    """What is sure, in names, of a member of a class expression."""
    if isinstance(expression, NamedNode):
        yield (X, TYPE, expression)
        return
    shape, (first, *rest) = _shape(axioms, expression)
    if shape == AND:
        for member in (first, *rest):
            yield from certain(axioms, member)
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
