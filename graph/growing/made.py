"""What a document gives, of which most is left in the cache until somebody asks for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from graph.files.sources import sources
from graph.growing.cache import Cache, key
from graph.growing.editorial import Piece
from graph.growing.stated import Stated, stated
from graph.parts import Parts, read_parts


@dataclass(frozen=True)
class Made:
    """A document with a ``piece`` that is ``light``; ``key`` leads to the rest of it, and stands for all.

    ``without``: its claims that other documents take back.
    """

    file: Path
    line: int
    key: bytes
    piece: Piece
    without: frozenset[str] = frozenset()


def light(piece: Piece) -> Piece:
    """A piece without all that is large: of what it states there is only what is called, and of which class."""
    if piece.stated is None:
        return piece
    return replace(piece, stated=replace(piece.stated, lines=b"", rest=b"", facts=b"", about={}, mentions=frozenset()))


def entries(one: bytes, piece: Piece) -> Iterator[tuple[bytes, object]]:
    """What the cache is given of a whole piece whose key is ``one``."""
    yield one, piece if piece.stated is None else replace(piece, stated=replace(piece.stated, lines=b""))
    if piece.stated is not None:
        yield lines_key(one), piece.stated.lines


def lines_key(one: bytes) -> bytes:
    """Where the cache has the lines of the piece of this key."""
    return key("lines", one)


def pieces_of(made: Sequence[Made], cache: Cache) -> list[Piece]:
    """The pieces, in their order, with all but their lines; what the cache has lost is made again."""
    found: dict[bytes, Piece] = cache.get_or_make({one.key: partial(_piece, one) for one in made})
    return [found[one.key] for one in made]


def lines_of(made: Sequence[Made], cache: Cache) -> list[bytes]:
    """The lines of what these documents state, in their order; what the cache has lost is made again."""
    keys = [lines_key(one.key) for one in made]
    found = cache.get_or_make({name: partial(_lines, one) for name, one in zip(keys, made, strict=True)})
    return [found[name] for name in keys]


def parts_of(made: Made) -> Parts:
    """A document read again."""
    return read_parts(next(source for source in sources(made.file) if source.line == made.line))


def _piece(made: Made) -> Piece:
    return replace(made.piece, stated=replace(_stated(made), lines=b""))


def _lines(made: Made) -> bytes:
    return _stated(made).lines


def _stated(made: Made) -> Stated:
    parts = parts_of(made)
    return stated(parts.editorials, parts.entities, made.without)
