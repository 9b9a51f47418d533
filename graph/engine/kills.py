"""How many executors were ended over a query, by cause: counted for the whole process, whatever engine they served."""

import threading
from collections import Counter


class Kills:
    """Counts by cause: a key of ``graph.engine.outcomes``, or ``abandoned``; threads share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()

    def add(self, cause: str) -> None:
        """One more."""
        with self._lock:
            self._counts[cause] += 1

    def counts(self) -> dict[str, int]:
        """All of them since the process started."""
        with self._lock:
            return dict(self._counts)


KILLS = Kills()
"""Those of this process. A counter that went back when a snapshot is replaced would be no counter."""
