"""What a search finds: things, claims, what only imported data sets know; and how many have each value of a facet."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from graph.searching.index import Record, SearchIndex
from graph.searching.narrowing import FACETS, Chosen, Narrowing, counted
from graph.searching.search import Features, search
from graph.searching.searchable import Searchable
from server.names import expanded
from server.site.search_request import THING_KINDS, Wanted

GROUPS = ("things", "claims", "imported")
PARAMETER = {"claim": "claims"}
"""What ``kind`` is called in addresses, where that is not as in the index."""


@dataclass(frozen=True)
class Result:
    """A record; with its score and why it was found, where a text was looked for."""

    record: Record
    score: float | None = None
    features: Features | None = None


class Search:
    """One search; what is found for the same choice is looked for once."""

    def __init__(self, asked: Wanted, searchable: Searchable) -> None:
        self._asked = asked
        indexes: tuple[SearchIndex, ...] = (searchable.things, searchable.claims, searchable.imported)
        self._indexes = dict(zip(GROUPS, indexes, strict=True))
        self._narrowing: dict[str, Narrowing] = dict(zip(GROUPS, searchable.narrowing, strict=True))
        self._known: dict[tuple[object, ...], list[Result]] = {}

    @property
    def groups(self) -> tuple[str, ...]:
        """Which groups are looked for."""
        return tuple(group for group in GROUPS if self._asked.of(group) is not None)

    def results(self, group: str, part: slice, **more: tuple[str, ...]) -> list[Result]:
        """A part of a group; ``more`` is what is chosen besides."""
        chosen = {**(self._asked.of(group) or {}), **more}
        if self._asked.text:
            return self._hits(group, chosen)[part]
        return list(islice(map(Result, self._narrowing[group].listed(chosen)), part.start, part.stop))

    def number(self, group: str, *, switched: bool = True, **more: tuple[str, ...]) -> int:
        """How many there are in a group: where a text is looked for, among the best."""
        chosen = self._asked.of(group, switched=switched)
        if chosen is None:
            return 0
        chosen = {**chosen, **more}
        return len(self._hits(group, chosen)) if self._asked.text else self._narrowing[group].number(chosen)

    def facets(self) -> dict[str, dict[str, int]]:
        """How many have each value of a facet, of what the other facets leave; the most first."""
        found = {facet: self._facet(facet) for facet in FACETS}
        return {facet: dict(sorted(values.items(), key=_most_first)) for facet, values in found.items()}

    def kinds(self) -> Iterator[tuple[str, int]]:
        """The kinds of things that are found, with their numbers: that of the best first, or in their usual order."""
        if "things" not in self.groups:
            return iter(())
        if self._asked.text:
            hits = self._hits("things", self._asked.of("things") or {})
            return iter(Counter(kind for hit in hits for kind in hit.record["facets"]["kind"]).items())
        chosen = self._asked.of("things") or {}
        counts = self._narrowing["things"].counts(chosen)["kind"]
        wanted = chosen.get("kind") or counts
        return ((kind, counts[kind]) for kind in THING_KINDS if kind in wanted and kind in counts)

    def _facet(self, facet: str) -> Counter[str]:
        total: Counter[str] = Counter()
        for group in GROUPS:
            chosen = self._asked.of(group, without=facet)
            if chosen is None:
                continue
            if self._asked.text:
                counts: Mapping[str, int] = counted(hit.record for hit in self._hits(group, chosen))[facet]
            else:
                # The switch stays on where the facet of modality is looked at without what is chosen of it.
                held = chosen.get(facet, ())
                found = self._narrowing[group].counts(chosen)[facet]
                counts = {value: number for value, number in found.items() if not held or value in held}
            total.update({PARAMETER.get(value, value): number for value, number in counts.items()})
        return total

    def _hits(self, group: str, chosen: Chosen) -> list[Result]:
        key = (group, *sorted((facet, *values) for facet, values in chosen.items()))
        if key not in self._known:
            index = self._indexes[group]
            types = frozenset(map(expanded, self._asked.types))
            hits = search(
                index,
                self._asked.text,
                sets=index.sets_with(types) if types else None,
                within=self._narrowing[group].within(chosen),
                prefix=True,
                quotes=group == "claims",
            )
            self._known[key] = [Result(hit.record, hit.score, hit.features) for hit in hits]
        return self._known[key]


def _most_first(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]
