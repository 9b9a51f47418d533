"""HermiT's proofs of what is asserted: an editorial is proved again only if it, or what it rests on, has changed.

An editorial is proved with the entities that its own are connected with, however far; what is not connected cannot
contradict it, for the ontology says nothing of all things together (``graph.logic.rules`` refuses what it does not
know). If many are consistent together, each of them is: so one proof serves many, and only where it fails they are
proved in halves, down to each on its own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import cast

from pyoxigraph import RdfFormat, parse

from graph.dataset import ontology_triples
from graph.growing.cache import key
from graph.growing.grounds import Entities, columns, named_by, stated_by
from graph.growing.lots import Lot, Lots
from graph.growing.made import Made, pieces_of
from graph.growing.workers import Workers
from graph.logic.consistency import TOGETHER, consistent, singled_out
from graph.logic.facts import Stated
from graph.progress import Stage, ignore


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


def unproved(lots: Lots, workers: Workers, on_stage: Stage = ignore) -> list[Made | None]:
    """The editorials that HermiT finds inconsistent on their own; None among them for entities that no editorial names.

    Raises ``ReasonerFailed``.
    """
    of_lots, items = _unknown(lots, entities := Entities(lots))
    known = lots.cache.get(item.key for item in items)
    todo = [item for item in items if item.key not in known]
    failed: set[bytes] = set()
    done = 0
    bundles = list(_bundles(todo, entities))
    for bundle, bad in zip(bundles, workers.run(failing, bundles, size=1), strict=True):
        lots.cache.put({item.key: True for item in bundle.items if item.key not in bad})
        failed |= bad
        done += len(bundle.items)
        on_stage(f"proving: {done:,} of {len(todo):,}")
    lots.cache.put({name: keys for name, keys in of_lots.items() if failed.isdisjoint(keys)})
    return [item.made for item in todo if item.key in failed]


def failing(bundle: Bundle) -> set[bytes]:
    """The keys of those of the items that are inconsistent."""
    return {item.key for item in singled_out(bundle.items, partial(_consistent, bundle))}


def _consistent(bundle: Bundle, items: Sequence[Item]) -> bool:
    """Whether some items of a bundle are, with the entities that they need."""
    numbers = sorted(frozenset().union(*(item.groups for item in items)))
    entities = (bundle.entities[number] for number in numbers)
    facts = b"".join(chain((item.facts for item in items), [bundle.common], entities))
    return consistent(ontology_triples(), (quad.triple for quad in parse(facts, RdfFormat.N_QUADS)))


def facts_of(lots: Lots) -> Iterator[Stated]:
    """What the reasoner reads of all documents."""
    found: Iterable[tuple[list[str], ...]] = lots.each(columns)
    return chain.from_iterable(cast("Iterator[Stated]", zip(*some, strict=True)) for some in found)


def _unknown(lots: Lots, entities: Entities) -> tuple[dict[bytes, list[bytes]], list[Item]]:
    """Lots of which it is not known that all is proved, by their keys those of their items; and these items."""
    groups = [entities.groups(one.named) for one in entities.each]
    names = {
        _key("proof of lot", lots, entities, lot.key, some): lot for lot, some in zip(lots.all, groups, strict=True)
    }
    known = lots.cache.get(names)
    lots.cache.keep(chain.from_iterable(known.values()))
    items = {name: list(_items(lot, lots, entities)) for name, lot in names.items() if name not in known}
    alone = set(range(len(entities.marks))).difference(*groups)
    left = [Item(_key("proof", lots, entities, b"", (one,)), b"", frozenset((one,))) for one in sorted(alone)]
    return {name: [item.key for item in some] for name, some in items.items()}, [*chain(*items.values()), *left]


def _items(lot: Lot, lots: Lots, entities: Entities) -> Iterator[Item]:
    """The editorials of a lot, each with the groups of the things that it names."""
    for made, piece in zip(lot.made, pieces_of(lot.made, lots.cache), strict=True):
        if piece.iri:
            stated, groups = stated_by(piece), entities.groups(named_by(piece))
            yield Item(_key("proof", lots, entities, stated, groups), stated, groups, made)


def _key(kind: str, lots: Lots, entities: Entities, stated: bytes, groups: Iterable[int]) -> bytes:
    marks = sorted(entities.marks[number] for number in groups)
    return key(kind, lots.release, stated, entities.common, *marks)


def _bundles(items: Sequence[Item], entities: Entities) -> Iterator[Bundle]:
    """The items in lists that make proofs of about TOGETHER facts; those that share entities together."""
    texts = entities.facts(frozenset[int]().union(*(item.groups for item in items)))
    some: list[Item] = []
    groups: set[int] = set()
    size = 0
    for item in sorted(items, key=lambda item: (sorted(item.groups), item.key)):
        some.append(replace(item, made=None))
        size += item.facts.count(b"\n") + sum(entities.sizes[number] for number in item.groups - groups)
        groups |= item.groups
        if size > TOGETHER:
            yield Bundle(tuple(some), {number: texts[number] for number in groups}, entities.common)
            some, groups, size = [], set(), 0
    if some:
        yield Bundle(tuple(some), {number: texts[number] for number in groups}, entities.common)
