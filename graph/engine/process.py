"""One executor process, as the process that it answers sees it: asked, and ended."""

import contextlib
import os
import select
import signal
import socket
import time

from graph.engine import wire
from graph.engine.children import Child

GRACE = 0.05
"""Seconds past the deadline after which the parent ends what the kernel's timer has not."""

PATIENCE = 0.1
"""Seconds after which a query no longer counts as short, and gives way to those that are."""
NICE = 10
"""How much nicer the process of a long query is than this one (nice(2)): it gets a tenth of the share."""

_SIGNALS: dict[int, str] = {signal.SIGALRM: "deadline", signal.SIGSYS: "service", signal.SIGSEGV: "stack"}
_OUT_OF_MEMORY = ("memory allocation of", "bad_alloc", "MemoryError", "Cannot allocate memory")


class Ended(Exception):
    """The executor is gone: ``failure`` is a key of ``graph.engine.outcomes``, ``message`` its last words."""

    def __init__(self, failure: str, message: str = "") -> None:
        super().__init__(failure, message)
        self.failure = failure
        self.message = message


class Executor:
    """A started process. One thread at a time asks it; any may kill it."""

    def __init__(self, connection: socket.socket, process: Child) -> None:
        """``connection`` is our side of the process's socket, which it may not read yet."""
        self._connection = connection
        self._process = process
        self._ready = self._slowed = False

    @property
    def alive(self) -> bool:
        """Whether the process still runs, as far as can be known beforehand."""
        return self._process.alive

    def ask(self, request: wire.Header, deadline: float) -> tuple[wire.Header, bytes]:
        """The executor's reply; raises Ended if it dies over the request or is past its deadline (time.monotonic).

        It may then still run, and is of no more use. Ending it can take longer than anybody should wait for.
        """
        try:
            if not self._ready:
                wire.receive(self._connection, deadline + GRACE)
                self._ready = True
            self._connection.settimeout(max(deadline - time.monotonic(), 0) + GRACE)
            wire.send(self._connection, request)
            if not self._answers_soon():
                self._give_way()
            return wire.receive(self._connection, deadline + GRACE)
        except TimeoutError:
            raise Ended("deadline") from None
        except (OSError, EOFError):
            raise self._ended(deadline) from None

    def recover(self) -> bool:
        """After an answer, have the process take part as before; False if only another process can."""
        if self._slowed and self.alive:
            try:
                os.setpriority(os.PRIO_PROCESS, self._process.pid, _priority())
            except OSError:
                return False
            self._slowed = False
        return True

    def kill(self) -> None:
        """End the process now; whoever waits for its reply gets Ended."""
        self.recover()  # it gives back its memory the sooner
        self._process.kill()

    def bury(self) -> None:
        """Kill the process, wait until it is gone, and close what joined us to it."""
        self.kill()
        self._process.wait()
        self._connection.close()
        self._process.close()

    def abandon(self) -> None:
        """In a fork of this process: close what joins it to the process, which is not its own."""
        self._connection.close()
        self._process.abandon()

    def _answers_soon(self) -> bool:
        waiting = select.poll()
        waiting.register(self._connection, select.POLLIN)
        return bool(waiting.poll(PATIENCE * 1000))

    def _give_way(self) -> None:
        """Long queries share what short ones, and the threads that serve everybody, leave of the processors."""
        if not self.alive:
            return  # and its process id may be another's
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, min(_priority() + NICE, 19))
            self._slowed = True

    def _ended(self, deadline: float) -> Ended:
        """What it died of: in time for whoever waits, for a process may take seconds to give back its memory."""
        left = deadline - time.monotonic()
        if left <= 0:
            return Ended("deadline")
        self.recover()
        try:
            code = self._process.wait(min(left, 1))
        except TimeoutError:
            return Ended("deadline" if left < 1 else "died", "it closed its socket and did not end")
        return _cause_of_death(code, self._process.last_words())


def _cause_of_death(code: int | None, said: str) -> Ended:
    failure = _SIGNALS.get(-code) if code else None
    if failure is None and any(words in said for words in _OUT_OF_MEMORY):
        failure = "memory"
    last = said.splitlines()[-1] if said else "for no known reason" if code is None else f"exit code {code}"
    return Ended(failure or "died", last)


def _priority() -> int:
    return os.getpriority(os.PRIO_PROCESS, os.getpid())
