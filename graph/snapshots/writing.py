"""Writing the files of a snapshot: see graph/snapshots/content.py for what they are."""

import hashlib
import json
import platform
import shutil
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, Store, parse

from graph.errors import SnapshotDamaged
from graph.progress import Stage
from graph.searching import searchable
from graph.segments import packing
from graph.segments.content import Content
from graph.segments.packing import Packed
from graph.snapshots import segment_list
from graph.snapshots.collecting import collected
from graph.snapshots.content import Snapshot, Timings, registered
from graph.snapshots.replacing import replaced
from graph.snapshots.statistics import Statistics


def write(
    snapshot: Snapshot,
    content: Content,
    pieces: Sequence[Packed],
    manifest: dict[str, Any],
    on_stage: Stage,
    before: Snapshot | None = None,
    statistics: Statistics | None = None,
) -> None:
    """Make the snapshot's folder and in it the quads, in a file and in a store, and the manifest.

    ``pieces``: the content, packed. ``before``: a snapshot that may differ little from it. ``statistics``: of the
    content, if they are known.
    """
    snapshot.path.mkdir()
    on_stage("writing")
    packing.write(snapshot.nquads_path, pieces)
    snapshot.segments_path.write_bytes(segment_list.written(segment_list.listed(pieces)))
    quads = sum(piece.lines for piece in pieces)
    _write_json(snapshot.path / "manifest.json", manifest | {"id": snapshot.id, "quads": quads})
    _write_json(snapshot.statistics_path, (statistics or collected(content)).to_json())
    snapshot.register.path.write_bytes(registered(content))
    on_stage("indexing")
    searchable.write_index(snapshot.search_path, content)
    on_stage("loading")
    if before is None or not _replaced(snapshot.store_path, pieces, before):
        _write_store(snapshot.store_path, pieces)


def write_statistics(path: Path, content: Content) -> None:
    """What is counted once, so that nobody waits for it."""
    _write_json(path, collected(content).to_json())


def write_register(path: Path, snapshot: Snapshot) -> None:
    """The register of a snapshot that has none of this release."""
    path.write_bytes(registered(Content.of(snapshot.content())))


def write_record(snapshot: Snapshot, timings: Timings) -> None:
    """The file that tells how long it took and when; ``timings`` (seconds by stage) is asked now."""
    versions = {"python": platform.python_version(), "pyoxigraph": version("pyoxigraph")}
    built = datetime.now(UTC).isoformat(timespec="seconds")
    _write_json(snapshot.path / "build.json", {"built": built, "timings": timings(), "versions": versions})


def _write_json(path: Path, value: dict[str, Any]) -> None:
    """Sorted and indented, so that the same value gives the same bytes."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _write_store(path: Path, pieces: Iterable[Packed]) -> None:
    """An Oxigraph store with the N-Quads in these pieces, optimised and closed."""
    store = Store(str(path))
    # Not bulk_load, which gives blank nodes new labels each time: answers would differ from build to build.
    store.bulk_extend(quad for piece in pieces for quad in parse(piece.unpacked(), format=RdfFormat.N_QUADS))
    store.optimize()
    store.flush()


def _replaced(path: Path, pieces: Sequence[Packed], before: Snapshot) -> bool:
    """Make the store from that of a snapshot before; False, and nothing there, if that is damaged or differs much."""
    had, has = before.segments, {piece.sha256.hex() for piece in pieces}
    try:
        gone = _lines(segment_list.lines_of(before.nquads_path, [one for one in had if one.sha256 not in has]))
        known = {one.sha256 for one in had}
        come = _lines(piece.unpacked() for piece in pieces if piece.sha256.hex() not in known)
        lines = sum(piece.lines for piece in pieces)
        if had and replaced(before.store_path, gone - come, come - gone, lines, path):
            return True
    except (OSError, ValueError, SnapshotDamaged):
        pass
    shutil.rmtree(path, ignore_errors=True)
    return False


def _lines(parts: Iterable[bytes]) -> set[bytes]:
    return {line for part in parts for line in part.splitlines(keepends=True)}


def packed(content: Content) -> tuple[list[Packed], str]:
    """The content in pieces, and the SHA-256 of all of it."""
    pieces, whole = list(content.each(packing.packed)), hashlib.sha256()
    for piece in pieces:
        whole.update(piece.unpacked())
    return pieces, whole.hexdigest()
