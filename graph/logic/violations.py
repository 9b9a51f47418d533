"""Statements that cannot all be true: what the ontology's clash axioms forbid.

Members of disjoint classes, two values of a functional property, one thing under two names that differ.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal, InvalidOperation
from itertools import combinations

from pyoxigraph import Literal, Triple
from rdflib import OWL, XSD

from graph.jsonld import node
from graph.logic.axioms import TYPE, Axioms, Term
from graph.logic.facts import Fact
from graph.logic.wording import Words, with_article

NUMBERS = frozenset(map(node, (XSD.integer, XSD.decimal, XSD.nonNegativeInteger, XSD.positiveInteger)))
Violation = tuple[tuple[Triple, Triple], str]
"""Two statements with one subject that cannot both be true, and why not."""


def violations(axioms: Axioms, statements: Collection[Triple], words: Words) -> list[Violation]:
    """All violations among statements that are closed under the rules, in sort order."""
    found = [
        *_disjoint(axioms, statements, words),
        *_functional(axioms, statements, words),
        *_same(axioms, statements, words),
    ]
    return sorted(found, key=str)


def suspicious(axioms: Axioms, statements: Iterable[Fact]) -> Iterator[Fact]:
    """The few of many statements among which all violations are to be found; some of them more than once."""
    apart = {str(name) for pair in axioms.disjoint() for name in pair}
    linking = {str(node(OWL.sameAs)), str(node(OWL.differentFrom))}
    watched, kind = {*map(str, axioms.are(OWL.FunctionalProperty)), *linking}, str(TYPE)
    first: dict[tuple[str, str], Fact] = {}
    for fact in statements:
        subject, predicate, value = fact
        if predicate in watched or (predicate == kind and value in apart):
            before = first.setdefault((subject, predicate), fact)
            if before != fact:
                yield before
            if before != fact or predicate in linking:
                yield fact


def _disjoint(axioms: Axioms, statements: Collection[Triple], words: Words) -> Iterator[Violation]:
    pairs = axioms.disjoint()
    types = defaultdict(list)
    for triple in statements:
        if triple.predicate == TYPE:
            types[triple.subject].append(triple)
    for first, second in _pairs(types.values()):
        if frozenset((first.object, second.object)) in pairs:
            yield (first, second), f"no {words.of(first.object)} is {with_article(words.of(second.object))}"


def _functional(axioms: Axioms, statements: Collection[Triple], words: Words) -> Iterator[Violation]:
    functional, different = set(axioms.are(OWL.FunctionalProperty)), axioms.different()
    values = defaultdict(list)
    for triple in statements:
        if triple.predicate in functional:
            values[triple.subject, triple.predicate].append(triple)
    for first, second in _pairs(values.values()):
        one, other = first.object, second.object
        if frozenset((one, other)) in different or _unequal(one, other):
            yield (first, second), f"a thing has one {words.of(first.predicate)} only"


def _same(axioms: Axioms, statements: Collection[Triple], words: Words) -> Iterator[Violation]:
    linking, parting, declared = node(OWL.sameAs), node(OWL.differentFrom), axioms.different()
    apart = [triple for triple in statements if triple.predicate == parting]
    for triple in statements:
        if triple.predicate == linking:
            pair = frozenset((triple.subject, triple.object))
            said = [other for other in apart if frozenset((other.subject, other.object)) == pair]
            if said or pair in declared:
                two = f"{words.of(triple.subject)} and {words.of(triple.object)} are two different things"
                yield (triple, said[0] if said else triple), two


def _pairs(groups: Collection[list[Triple]]) -> Iterator[tuple[Triple, Triple]]:
    for group in groups:
        yield from combinations(sorted(group, key=str), 2)


def _unequal(one: Term, other: Term) -> bool:
    """Whether two literals stand for different values; two names may stand for one thing."""
    if not isinstance(one, Literal) or not isinstance(other, Literal):
        return False
    if one.datatype in NUMBERS and other.datatype in NUMBERS:
        try:
            return Decimal(one.value) != Decimal(other.value)
        except InvalidOperation:
            return True
    return one != other
