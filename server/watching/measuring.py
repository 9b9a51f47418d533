"""How many requests of which kind took how long, and how they ended: numbers that cost a microsecond to keep.

They are kept by hand and handed to the Prometheus client when somebody asks: its own histograms take locks by the
metric, which an answer from the cache would feel.
"""

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric

from server.watching.noting import KINDS, Kind

BOUNDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper ends, in seconds, of the classes of a histogram: from an answer of the cache to a query's longest."""


class Measurements:
    """What one process has answered since it started; threads share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[Kind, list[int]] = {kind: [0] * (len(BOUNDS) + 1) for kind in KINDS}
        self._seconds = dict.fromkeys(KINDS, 0.0)
        self._statuses: Counter[str] = Counter()
        self._cache: Counter[str] = Counter()

    def add(self, kind: Kind, status: str, seconds: float, cache: str | None) -> None:
        """One request: its kind (one of KINDS), its status of three digits, and what the cache said, if asked."""
        place = bisect_left(BOUNDS, seconds)
        with self._lock:
            self._counts[kind][place] += 1
            self._seconds[kind] += seconds
            self._statuses[status] += 1
            if cache:
                self._cache[cache] += 1

    def families(self) -> Iterator[Metric]:
        """The numbers as Prometheus has them."""
        with self._lock:
            counts = {kind: list(accumulate(found)) for kind, found in self._counts.items()}
            seconds, statuses, cache = dict(self._seconds), dict(self._statuses), dict(self._cache)
        latency = HistogramMetricFamily(
            "samizdat_request_seconds", "Time until an answer was ready, by what was asked.", labels=["kind"]
        )
        names = [*map(str, BOUNDS), "+Inf"]
        for kind, found in counts.items():
            latency.add_metric([kind], list(zip(names, map(float, found), strict=True)), seconds[kind])
        yield latency
        yield _counter("responses", "Answers by HTTP status; refusals are those from 400.", "status", statuses)
        yield _counter("cache_requests", "Requests that the cache could answer, or not.", "result", cache)


def _counter(name: str, text: str, label: str, values: dict[str, int]) -> CounterMetricFamily:
    family = CounterMetricFamily(f"samizdat_{name}", text, labels=[label])
    for value, count in sorted(values.items()):
        family.add_metric([value], count)
    return family
