"""The statistics of a graph, in one pass over its sorted N-Quads: ``graph/snapshots/statistics.py`` says what."""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable
from heapq import nsmallest
from io import BytesIO
from typing import Any

from graph.iris import ID
from graph.snapshots.statistics import CHOICES, DEGREE, FEW, GRAPHS, HUBS, TYPE, Property, Scope, Statistics

_TYPE = TYPE.encode()


def collect(content: bytes, ids: str = ID) -> Statistics:
    """The statistics of sorted N-Quads, each line once; ``ids`` is what the IRIs of things begin with."""
    default = _DefaultGraph(ids)
    sizes: dict[bytes, int] = {}
    current = b""
    pairs: list[tuple[bytes, bytes]] = []
    for line in BytesIO(content):
        subject, predicate, rest = line.split(b" ", 2)
        object_, _, last = rest[:-3].rpartition(b" ")
        # What follows the last space of a literal holds its closing quote; an IRI or blank node never holds one.
        if object_ and last[0] in b"<_" and b'"' not in last:
            sizes[last] = sizes.get(last, 0) + 1
            continue
        if subject != current:
            default.add(current, pairs)
            current, pairs = subject, []
        pairs.append((predicate, rest[:-3]))
    default.add(current, pairs)
    return Statistics(
        *(default.whole.scope(), default.scopes(), sum(sizes.values()), len(sizes)),
        *(default.named_hubs(), ids, default.first_things(), _first_sizes(sizes)),
    )


def _first_sizes(sizes: dict[bytes, int]) -> dict[str, int]:
    """Of the graphs that have an IRI; its order is not that of the lines, where it is followed by its bracket."""
    first = nsmallest(GRAPHS, (name[1:-1] for name in sizes if name.startswith(b"<")))
    return {name.decode(): sizes[b"<%b>" % name] for name in first}


class _DefaultGraph:
    """What is counted of the default graph, one subject after another."""

    def __init__(self, ids: str) -> None:
        self.whole = _Tally()
        self._classes: defaultdict[bytes, _Tally] = defaultdict(_Tally)
        self._hubs: list[bytes] = []
        self._start = f"<{ids}".encode()
        self._things: defaultdict[bytes, _First] = defaultdict(_First)

    def add(self, subject: bytes, pairs: list[tuple[bytes, bytes]]) -> None:
        """All triples of one subject; nothing, before the first one."""
        if not pairs:
            return
        self.whole.add(pairs)
        classes = [name for predicate, name in pairs if predicate == _TYPE]
        for name in classes:
            self._classes[name].add(pairs)
        if classes and subject.startswith(self._start) and b"#" not in subject:
            kind, slash, _ = subject.removeprefix(self._start).partition(b"/")
            if slash:
                self._things[kind].add(subject[1:-1])
        if len(pairs) > DEGREE and len(self._hubs) <= HUBS and subject.startswith(b"<"):
            self._hubs.append(subject)

    def scopes(self) -> dict[str, Scope]:
        """What was counted of the things of each class."""
        return {name.decode(): tally.scope() for name, tally in self._classes.items()}

    def named_hubs(self) -> frozenset[str] | None:
        """The hubs; None where they are too many."""
        return frozenset(hub.decode() for hub in self._hubs) if len(self._hubs) <= HUBS else None

    def first_things(self) -> dict[str, tuple[str, ...]]:
        """The first things of each kind, in the order of their IRIs."""
        return {kind.decode(): tuple(iri.decode() for iri in first.kept) for kind, first in self._things.items()}


class _First:
    """The first few of many IRIs in their order, which is nearly that in which they come."""

    def __init__(self) -> None:
        self.kept: list[bytes] = []

    def add(self, iri: bytes) -> None:
        """One more; forgotten at once if it is none of the first."""
        if len(self.kept) < CHOICES or iri < self.kept[-1]:
            insort(self.kept, iri)
            del self.kept[CHOICES:]


class _Tally:
    """Counts while the lines go by: for each property its triples, its subjects and its objects."""

    def __init__(self) -> None:
        self._subjects = 0
        self._found: dict[bytes, list[Any]] = {}

    def add(self, pairs: Iterable[tuple[bytes, bytes]]) -> None:
        """The triples of one more subject, in the order of their predicates."""
        self._subjects += 1
        before = b""
        for predicate, object_ in pairs:
            counts = self._found.get(predicate)
            if counts is None:
                counts = self._found[predicate] = [0, 0, {}]
            counts[0] += 1
            if predicate != before:
                counts[1] += 1
                before = predicate
            objects = counts[2]
            if objects is not None:
                objects[object_] = objects.get(object_, 0) + 1
                # A blank node cannot be named in a query.
                if len(objects) > FEW or object_.startswith(b"_:"):
                    counts[2] = None

    def scope(self) -> Scope:
        """What was counted."""
        return Scope(
            self._subjects,
            {
                name.decode(): Property(
                    triples, subjects, objects and {term.decode(): count for term, count in objects.items()}
                )
                for name, (triples, subjects, objects) in self._found.items()
            },
        )
