"""The state of one import: where quads go, what has been counted, skipped and found wrong."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field

from graph.importing.countries import Countries
from graph.importing.faults import Faults
from graph.importing.files import SourceFile
from graph.importing.reconciling import Reconciler
from graph.importing.sink import Sink
from graph.importing.slugs import identified

Where = tuple[str, int]


@dataclass
class Reading:
    """One data set that is being read."""

    sink: Sink
    countries: Countries
    reconciler: Reconciler
    faults: Faults = field(default_factory=Faults)
    rows: int = 0
    """Rows, or records, that were looked at."""
    counts: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    """How many rows, records or values were left out, by the reason."""
    _seen: dict[Hashable, Where] = field(default_factory=dict)

    def count(self, what: str, number: int = 1) -> None:
        """So many more have been made."""
        self.counts[what] += number

    def skip(self, why: str, number: int = 1) -> None:
        """So many more are left out."""
        self.skipped[why] += number

    def seen(self, key: Hashable, where: Where) -> Where | None:
        """Where this was first; None if it is new."""
        before = self._seen.setdefault(key, where)
        return None if before is where else before

    def fault(self, file: SourceFile, line: int, what: str, hint: str) -> None:
        """Something is wrong at this line."""
        self.faults.add(file.path, line, what, hint)

    @staticmethod
    def slug(identifier: str) -> str:
        """A part of a path for an identifier that somebody else gave."""
        return identified(identifier)
