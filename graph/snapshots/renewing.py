"""Giving a whole snapshot what it lacks: files of this release, or the answers to other questions.

What it holds, and is named by, stays; each file or folder is written beside it and put into its place in one step.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from graph.progress import Stage
from graph.searching import searchable
from graph.searching.searchable import Searchable
from graph.segments.content import Content
from graph.snapshots import files, writing
from graph.snapshots.content import Snapshot
from graph.snapshots.prepared import Prepared
from graph.snapshots.statistics import Statistics

PATIENCE = 2.0
"""Seconds that a new snapshot waits for answers to the saved questions: those that take longer are added to it."""


class Renewal:
    """Writes beside the snapshots in the folder ``root``, which must be locked."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def add_missing(self, snapshot: Snapshot, content: Content, questions: Mapping[str, str], on_stage: Stage) -> None:
        """To a whole snapshot what it has only of another release, or of other questions."""
        if Statistics.read(snapshot.statistics_path) is None:
            on_stage("writing")
            self.file(snapshot.statistics_path, lambda path: writing.write_statistics(path, content))
        if Searchable.open(snapshot.search_path) is None:
            on_stage("indexing")
            self._folder(snapshot.search_path, lambda path: searchable.write_index(path, content))
        if not snapshot.dumps.is_current():
            on_stage("dumping")
            self._dump(snapshot, content)
        if questions and not snapshot.prepared.is_current(questions):
            on_stage("answering")
            self.answer(snapshot, questions, PATIENCE)

    def _dump(self, snapshot: Snapshot, content: Content) -> None:
        """The same snapshot, with the dumps that this release writes."""
        building = Snapshot(snapshot.id, files.temporary(self._root, "building"))
        building.path.mkdir()
        building.nquads_path.symlink_to(snapshot.nquads_path.resolve())
        dump(content, building.dumps_path)
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

    def file(self, place: Path, write: Callable[[Path], None]) -> None:
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


def dump(content: Content, folder: Path) -> None:
    """Write the dumps of a content; what does is imported here, for reading a snapshot needs no vocabularies."""
    from graph.snapshots.dumping import write

    write(content, folder)


def prepare(
    store: Path,
    questions: Mapping[str, str],
    folder: Path,
    known: Prepared | None = None,
    patience: float | None = None,
) -> None:
    """Write the answers; what does is imported here, for reading a snapshot needs no engine and no compressors."""
    from graph.snapshots import preparing

    preparing.prepare(store, questions, folder, known, patience)
