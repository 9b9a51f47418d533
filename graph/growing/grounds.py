"""What proofs rest on: the facts about entities and editorials, in groups of things that facts connect.

Facts are lines of N-Quads. Each lot has its own groups, which are joined where they have things in common.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

from rdflib import RDF

from graph.dataset import ontology_triples
from graph.growing.connected import Connected
from graph.growing.editorial import Piece
from graph.growing.lots import Lots
from graph.growing.plain import Compact
from graph.iris import ENTITIES_GRAPH
from graph.logic.facts import facts_in
from graph.logic.wording import LABELS

TYPE = f"<{RDF.type}>".encode()
NAMES = frozenset(str(label).encode() for label in LABELS)
ENTITIES = f" <{ENTITIES_GRAPH}> .\n".encode()
IRI = re.compile(rb"<[^<> ]*>")
WIDTH = 32


@dataclass(frozen=True)
class Group(Compact):
    """Things that facts connect, and how many facts. ``mark``: the sum of the facts' digests, in whatever order."""

    things: tuple[bytes, ...]
    mark: bytes
    size: int


@dataclass(frozen=True)
class Grounds(Compact):
    """Of a lot the ``common`` facts, which connect nothing, its groups, and what its editorials name."""

    common: tuple[bytes, ...]
    groups: tuple[Group, ...]
    named: tuple[bytes, ...]


def grounds(pieces: Sequence[Piece]) -> Grounds:
    """What a lot with these pieces gives."""
    facts = sorted({line for one in pieces for line in told(one) if line.endswith(ENTITIES)})
    joined = Connected(things for line in facts if (things := _things(line)))
    common: list[bytes] = []
    gathered: defaultdict[bytes, list[bytes]] = defaultdict(list)
    for line in facts:
        (gathered[joined.top(things[0])] if (things := _things(line)) else common).append(line)
    members: defaultdict[bytes, list[bytes]] = defaultdict(list)
    for thing in joined:
        members[joined.top(thing)].append(thing)
    groups = (Group(tuple(members[top]), _sum(map(_digest, some)), len(some)) for top, some in gathered.items())
    named = {term for one in pieces if one.iri for term in named_by(one)}
    return Grounds(tuple(common), tuple(groups), tuple(sorted(named)))


def facts(pieces: Sequence[Piece]) -> bytes:
    """All that the reasoner reads of a lot."""
    return b"".join(one.stated.facts for one in pieces if one.stated)


def columns(pieces: Sequence[Piece]) -> tuple[list[str], ...]:
    """The same as text: subjects, predicates, objects, and graphs.

    Each text is there once, however often it stands, for so it is read in an eighth of the time.
    """
    texts: dict[str, str] = {}
    found = zip(*facts_in(facts(pieces)), strict=True)
    return tuple([texts.setdefault(text, text) for text in column] for column in found)


def told(piece: Piece) -> list[bytes]:
    """What the reasoner reads of a document, without what things are called."""
    return _unnamed(facts([piece]))


def stated_by(piece: Piece) -> bytes:
    """The same, without what is said of entities and editorials."""
    return b"".join(line for line in told(piece) if not line.endswith(ENTITIES))


def named_by(piece: Piece) -> set[bytes]:
    """What an editorial names, itself too."""
    return {*IRI.findall(stated_by(piece)), f"<{piece.iri}>".encode()}


class Entities:
    """The groups of all lots together, by numbers. ``common``: facts of what the ontology itself speaks of."""

    def __init__(self, lots: Lots) -> None:
        self._lots, self.each = lots, lots.each(grounds)
        self.common = b"".join(sorted({line for one in self.each for line in one.common}))
        joined = Connected(group.things for one in self.each for group in one.groups)
        numbers: dict[bytes, int] = {}
        self.number = {thing: numbers.setdefault(joined.top(thing), len(numbers)) for thing in joined}
        self.sizes = [0] * len(numbers)
        parts: list[list[bytes]] = [[] for _ in numbers]
        for group in (group for one in self.each for group in one.groups):
            self.sizes[self.number[group.things[0]]] += group.size
            parts[self.number[group.things[0]]].append(group.mark)
        self.marks = list(map(_sum, parts))

    def groups(self, terms: Iterable[bytes]) -> frozenset[int]:
        """The groups of what is named."""
        return frozenset(self.number[term] for term in terms if term in self.number)

    def facts(self, wanted: Collection[int]) -> Mapping[int, bytes]:
        """The facts of some groups, by their numbers."""
        having = [
            lot
            for lot, one in zip(self._lots.all, self.each, strict=True)
            if any(self.number[group.things[0]] in wanted for group in one.groups)
        ]
        found: defaultdict[int, set[bytes]] = defaultdict(set)
        for lines in self._lots.each(facts, having):
            for line in _unnamed(lines):
                if line.endswith(ENTITIES) and (things := _things(line)):
                    found[self.number[things[0]]].add(line)
        return {number: b"".join(sorted(found[number])) for number in wanted}


@cache
def _apart() -> frozenset[bytes]:
    return frozenset(f"{triple.subject}".encode() for triple in ontology_triples())


def _unnamed(lines: bytes) -> list[bytes]:
    return [line for line in lines.splitlines(keepends=True) if line.split(b" ", 2)[1] not in NAMES]


def _things(line: bytes) -> list[bytes]:
    """The things that a fact connects: what the ontology itself speaks of, and classes, connect nothing."""
    subject, predicate, rest = line.split(b" ", 2)
    terms = [subject] if predicate == TYPE else [subject, rest.partition(b" ")[0]]
    return [term for term in terms if term.startswith(b"<") and term not in _apart()]


def _digest(line: bytes) -> bytes:
    return blake2b(line, digest_size=WIDTH).digest()


def _sum(digests: Iterable[bytes]) -> bytes:
    return (sum(map(int.from_bytes, digests)) % (1 << 8 * WIDTH)).to_bytes(WIDTH)
