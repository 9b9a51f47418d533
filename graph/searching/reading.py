"""Reading what can be searched for out of sorted N-Quads, each line once: all of a content, or a segment of it."""

from collections.abc import Iterable, Iterator
from io import BytesIO

from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, parse

from graph.searching.data_sets import WANTED as IMPORTED
from graph.searching.data_sets import DataSets
from graph.searching.records import SENSITIVE, STATED, TYPE, WANTED, Collector
from graph.segments.cutting import graph_in

ASSERTED = b"#assertion> .\n"
"""How a line of the assertion of a claim ends."""
AT_ONCE = 50_000
"""Lines that are read as quads together."""

_TYPE = f"<{TYPE}>".encode()
_WANTED, _STATED, _IMPORTED = (
    frozenset(f"<{name}>".encode() for name in names) for names in (WANTED, STATED, IMPORTED)
)


def read(lines: bytes, ids: str) -> tuple[Collector, DataSets]:
    """What they say of things and claims, and what imported data sets do."""
    collector, data_sets = Collector(ids), DataSets(ids)
    collector.make_private(_sensitive(lines, ids))
    kept: list[bytes] = []
    start, claim = f"<{ids}".encode(), f"<{ids}claim/".encode()
    for line in BytesIO(lines):
        subject, predicate, rest = line.split(b" ", 2)
        ours, theirs, of_claim = subject.startswith(start), rest.startswith(start), subject.startswith(claim)
        things = [subject[1:-1]] if ours and not of_claim and b"#" not in subject else []
        if theirs and b"#" not in (object_ := rest[1 : rest.find(b">")]) and not rest.startswith(claim):
            things.append(object_)
        stated = predicate in _STATED and (ours or theirs) and rest.endswith(ASSERTED)
        wanted = predicate in _WANTED and ours and (predicate != _TYPE or b"#" not in subject)
        # Most lines say nothing of all this, and are not taken apart any further.
        if not (things or stated or wanted or (predicate in _IMPORTED and not of_claim)):
            continue
        place = graph_in(rest)
        if place.startswith(data_sets.start) and not of_claim:
            data_sets.take(line, subject, predicate)
            continue
        if owner := _owner(subject, place, claim):
            for thing in things:
                collector.speaks(owner, thing.decode())
            if stated:
                collector.states(owner, predicate[1:-1].decode(), rest[1 : rest.find(b">")].decode())
        if wanted and not place:
            kept.append(line)
            if len(kept) == AT_ONCE:
                collector.add_all(_statements(kept))
                kept.clear()
    collector.add_all(_statements(kept))
    return collector, data_sets


def _sensitive(lines: bytes, ids: str) -> Iterator[str]:
    """What is marked as sensitive, found without taking every line apart."""
    mark, at, claim = f'> <{SENSITIVE}> "'.encode(), 0, f"<{ids}claim/".encode()
    while (at := lines.find(mark, at)) >= 0:
        subject = lines[lines.rfind(b"\n", 0, at) + 1 : at + 1]
        at += len(mark)
        owner = _owner(subject, graph_in(lines[at : lines.find(b"\n", at) + 1]), claim)
        # Only a claim itself says whether it is private: no other one has a say in it.
        if lines.startswith((b"true", b'1"'), at) and (not subject.startswith(claim) or owner == _whole(subject)):
            yield subject[1:-1].decode()


def _owner(subject: bytes, place: bytes, claim: bytes) -> str:
    """The claim in whose graph something stands; else the one that it is about; else nothing."""
    if place.startswith(claim):
        return _whole(place)
    return _whole(subject) if subject.startswith(claim) else ""


def _whole(term: bytes) -> str:
    return term[1:-1].partition(b"#")[0].decode()


def _statements(lines: Iterable[bytes]) -> Iterator[tuple[str, str, str, str]]:
    """Subject, predicate, value and language of each of these lines that is of the default graph."""
    for quad in parse(b"".join(lines), format=RdfFormat.N_QUADS):
        if isinstance(quad.graph_name, DefaultGraph) and isinstance(quad.subject, NamedNode):
            if isinstance(quad.object, Literal):
                yield quad.subject.value, quad.predicate.value, quad.object.value, quad.object.language or ""
            elif isinstance(quad.object, NamedNode):
                yield quad.subject.value, quad.predicate.value, quad.object.value, ""
