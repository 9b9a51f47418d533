"""The segments of a snapshot, and where they lie in its N-Quads: what the next one is compared with.

    <id>/segments.tsv   a line for each: the SHA-256 of its lines, how many they are, and where its compressed bytes
                        begin in data.nq.gz and how many they are

So what two snapshots have in common is known without reading it (graph/segments/content.py says what a segment is).
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from graph.errors import SnapshotDamaged
from graph.files.opening import bytes_of, opened
from graph.segments.packing import BEGINNING, Packed


@dataclass(frozen=True)
class Listed:
    """A segment: the SHA-256 of its lines, their number, and its place in the file."""

    sha256: str
    lines: int
    begin: int
    size: int


def listed(pieces: Iterable[Packed]) -> Iterator[Listed]:
    """The segments of a file that holds these pieces."""
    begin = BEGINNING
    for piece in pieces:
        yield Listed(piece.sha256.hex(), piece.lines, begin, len(piece.deflated))
        begin += len(piece.deflated)


def written(segments: Iterable[Listed]) -> bytes:
    """The file."""
    return "".join(f"{one.sha256}\t{one.lines}\t{one.begin}\t{one.size}\n" for one in segments).encode()


def read(path: Path) -> tuple[Listed, ...]:
    """What is in the file; nothing where it is missing or is no such file."""
    try:
        rows = [line.split("\t") for line in bytes_of(path).decode().splitlines()]
        return tuple(Listed(digest, int(lines), int(begin), int(size)) for digest, lines, begin, size in rows)
    except (OSError, ValueError):
        return ()


def lines_of(path: Path, segments: Sequence[Listed]) -> Iterator[bytes]:
    """The lines of some segments of the N-Quads in a file; SnapshotDamaged if they are not there."""
    try:
        with opened(path) as file:
            for one in segments:
                file.seek(one.begin)
                lines = zlib.decompressobj(-zlib.MAX_WBITS).decompress(file.read(one.size))
                if sha256(lines).hexdigest() != one.sha256:
                    raise SnapshotDamaged(f"{path} does not hold what its list of segments says")
                yield lines
    except (OSError, zlib.error) as error:
        raise SnapshotDamaged(f"{path} cannot be read: {error}") from error
