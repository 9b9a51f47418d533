"""Who does the work: this process, all cores of this machine, or the machines of a Dask cluster (``machines.py``).

Whoever does it runs the same functions on the same arguments, and the answers come in the order of the questions: what
is made of them does not depend on who did the work.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from itertools import repeat
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Protocol, TypeVar

from graph.errors import SamizdatError
from graph.growing.batches import BATCH, batches, run_all

T = TypeVar("T")
R = TypeVar("R")
PATIENCE = 5.0
"""Seconds that a process may take to end what it has started."""
FEW = 3
"""So many batches are done sooner than other processes have started."""


class Workers(Protocol):
    """Does the same to many things."""

    def run(self, function: Callable[[T], R], tasks: Sequence[T], size: int = BATCH) -> Iterator[R]:
        """The function's answer to each task, in their order. It can be pickled, and so can tasks and answers.

        ``size``: how many tasks go to a worker together.
        """
        ...


class Alone:
    """This process, one task after another."""

    def run(self, function: Callable[[T], R], tasks: Sequence[T], size: int = BATCH) -> Iterator[R]:
        """See ``Workers``."""
        return map(function, tasks)


class Cores:
    """As many processes as this one may use cores, started with the first work that is worth it."""

    def __init__(self, count: int = 0) -> None:
        self._count = count or len(os.sched_getaffinity(0))
        self._pool: ProcessPoolExecutor | None = None

    def run(self, function: Callable[[T], R], tasks: Sequence[T], size: int = BATCH) -> Iterator[R]:
        """See ``Workers``."""
        if len(tasks) < FEW * size or self._count < 2:
            return map(function, tasks)
        return self._spread(function, list(batches(tasks, size)))

    def close(self) -> None:
        """End the processes, whatever they are at."""
        if self._pool is not None:
            running = list((self._pool._processes or {}).values())
            self._pool.shutdown(wait=False, cancel_futures=True)
            for process in running:
                process.terminate()
            for process in running:
                process.join(PATIENCE)
                process.kill()
                process.join()

    def _spread(self, function: Callable[[T], R], tasks: list[list[T]]) -> Iterator[R]:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._count, get_context("spawn"), _deaf)
        try:
            for batch in self._pool.map(run_all, repeat(function), tasks):
                yield from batch
        except BrokenProcessPool:
            hint = "see whether memory has run out; a build without --force goes on with what was done"
            raise SamizdatError("a process that took part in the work has been ended", hint) from None


def _deaf() -> None:
    """An interrupt at the terminal reaches all processes: the first one ends the others, these what they started."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Whoever waits for work from a process that was killed waits for ever: it holds both ends of the queue."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)  # the pool takes what this raises for an answer, and goes on
        time.sleep(PATIENCE)
        os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def workers(scheduler: str | None = None) -> Iterator[Workers]:
    """All cores of this machine, or the cluster of the scheduler at an address; ended with the block."""
    if scheduler is not None:
        with _machines(scheduler) as found:
            yield found
        return
    cores = Cores()
    try:
        yield cores
    finally:
        cores.close()


def _machines(scheduler: str) -> AbstractContextManager[Workers]:
    try:
        from graph.growing.machines import machines  # with a library that only this needs
    except ImportError as error:
        raise SamizdatError(f"a cluster needs a library: {error}", "install samizdat[cluster]") from None
    return machines(scheduler)
