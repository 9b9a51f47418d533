"""``/metrics`` for Prometheus: no series for a single query, page or client, so their number is bounded.

It is answered to this machine alone unless SAMIZDAT_METRICS says otherwise: from how often which kind of query is
asked, and when, one who watches can learn when somebody else is reading.
"""

from collections.abc import Iterator
from functools import partial

from flask import Blueprint, Flask, Response, abort, current_app
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from graph.engine.kills import KILLS
from server.guarding.locality import asked_from_here
from server.holdings import Holdings, holdings
from server.settings import ServerSettings
from server.watching.measuring import Measurements

blueprint = Blueprint("metrics", __name__)

KEY = "samizdat-measurements"


class _Collected(Collector):
    """Everything that is measured, at the moment of asking."""

    def __init__(self, measurements: Measurements, held: Holdings, cache: object) -> None:
        self._measurements = measurements
        self._held = held
        self._cache = cache

    def collect(self) -> Iterator[Metric]:
        yield from self._measurements.families()
        yield from _of_cache(self._cache)
        kills = CounterMetricFamily("samizdat_kills", "Executors ended over a query, by cause.", labels=["cause"])
        for cause, count in sorted(KILLS.counts().items()):
            kills.add_metric([cause], count)
        yield kills
        counts = getattr(self._held.engine, "executors", None)
        if counts:
            executors = GaugeMetricFamily("samizdat_executors", "Executor processes, by state.", labels=["state"])
            for state, count in counts().items():
                executors.add_metric([state], count)
            yield executors
        yield InfoMetricFamily("samizdat_snapshot", "The snapshot served.", value={"snapshot": self._held.snapshot.id})


KEPT = {
    "prepared": "Misses answered from what was prepared when the snapshot was published.",
    "joined": "Misses that waited for another request's answer to the same question.",
    "not_modified": "Hits whose client had the answer already (304).",
    "evictions": "Answers that went to make room.",
    "refused": "Answers too large to be kept.",
}
"""What the cache counts, and what it means; beside hits and misses, which the measuring layer counts."""
HELD = {
    "bytes": "What the cache holds, in bytes.",
    "entries": "Answers in the cache.",
    "bound": "The most it holds, in bytes.",
}


def _of_cache(counters: object) -> Iterator[Metric]:
    """The counters of ``server/caching/store.py``; nothing where there is no cache."""
    for name, text in KEPT.items():
        if hasattr(counters, name):
            yield CounterMetricFamily(f"samizdat_cache_{name}", text, value=getattr(counters, name))
    for name, text in HELD.items():
        if hasattr(counters, name):
            yield GaugeMetricFamily(f"samizdat_cache_{name}", text, value=getattr(counters, name))


def register(app: Flask, settings: ServerSettings) -> None:
    """Serve ``/metrics`` as the settings say."""
    app.extensions[KEY] = Measurements()
    app.register_blueprint(blueprint)
    blueprint_guard = partial(_guard, settings.metrics)
    app.before_request_funcs.setdefault(blueprint.name, []).append(blueprint_guard)


def measurements(app: Flask) -> Measurements:
    """What the application's metrics are made of; for the layer that measures."""
    found: Measurements = app.extensions[KEY]
    return found


@blueprint.get("/metrics")
def metrics() -> Response:
    """The metrics in Prometheus's text format; 404 for who may not read them."""
    registry = CollectorRegistry()
    cache = getattr(current_app.extensions.get("samizdat-cache"), "counters", None)
    registry.register(_Collected(measurements(current_app), holdings(), cache))
    ProcessCollector(registry=registry)
    return Response(generate_latest(registry), headers={"Cache-Control": "no-store"}, content_type=CONTENT_TYPE_LATEST)


def _guard(setting: str) -> None:
    if setting == "off" or (setting == "local" and not asked_from_here()):
        abort(404)
