"""Which snapshot was current when, as far as it is still there: what every question about time is answered from.

Times are those of ``publications.jsonl``, in whole seconds. A snapshot that was current more than once has one moment
as a memento, the first (RFC 7089, section 2.1: a Memento-Datetime stays what it is); ``at`` knows all of them.
"""

import threading
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from flask import Flask, current_app

from graph.errors import SnapshotDamaged, UnknownSnapshot
from graph.snapshot import Snapshot, Snapshots
from graph.snapshots.event import Recorded
from graph.snapshots.events import Events
from server.switching import Switch

KEY = "samizdat-past"
SHORTEST = 8
"""Digits of a snapshot's name that may stand for it in an address."""


@dataclass(frozen=True)
class Moment:
    """A snapshot and when it became current (UTC, whole seconds)."""

    snapshot: Snapshot
    at: datetime


@dataclass(frozen=True)
class Timeline:
    """``mementos``: each snapshot once; ``changes``: each change of the current one. Oldest first; never empty.

    ``edition`` is another whenever anything in it is.
    """

    mementos: tuple[Moment, ...]
    changes: tuple[Moment, ...]
    recorded: tuple[Recorded, ...]
    edition: str

    def at(self, when: datetime) -> Moment:
        """The memento of what was current at that time; of the first snapshot for any time before it."""
        place = bisect_right(self.changes, when, key=lambda change: change.at)
        found = self.changes[max(place - 1, 0)].snapshot.id
        return self.of(found)

    def of(self, snapshot: str) -> Moment:
        """The memento of this snapshot (64 digits); UnknownSnapshot."""
        for memento in self.mementos:
            if memento.snapshot.id == snapshot:
                return memento
        raise UnknownSnapshot(f"there is no snapshot {snapshot[:12]}", "the page of changes lists those there are")

    def starting(self, prefix: str) -> Moment:
        """The one snapshot whose name starts so; UnknownSnapshot for none, for several and for too few digits."""
        found = [memento for memento in self.mementos if memento.snapshot.id.startswith(prefix.lower())]
        if len(prefix) < SHORTEST or len(found) != 1:
            what = f"{len(found)} snapshots are" if len(found) > 1 else "no snapshot is"
            hint = f"give at least {SHORTEST} digits of its name; the page of changes lists those there are"
            raise UnknownSnapshot(f"{what} named {prefix[:64]}…", hint)
        return found[0]


class Past:
    """The timeline of one application. Threads may share it."""

    def __init__(self, snapshots: Snapshots | None, switch: Switch) -> None:
        """Without ``snapshots`` there is only the one that is served, since this moment."""
        self._snapshots = snapshots
        self._switch = switch
        self._begun = datetime.now(UTC).replace(microsecond=0)
        self._lock = threading.Lock()
        self._mark: object = None
        self._timeline: Timeline | None = None

    @property
    def events(self) -> Events:
        """The log of changes of claims; empty where there is none."""
        return self._snapshots.events if self._snapshots else Events(Path("nowhere"))

    def timeline(self) -> Timeline:
        """What there is now; read anew when something was published or removed."""
        mark = (self._switch.current.snapshot.id, *map(_mark, self._watched()))
        with self._lock:
            if self._timeline is None or mark != self._mark:
                self._timeline = self._read()
                self._mark = mark
            return self._timeline

    def _watched(self) -> tuple[Path, ...]:
        if not self._snapshots:
            return ()
        root = self._snapshots.root
        return root, root / "publications.jsonl", root / "events" / "index.jsonl"

    def _read(self) -> Timeline:
        snapshots = {one.id: one for one in self._snapshots.all()} if self._snapshots else {}
        history = self._snapshots.history() if self._snapshots else ()
        changes = [
            Moment(snapshots[entry.snapshot], datetime.fromisoformat(entry.at))
            for entry in history
            if entry.snapshot in snapshots
        ]
        known = {change.snapshot.id for change in changes}
        served = self._switch.current.snapshot
        unknown = {served.id: served, **snapshots}
        changes += [Moment(one, self._built(one)) for name, one in unknown.items() if name not in known]
        changes.sort(key=lambda change: change.at)
        first = {change.snapshot.id: change for change in reversed(changes)}
        mementos = sorted(first.values(), key=changes.index)
        recorded = self.events.recorded()
        telling = repr([(one.snapshot.id, one.at) for one in changes]) + repr(recorded)
        return Timeline(tuple(mementos), tuple(changes), recorded, sha256(telling.encode()).hexdigest()[:16])

    def _built(self, snapshot: Snapshot) -> datetime:
        """For a snapshot that no publication tells of: when it was built, or else when this began to serve it."""
        try:
            return datetime.fromisoformat(snapshot.timings["built"])
        except (SnapshotDamaged, LookupError, ValueError):
            return self._begun


def register(app: Flask, past: Past) -> None:
    """Let the application's requests see their past."""
    app.extensions[KEY] = past


def past() -> Past:
    """The past of the application that answers the current request."""
    found: Past = current_app.extensions[KEY]
    return found


def _mark(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def iso(moment: datetime) -> str:
    """The moment as XML Schema and RFC 3339 write it: ``2026-11-22T20:35:00Z``."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
