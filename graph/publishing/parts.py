"""A snapshot's N-Quads, taken apart into its graphs as N-Triples."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from graph.errors import SnapshotDamaged
from graph.snapshot import Snapshot

DEFAULT = ""
"""Stands for the default graph, which has no name."""

LINES = 50_000
"""Triples sent in one request, some 10 MB: engines keep a request in memory, and Virtuoso's text has its bounds."""

_LINE = re.compile(
    rb'((?:<[^>]*>|_:\S+) <[^>]*> (?:<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^<[^>]*>)?)) (?:<([^>]*)> )?\.'
)
"""One line of canonical N-Quads: the triple, and the graph's name if it has one."""


@dataclass(frozen=True)
class Part:
    """One graph: its name (``DEFAULT`` for none), its triples as sorted lines of N-Triples, and their SHA-256."""

    iri: str
    lines: tuple[bytes, ...]
    digest: str

    @property
    def size(self) -> int:
        """How many triples."""
        return len(self.lines)

    def bodies(self) -> Iterator[bytes]:
        """The triples as N-Triples documents, one for each request; all blank nodes are in the first, as one scope."""
        blank = [line for line in self.lines if b"_:" in line]
        rest = [line for line in self.lines if b"_:" not in line]
        room = max(LINES - len(blank), 0)
        yield b"".join(blank + rest[:room])
        for at in range(room, len(rest), LINES):
            yield b"".join(rest[at : at + LINES])


def taken_apart(snapshot: Snapshot) -> dict[str, Part]:
    """Every graph of the snapshot by its name; SnapshotDamaged if its file is not what was published."""
    lines: dict[str, list[bytes]] = {DEFAULT: []}
    whole = sha256()
    with gzip.open(snapshot.nquads_path) as file:
        for line in file:
            whole.update(line)
            found = _LINE.match(line)
            if not found:
                break
            lines.setdefault((found[2] or b"").decode(), []).append(found[1] + b" .\n")
    if whole.hexdigest() != snapshot.id:
        raise SnapshotDamaged(f"snapshot {snapshot.id[:12]} is damaged: {snapshot.nquads_path.name} has another hash")
    return {iri: Part(iri, tuple(held), sha256(b"".join(held)).hexdigest()) for iri, held in lines.items()}
