"""One change of one claim, as the log of events keeps it: see graph/snapshots/events.py."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.snapshots.changes import How
from graph.snapshots.register import Entry

PAGE = 100
"""Events on a page."""


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
        return json.dumps({**vars(self), "entry": self.entry.to_json()}, ensure_ascii=False, sort_keys=True) + "\n"


@dataclass(frozen=True)
class Recorded:
    """A change of ``current``, and its events: the number of all up to its last, and how many of each kind."""

    snapshot: str
    at: str
    how: str
    previous: str | None
    total: int
    counts: Mapping[str, int]
