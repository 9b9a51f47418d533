"""One change of one claim, as the log of events keeps it: see graph/snapshots/events.py."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.snapshots.changes import How
from graph.snapshots.register import Entry, written

PAGE = 100
"""Events on a page."""
Outcome = tuple[bytes, bytes, tuple[bytes, ...]]
"""What there is after an event: its claim's IRI and what a register tells of it, and the claims that are gone."""


@dataclass(frozen=True)
class Event:
    """One claim, ``how`` it changed ``at`` a moment (ISO 8601, UTC) when ``snapshot`` became current.

    ``entry`` is it as it was from then on, or last. ``gone`` are the claims that were no more from then on. Numbers
    count from 1.
    """

    number: int
    at: str
    snapshot: str
    previous: str | None
    how: How
    entry: Entry
    aspects: tuple[str, ...] = ()
    cause: str | None = None
    gone: tuple[str, ...] = ()

    @property
    def page(self) -> int:
        """The page it stands on, from 1."""
        return (self.number - 1) // PAGE + 1

    @classmethod
    def of(cls, line: bytes) -> "Event":
        """From a line of a page."""
        found: dict[str, Any] = json.loads(line)
        lists = {name: tuple(found[name]) for name in ("aspects", "gone")}
        return cls(**{**found, **lists, "entry": Entry.of(found["entry"])})

    def line(self) -> str:
        """The same each time."""
        found = {**vars(self), "entry": self.entry.to_json()}
        return json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"

    @property
    def outcome(self) -> Outcome:
        """What there is after it."""
        return self.entry.iri.encode(), written(self.entry), tuple(iri.encode() for iri in self.gone)


def outcome_of(line: bytes) -> Outcome:
    """What there is after the event of this line, which is taken apart only where there is need.

    Between two keys that no string holds unescaped stands the claim just as a register tells it. Lines of earlier
    releases, which have blanks between keys and values, are read whole.
    """
    _, _, rest = line.partition(b',"entry":')
    told, nothing_gone, _ = rest.partition(b',"gone":[],"how":')
    iri = told.partition(b'"iri":"')[2].partition(b'"')[0]
    return (iri, told, ()) if nothing_gone and iri else Event.of(line).outcome


@dataclass(frozen=True)
class Recorded:
    """A change of ``current``, and its events: the number of all up to its last, and how many of each kind."""

    snapshot: str
    at: str
    how: str
    previous: str | None
    total: int
    counts: Mapping[str, int]
