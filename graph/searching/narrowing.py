"""Narrowing what is found by facets (graph/searching/facets.py): several values of one are either, several facets both.

A set of records is kept as one byte for each, 1 for those in it, so that sets are joined and counted as whole numbers:
among 100,000 claims in some 50 microseconds.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from threading import Lock

from cachetools import LRUCache, cachedmethod

from graph.searching.index import Record, SearchIndex

FACETS = ("kind", "country", "held-as", "topic", "editorial", "year", "imported")
"""What there is to narrow by (see graph/searching/facets.py): here, as readers need nothing of what collects."""
Chosen = Mapping[str, Sequence[str]]
"""The values that are wanted, by facet."""
KEPT = 32 << 20
"""Bytes of sets that are kept for one index."""
COUNTED = 40
"""Values of a facet that are counted at once, those of most records."""


class Narrowing:
    """The sets of an index; threads may share it."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._lock = Lock()
        self._kept: LRUCache[tuple[str, str], int] = LRUCache(KEPT, getsizeof=lambda found: len(index) + 64)

    def within(self, chosen: Chosen) -> bytes | None:
        """The set of the records that have what is chosen; None for all."""
        found = self._joined(chosen)
        return None if found is None else found.to_bytes(len(self._index), "little")

    def counts(self, chosen: Chosen) -> dict[str, dict[str, int]]:
        """How many records there would be with each value of each facet, of what the other facets leave."""
        return {facet: self._counts(facet, chosen) for facet in FACETS}

    def listed(self, chosen: Chosen) -> Iterator[Record]:
        """The records that have what is chosen, in their order."""
        found = self.within(chosen)
        if found is None:
            return self._index.records()
        return (self._index.record(number) for number in _numbers(found))

    def number(self, chosen: Chosen) -> int:
        """How many records have what is chosen."""
        found = self._joined(chosen)
        return len(self._index) if found is None else found.bit_count()

    def _counts(self, facet: str, chosen: Chosen) -> dict[str, int]:
        others = self._joined({name: values for name, values in chosen.items() if name != facet})
        sizes = self._index.sizes(facet)
        if others is None:
            return sizes
        largest = [value for value, _ in Counter(sizes).most_common(COUNTED)]
        asked = dict.fromkeys([*largest, *(value for value in chosen.get(facet, ()) if value in sizes)])
        found = {value: (self._set(facet, value) & others).bit_count() for value in asked}
        return {value: number for value, number in found.items() if number}

    def _joined(self, chosen: Chosen) -> int | None:
        found: int | None = None
        for facet, values in chosen.items():
            if values:
                either = 0
                for value in values:
                    either |= self._set(facet, value)
                found = either if found is None else found & either
        return found

    @cachedmethod(lambda self: self._kept, lock=lambda self: self._lock)
    def _set(self, facet: str, value: str) -> int:
        marked = bytearray(len(self._index))
        for number in self._index.having(facet, value):
            marked[number] = 1
        return int.from_bytes(marked, "little")


def counted(records: Iterable[Record]) -> dict[str, Counter[str]]:
    """How many of these have each value of each facet."""
    found: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    for record in records:
        for facet, values in record.get("facets", {}).items():
            found[facet].update(values)
    return found


def fits(record: Record, chosen: Chosen) -> bool:
    """Whether a record has what is chosen."""
    held = record.get("facets", {})
    return all(not values or set(values) & set(held.get(facet, ())) for facet, values in chosen.items())


def _numbers(marked: bytes) -> Iterator[int]:
    at = marked.find(1)
    while at >= 0:
        yield at
        at = marked.find(1, at + 1)
