"""Writing a snapshot, and giving a whole one what it lacks: files of this release, or answers to other questions.

What a whole one holds, and is named by, stays; each file or folder is written beside it and put into its place in one
step. With all that makes what is kept beside a content: who reads snapshots goes without this.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from graph.errors import SnapshotDamaged
from graph.progress import Stage
from graph.searching import searchable
from graph.searching.searchable import Searchable
from graph.segments.content import Content
from graph.segments.packing import Packed
from graph.snapshots import dumping, files, writing
from graph.snapshots.content import Snapshot, Timings
from graph.snapshots.preparing import prepare
from graph.snapshots.statistics import Statistics

PATIENCE = 2.0
"""Seconds that a new snapshot waits for answers to the saved questions: those that take longer are added to it."""


class Renewal:
    """Writes beside the snapshots in the folder ``root``, which must be locked."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def write(
        self,
        snapshot: Snapshot,
        content: Content,
        pieces: Sequence[Packed],
        manifest: dict[str, Any],
        questions: Mapping[str, str],
        timings: Timings,
        on_stage: Stage,
        before: Snapshot | None,
        statistics: Statistics | None,
    ) -> None:
        """Make a snapshot with all that belongs to it; what stood in its place was damaged.

        ``questions``: those to be answered. The rest as ``graph.snapshots.writing.write`` has it.
        """
        building = Snapshot(snapshot.id, files.temporary(self._root, "building"))
        try:
            writing.write(building, content, pieces, manifest, on_stage, before, statistics)
            on_stage("dumping")
            dumping.write(content, building.dumps_path)
            on_stage("answering")
            if questions:
                prepare(building.store_path, questions, building.answers_path, patience=PATIENCE)
            writing.write_record(building, timings)
            on_stage("sealing")
            files.seal(building.path)
            on_stage("publishing")
            if snapshot.path.exists():
                files.remove(snapshot.path)
            building.path.rename(snapshot.path)
        except BaseException:
            files.delete(building.path)
            raise
        files.sync(self._root)

    def add_missing(self, snapshot: Snapshot, content: Content, questions: Mapping[str, str], on_stage: Stage) -> None:
        """To a whole snapshot what it has only of another release, or of other questions."""
        if Statistics.read(snapshot.statistics_path) is None:
            on_stage("writing")
            self._file(snapshot.statistics_path, lambda path: writing.write_statistics(path, content))
        if Searchable.open(snapshot.search_path) is None:
            on_stage("indexing")
            self._folder(snapshot.search_path, lambda path: searchable.write_index(path, content))
        if not snapshot.dumps.is_current():
            on_stage("dumping")
            self._dump(snapshot, content)
        if questions and not snapshot.prepared.is_current(questions):
            on_stage("answering")
            self.answer(snapshot, questions, PATIENCE)

    def register(self, snapshots: Iterable[Snapshot], on_stage: Stage) -> None:
        """Registers for those of an earlier release, also for old ones: they are compared with new ones."""
        for snapshot in snapshots:
            if not snapshot.register.is_current:
                on_stage("writing")
                with suppress(SnapshotDamaged):
                    self._file(snapshot.register.path, partial(writing.write_register, snapshot=snapshot))

    def _dump(self, snapshot: Snapshot, content: Content) -> None:
        """The same snapshot, with the dumps that this release writes."""
        building = Snapshot(snapshot.id, files.temporary(self._root, "building"))
        building.path.mkdir()
        building.nquads_path.symlink_to(snapshot.nquads_path.resolve())
        dumping.write(content, building.dumps_path)
        removing = files.temporary(self._root, "removing")
        files.seal(building.dumps_path)
        files.replace(snapshot.dumps_path, building.dumps_path, removing)
        files.delete(building.path)
        files.delete(removing)

    def answer(self, snapshot: Snapshot, questions: Mapping[str, str], patience: float | None = None) -> None:
        """The same snapshot, with the answers that are missing, or with those to other questions."""
        known = snapshot.prepared
        self._folder(snapshot.answers_path, lambda path: prepare(snapshot.store_path, questions, path, known, patience))

    def _folder(self, place: Path, write: Callable[[Path], None]) -> None:
        """Have the folder at a place of a whole snapshot written again, beside it first."""
        building, removing = (files.temporary(self._root, kind) for kind in ("building", "removing"))
        write(building)
        files.seal(building)
        files.replace(place, building, removing)
        files.delete(removing)

    def _file(self, place: Path, write: Callable[[Path], None]) -> None:
        """Have the file at a place of a whole snapshot written again, and put there in one step."""
        building = files.temporary(self._root, "building")
        building.mkdir()
        try:
            write(building / place.name)
            files.seal(building)
            building.chmod(0o755)  # or nothing could be taken out of it
            files.renew(place, building / place.name)
        finally:
            files.delete(building)
