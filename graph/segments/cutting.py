"""Where the sorted lines of a content are cut into segments: see graph/segments/content.py.

A segment begins where a digest of what its first line speaks of says so: whoever cuts the same content cuts it in the
same places, and one more line moves no other cut. What a line speaks of is its *root*: for a claim and all of its parts
their editorial, for all else its subject. No root is in two segments.
"""

from collections.abc import Iterable, Iterator
from enum import IntEnum
from itertools import groupby
from typing import TypeVar
from zlib import crc32

from graph.iris import ID

T = TypeVar("T")


class Place(IntEnum):
    """Which part of the content a segment is of, in their order."""

    BEFORE = 0
    THINGS = 1
    CLAIMS = 2
    MORE_THINGS = 3
    AFTER = 4


THINGS = (Place.THINGS, Place.MORE_THINGS)
"""What is said of things that are no claims, and of their parts; elsewhere are ontology, questions, derivations."""
ROOTS = {Place.CLAIMS: 32, **dict.fromkeys(THINGS, 512), Place.BEFORE: 1024, Place.AFTER: 1024}
"""How many roots a segment has, about: each has some ten thousand lines. A claim's root is its editorial."""


class Cutter:
    """Where a content is cut; ``ids`` is what the IRIs of things begin with."""

    def __init__(self, ids: str = ID) -> None:
        self._ids = f"<{ids}".encode()
        self._claims = self._ids + b"claim/"

    def root(self, subject: bytes) -> bytes:
        """What a subject belongs to, as N-Quads writes it: of a claim or its part ``<…/claim/{editorial}/``."""
        if subject.startswith(self._claims):
            end = subject.find(b"/", len(self._claims))
            return subject[: end + 1] if end > 0 else subject
        return subject

    def place(self, root: bytes) -> Place:
        """Which part of the content it is in."""
        if root.startswith(self._claims):
            return Place.CLAIMS
        if root.startswith(self._ids):
            return Place.THINGS if root < self._claims else Place.MORE_THINGS
        return Place.BEFORE if root < self._ids else Place.AFTER

    def cut(self, blocks: Iterable[tuple[bytes, T]]) -> Iterator[tuple[Place, list[T]]]:
        """Blocks of lines in their order, each with its root, as segments; the blocks of one root follow each other."""
        some: list[T] = []
        last, where = b"", Place.BEFORE
        for root, block in blocks:
            if root != last:
                place = self.place(root)
                if some and (place != where or crc32(root) % ROOTS[place] == 0):
                    yield where, some
                    some = []
                last, where = root, place
            some.append(block)
        if some:
            yield where, some

    def blocks(self, lines: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """Sorted lines, those of one subject together, with its root."""
        return ((self.root(subject), b"".join(same)) for subject, same in groupby(lines, key=subject_of))

    def owner(self, line: bytes) -> bytes:
        """The root of the claim in one of whose graphs a line stands; empty where it stands elsewhere."""
        place = graph_in(line.split(b" ", 2)[2])
        return self.root(place) if place.startswith(self._claims) else b""

    def is_default(self, line: bytes) -> bool:
        """Whether it stands in the default graph."""
        return not graph_in(line.split(b" ", 2)[2])

    def things(self, line: bytes) -> Iterator[bytes]:
        """The IRIs in a line that are no claims', in brackets: what they are parts of."""
        for term in line.split(b" ")[:3]:
            if term.startswith(self._ids) and not term.startswith(self._claims):
                yield whole(term)


def whole(term: bytes) -> bytes:
    """A thing, by an IRI of it or of one of its parts."""
    return b"%b>" % term.partition(b"#")[0] if b"#" in term else term


def graph_in(rest: bytes) -> bytes:
    """The graph of a line, of which what follows the predicate is given; empty for the default graph."""
    object_, _, last = rest[:-3].rpartition(b" ")
    # Of a line without a graph, what follows the last blank of a literal holds its closing quotation mark.
    return last if object_ and last[:1] in (b"<", b"_") and b'"' not in last else b""


def subject_of(line: bytes) -> bytes:
    """The first term of a line."""
    return line[: line.index(b" ")]
