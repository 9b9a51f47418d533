"""From the data folder to a published snapshot: read, check, prove, reason, publish; imported evidence beside it.

A build whose input is that of the snapshot now current does nothing. A build with problems publishes
nothing and names all of them.
"""

import json
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from graph.errors import InvalidInput, SnapshotError
from graph.evidence import evidence
from graph.files.opening import bytes_of
from graph.growing.beside import gathered
from graph.growing.cache import Cache
from graph.growing.content import counts, sources
from graph.growing.growth import grow
from graph.growing.release import release
from graph.growing.remembering import Remembered
from graph.growing.workers import workers
from graph.progress import Stage, ignore
from graph.quotes import texts_at_hand
from graph.reasoning import uncollected
from graph.settings import Settings
from graph.snapshot import Snapshot, Snapshots
from graph.snapshots.collecting import collected
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


@uncollected()
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
        code = release(digests)
        grown = grow(settings, code, cache, helpers, clock)
        if grown.closure is None:
            raise InvalidInput(grown.problems)
        clock("collecting")
        kept = Remembered(cache, helpers, code)
        content, measured = gathered(grown.made, grown.closure, imported, cache, kept, code, clock)
        clock("counting")
        statistics = collected(content)
        in_default = statistics.whole.triples
        told = counts(grown, grown.closure.derived, in_default + statistics.quads - measured, in_default)
        described = manifest(sources(grown.pieces), told, digests, {one.name: one.size() for one in imported})
        snapshot = snapshots.publish_content(
            content, described, questions=_asked(), timings=clock.timings, on_stage=clock, statistics=statistics
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
    ) and current.prepared.is_current(_asked())
    return current if whole else None


def _asked() -> dict[str, str]:
    """The saved questions, by name."""
    return {name: question.fill({}) for name, question in questions().items()}


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
