"""Immutable snapshots of the whole graph, each named by the hash of its content, one of them current.

    <root>/<id>/               a snapshot: see graph/snapshots/content.py
    <root>/current             a symbolic link to the folder of the current one
    <root>/at-<engine>         the same for each remote engine, to the one that it holds: see graph/publishing
    <root>/publications.jsonl  which one was current when: see graph/snapshots/log.py
    <root>/events/             how claims changed since the first: see graph/snapshots/events.py

A snapshot is written beside the others, put on the disk, renamed to its name, and only then does ``current`` move: each
of the two in one step. Whoever is killed at any point leaves a whole snapshot served, and files that the next change
removes (graph/snapshots/files.py).
"""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from pyoxigraph import Quad

from graph.errors import NoSnapshot, SnapshotDamaged, UnknownSnapshot
from graph.progress import Stage, ignore
from graph.segments.content import Content
from graph.segments.lines import canonical
from graph.snapshots import files, log, writing
from graph.snapshots.content import Snapshot, Timings
from graph.snapshots.events import Events
from graph.snapshots.statistics import Statistics

__all__ = ["STAGES", "Snapshot", "Snapshots"]

STAGES = (
    *("sorting", "packing", "writing", "indexing", "loading", "dumping", "answering"),
    *("sealing", "publishing", "switching", "recording", "completing"),
)
"""What ``publish`` tells its listener, in order; up to "switching" the old snapshot is the current one."""

NONE: Mapping[str, str] = {}
NAME = re.compile("[0-9a-f]{64}")
LIST_THEM = "`samizdat snapshots` lists those there are"


