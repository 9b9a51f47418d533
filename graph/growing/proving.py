"""HermiT's proofs of what is asserted: an editorial is proved again only if it, or what it rests on, has changed.

An editorial is proved with the entities that its own are connected with, however far; what is not connected cannot
contradict it, for the ontology says nothing of all things together (``graph.logic.rules`` refuses what it does not
know). If many are consistent together, each of them is: so one proof serves many, and only where it fails they are
proved in halves, down to each on its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from graph.dataset import ontology_triples
from graph.growing.cache import Cache, key
from graph.growing.whole import Made
from graph.iris import ENTITIES_GRAPH
from graph.jsonld import graph_of
from graph.logic import hermit
from graph.logic.axioms import TYPE, Axioms
from graph.logic.hermit_input import logical

TOGETHER = 60_000
"""Facts in one proof, about: more take longer than they save."""
AT_ONCE = 2
"""Proofs that run side by side: each is a process of its own, with some hundred megabytes."""


@dataclass(frozen=True)
class Item:
    """What is proved at once: an editorial's asserted facts with the entities connected; ``key`` stands for both."""

    key: bytes
    made: Made | None
    facts: tuple[Triple, ...]
    groups: frozenset[int]


def unproved(made: Sequence[Made], release: str, cache: Cache) -> list[Made | None]:
    """The editorials that HermiT finds inconsistent on their own; None among them for entities that no editorial names.

    Raises ``ReasonerFailed``.
    """
    axioms = Axioms(ontology_triples())
    entities = _Entities(axioms, made)
    items = list(_items(made, entities, release))
    known = cache.get(item.key for item in items)
    todo = [item for item in items if item.key not in known]
    failed: list[Item] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for bad in pool.map(lambda some: _failing(some, entities), _bundles(todo, entities)):
            failed += bad
    gone = {item.key for item in failed}
    cache.put({item.key: True for item in todo if item.key not in gone})
    return [item.made for item in failed]


def _failing(items: list[Item], entities: "_Entities") -> list[Item]:
    """Those of the items that are inconsistent."""
    groups = frozenset().union(*(item.groups for item in items))
    facts = dict.fromkeys(triple for item in items for triple in item.facts)
    stated = (Quad(*triple) for triple in (*facts, *entities.facts(groups)))
    if hermit.prove(ontology_triples(), stated, relations=False).consistent:
        return []
    if len(items) == 1:
        return items
    half = len(items) // 2
    return _failing(items[:half], entities) + _failing(items[half:], entities)


def _bundles(items: Sequence[Item], entities: "_Entities") -> Iterator[list[Item]]:
    """The items in lists that make proofs of about TOGETHER facts; those that share entities together."""
    some: list[Item] = []
    size = 0
    for item in sorted(items, key=lambda item: (sorted(item.groups), item.key)):
        some.append(item)
        size += len(item.facts) + sum(len(entities.group(number)) for number in item.groups)
        if size > TOGETHER:
            yield some
            some, size = [], 0
    if some:
        yield some


class _Entities:
    """The logical facts of entity files and editorials, in groups of connected things."""

    def __init__(self, axioms: Axioms, made: Iterable[Made]) -> None:
        self._axioms = axioms
        self._apart = {str(triple.subject) for triple in axioms.triples}
        quads = facts_of(made)
        facts = sorted(logical(axioms, (quad.triple for quad in quads if graph_of(quad) == ENTITIES_GRAPH)), key=str)
        above: dict[str, str] = {}
        for triple in facts:
            for term in self._terms(triple):
                above.setdefault(term, term)
            first, *others = [*self._terms(triple), ""][:3]
            for other in filter(None, others):
                above[_top(above, other)] = _top(above, first)
        gathered: defaultdict[str, list[Triple]] = defaultdict(list)
        for triple in facts:
            terms = self._terms(triple)
            gathered[_top(above, terms[0]) if terms else ""].append(triple)
        self._common = gathered.pop("", [])
        tops = sorted(gathered)
        self._groups = [gathered[top] for top in tops]
        numbers = {top: number for number, top in enumerate(tops)}
        self._number = {term: numbers[top] for term in above if (top := _top(above, term)) in numbers}
        self._marks = [key(*map(str, group)) for group in self._groups]

    def item(self, made: Made, release: str) -> Item:
        """An editorial with the groups of the things that it names."""
        facts = [quad.triple for quad in _quads(made) if graph_of(quad) != ENTITIES_GRAPH]
        stated = tuple(sorted(logical(self._axioms, facts), key=str))
        terms = {term for triple in stated for term in self._terms(triple)} | {f"<{made.piece.iri}>"}
        groups = frozenset(self._number[term] for term in terms if term in self._number)
        return Item(self._key(release, stated, groups), made, stated, groups)

    def alone(self, number: int, release: str) -> Item:
        """A group that no editorial names."""
        return Item(self._key(release, (), frozenset((number,))), None, (), frozenset((number,)))

    def group(self, number: int) -> list[Triple]:
        """The facts of a group."""
        return self._groups[number]

    def facts(self, groups: Iterable[int]) -> Iterator[Triple]:
        """The facts of these groups, and those of the terms of the ontology."""
        yield from self._common
        for number in sorted(groups):
            yield from self._groups[number]

    def numbers(self) -> range:
        """Those of all groups."""
        return range(len(self._groups))

    def _key(self, release: str, facts: Iterable[Triple], groups: Iterable[int]) -> bytes:
        marks = sorted(self._marks[number] for number in groups)
        return key("proof", release, "\n".join(map(str, chain(facts, ["and"], self._common))), *marks)

    def _terms(self, triple: Triple) -> list[str]:
        """The things that a fact connects: what the ontology itself speaks of connects nothing."""
        terms = (triple.subject,) if triple.predicate == TYPE else (triple.subject, triple.object)
        return [str(term) for term in terms if isinstance(term, NamedNode) and str(term) not in self._apart]


def _items(made: Sequence[Made], entities: _Entities, release: str) -> Iterator[Item]:
    named: set[int] = set()
    for one in made:
        if one.piece.iri:
            item = entities.item(one, release)
            named |= item.groups
            yield item
    for number in entities.numbers():
        if number not in named:
            yield entities.alone(number, release)


def _top(above: dict[str, str], term: str) -> str:
    while above[term] != term:
        above[term] = above[above[term]]
        term = above[term]
    return term


def _quads(made: Made) -> Iterator[Quad]:
    return parse(made.piece.stated.facts if made.piece.stated else b"", RdfFormat.N_QUADS)


def facts_of(made: Iterable[Made]) -> Iterator[Quad]:
    """What the reasoner reads of all documents."""
    for one in made:
        yield from _quads(one)
