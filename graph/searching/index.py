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
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal

from graph.files.opening import opened
from graph.searching.text import RELEASE

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


def release() -> list[str | int]:
    """What the layout and the words of an index are of: an index with another is made anew."""
    return [LAYOUT, RELEASE, sys.byteorder]


class SearchIndex:
    """The records, and the words that lead to them; threads may share it."""

    def __init__(self, content: bytes | mmap.mmap) -> None:
        """Of what ``graph.searching.making`` gave; ValueError if it is not that, or of another release."""
        begin = content.find(b"\n", len(MAGIC)) + 1
        if content[: len(MAGIC)] != MAGIC or not begin:
            raise ValueError("this is no search index")
        head = json.loads(content[len(MAGIC) : begin])
        if head["release"] != release():
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
