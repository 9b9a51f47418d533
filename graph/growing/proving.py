"""HermiT's proofs of what is asserted: an editorial is proved again only if it, or what it rests on, has changed.

An editorial is proved with the entities that its own are connected with, however far; what is not connected cannot
contradict it, for the ontology says nothing of all things together (``graph.logic.rules`` refuses what it does not
know). If many are consistent together, each of them is: so one proof serves many, and only where it fails they are
proved in halves, down to each on its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from graph.dataset import ontology_triples
from graph.growing.cache import Cache, key
from graph.growing.whole import Made
from graph.growing.workers import Workers
from graph.iris import ENTITIES_GRAPH
from graph.jsonld import graph_of
from graph.logic.axioms import TYPE, Axioms
from graph.logic.consistency import consistent
from graph.logic.hermit_input import logical
from graph.progress import Stage, ignore

TOGETHER = 30_000
"""Facts in one proof, about: 2 s. Alone an editorial takes 0.7 s, nearly all of it the start of Java."""


@dataclass(frozen=True)
class Item:
    """What is proved at once: an editorial's asserted facts with the entities connected; ``key`` stands for both."""

    key: bytes
    facts: tuple[Triple, ...]
    groups: frozenset[int]
    made: Made | None = None


@dataclass(frozen=True)
class Bundle:
    """Items that are proved together, with the entities that they need by the numbers of their groups."""

    items: tuple[Item, ...]
    entities: Mapping[int, Sequence[Triple]]
    common: Sequence[Triple]
    """Facts of what the ontology itself speaks of."""


def unproved(
    made: Sequence[Made], release: str, cache: Cache, workers: Workers, on_stage: Stage = ignore
) -> list[Made | None]:
    """The editorials that HermiT finds inconsistent on their own; None among them for entities that no editorial names.

    Raises ``ReasonerFailed``.
    """
    axioms = Axioms(ontology_triples())
    entities = _Entities(axioms, made)
    items = list(_items(made, entities, release))
    known = cache.get(item.key for item in items)
    todo = [item for item in items if item.key not in known]
    failed: set[bytes] = set()
    done = 0
    bundles = list(_bundles(todo, entities))
    for bundle, bad in zip(bundles, workers.run(failing, bundles, size=1), strict=True):
        cache.put({item.key: True for item in bundle.items if item.key not in bad})
        failed |= bad
        done += len(bundle.items)
        on_stage(f"proving: {done:,} of {len(todo):,}")
    return [item.made for item in todo if item.key in failed]


def failing(bundle: Bundle) -> set[bytes]:
    """The keys of those of the items that are inconsistent."""
    numbers = sorted(frozenset().union(*(item.groups for item in bundle.items)))
    facts = chain((triple for item in bundle.items for triple in item.facts), bundle.common)
    entities = (triple for number in numbers for triple in bundle.entities[number])
    if consistent(ontology_triples(), chain(facts, entities)):
        return set()
    if len(bundle.items) == 1:
        return {item.key for item in bundle.items}
    half = len(bundle.items) // 2
    return set().union(*(failing(replace(bundle, items=some)) for some in (bundle.items[:half], bundle.items[half:])))


def _bundles(items: Iterable[Item], entities: "_Entities") -> Iterator[Bundle]:
    """The items in lists that make proofs of about TOGETHER facts; those that share entities together."""
    some: list[Item] = []
    groups: set[int] = set()
    size = 0
    for item in sorted(items, key=lambda item: (sorted(item.groups), item.key)):
        some.append(replace(item, made=None))
        size += len(item.facts) + sum(len(entities.group(number)) for number in item.groups - groups)
        groups |= item.groups
        if size > TOGETHER:
            yield entities.bundle(some, groups)
            some, groups, size = [], set(), 0
    if some:
        yield entities.bundle(some, groups)


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
        return Item(self._key(release, stated, groups), stated, groups, made)

    def alone(self, number: int, release: str) -> Item:
        """A group that no editorial names."""
        return Item(self._key(release, (), frozenset((number,))), (), frozenset((number,)))

    def group(self, number: int) -> list[Triple]:
        """The facts of a group."""
        return self._groups[number]

    def bundle(self, items: Sequence[Item], groups: Iterable[int]) -> Bundle:
        """Items to be proved together, which need these groups."""
        return Bundle(tuple(items), {number: self._groups[number] for number in groups}, self._common)

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
