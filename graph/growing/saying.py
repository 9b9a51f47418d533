"""What all documents say of the things that several may speak of, and which things are reached from where.

Of each lot it is kept what it says of which thing, as digests of the lines; these are fetched when they are needed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.growing.cache import key
from graph.growing.editorial import Piece
from graph.growing.lots import Lots
from graph.growing.plain import Compact
from graph.growing.stated import owner

REACH = 2
"""Steps from a thing to what a check asks of it."""
WIDTH = 12
"""Bytes of a line's digest."""


@dataclass(frozen=True)
class Saying(Compact):
    """What a lot says: by thing the digests of its lines, joined, and the things among the objects.

    ``mentions``: what it names; ``claims``: those of them that are other editorials' claims, or parts of these.
    """

    about: Mapping[str, tuple[bytes, tuple[str, ...]]]
    mentions: tuple[str, ...]
    claims: tuple[str, ...]


def saying(pieces: Sequence[Piece]) -> Saying:
    """What the documents with these pieces say."""
    objects: defaultdict[str, set[str]] = defaultdict(set)
    for one in pieces:
        for thing, about in one.stated.about.items() if one.stated else ():
            objects[thing].update(about.objects)
    said = lines_about(pieces)
    return Saying(
        {thing: (_digests(said[thing]), tuple(sorted(found))) for thing, found in objects.items()},
        tuple(sorted({thing for one in pieces if one.stated for thing in one.stated.mentions})),
        tuple(sorted({thing for one in pieces for thing in named_claims(one)})),
    )


def lines_about(pieces: Sequence[Piece]) -> dict[str, bytes]:
    """By thing what they say of it, as sorted N-Triples, each once."""
    found: defaultdict[str, set[bytes]] = defaultdict(set)
    for one in pieces:
        for thing, about in one.stated.about.items() if one.stated else ():
            found[thing].update(about.lines.splitlines(keepends=True))
    return {thing: b"".join(sorted(lines)) for thing, lines in found.items()}


def named_claims(piece: Piece) -> list[str]:
    """Other editorials' claims, and parts of these, that a document names; sorted."""
    own = owner(piece.iri)
    return sorted(thing for thing in (piece.stated.mentions if piece.stated else ()) if owner(thing) not in ("", own))


def _digests(lines: bytes) -> bytes:
    return b"".join(sorted(key(line)[:WIDTH] for line in lines.splitlines(keepends=True)))


class Sayings:
    """What all lots say."""

    def __init__(self, lots: Lots) -> None:
        self._lots = lots
        self.each = lots.each(saying)
        self._where: defaultdict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self.each):
            for thing in one.about:
                self._where[thing].append(number)
        self._objects = {thing: self._all_objects(thing) for thing in self._where}
        self._marks = {thing: self._mark(thing) for thing in self._where}
        self._lines: dict[int, Mapping[str, bytes]] = {}

    def reached(self, mentions: Iterable[str], editorials: Iterable[str]) -> list[str]:
        """The things spoken of that can be reached from what is named, and from editorials by their slugs; sorted."""
        found = {*mentions}.union(*(self._of[slug] for slug in editorials if slug in self._of)) & self._where.keys()
        new = found
        for _ in range(REACH - 1):
            new = set[str]().union(*map(self._objects.__getitem__, new))
            found |= new
        return sorted(found)

    def __contains__(self, thing: str) -> bool:
        return thing in self._where

    def where(self, thing: str) -> Sequence[int]:
        """The numbers of the lots that say something of a thing."""
        return self._where.get(thing, ())

    def mark(self, things: Iterable[str]) -> bytes:
        """What stands for all that is said of these things."""
        return key(b"".join(map(self._marks.__getitem__, things)))

    def lines(self, thing: str) -> bytes:
        """What is said of a thing, as sorted N-Triples."""
        some = [self._lines_of(number)[thing] for number in self._where[thing]]
        return some[0] if len(some) == 1 else b"".join(sorted({line for one in some for line in one.splitlines(True)}))

    def _all_objects(self, thing: str) -> set[str]:
        """The things spoken of that stand among the objects."""
        found = {other for number in self._where[thing] for other in self.each[number].about[thing][1]}
        return {other for other in found if other in self._where}

    def _mark(self, thing: str) -> bytes:
        some = [self.each[number].about[thing][0] for number in self._where[thing]]
        parts = {part[at : at + WIDTH] for part in some for at in range(0, len(part), WIDTH)}
        return key(some[0] if len(some) == 1 else b"".join(sorted(parts)))

    def _lines_of(self, number: int) -> Mapping[str, bytes]:
        if number not in self._lines:
            self._lines[number] = self._lots.each(lines_about, [self._lots.all[number]])[0]
        return self._lines[number]

    @cached_property
    def _of(self) -> Mapping[str, set[str]]:
        """The things of editorials that others speak of too, by the slugs of these."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for thing in self._where:
            if name := owner(thing):
                found[name].add(thing)
        return found
