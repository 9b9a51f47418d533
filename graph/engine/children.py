"""A process that was started for us, whichever way: what it takes to watch it, to end it, and to know why it ended."""

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import graph
from graph.engine.wire import NUMBER

_TOLD = 1.0
"""Seconds that the exit code of a forked process may come after its end; it takes less than one thousandth."""
_LIBRARY = str(Path(graph.__file__).parent.parent)


class Child(Protocol):
    """A process that one thread at a time waits for; any may kill it, before and after it is closed."""

    @property
    def pid(self) -> int:
        """Its process id, which may be another's once it is no longer alive."""
        ...

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        ...

    def kill(self) -> None:
        """End it, if it still runs."""
        ...

    def wait(self, seconds: float | None = None) -> int | None:
        """Its exit code, negative for a signal, None if nobody knows; TimeoutError if it still runs after so long."""
        ...

    def last_words(self) -> str:
        """What it has written to standard error, of which 4 KB are read."""
        ...

    def close(self) -> None:
        """Close what joins us to it."""
        ...

    def abandon(self) -> None:
        """Close it in a fork of this process, where it belongs to another and no other thread is left."""
        ...


class Launched:
    """A Python that was started for this one process."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process
        self.pid = process.pid

    @property
    def alive(self) -> bool:
        """See ``Child``."""
        return self._process.poll() is None

    def kill(self) -> None:
        """See ``Child``."""
        self._process.kill()

    def wait(self, seconds: float | None = None) -> int | None:
        """See ``Child``."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise TimeoutError from None

    def last_words(self) -> str:
        """See ``Child``."""
        return _last_words(self._process.stderr.fileno()) if self._process.stderr else ""

    def close(self) -> None:
        """See ``Child``."""
        if self._process.stderr:
            self._process.stderr.close()

    abandon = close


class Forked:
    """A process of the fork server's, which tells its exit code; that it has ended, the kernel tells by a pidfd.

    A process id may be another's as soon as the fork server has collected its process; a pidfd never is.
    """

    def __init__(self, pid: int, pidfd: int, life: socket.socket, errors: int) -> None:
        """``life`` is the socket that its exit code comes from, ``errors`` the reading end of its standard error."""
        self.pid = pid
        self._pidfd = pidfd
        self._life = life
        self._errors = errors
        self._lock = threading.Lock()

    @property
    def alive(self) -> bool:
        """See ``Child``."""
        return self._pidfd >= 0 and not _readable(self._pidfd, 0)

    def kill(self) -> None:
        """See ``Child``."""
        with self._lock, contextlib.suppress(ProcessLookupError):
            if self._pidfd >= 0:
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)

    def wait(self, seconds: float | None = None) -> int | None:
        """See ``Child``: nobody knows if the fork server has ended before it."""
        if not _readable(self._pidfd, seconds):
            raise TimeoutError
        self._life.settimeout(_TOLD)
        try:
            told = self._life.recv(NUMBER.size)
        except OSError:
            return None
        return int(NUMBER.unpack(told)[0]) if told else None

    def last_words(self) -> str:
        """See ``Child``."""
        return _last_words(self._errors)

    def close(self) -> None:
        """See ``Child``."""
        with self._lock:  # or somebody might kill what has got the number of the pidfd meanwhile
            self.abandon()

    def abandon(self) -> None:
        """See ``Child``."""
        if self._pidfd >= 0:
            os.close(self._pidfd)
            os.close(self._errors)
            self._life.close()
            self._pidfd = -1


def launched(
    module: str, connection: socket.socket, arguments: Sequence[str], errors: int
) -> "subprocess.Popen[bytes]":
    """Start a Python on one of our modules, which inherits the connection and nothing else; OSError if it cannot."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, str(connection.fileno()), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        bufsize=0,
        pass_fds=[connection.fileno()],
        # Out of reach of Ctrl-C; not in a session of its own, which the kernel may schedule as a group
        # with a share of its own, whatever its priority.
        process_group=0,
        env={**os.environ, "PYTHONPATH": _library_first(), "RUST_BACKTRACE": "0"},
    )


def _library_first() -> str:
    """PYTHONPATH for the child: our packages must be found whatever the current folder is."""
    return os.pathsep.join(filter(None, [_LIBRARY, os.environ.get("PYTHONPATH")]))


def _readable(descriptor: int, seconds: float | None) -> bool:
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN)
    return bool(waiting.poll(None if seconds is None else max(seconds, 0) * 1000))


def _last_words(errors: int) -> str:
    os.set_blocking(errors, False)
    try:
        return os.read(errors, 4096).decode(errors="replace").strip()
    except BlockingIOError:
        return ""
