"""The search index of a snapshot: made when it is published, and part of it.

    <id>/search/things   people, parties, editorials ...: found by their names
    <id>/search/claims   claims: found by their words
    <id>/search/imported what only imported data sets know: found by its names

Each file is a line that says what it is, a line of JSON with the places of its sections, and the sections:

    records    one line of JSON each, in the order of their numbers: what is spoken of most comes first
    offsets    uint64: where each record begins, and where the last one ends
    order      uint32: the numbers of the records, sorted by IRI
    lengths    uint8: how many words the shortest name of a record has
    types      uint16: the place of its set of types among ``sets`` in the JSON
    words      the folded words (graph/searching/text.py) of all names, sorted, one a line
    places     uint32: where the numbers for each word begin, and where the last ones end
    numbers    uint32: for each word the records with it, ascending
    narrowing  uint32: for each value of each facet the records with it, ascending; their places are in the JSON

It is mapped, not read: what a search does not look at stays on the disk. The same records give the same bytes wherever
``anyascii`` is the same; an index that another release made is no index (``SearchIndex.open`` gives None).
"""

import json
import mmap
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal

from graph.files.opening import opened
from graph.searching.text import RELEASE, words

Record = dict[str, Any]
"""What is known of one thing or claim, in JSON: ``id``, ``names`` (text, language, kind) and what the finder shows."""

LAYOUT = 2
MAGIC = b"samizdat search index\n"
ALIGNED = 8
Code = Literal["B", "H", "I", "Q"]
CODES: Final[dict[str, Code]] = {
    "offsets": "Q", "order": "I", "lengths": "B", "types": "H", "places": "I", "numbers": "I",
    "narrowing": "I",
}  # fmt: skip
LONGEST_JOINED = 40
"""Characters of a name whose words are written as one word too: Nurotan for Nur Otan."""


def made(records: Sequence[Record], ids: str) -> bytes:
    """The index of the records, in the order that they should have; ``ids`` is what their IRIs begin with."""
    lines, offsets = [], array("Q", [0])
    lengths, types = array("B"), array("H")
    sets: dict[tuple[str, ...], int] = {}
    found: dict[str, list[int]] = {}
    with_value: dict[tuple[str, str], list[int]] = {}
    for number, record in enumerate(records):
        keys = [words(name) for name, *_ in record["names"]]
        kept = {**record, "keys": [" ".join(key) for key in keys]}
        lines.append(json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode() + b"\n")
        offsets.append(offsets[-1] + len(lines[-1]))
        lengths.append(min(255, min(map(len, keys), default=0)))
        types.append(sets.setdefault(tuple(record.get("types", ())), len(sets)))
        for word in _indexed(record, keys):
            found.setdefault(word, []).append(number)
        for facet, values in record.get("facets", {}).items():
            for value in values:
                with_value.setdefault((facet, value), []).append(number)
    order = array("I", sorted(range(len(records)), key=lambda number: records[number]["id"]))
    names = sorted(found)
    places, numbers = array("I", [0]), array("I")
    for word in names:
        numbers.extend(found[word])
        places.append(len(numbers))
    facets, narrowing = _narrowing(with_value)
    arrays = {"offsets": offsets, "order": order, "lengths": lengths, "types": types, "places": places}
    arrays |= {"numbers": numbers, "narrowing": narrowing}
    sections = {name: values.tobytes() for name, values in arrays.items()}
    sections |= {"records": b"".join(lines), "words": "\n".join(names).encode()}
    return _written(sections, {"ids": ids, "sets": list(sets), "facets": facets})


def _narrowing(found: Mapping[tuple[str, str], list[int]]) -> tuple[dict[str, dict[str, list[int]]], "array[int]"]:
    """By facet and value, where its records begin and end among the numbers given beside."""
    places: dict[str, dict[str, list[int]]] = {}
    numbers = array("I")
    for facet, value in sorted(found):
        begin = len(numbers)
        numbers.extend(found[facet, value])
        places.setdefault(facet, {})[value] = [begin, len(numbers)]
    return places, numbers


def _indexed(record: Record, keys: Sequence[Sequence[str]]) -> set[str]:
    """The words that a record is found by."""
    joined = ("".join(key) for key in keys if 1 < len(key) <= 4)
    others = (*record.get("quotes", ()), *record.get("identifiers", ()))
    return {
        *(word for key in keys for word in key),
        *(word for word in joined if len(word) <= LONGEST_JOINED),
        *(word for text in others for word in words(text)),
    }


