"""The content of a snapshot in segments, so that what is made of one that has not changed need not be made again.

A content is sorted N-Quads, each line once; a segment is a stretch of it (graph/segments/cutting.py). Most of what is
kept beside the content (dumps, statistics, indexes) is made of each segment on its own, and then put together:
``Content.each``. What is known of claims rests on a little more, their context (graph/segments/context.py):
``Content.claims``. Both give the same whether the content comes cut or in one piece.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from hashlib import blake2b
from itertools import chain
from typing import Protocol, TypeVar

from graph.iris import ID
from graph.segments.context import Spoken, known_of, spoken_of
from graph.segments.cutting import Cutter, Place
from graph.segments.gathering import by_name

T = TypeVar("T")
Make = Callable[[bytes, str], T]
"""Something that is made of lines, and of what the IRIs of things begin with; a function of a module, so that other
processes can run it."""
Load = Callable[[], bytes]


@dataclass(frozen=True)
class Segment:
    """A stretch of the content. ``key`` stands for its lines, which ``load`` gives, sorted and each once."""

    place: Place
    key: bytes
    load: Load = field(compare=False, repr=False)


class Kept(Protocol):
    """Makes things of lines, or knows what was made of them before."""

    def each(self, make: Make[T], ids: str, lines: Sequence[tuple[bytes, Load]]) -> Iterator[T]:
        """What ``make`` gives for each: a key that stands for some lines, and how to get them. In their order."""
        ...


class Nothing:
    """Nothing is kept: all is made."""

    def each(self, make: Make[T], ids: str, lines: Sequence[tuple[bytes, Load]]) -> Iterator[T]:
        """See ``Kept``."""
        return (make(load(), ids) for _, load in lines)


class Content:
    """The segments of a content, in their order. ``kept``: what remembers what is made of them."""

    def __init__(self, segments: Iterable[Segment], kept: Kept | None = None, ids: str = ID) -> None:
        self.segments = tuple(segments)
        self.ids = ids
        self._kept: Kept = kept or Nothing()

    @classmethod
    def of(cls, lines: bytes, ids: str = ID) -> "Content":
        """The content with these lines, whole."""
        cutter = Cutter(ids)
        cut = cutter.cut(cutter.blocks(lines.splitlines(keepends=True)))
        return cls((_segment(place, b"".join(blocks)) for place, blocks in cut), ids=ids)

    def under(self, ids: str) -> "Content":
        """The same content, where the IRIs of things begin so."""
        return self if ids == self.ids else Content.of(b"".join(self.lines()), ids)

    def each(self, make: Make[T], places: Iterable[Place] = Place) -> Iterator[T]:
        """What ``make`` gives for the lines of each segment, in their order, or of those in some ``places`` alone."""
        return self._kept.each(make, self.ids, [(one.key, one.load) for one in self._in(places)])

    def claims(self, make: Make[T]) -> Iterator[T]:
        """What ``make`` gives for each segment of claims with its context: sorted lines, each once.

        Of the lines in graphs of claims there are those of the segment's own claims, and all of them.
        """
        return self._kept.each(make, self.ids, self._in_context)

    def lines(self, places: Iterable[Place] = Place) -> Iterator[bytes]:
        """The lines of each segment, in their order."""
        return (one.load() for one in self._in(places))

    def _in(self, places: Iterable[Place]) -> list[Segment]:
        wanted = frozenset(places)
        return [one for one in self.segments if one.place in wanted]

    @cached_property
    def _in_context(self) -> list[tuple[bytes, Load]]:
        claims = self._in((Place.CLAIMS,))
        spoken = list(self.each(spoken_of, (Place.CLAIMS,)))
        told = list(self.each(known_of, frozenset(Place) - {Place.CLAIMS}))
        known = by_name(one.known for one in told)
        others = by_name([*(one.others for one in spoken), *(one.others for one in told)])
        named = by_name([*(one.named for one in spoken), *(one.named for one in told)])
        return [
            _with_context(segment, one, b"".join(_chosen(known, things) + _chosen(others, one.roots)))
            for segment, one in zip(claims, spoken, strict=True)
            for things in [_things(one, named)]
        ]


def _segment(place: Place, lines: bytes) -> Segment:
    return Segment(place, blake2b(lines, digest_size=24).digest(), lambda: lines)


def _chosen(found: Mapping[bytes, list[T]], wanted: Iterable[bytes]) -> list[T]:
    return [some for one in wanted for some in found.get(one, ())]


def _things(spoken: Spoken, named: Mapping[bytes, list[tuple[bytes, ...]]]) -> list[bytes]:
    """What the lines of a segment name, and those in graphs of its claims that are in other segments."""
    elsewhere = _chosen(named, spoken.roots)
    return sorted({*spoken.things, *chain.from_iterable(elsewhere)})


def _with_context(segment: Segment, spoken: Spoken, context: bytes) -> tuple[bytes, Load]:
    key = blake2b(segment.key + blake2b(context).digest(), digest_size=24).digest()
    return key, partial(_loaded, segment, spoken, context)


def _loaded(segment: Segment, spoken: Spoken, context: bytes) -> bytes:
    lines = {*segment.load().splitlines(keepends=True), *context.splitlines(keepends=True)}
    for foreign in spoken.others.values():
        lines.difference_update(foreign.splitlines(keepends=True))
    return b"".join(sorted(lines))
