"""The snapshots that are no longer current, opened when somebody asks for them.

At most ``OPEN`` at a time, with few executors each: the current one comes first. The one longest unused makes room, as
soon as no request is answered from it.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from graph.errors import EngineUnavailable
from graph.snapshot import Snapshot
from server.holdings import Holdings
from server.switching import Switch

OPEN = 2
EXECUTORS = 2
"""Queries evaluated at once on an old snapshot."""
PATIENCE = 5.0
"""Seconds to wait while others hold every place."""


@dataclass
class _Place:
    """An old snapshot that is open; ``holdings`` are None while it is being opened."""

    holdings: Holdings | None = None
    users: int = 0
    used: float = 0.0


class Archive:
    """Holdings of old snapshots. Threads may share it."""

    def __init__(self, opened: Callable[[Snapshot], Holdings]) -> None:
        """``opened`` opens a snapshot, whichever is current."""
        self._opened = opened
        self._places: dict[str, _Place] = {}
        self._changed = threading.Condition()
        self._closed = False

    @contextmanager
    def lease(self, snapshot: Snapshot) -> Iterator[Holdings]:
        """The holdings of this snapshot, kept open until the block ends; EngineUnavailable if there is no room."""
        place, first = self._join(snapshot.id)
        try:
            if first:
                self._open(snapshot, place)
            yield self._ready(snapshot.id, place)
        finally:
            with self._changed:
                place.users -= 1
                place.used = time.monotonic()
                self._changed.notify_all()

    def close(self) -> None:
        """Close all of them; requests under way are answered 503."""
        with self._changed:
            self._closed = True
            places, self._places = list(self._places.values()), {}
        for place in places:
            if place.holdings:
                place.holdings.engine.close()

    def _join(self, name: str) -> tuple[_Place, bool]:
        """The place of this snapshot, one more using it, and whether it has yet to be opened."""
        until = time.monotonic() + PATIENCE
        with self._changed:
            while not self._closed:
                place = self._places.get(name)
                if place is None and self._has_room():
                    place = self._places[name] = _Place()
                    place.users += 1
                    return place, True
                if place is not None:
                    place.users += 1
                    return place, False
                left = until - time.monotonic()
                if left <= 0:
                    break
                self._changed.wait(left)
        raise EngineUnavailable("other old snapshots are being asked", "ask again in some seconds")

    def _has_room(self) -> bool:
        """Under the lock: whether another can be opened, once the one longest unused has gone if need be."""
        if len(self._places) < OPEN:
            return True
        unused = [(place.used, name) for name, place in self._places.items() if not place.users]
        if not unused:
            return False
        old = self._places.pop(min(unused)[1])
        if old.holdings:
            threading.Thread(target=old.holdings.engine.close, daemon=True).start()
        return True

    def _open(self, snapshot: Snapshot, place: _Place) -> None:
        try:
            place.holdings = self._opened(snapshot)
        finally:
            with self._changed:
                if place.holdings is None:
                    self._places.pop(snapshot.id, None)
                self._changed.notify_all()

    def _ready(self, name: str, place: _Place) -> Holdings:
        """What somebody else may still be opening."""
        until = time.monotonic() + PATIENCE
        with self._changed:
            while place.holdings is None and self._places.get(name) is place:
                if not self._changed.wait(max(until - time.monotonic(), 0)):
                    break
        if place.holdings is None:
            raise EngineUnavailable("this old snapshot could not be opened", "ask again in some seconds")
        return place.holdings


class Archived:
    """One old snapshot as the response cache asks it: see ``server.switching.Switch``."""

    def __init__(self, snapshot: Snapshot, archive: Archive, switch: Switch) -> None:
        self._snapshot = snapshot
        self._archive = archive
        self._switch = switch

    @property
    def name(self) -> str:
        """The snapshot's."""
        return self._snapshot.id

    @contextmanager
    def lease(self) -> Iterator[Holdings]:
        """Its holdings; those in force if it is the current one after all."""
        with self._switch.lease() as current:
            if current.snapshot.id == self._snapshot.id:
                yield current
                return
        with self._archive.lease(self._snapshot) as held:
            yield held

    def has_left(self, snapshot: str) -> bool:
        """An old snapshot is never left for another."""
        return False
