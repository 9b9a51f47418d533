"""The statistics of a content: ``graph/snapshots/statistics.py`` says what.

Each segment is counted on its own, in one pass over its lines, and then the counts are put together: no subject is in
two segments, and no class of things, kind or graph need be in one alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from io import BytesIO
from itertools import chain

from graph.segments.content import Content
from graph.segments.cutting import graph_in
from graph.segments.gathering import by_name
from graph.snapshots.statistics import CHOICES, DEGREE, GRAPHS, HUBS, TYPE, Scope, Statistics
from graph.snapshots.tallies import Tallied, Tally

_TYPE = TYPE.encode()


@dataclass(frozen=True)
class Counted:
    """What is counted of a segment, all names as N-Quads writes them.

    ``whole`` and ``classes``: the triples of its default graph; ``hubs``: of that too, no more than tells that they are
    too many; ``things``: the first IRIs of each kind, without brackets; ``sizes``: its lines in named graphs.
    """

    whole: Tallied
    classes: Mapping[bytes, Tallied]
    hubs: tuple[bytes, ...]
    things: Mapping[bytes, tuple[bytes, ...]]
    sizes: Mapping[bytes, int]


def collected(content: Content) -> Statistics:
    """The statistics of a content."""
    return joined(content.each(counted_of), content.ids)


def counted_of(lines: bytes, ids: str) -> Counted:
    """What is counted of a segment."""
    default = _DefaultGraph(ids)
    sizes: dict[bytes, int] = {}
    current = b""
    pairs: list[tuple[bytes, bytes]] = []
    for line in BytesIO(lines):
        subject, predicate, rest = line.split(b" ", 2)
        if place := graph_in(rest):
            sizes[place] = sizes.get(place, 0) + 1
            continue
        if subject != current:
            default.add(current, pairs)
            current, pairs = subject, []
        pairs.append((predicate, rest[:-3]))
    default.add(current, pairs)
    return default.told(sizes)


class _DefaultGraph:
    """What is counted of the default graph, one subject after another."""

    def __init__(self, ids: str) -> None:
        self._whole = Tally()
        self._classes: defaultdict[bytes, Tally] = defaultdict(Tally)
        self._hubs: list[bytes] = []
        self._start = f"<{ids}".encode()
        self._things: defaultdict[bytes, list[bytes]] = defaultdict(list)

    def add(self, subject: bytes, pairs: list[tuple[bytes, bytes]]) -> None:
        """All triples of one subject; nothing, before the first one."""
        if not pairs:
            return
        self._whole.add(pairs)
        classes = [name for predicate, name in pairs if predicate == _TYPE]
        for name in classes:
            self._classes[name].add(pairs)
        if classes and subject.startswith(self._start) and b"#" not in subject:
            kind, slash, _ = subject.removeprefix(self._start).partition(b"/")
            if slash:
                self._things[kind].append(subject[1:-1])
        if len(pairs) > DEGREE and len(self._hubs) <= HUBS and subject.startswith(b"<"):
            self._hubs.append(subject)

    def told(self, sizes: Mapping[bytes, int]) -> Counted:
        """All that was counted."""
        return Counted(
            self._whole.told(),
            {name: tally.told() for name, tally in self._classes.items()},
            tuple(self._hubs),
            {kind: tuple(nsmallest(CHOICES, iris)) for kind, iris in self._things.items()},
            sizes,
        )


def joined(counted: Iterable[Counted], ids: str) -> Statistics:
    """The statistics of what was counted of segments; ``ids`` is what the IRIs of things begin with."""
    parts = tuple(counted)
    hubs = {hub for part in parts for hub in part.hubs}
    sizes: dict[bytes, int] = {}
    for part in parts:
        for name, size in part.sizes.items():
            sizes[name] = sizes.get(name, 0) + size
    return Statistics(
        _scope(part.whole for part in parts),
        {name.decode(): _scope(found) for name, found in by_name(part.classes for part in parts).items()},
        *(sum(sizes.values()), len(sizes)),
        frozenset(hub.decode() for hub in hubs) if len(hubs) <= HUBS else None,
        ids,
        {kind.decode(): _first(CHOICES, chain(*iris)) for kind, iris in by_name(part.things for part in parts).items()},
        # The order of IRIs is not that of the lines, where they are followed by a bracket.
        {name: sizes[f"<{name}>".encode()] for name in _first(GRAPHS, (n[1:-1] for n in sizes if n[:1] == b"<"))},
    )


def _scope(tallied: Iterable[Tallied]) -> Scope:
    whole = Tally()
    for one in tallied:
        whole.join(one)
    return whole.scope()


def _first(most: int, iris: Iterable[bytes]) -> tuple[str, ...]:
    return tuple(iri.decode() for iri in nsmallest(most, iris))
