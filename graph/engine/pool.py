"""A bounded set of executors: taken one by one by threads, given back, and replaced when they die."""

import logging
import os
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable

from graph.engine.process import Executor
from graph.errors import EngineUnavailable

logger = logging.getLogger(__name__)


class Pool:
    """Executors, started as they are needed, at most ``size`` at once; the last one given back is taken first.

    So few of them are warm in the processor's caches, however many there are.
    """

    def __init__(self, start: Callable[[], Executor], size: int) -> None:
        """Start the first one; EngineUnavailable if no process can be started."""
        self._start = start
        self._size = size
        self.closed = False
        self._inherited: tuple[Executor, ...] = ()
        self._idle: deque[Executor] = deque()
        self._alive: set[Executor] = set()
        self._changed = threading.Condition()
        self._count = 1
        self._idle.append(self._started())
        _pools.add(self)

    def take(self, deadline: float) -> Executor:
        """An executor for one query; EngineUnavailable if none is free by the deadline (time.monotonic)."""
        with self._changed:
            while not self.closed:
                while self._idle:
                    executor = self._idle.pop()
                    if executor.alive:
                        return executor
                    self.replace(executor)
                if self._count < self._size:
                    self._count += 1
                    break
                if not self._changed.wait(deadline - time.monotonic()) and time.monotonic() >= deadline:
                    raise EngineUnavailable("every executor is busy", "ask again in some seconds")
            else:
                raise self.gone()
        return self._started()

    def give_back(self, executor: Executor) -> None:
        """Take back an executor that has answered."""
        with self._changed:
            if not self.closed:
                self._idle.append(executor)
                self._changed.notify()
                return
        self._bury(executor)

    def replace(self, executor: Executor) -> None:
        """End an executor and start another in its place; returns at once, for freeing its memory takes time."""
        executor.kill()
        try:
            threading.Thread(target=self._replace, args=(executor,), daemon=True).start()
        except RuntimeError:
            # No thread can be started: slower, but its place must not be lost.
            self._replace(executor)

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

    def gone(self) -> EngineUnavailable:
        """The error for a query that comes too late, or was under way when the pool was closed."""
        return EngineUnavailable("this engine is closed", "ask again: another has taken its place")

    def _started(self) -> Executor:
        """A new executor in the place that its caller has counted."""
        try:
            executor = self._start()
        except OSError as error:
            self._free_place()
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
        self._inherited = (*self._inherited, *self._alive)
        for executor in self._inherited:
            executor.abandon()
        self._idle.clear()
        self._alive.clear()
        self._changed = threading.Condition()
        self._count = 0


_pools: weakref.WeakSet[Pool] = weakref.WeakSet()


def _after_fork() -> None:
    for pool in list(_pools):
        pool.after_fork()


os.register_at_fork(after_in_child=_after_fork)
