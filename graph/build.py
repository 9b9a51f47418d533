"""From the data folder to a published snapshot: read, check, prove, reason, publish; imported evidence beside it.

A build whose input is that of the snapshot now current does nothing. A build with problems publishes
nothing and names all of them.
"""

import json
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from pyoxigraph import RdfFormat, parse

from graph.comparing.comparisons import comparisons
from graph.errors import InvalidInput, SnapshotError
from graph.evidence import evidence
from graph.files.opening import bytes_of
from graph.growing.cache import Cache
from graph.growing.content import counts, own_lines, sources
from graph.growing.growth import grow
from graph.growing.release import release
from graph.growing.workers import workers
from graph.progress import Stage, ignore
from graph.quotes import texts_at_hand
from graph.settings import Settings
from graph.snapshot import Snapshot, Snapshots
from graph.snapshots.collecting import collect
from graph.snapshots.content import canonical, joined
from graph.snapshots.manifest import fingerprint, inputs, manifest
from queries import questions


@dataclass(frozen=True)
class Built:
    """The snapshot now current; ``changed`` is False where there was nothing to do. ``seconds`` of the build."""

    snapshot: Snapshot
    changed: bool
    notes: tuple[str, ...]
    seconds: float
    counts: dict[str, Any]


def build(settings: Settings, *, on_stage: Stage = ignore, force: bool = False, scheduler: str | None = None) -> Built:
    """Publish the data folder as a snapshot; raises ``InvalidInput`` with every problem of the data.

    ``scheduler``: the address of a Dask cluster whose machines do the work that can be shared.
    """
    clock = _Clock(on_stage)
    snapshots = Snapshots(settings.snapshots)
    imported = evidence(settings.evidence_folder)
    digests = inputs(settings.data) | {name: digest for one in imported for name, digest in one.digests().items()}
    record = {"inputs": fingerprint(digests), "texts": sorted(texts_at_hand(settings.text_folders))}
    if not force and (same := _unchanged(settings, snapshots, record)) is not None:
        return Built(same, False, (), clock.seconds(), same.manifest["counts"])
    with workers(scheduler) as helpers, Cache(settings.home) as cache:
        grown = grow(settings, release(digests), cache, helpers, clock)
        if grown.closure is None:
            raise InvalidInput(grown.problems)
        clock("collecting")
        derived = list(grown.closure.records())
        own = own_lines(grown.made, derived, cache)
    if imported:
        clock("comparing")
    compared = canonical(comparisons(parse(own, RdfFormat.N_QUADS), imported))
    content = joined(own, compared, canonical(quad for one in imported for quad in one.quads()))
    clock("counting")
    statistics, lines = collect(content), content.count(b"\n")
    measured = counts(grown, derived, joined(own, compared).count(b"\n"), lines - statistics.quads)
    described = manifest(sources(grown.pieces), measured, digests, {one.name: one.size() for one in imported})
    asked = {name: question.fill({}) for name, question in questions().items()}
    snapshot = snapshots.publish_content(
        content, described, questions=asked, timings=clock.timings, on_stage=clock, statistics=statistics
    )
    _remember(settings, {**record, "snapshot": snapshot.id})
    return Built(snapshot, True, grown.notes, clock.seconds(), described["counts"])


def _unchanged(settings: Settings, snapshots: Snapshots, record: dict[str, Any]) -> Snapshot | None:
    try:
        last = json.loads(bytes_of(settings.home / "last-build.json"))
        current = snapshots.current()
    except (OSError, ValueError, SnapshotError):
        return None
    same = last == {**record, "snapshot": current.id}
    # What is kept beside the data, and is of another release, is written anew when it is published.
    whole = (
        same and current.statistics and current.dumps.is_current() and current.register.is_current and current.search
    )
    return current if whole else None


def _remember(settings: Settings, record: dict[str, Any]) -> None:
    (settings.home / "last-build.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


class _Clock:
    """Passes stages on and keeps the seconds that each took."""

    def __init__(self, on_stage: Stage) -> None:
        self._on_stage = on_stage
        self._begun = perf_counter()
        self._stages: list[tuple[str, float]] = []

    def __call__(self, stage: str) -> None:
        name = stage.partition(":")[0]  # what follows says how far it is
        if not self._stages or self._stages[-1][0] != name:
            self._stages.append((name, perf_counter()))
        self._on_stage(stage)

    def timings(self) -> dict[str, float]:
        """Seconds of each stage so far, the last one until now."""
        ends = [begun for _, begun in self._stages[1:]] + [perf_counter()]
        return {stage: round(end - begun, 4) for (stage, begun), end in zip(self._stages, ends, strict=True)}

    def seconds(self) -> float:
        """Seconds since the build began."""
        return perf_counter() - self._begun