def _written(sections: dict[str, bytes], told: dict[str, Any]) -> bytes:
    body, places = b"", {}
    parts = []
    at = 0
    for name, content in sorted(sections.items()):
        places[name] = [at, len(content)]
        padding = -len(content) % ALIGNED
        parts.append(content + b"\0" * padding)
        at += len(content) + padding
    body = b"".join(parts)
    head = {**told, "release": _release(), "sections": places}
    line = json.dumps(head, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    line += b" " * (-(len(MAGIC) + len(line) + 1) % ALIGNED) + b"\n"
    return MAGIC + line + body


def _release() -> list[str | int]:
    return [LAYOUT, RELEASE, sys.byteorder]


class SearchIndex:
    """The records, and the words that lead to them; threads may share it."""

    def __init__(self, content: bytes | mmap.mmap) -> None:
        """Of what ``made`` gave; ValueError if it is not that, or of another release."""
        begin = content.find(b"\n", len(MAGIC)) + 1
        if content[: len(MAGIC)] != MAGIC or not begin:
            raise ValueError("this is no search index")
        head = json.loads(content[len(MAGIC) : begin])
        if head["release"] != _release():
            raise ValueError("this search index is of another release")
        self.ids: str = head["ids"]
        self._facets: dict[str, dict[str, list[int]]] = head["facets"]
        self._sets: list[frozenset[str]] = [frozenset(found) for found in head["sets"]]
        view = memoryview(content)
        self._views = {name: view[begin + at : begin + at + size] for name, (at, size) in head["sections"].items()}
        self._arrays: dict[str, memoryview[int]] = {name: self._views[name].cast(code) for name, code in CODES.items()}
        self.words: list[str] = bytes(self._views["words"]).decode().split("\n") if self._views["words"] else []

    @classmethod
    def open(cls, path: Path) -> "SearchIndex | None":
        """The index in a file; None where there is none, one of another release, or one that cannot be read."""
        try:
            with opened(path) as file:
                return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def __len__(self) -> int:
        return len(self._arrays["order"])

    @cached_property
    def types(self) -> frozenset[str]:
        """Every type that a record has."""
        return frozenset().union(*self._sets)

    def record(self, number: int) -> Record:
        """One record, and as ``keys`` the folded words of each of its names."""
        begin, end = self._arrays["offsets"][number], self._arrays["offsets"][number + 1]
        found: dict[str, Any] = json.loads(bytes(self._views["records"][begin:end]))
        return found

    def number(self, iri: str) -> int | None:
        """The number of the record about an IRI."""
        order = self._arrays["order"]
        place = bisect_left(range(len(order)), iri, key=lambda at: self.record(order[at])["id"])
        if place < len(order) and self.record(order[place])["id"] == iri:
            return int(order[place])
        return None

    def find(self, iri: str) -> Record | None:
        """The record about an IRI."""
        number = self.number(iri)
        return None if number is None else self.record(number)

    def postings(self, word: int) -> "memoryview[int]":
        """The numbers of the records with a word (its place in ``words``), ascending."""
        places = self._arrays["places"]
        return self._arrays["numbers"][places[word] : places[word + 1]]

    def place(self, word: str) -> int | None:
        """The place of a word, if it is in any record."""
        at = bisect_left(self.words, word)
        return at if at < len(self.words) and self.words[at] == word else None

    def beginning(self, start: str) -> range:
        """The places of the words that begin so."""
        return range(bisect_left(self.words, start), bisect_left(self.words, start + "\uffff"))

    def length(self, number: int) -> int:
        """How many words the shortest name of a record has."""
        return int(self._arrays["lengths"][number])

    def has_type(self, number: int, sets: frozenset[int]) -> bool:
        """Whether the types of a record are one of these sets (of ``sets_with``)."""
        return self._arrays["types"][number] in sets

    def sets_with(self, types: frozenset[str], *, every: bool = False) -> frozenset[int]:
        """The sets that hold any, or every one, of these types."""
        return frozenset(
            place for place, found in enumerate(self._sets) if (types <= found if every else types & found)
        )

    def sizes(self, facet: str) -> dict[str, int]:
        """How many records have each value of a facet."""
        return {value: end - begin for value, (begin, end) in self._facets.get(facet, {}).items()}

    def having(self, facet: str, value: str) -> "memoryview[int]":
        """The numbers of the records with this value of a facet, ascending."""
        begin, end = self._facets.get(facet, {}).get(value, (0, 0))
        return self._arrays["narrowing"][begin:end]

    def records(self) -> Iterator[Record]:
        """All of them."""
        return map(self.record, range(len(self)))
