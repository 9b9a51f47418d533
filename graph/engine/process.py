"""One executor process, as its parent sees it: started anew, asked, and ended."""

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import graph
from graph.engine import wire

GRACE = 0.05
"""Seconds past the deadline after which the parent ends what the kernel's timer has not."""

PATIENCE = 0.1
"""Seconds after which a query no longer counts as short, and gives way to those that are."""
NICE = 10
"""How much nicer the process of a long query is than this one (nice(2)): it gets a tenth of the share."""

_SIGNALS: dict[int, str] = {signal.SIGALRM: "deadline", signal.SIGSYS: "service", signal.SIGSEGV: "stack"}
_OUT_OF_MEMORY = ("memory allocation of", "bad_alloc", "MemoryError", "Cannot allocate memory")
_LIBRARY = str(Path(graph.__file__).parent.parent)


class Ended(Exception):
    """The executor is gone: ``failure`` is a key of ``graph.engine.outcomes``, ``message`` its last words."""

    def __init__(self, failure: str, message: str = "") -> None:
        super().__init__(failure, message)
        self.failure = failure
        self.message = message


class Executor:
    """A started process. One thread at a time asks it; any may kill it."""

    def __init__(self, store_path: Path, memory_bytes: int, answer_bytes: int) -> None:
        """Start it and return at once: it takes some ten milliseconds until it reads. OSError if it cannot start."""
        ours, theirs = socket.socketpair()
        arguments = [str(theirs.fileno()), str(store_path), str(memory_bytes), str(answer_bytes)]
        with theirs:
            try:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-m", "graph.engine.executor", *arguments],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    bufsize=0,
                    pass_fds=[theirs.fileno()],
                    # Out of reach of Ctrl-C; not in a session of its own, which the kernel may schedule as a group
                    # with a share of its own, whatever its priority.
                    process_group=0,
                    env={**os.environ, "PYTHONPATH": _library_first(), "RUST_BACKTRACE": "0"},
                )
            except BaseException:
                ours.close()
                raise
        self._connection = ours
        self._ready = self._slowed = False

    @property
    def alive(self) -> bool:
        """Whether the process still runs, as far as can be known beforehand."""
        return self._process.poll() is None

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
        if self._slowed:
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
        self.abandon()

    def abandon(self) -> None:
        """Close what joins us to the process, which then ends by itself."""
        self._connection.close()
        if self._process.stderr:
            self._process.stderr.close()

    def _answers_soon(self) -> bool:
        waiting = select.poll()
        waiting.register(self._connection, select.POLLIN)
        return bool(waiting.poll(PATIENCE * 1000))

    def _give_way(self) -> None:
        """Long queries share what short ones, and the threads that serve everybody, leave of the processors."""
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
            code = self._process.wait(timeout=min(left, 1))
        except subprocess.TimeoutExpired:
            return Ended("deadline" if left < 1 else "died", "it closed its socket and did not end")
        if not self._process.stderr:
            return _cause_of_death(code, "")
        os.set_blocking(self._process.stderr.fileno(), False)
        said = self._process.stderr.read(4096) or b""
        return _cause_of_death(code, said.decode(errors="replace").strip())


def _cause_of_death(code: int, said: str) -> Ended:
    failure = _SIGNALS.get(-code)
    if failure is None and any(words in said for words in _OUT_OF_MEMORY):
        failure = "memory"
    last = said.splitlines()[-1] if said else f"exit code {code}"
    return Ended(failure or "died", last)


def _priority() -> int:
    return os.getpriority(os.PRIO_PROCESS, os.getpid())


def _library_first() -> str:
    """PYTHONPATH for the child: our packages must be found whatever the current folder is."""
    return os.pathsep.join(filter(None, [_LIBRARY, os.environ.get("PYTHONPATH")]))
