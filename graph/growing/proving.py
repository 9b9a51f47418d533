"""HermiT's proofs of what is asserted: an editorial is proved again only if it, or what it rests on, has changed.

An editorial is proved with the entities that its own are connected with, however far; what is not connected cannot
contradict it, for the ontology says nothing of all things together (``graph.logic.rules`` refuses what it does not
know). If many are consistent together, each of them is: so one proof serves many, and only where it fails they are
proved in halves, down to each on its own.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from pyoxigraph import RdfFormat, parse
from rdflib import RDF

from graph.dataset import ontology_triples
from graph.growing.cache import Cache, key
from graph.growing.whole import Made
from graph.growing.workers import Workers
from graph.iris import ENTITIES_GRAPH
from graph.logic.consistency import consistent
from graph.logic.facts import Stated, facts_in
from graph.logic.wording import LABELS
from graph.progress import Stage, ignore

TYPE = f"<{RDF.type}>".encode()
NAMES = frozenset(str(label).encode() for label in LABELS)
ENTITIES = f" <{ENTITIES_GRAPH}> .\n".encode()
IRI = re.compile(rb"<[^<> ]*>")
TOGETHER = 30_000
"""Facts in one proof, about: 2 s. Alone an editorial takes 0.7 s, nearly all of it the start of Java."""


@dataclass(frozen=True)
class Item:
    """What is proved at once: an editorial's asserted facts (N-Quads) with the groups of entities that it names.

    ``key`` stands for all of it.
    """

    key: bytes
    facts: bytes
    groups: frozenset[int]
    made: Made | None = None


@dataclass(frozen=True)
class Bundle:
    """Items that are proved together, with the facts of the entities that they need."""

    items: tuple[Item, ...]
    entities: Mapping[int, bytes]
    """By the numbers of their groups."""
    common: bytes
    """Facts of what the ontology itself speaks of."""


def unproved(
    made: Sequence[Made], release: str, cache: Cache, workers: Workers, on_stage: Stage = ignore
) -> list[Made | None]:
    """The editorials that HermiT finds inconsistent on their own; None among them for entities that no editorial names.

    Raises ``ReasonerFailed``.
    """
    entities = _Entities(made)
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
    entities = (bundle.entities[number] for number in numbers)
    facts = b"".join(chain((item.facts for item in bundle.items), [bundle.common], entities))
    if consistent(ontology_triples(), (quad.triple for quad in parse(facts, RdfFormat.N_QUADS))):
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
        size += item.facts.count(b"\n") + sum(map(entities.size, item.groups - groups))
        groups |= item.groups
        if size > TOGETHER:
            yield entities.bundle(some, groups)
            some, groups, size = [], set(), 0
    if some:
        yield entities.bundle(some, groups)


class _Entities:
    """The facts about entities and editorials, in groups of connected things; facts are lines of N-Quads."""

    def __init__(self, made: Iterable[Made]) -> None:
        self._apart = {f"{triple.subject}".encode() for triple in ontology_triples()}
        facts = sorted({line for one in made for line in _lines(one) if line.endswith(ENTITIES)})
        above: dict[bytes, bytes] = {}
        for line in facts:
            terms = self._terms(line)
            for term in terms:
                above.setdefault(term, term)
            if len(terms) == 2:
                above[_top(above, terms[1])] = _top(above, terms[0])
        gathered: defaultdict[bytes, list[bytes]] = defaultdict(list)
        for line in facts:
            terms = self._terms(line)
            gathered[_top(above, terms[0]) if terms else b""].append(line)
        self._common = b"".join(gathered.pop(b"", []))
        self._sizes = [len(lines) for lines in gathered.values()]
        self._groups = [b"".join(lines) for lines in gathered.values()]
        numbers = {top: number for number, top in enumerate(gathered)}
        self._number = {term: numbers[top] for term in above if (top := _top(above, term)) in numbers}
        self._marks = [key(group) for group in self._groups]

    def item(self, made: Made, release: str) -> Item:
        """An editorial with the groups of the things that it names."""
        facts = b"".join(line for line in _lines(made) if not line.endswith(ENTITIES))
        terms = {*IRI.findall(facts), f"<{made.piece.iri}>".encode()}
        groups = frozenset(self._number[term] for term in terms if term in self._number)
        return Item(self._key(release, facts, groups), facts, groups, made)

    def alone(self, number: int, release: str) -> Item:
        """A group that no editorial names."""
        return Item(self._key(release, b"", (number,)), b"", frozenset((number,)))

    def size(self, number: int) -> int:
        """How many facts a group has."""
        return self._sizes[number]

    def bundle(self, items: Sequence[Item], groups: Iterable[int]) -> Bundle:
        """Items to be proved together, which need these groups."""
        return Bundle(tuple(items), {number: self._groups[number] for number in groups}, self._common)

    def numbers(self) -> range:
        """Those of all groups."""
        return range(len(self._groups))

    def _key(self, release: str, facts: bytes, groups: Iterable[int]) -> bytes:
        marks = sorted(self._marks[number] for number in groups)
        return key("proof", release, facts, self._common, *marks)

    def _terms(self, line: bytes) -> list[bytes]:
        """The things that a fact connects: what the ontology itself speaks of, and classes, connect nothing."""
        subject, predicate, rest = line.split(b" ", 2)
        terms = [subject] if predicate == TYPE else [subject, rest.partition(b" ")[0]]
        return [term for term in terms if term.startswith(b"<") and term not in self._apart]


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


def _top(above: dict[bytes, bytes], term: bytes) -> bytes:
    while above[term] != term:
        above[term] = above[above[term]]
        term = above[term]
    return term


def _lines(made: Made) -> list[bytes]:
    """What the reasoner reads of a document, without what things are called."""
    facts = made.piece.stated.facts if made.piece.stated else b""
    return [line for line in facts.splitlines(keepends=True) if line.split(b" ", 2)[1] not in NAMES]


def facts_of(made: Iterable[Made]) -> Iterator[Stated]:
    """What the reasoner reads of all documents."""
    return chain.from_iterable(facts_in(one.piece.stated.facts) for one in made if one.piece.stated)