class Snapshots:
    """The folder ``root`` of snapshots.

    Reading takes no lock. What changes the folder raises BuildInProgress while another process does, and SnapshotError
    if the folder cannot be written.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._link = root / "current"
        self._log = root / "publications.jsonl"
        self.events = Events(root)

    def publish(
        self,
        quads: Iterable[Quad],
        manifest: dict[str, Any],
        *,
        questions: Mapping[str, str] = NONE,
        timings: Timings | None = None,
        on_stage: Stage = ignore,
    ) -> Snapshot:
        """Make the snapshot of these quads the current one; written only if it does not exist or is damaged.

        Blank nodes must come with labels that are the same each time. ``manifest`` (JSON) must not depend on the time
        or the machine; an existing snapshot keeps the one it was published with. The answers to the ``questions``
        (SPARQL texts by name) become part of it, also of an existing one, and so do statistics and dumps where it has
        only those of another release; answers that take long once it is the current one. ``timings`` gives seconds by
        stage.
        """
        on_stage("sorting")
        content = Content.of(canonical(quads))
        return self.publish_content(content, manifest, questions=questions, timings=timings, on_stage=on_stage)

    def publish_content(
        self,
        content: Content,
        manifest: dict[str, Any],
        *,
        questions: Mapping[str, str] = NONE,
        timings: Timings | None = None,
        on_stage: Stage = ignore,
        statistics: Statistics | None = None,
    ) -> Snapshot:
        """The same for quads that ``graph.segments.lines.canonical`` has brought into their form and order.

        ``statistics``: those of the content, if they have been counted already.
        """
        from graph.snapshots.renewing import Renewal  # with all that makes what reading does not need

        renewal = Renewal(self.root)
        with files.exclusive(self.root):
            on_stage("packing")
            pieces, name = writing.packed(content)
            snapshot = self._snapshot(name)
            if not _is_whole(snapshot, content):
                told = (manifest, questions, timings or dict, on_stage)
                renewal.write(snapshot, content, pieces, *told, self._last(), statistics)
            else:
                renewal.add_missing(snapshot, content, questions, on_stage)
            renewal.register(self.all(), on_stage)
            self._switch(snapshot, "published", on_stage)
            on_stage("completing")
            if questions and not snapshot.prepared.is_current(questions):
                renewal.answer(snapshot, questions)
        return snapshot

    def current(self) -> Snapshot:
        """The snapshot to serve; NoSnapshot if nothing is published, SnapshotDamaged if it is not there."""
        return self.named_by(self._link)

    def named_by(self, link: Path) -> Snapshot:
        """The snapshot that a symbolic link in the folder leads to; the errors of ``current``."""
        if not link.is_symlink():
            raise NoSnapshot("no snapshot has been published yet", "run `samizdat build`")
        snapshot = self._snapshot(link.readlink().name)
        snapshot.check()
        return snapshot

    def link(self, endpoint: str | None = None) -> Path:
        """The symbolic link that names what a remote engine holds, if it was published from here; else the current."""
        at = self._at(endpoint or "")
        return at if at.is_symlink() else self._link

    def held_at(self, endpoint: str, snapshot: Snapshot) -> None:
        """Note that a remote engine holds this snapshot now."""
        files.point(self._at(endpoint), snapshot.id)

    def _at(self, endpoint: str) -> Path:
        return self.root / f"at-{sha256(endpoint.encode()).hexdigest()[:16]}"

    def find(self, prefix: str) -> Snapshot:
        """The one snapshot whose id starts so; UnknownSnapshot if there is none or more than one."""
        found = [snapshot for snapshot in self.all() if snapshot.id.startswith(prefix.lower())]
        if not found:
            raise UnknownSnapshot(f"no snapshot's name starts with {prefix!r}", LIST_THEM)
        if len(found) > 1:
            names = ", ".join(snapshot.id[:12] for snapshot in found)
            raise UnknownSnapshot(f"the names of {len(found)} snapshots start with {prefix!r}", f"say which: {names}")
        return found[0]

    def all(self) -> list[Snapshot]:
        """Every snapshot, the one published last first; damaged ones too."""
        names = [path.name for path in self.root.glob("*") if NAME.fullmatch(path.name)]
        latest = {entry.snapshot: place for place, entry in enumerate(self.history()) if entry.how == "published"}
        names.sort(key=lambda name: (latest.get(name, -1), name), reverse=True)
        return [self._snapshot(name) for name in names]

    def history(self) -> tuple[log.Publication, ...]:
        """Which snapshot was current when, oldest first; they need not exist any more."""
        return (*log.read(self._log), *log.unrecorded(self._log, self._link))

    def roll_back(self, to: str | None = None) -> Snapshot:
        """Make another snapshot current: the one whose id starts so, or the one current before this one.

        Repeated, it goes further back. UnknownSnapshot if there is none, SnapshotDamaged if it is not whole.
        """
        with files.exclusive(self.root):
            snapshot = self._before() if to is None else self.find(to)
            snapshot.verify()
            self._switch(snapshot, "rolled back", ignore)
        return snapshot

    def prune(self, keep: int) -> list[Snapshot]:
        """Remove all but the ``keep`` newest, the current one and what remote engines hold; those that were removed.

        A server goes on with what it has opened but cannot open a removed snapshot again: let it serve the new one
        before pruning the old.
        """
        if keep < 0:
            raise ValueError(f"keep is {keep}: give how many to keep, 0 or more")
        with files.exclusive(self.root):
            linked = {path.readlink().name for path in self.root.iterdir() if path.is_symlink()}
            removed = [snapshot for snapshot in self.all()[keep:] if snapshot.id not in linked]
            for snapshot in removed:
                files.remove(snapshot.path)
        return removed

    def _snapshot(self, name: str) -> Snapshot:
        return Snapshot(name, self.root / name)

    def _current_id(self) -> str | None:
        return self._link.readlink().name if self._link.is_symlink() else None

    def _last(self) -> Snapshot | None:
        """The current one, if there is one."""
        name = self._current_id()
        return self._snapshot(name) if name and self._snapshot(name).path.exists() else None

    def _before(self) -> Snapshot:
        """The last one on the trail that is still there and not current."""
        current = self._current_id()
        for name in reversed(log.trail(self.history())):
            if name != current and self._snapshot(name).path.exists():
                return self._snapshot(name)
        raise UnknownSnapshot("no other snapshot was current before", LIST_THEM)

    def _switch(self, snapshot: Snapshot, how: log.How, on_stage: Stage) -> None:
        on_stage("switching")
        changes = log.unrecorded(self._log, self._link)
        if snapshot.id != self._current_id():
            files.point(self._link, snapshot.id)
            changes = (*changes, log.now(snapshot.id, how))
        on_stage("recording")
        log.append(self._log, changes)
        self.events.record(log.read(self._log), lambda name: self._snapshot(name).register)


def _is_whole(snapshot: Snapshot, content: Content) -> bool:
    try:
        snapshot.verify(content)
    except SnapshotDamaged:
        return False
    return True
