"""Making a search index (graph/searching/index.py) of records, or of fragments (graph/searching/fragments.py)."""

import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, pairwise
from typing import Any

from graph.searching.fragments import Fragment, as_json, fragment, packed, records_of
from graph.searching.index import ALIGNED, MAGIC, Record, release

WIDTH = 4
"""Bytes of a number."""

Pieces = list[bytes]
"""What belongs together, in several pieces."""


def made(records: Sequence[Record], ids: str) -> bytes:
    """The index of the records, in the order that they should have; ``ids`` is what their IRIs begin with."""
    return b"".join(joined([fragment(records)], ids))


def joined(fragments: Iterable[Fragment], ids: str) -> Pieces:
    """The index of the records of fragments, one's after the other's.

    Where the IRIs of one do not all follow those of the one before, all records are brought into the order of IRIs.
    """
    some = _following([one for one in fragments if len(one)])
    starts = list(accumulate(map(len, some), initial=0))
    found = _moved([one.words for one in some], starts)
    names = sorted(found)
    facets, narrowing = _narrowing(_moved([one.facets for one in some], starts))
    sets = list(dict.fromkeys(chain.from_iterable(one.sets for one in some)))
    sections = {
        "records": [one.records for one in some],
        "offsets": [array("Q", accumulate(_numbers(one.sizes for one in some), initial=0)).tobytes()],
        "order": [_added(one.order, start) for one, start in zip(some, starts, strict=False)],
        "lengths": [one.lengths for one in some],
        "types": _types(some, sets),
        "words": ["\n".join(names).encode()],
        "places": [packed(accumulate((_count(found[name]) for name in names), initial=0))],
        "numbers": [piece for name in names for piece in found[name]],
        "narrowing": narrowing,
    }
    return list(_written(sections, {"ids": ids, "sets": sets, "facets": facets}))


def _following(some: list[Fragment]) -> list[Fragment]:
    if all(one.ends[1] < other.ends[0] for one, other in pairwise(some)):
        return some
    return [fragment(sorted(chain.from_iterable(map(records_of, some)), key=lambda record: str(record["id"])))]


def _moved(found: Sequence[Mapping[str, bytes]], starts: Sequence[int]) -> dict[str, Pieces]:
    """By word the numbers of records that several fragments give for it, where these start with those numbers."""
    together: defaultdict[str, Pieces] = defaultdict(list)
    for one, start in zip(found, starts, strict=False):
        numbers = _added(b"".join(one.values()), start)
        for word, (begin, end) in zip(one, pairwise(accumulate(map(len, one.values()), initial=0)), strict=True):
            together[word].append(numbers[begin:end])
    return together


def _added(numbers: bytes, more: int) -> bytes:
    """Each number so much larger: all of them as digits of one, none of which carries over."""
    digits = int.from_bytes(more.to_bytes(WIDTH, sys.byteorder) * (len(numbers) // WIDTH), sys.byteorder)
    return (int.from_bytes(numbers, sys.byteorder) + digits).to_bytes(len(numbers), sys.byteorder)


def _numbers(pieces: Iterable[bytes]) -> "array[int]":
    numbers = array("I")
    for piece in pieces:
        numbers.frombytes(piece)
    return numbers


def _count(pieces: Pieces) -> int:
    return sum(map(len, pieces)) // WIDTH


def _types(some: Iterable[Fragment], sets: Sequence[tuple[str, ...]]) -> Pieces:
    places = {kinds: place for place, kinds in enumerate(sets)}
    return [
        array("H", (places[one.sets[type_]] for type_ in memoryview(one.types).cast("H"))).tobytes() for one in some
    ]


def _narrowing(found: Mapping[str, Pieces]) -> tuple[dict[str, dict[str, list[int]]], Pieces]:
    """By facet and value, where its records begin and end among the numbers given beside."""
    places: dict[str, dict[str, list[int]]] = {}
    end = 0
    for name in sorted(found):
        facet, _, value = name.partition(" ")
        begin, end = end, end + _count(found[name])
        places.setdefault(facet, {})[value] = [begin, end]
    return places, [piece for name in sorted(found) for piece in found[name]]


def _written(sections: Mapping[str, Pieces], told: dict[str, Any]) -> Iterator[bytes]:
    places, end = {}, 0
    for name in sorted(sections):
        size = sum(map(len, sections[name]))
        places[name] = [end, size]
        end += size + -size % ALIGNED
    line = as_json({**told, "release": release(), "sections": places})
    yield MAGIC + line + b" " * (-(len(MAGIC) + len(line) + 1) % ALIGNED) + b"\n"
    for name in sorted(sections):
        yield from sections[name]
        yield b"\0" * (-places[name][1] % ALIGNED)
