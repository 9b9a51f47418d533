"""From one snapshot to the next without dropping or mixing a request.

``current`` is looked at once a second. New holdings are opened beside the old and tried; one assignment makes them
current. Each request is answered from the holdings that it began with, and those of old snapshots are closed when
their last request has ended.
"""

import atexit
import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from graph.engine import Formats, Query
from graph.errors import SamizdatError
from server.holdings import KEY, Holdings

logger = logging.getLogger(__name__)

INTERVAL = 1.0
"""Seconds between two looks at what is published."""
PATIENCE = 10.0
"""Seconds in which a new snapshot must answer a trivial query."""

Mark = tuple[str, int, int]


class Switch:
    """The holdings in force. Threads may share it."""

    def __init__(self, opened: Callable[[], Holdings], link: Path | None) -> None:
        """``opened`` opens what is now published; ``link`` is the symbolic link that names it, None if it is fixed."""
        self._opened = opened
        self._link = link
        self._seen = self._mark()
        self.current = opened()
        self._requests: Counter[int] = Counter()
        self._retired: dict[int, Holdings] = {}
        self._lock = threading.Lock()
        self._looking = threading.Lock()
        self._refused: Mark | None = None
        self._ended = threading.Event()
        atexit.register(self.close)

    @property
    def name(self) -> str:
        """The name of the snapshot in force."""
        return self.current.snapshot.id

    @contextmanager
    def lease(self) -> Iterator[Holdings]:
        """The holdings in force, kept open until the block ends; old ones are closed with their last request."""
        with self._lock:
            held = self.current
            self._requests[id(held)] += 1
        try:
            yield held
        finally:
            with self._lock:
                self._requests[id(held)] -= 1
                self._close_unused()

    def look(self) -> bool:
        """Serve what is published if it is not what is served; whether that changed anything."""
        mark = self._mark()
        if mark is None or mark == self._seen:
            return False
        with self._looking:
            if mark == self._seen:
                return True
            if self._ended.is_set():
                return False
            try:
                new = self._opened()
                _try(new)
            except (SamizdatError, OSError) as error:
                self._refuse(mark, error)
                return False
            self._seen = mark
            with self._lock:
                self._retired[id(self.current)] = self.current
                self.current = new
                self._close_unused()
        return True

    def has_left(self, snapshot: str) -> bool:
        """Whether another snapshot than this (its id) is now in force, after a look."""
        return self.look() or self.current.snapshot.id != snapshot

    def watch(self) -> None:
        """Look once a second, in a thread of its own, until closed."""
        if self._link:
            threading.Thread(target=self._watch, name="switching", daemon=True).start()

    def close(self) -> None:
        """Close all holdings; requests under way are answered 503."""
        self._ended.set()
        for held in (self.current, *self._retired.values()):
            held.engine.close()

    def _watch(self) -> None:
        while not self._ended.wait(INTERVAL):
            try:
                self.look()
            except Exception:
                # Whatever it was: the next look may succeed, and until then the old snapshot is served.
                logger.exception("looking for a new snapshot failed")

    def _mark(self) -> Mark | None:
        """What tells one publication from another; its folder's time changes with the answers beside its store."""
        try:
            if not self._link:
                return None
            name = self._link.readlink().name
            found = (self._link.parent / name).stat()
        except OSError:
            return None
        return name, found.st_ino, found.st_mtime_ns

    def _refuse(self, mark: Mark, error: Exception) -> None:
        if mark != self._refused:
            logger.warning("snapshot %s is not served: %s", mark[0][:12], error)
        self._refused = mark

    def _close_unused(self) -> None:
        """Under the lock. Closing waits for processes, which no request should."""
        for key in [key for key in self._retired if not self._requests[key]]:
            held = self._retired.pop(key)
            del self._requests[key]
            threading.Thread(target=held.engine.close, daemon=True).start()


def switch_of(app: Flask) -> Switch:
    """What decides which holdings the application answers from."""
    found: Switch = app.extensions[KEY]
    return found


def _try(held: Holdings) -> None:
    """Have a new engine answer before it is asked in earnest; SamizdatError if it does not."""
    try:
        held.engine.evaluate(Query("ASK {}"), Formats("application/sparql-results+json", None), timeout=PATIENCE)
    except BaseException:
        held.engine.close()
        raise
