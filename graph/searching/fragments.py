"""What a search index (graph/searching/index.py) says of some of its records: a fragment, of which others are unaware.

An index is its fragments one after the other (graph/searching/making.py): of a large graph only those are made anew
that have changed.
"""

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.searching.index import Record
from graph.searching.text import words

LONGEST_JOINED = 40
"""Characters of a name whose words are written as one word too: Nurotan for Nur Otan."""

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


@dataclass(frozen=True)
class Fragment:
    """Numbers are ``uint32`` where nothing else is said, in the byte order of the machine; records count from 0."""

    records: bytes
    """A line of JSON for each."""
    sizes: bytes
    """How many bytes each line has."""
    order: bytes
    """The records, sorted by IRI."""
    ends: tuple[str, str]
    """The least and the greatest IRI."""
    lengths: bytes
    """``uint8``: how many words the shortest name of each has."""
    types: bytes
    """``uint16``: the place in ``sets`` of the types of each."""
    sets: tuple[tuple[str, ...], ...]
    words: Mapping[str, bytes]
    """The records with each word."""
    facets: Mapping[str, bytes]
    """The records with each value of each facet, by the facet's name, a blank and the value."""

    def __len__(self) -> int:
        return len(self.lengths)


def fragment(records: Sequence[Record]) -> Fragment:
    """What an index says of these records, in their order."""
    lines, lengths, types = [], bytearray(), array("H")
    sets: dict[tuple[str, ...], int] = {}
    found: dict[str, list[int]] = {}
    values: dict[str, list[int]] = {}
    for number, record in enumerate(records):
        keys = [words(name) for name, *_ in record["names"]]
        lines.append(as_json({**record, "keys": [" ".join(key) for key in keys]}) + b"\n")
        lengths.append(min(255, min(map(len, keys), default=0)))
        types.append(sets.setdefault(tuple(record.get("types", ())), len(sets)))
        for word in _indexed(record, keys):
            found.setdefault(word, []).append(number)
        for value in _valued(record):
            values.setdefault(value, []).append(number)
    order, ends = _order([record["id"] for record in records])
    return Fragment(
        *(b"".join(lines), packed(map(len, lines)), order, ends, bytes(lengths), types.tobytes(), tuple(sets)),
        words={word: packed(found[word]) for word in sorted(found)},
        facets={value: packed(values[value]) for value in sorted(values)},
    )


def records_of(found: Fragment) -> list[Record]:
    """The records that a fragment was made of."""
    records: list[Record] = [json.loads(line) for line in found.records.splitlines()]
    return [{name: value for name, value in record.items() if name != "keys"} for record in records]


def packed(numbers: Iterable[int]) -> bytes:
    """As ``uint32``."""
    return array("I", numbers).tobytes()


def as_json(value: object) -> bytes:
    """The same value always as the same bytes, in one line."""
    return _JSON.encode(value).encode()


def _order(iris: Sequence[str]) -> tuple[bytes, tuple[str, str]]:
    order = sorted(range(len(iris)), key=iris.__getitem__)
    return packed(order), (iris[order[0]], iris[order[-1]]) if order else ("", "")


def _valued(record: Record) -> list[str]:
    """What it can be narrowed to."""
    return [f"{facet} {value}" for facet, values in record.get("facets", {}).items() for value in values]


def _indexed(record: Record, keys: Sequence[Sequence[str]]) -> set[str]:
    """The words that a record is found by."""
    joined = ("".join(key) for key in keys if 1 < len(key) <= 4)
    others = (*record.get("quotes", ()), *record.get("identifiers", ()))
    return {
        *(word for key in keys for word in key),
        *(word for word in joined if len(word) <= LONGEST_JOINED),
        *(word for text in others for word in words(text)),
    }
