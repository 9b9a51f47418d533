"""A bounded set of executors: taken one by one by threads, given back, and replaced when they die."""

import logging
import os
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable

from graph.engine import outcomes
from graph.engine.interest import Interest
from graph.engine.process import Executor
from graph.engine.starting import Starter
from graph.errors import EngineUnavailable

logger = logging.getLogger(__name__)


class Pool:
    """Executors, started as they are needed, at most ``size`` at work at once; the last one given back is taken first.

    So few of them are warm in the processor's caches, however many there are. Beyond the ``size`` there is one spare:
    when many are ended at once, the next short query does not wait for a process to start.
    """

    def __init__(self, starter: Starter, size: int) -> None:
        """Start the first one; EngineUnavailable if no process can be started. The starter is the pool's to close."""
        self._starter = starter
        self._size = size
        self.closed = False
        self._inherited: tuple[Executor, ...] = ()
        self._idle: deque[Executor] = deque()
        self._alive: set[Executor] = set()
        self._changed = threading.Condition()
        self._count = 1
        self._busy = 0
        try:
            self._idle.append(self._started())
        except EngineUnavailable:
            starter.close()
            raise
        _pools.add(self)

    def take(self, deadline: float, asker: Interest) -> Executor:
        """An executor for one query; EngineUnavailable if none is free by the deadline (time.monotonic).

        QueryAbandoned if the asker loses interest before.
        """
        with asker.ending(self._wake, under_way=False):
            return self._place(deadline, asker) or self._fresh()

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def _place(self, deadline: float, asker: Interest) -> Executor | None:
        """An idle executor, or None where there is room for another, which then is counted."""
        with self._changed:
            while not self.closed:
                if asker.lost:
                    raise outcomes.abandoned()
                executor = self._warm() if self._busy < self._size else None
                if executor:
                    self._busy += 1
                    return executor
                if self._busy < self._size and self._count <= self._size:
                    self._busy += 1
                    self._count += 1
                    return None
                if not self._changed.wait(deadline - time.monotonic()) and time.monotonic() >= deadline:
                    raise EngineUnavailable("every executor is busy", "ask again in some seconds")
            raise self.gone()

    def give_back(self, executor: Executor) -> None:
        """Take back an executor that has answered."""
        if not executor.recover():
            return self.replace(executor)
        with self._changed:
            self._busy -= 1
            if not self.closed:
                self._idle.append(executor)
                self._changed.notify()
                return
        self._bury(executor)

    def replace(self, executor: Executor) -> None:
        """End an executor that was taken and start another in its place; returns at once, for that takes time."""
        with self._changed:
            self._busy -= 1
            self._changed.notify()
        self._renew(executor)

    def _warm(self) -> Executor | None:
        """The idle executor that was last at work, if any is alive."""
        while self._idle:
            executor = self._idle.pop()
            if executor.alive:
                return executor
            self._renew(executor)
        return None

    def _fresh(self) -> Executor:
        """A new executor for a query that has found none; and behind it a spare one for the next."""
        try:
            executor = self._started()
        except EngineUnavailable:
            with self._changed:
                self._busy -= 1
            raise
        with self._changed:
            wanted = not self._idle and self._count <= self._size and not self.closed
            self._count += wanted
        if wanted:
            self._aside(self._add)
        return executor

    def _renew(self, executor: Executor) -> None:
        self._aside(lambda: self._replace(executor))

    def _aside(self, work: Callable[[], None]) -> None:
        """Do it in a thread, for starting a process and freeing its memory take time."""
        try:
            threading.Thread(target=work, daemon=True).start()
        except RuntimeError:
            # No thread can be started: slower, but the place that was counted must not be lost.
            work()

    def counts(self) -> dict[str, int]:
        """How many executors there are, by whether they wait for a query; those that start count as busy."""
        with self._changed:
            return {"busy": self._count - len(self._idle), "idle": len(self._idle)}

    def close(self) -> None:
        """End every executor and wait until all are gone; may be called again."""
        with self._changed:
            self.closed = True
            idle = [*self._idle]
            self._idle.clear()
            for executor in self._alive.difference(idle):
                executor.kill()
            self._changed.notify_all()
        for executor in idle:
            self._bury(executor)
        with self._changed:
            self._changed.wait_for(lambda: not self._count, timeout=5)
        self._starter.close()

    def gone(self) -> EngineUnavailable:
        """The error for a query that comes too late, or was under way when the pool was closed."""
        return EngineUnavailable("this engine is closed", "ask again: another has taken its place")

    def _started(self) -> Executor:
        """A new executor in the place that its caller has counted."""
        try:
            executor = self._starter.start()
        except OSError as error:
            self._free_place()
            if self.closed:
                raise self.gone() from None
            raise EngineUnavailable(f"no executor can be started: {error}", "free memory or processes") from error
        with self._changed:
            self._alive.add(executor)
            if not self.closed:
                return executor
        self._bury(executor)
        raise self.gone()

    def _replace(self, executor: Executor) -> None:
        executor.bury()
        with self._changed:
            self._alive.discard(executor)
        if self.closed:
            return self._free_place()
        self._add()

    def _add(self) -> None:
        """Start an idle executor in a place that is counted."""
        try:
            successor = self._started()
        except EngineUnavailable as error:
            if not self.closed:
                logger.warning("%s", error)
            return
        with self._changed:
            # Behind those that are warm: it needs some ten milliseconds before it reads.
            self._idle.appendleft(successor)
            self._changed.notify()

    def _bury(self, executor: Executor) -> None:
        executor.bury()
        with self._changed:
            self._alive.discard(executor)
        self._free_place()

    def _free_place(self) -> None:
        with self._changed:
            self._count -= 1
            self._changed.notify_all()

    def after_fork(self) -> None:
        """In a forked child: leave the parent's executors alone, or two processes would read one another's answers."""
        self._starter.after_fork()
        self._inherited = (*self._inherited, *self._alive)
        for executor in self._inherited:
            executor.abandon()
        self._idle.clear()
        self._alive.clear()
        self._changed = threading.Condition()
        self._count = self._busy = 0


_pools: weakref.WeakSet[Pool] = weakref.WeakSet()


def _after_fork() -> None:
    for pool in list(_pools):
        pool.after_fork()


os.register_at_fork(after_in_child=_after_fork)
