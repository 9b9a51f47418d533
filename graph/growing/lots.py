"""Documents in lots, some dozens each, and what is made of a lot: kept until one of its documents changes.

To fetch what was made of each of 10,000 documents takes longer than to do most of what is done with it. A lot ends
where a digest of its last member says so: one more document, or another one, moves no other end.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from zlib import crc32

from graph.growing.cache import Cache, key
from graph.growing.editorial import Piece
from graph.growing.made import Made, pieces_of

T = TypeVar("T")
SIZE = 64
"""How many members a lot has, about."""
MOST = 4 * SIZE
"""How many it has at most, so that it can be held in memory."""


def cut(members: Iterable[T], digest: Callable[[T], bytes]) -> Iterator[list[T]]:
    """The members in lots."""
    some: list[T] = []
    for one in members:
        some.append(one)
        if len(some) == MOST or crc32(digest(one)) % SIZE == 0:
            yield some
            some = []
    if some:
        yield some


@dataclass(frozen=True)
class Lot:
    """Some documents that follow each other, by their ``number``; ``key`` stands for all that they give."""

    number: int
    key: bytes
    made: tuple[Made, ...]


class Lots:
    """All documents that say something. ``release`` stands for the code that makes things of them."""

    def __init__(self, made: Iterable[Made], release: str, cache: Cache) -> None:
        self.release, self.cache = release, cache
        some = cut((one for one in made if one.piece.stated is not None), lambda one: one.key)
        self.all = tuple(Lot(number, key(*(one.key for one in lot)), tuple(lot)) for number, lot in enumerate(some))

    def each(self, make: Callable[[Sequence[Piece]], T], wanted: Iterable[Lot] | None = None) -> list[T]:
        """What a function gives for each lot, or for those wanted: plain data, that rests on their pieces alone."""
        return list(self.by_key(make, self.all if wanted is None else wanted).values())

    def by_key(self, make: Callable[[Sequence[Piece]], T], wanted: Iterable[Lot]) -> dict[bytes, T]:
        """The same, by the keys of the lots, which are of different documents."""
        names = {key("lot", make.__module__, make.__qualname__, self.release, lot.key): lot for lot in wanted}
        found = self.cache.get_or_make({name: partial(self._made, make, lot) for name, lot in names.items()})
        return {lot.key: found[name] for name, lot in names.items()}

    def _made(self, make: Callable[[Sequence[Piece]], T], lot: Lot) -> T:
        return make(pieces_of(lot.made, self.cache))
