"""The ontology as its axioms are read: terms and what is said of them, lists, steps along properties.

OWL 2 Mapping to RDF Graphs, https://www.w3.org/TR/owl2-mapping-to-rdf/, section 3.2.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import NoReturn

from pyoxigraph import BlankNode, Literal, NamedNode, Triple, Variable
from rdflib import OWL, RDF, RDFS

from graph.errors import UnsupportedAxiom
from graph.jsonld import node

Term = NamedNode | BlankNode | Literal | Triple
Slot = NamedNode | Literal | Variable
Pattern = tuple[Slot, NamedNode, Slot]
"""A triple with variables in some of its places."""

TYPE = node(RDF.type)

STRUCTURE = frozenset(
    node(term)
    for term in (
        *(RDF.type, RDF.first, RDF.rest, OWL.inverseOf, OWL.onProperty, OWL.someValuesFrom, OWL.hasValue),
        *(OWL.intersectionOf, OWL.unionOf, OWL.members, OWL.distinctMembers),
    )
)
"""What may be said of the blank nodes that class expressions, lists and n-ary axioms are made of."""

NOTES = frozenset(
    node(term) for term in (RDFS.label, RDFS.comment, RDFS.isDefinedBy, RDFS.seeAlso, OWL.versionInfo, OWL.versionIRI)
)
KINDS = frozenset(
    node(term)
    for term in (
        *(OWL.Ontology, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty),
        *(OWL.NamedIndividual, OWL.Restriction),
    )
)
CLASH_CHECKS = frozenset(
    node(term)
    for term in (OWL.disjointWith, OWL.AllDisjointClasses, OWL.AllDifferent, OWL.differentFrom, OWL.FunctionalProperty)
)
"""Axioms that make data inconsistent and derive nothing that is written down (``graph.logic.clashes``)."""


def refuse(term: Term, what: str) -> NoReturn:
    """Raise ``UnsupportedAxiom`` for what is said of a term."""
    hint = "say it in another way, or add its rule to graph/logic/rules.py"
    raise UnsupportedAxiom(f"the ontology says {what} of {term}, and no rule carries that", hint)


@dataclass(frozen=True)
class Step:
    """One step along a property, or against it where ``inverted``."""

    name: NamedNode
    inverted: bool = False

    def pattern(self, start: Slot, end: Slot) -> Pattern:
        """The triple that the step asks for."""
        return (end, self.name, start) if self.inverted else (start, self.name, end)


class Axioms:
    """The triples of an ontology, by subject and predicate, in sort order."""

    def __init__(self, ontology: Iterable[Triple]) -> None:
        self.triples = sorted(set(ontology), key=str)
        self._said: dict[Term, dict[NamedNode, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for triple in self.triples:
            self._said[triple.subject][triple.predicate].append(triple.object)

    def said_of(self, subject: Term) -> dict[NamedNode, list[Term]]:
        """Everything said of a term, by predicate."""
        return self._said.get(subject, {})

    def values(self, subject: Term, predicate: str) -> list[Term]:
        """The objects of a subject and predicate."""
        return self.said_of(subject).get(node(predicate), [])

    def are(self, kind: str) -> list[NamedNode]:
        """The named terms of a kind such as ``OWL.FunctionalProperty``."""
        return [
            name for name in self._said if isinstance(name, NamedNode) and node(kind) in self.values(name, RDF.type)
        ]

    def facts(self) -> Iterator[Triple]:
        """What the ontology says of its individuals: their types and relations, not what they are called."""
        individuals = set(self.are(OWL.NamedIndividual))
        logical = {*self.are(OWL.ObjectProperty), *self.are(OWL.DatatypeProperty)}
        for triple in self.triples:
            is_type = triple.predicate == TYPE and triple.object not in KINDS
            if triple.subject in individuals and (is_type or triple.predicate in logical):
                yield triple

    def members(self, head: Term) -> list[Term]:
        """The members of an RDF list."""
        found: list[Term] = []
        while head != node(RDF.nil):
            first, rest = self.values(head, RDF.first), self.values(head, RDF.rest)
            if len(first) != 1 or len(rest) != 1:
                refuse(head, "something that is no whole list")
            found.append(first[0])
            head = rest[0]
        return found

    def step(self, expression: Term) -> Step:
        """A property, or ``[ owl:inverseOf property ]``."""
        if isinstance(expression, NamedNode):
            return Step(expression)
        of = self.values(expression, OWL.inverseOf)
        if len(of) != 1 or not isinstance(of[0], NamedNode) or set(self.said_of(expression)) != {node(OWL.inverseOf)}:
            refuse(expression, "something that is no property and no inverse of one")
        return Step(of[0], inverted=True)

    def disjoint(self) -> set[frozenset[Term]]:
        """The pairs of classes that share no member, as far as they are said to be such."""
        pairs = {frozenset[Term]((t.subject, t.object)) for t in self.triples if t.predicate == node(OWL.disjointWith)}
        return pairs | self._pairs(OWL.AllDisjointClasses, OWL.members)

    def different(self) -> set[frozenset[Term]]:
        """The pairs of individuals that are said not to be the same."""
        pairs = {frozenset[Term]((t.subject, t.object)) for t in self.triples if t.predicate == node(OWL.differentFrom)}
        return pairs | self._pairs(OWL.AllDifferent, OWL.distinctMembers) | self._pairs(OWL.AllDifferent, OWL.members)

    def _pairs(self, kind: str, predicate: str) -> set[frozenset[Term]]:
        heads = [
            head
            for term in self._said
            if node(kind) in self.values(term, RDF.type)
            for head in self.values(term, predicate)
        ]
        return {frozenset(pair) for head in heads for pair in combinations(self.members(head), 2)}
