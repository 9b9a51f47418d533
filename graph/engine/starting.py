"""How executors come to be: forked from a process that is ready for it, or started where that cannot be had."""

import errno
import logging
import os
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

from graph.engine.children import Child, Forked, Launched, launched
from graph.engine.process import Executor
from graph.engine.wire import NUMBER

logger = logging.getLogger(__name__)

PATIENCE = 5.0
"""Seconds that a fork server may take to fork: a twentieth when it has yet to start, else a thousandth."""
RESPITE = 60.0
"""Seconds until a fork is tried again, after it did not work, of a new fork server either."""


class Starter:
    """Starts executors for one store; threads may share it. Close it when the last executor is gone."""

    def __init__(self, store_path: Path, memory_bytes: int, answer_bytes: int) -> None:
        """Nothing is started yet."""
        self._arguments = [str(store_path), str(memory_bytes), str(answer_bytes)]
        self._server: _ForkServer | None = None
        self._inherited: tuple[_ForkServer, ...] = ()
        self._lock = threading.Lock()
        self._not_before = 0.0
        self._closed = False

    def start(self) -> Executor:
        """A new executor, at once: it takes some ten milliseconds until it reads. OSError if it cannot be started."""
        return self._forked() or _joined(self._launched)

    def close(self) -> None:
        """End the fork server; nothing can be started any more."""
        with self._lock:
            self._closed = True
            self._drop()

    def after_fork(self) -> None:
        """In a forked child: have a fork server of its own, when it needs one."""
        self._lock = threading.Lock()
        if self._server:
            self._server.abandon()
            self._inherited = (*self._inherited, self._server)
            self._server = None

    def _forked(self) -> Executor | None:
        """From the fork server, or from a new one if that is gone; None if neither can."""
        with self._lock:
            if self._closed:
                raise OSError("nothing is to be started any more")
            if time.monotonic() < self._not_before:
                return None
            for _ in range(2):
                try:
                    self._server = self._server or _ForkServer(self._arguments)
                    return _joined(self._server.fork)
                except ConnectionError as error:
                    reason: OSError = error
                    self._drop()
                except OSError as error:
                    reason = error
                    break
            self._not_before = time.monotonic() + RESPITE
        logger.warning("executors are started for %g s, for they cannot be forked: %s", RESPITE, reason)
        return None

    def _drop(self) -> None:
        if self._server:
            self._server.end()
            self._server = None

    def _launched(self, connection: socket.socket) -> Child:
        return Launched(launched("graph.engine.executor", connection, self._arguments, subprocess.PIPE))


def _joined(begin: Callable[[socket.socket], Child]) -> Executor:
    """An executor that ``begin`` gives the other side of a socket, which no attempt before had.

    One that could not be watched, and was ended at once, may still have said there that it is ready.
    """
    ours, theirs = socket.socketpair()
    with theirs:
        try:
            return Executor(ours, begin(theirs))
        except BaseException:
            ours.close()
            raise


class _ForkServer:
    """The process of ``graph.engine.forkserver``, asked by one thread at a time."""

    def __init__(self, arguments: list[str]) -> None:
        """Start it and return at once; OSError if it cannot start."""
        self._requests, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            try:
                self._process = launched("graph.engine.forkserver", theirs, arguments, subprocess.DEVNULL)
            except BaseException:
                self._requests.close()
                raise

    def fork(self, connection: socket.socket) -> Forked:
        """An executor at the other side of the connection.

        ConnectionError if the server is of no more use, another OSError if it is and cannot fork.
        """
        life, told = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        errors, written = os.pipe()
        try:
            with told:
                socket.send_fds(self._requests, [b"+"], [connection.fileno(), written, told.fileno()])
            return Forked(*_born(life), life, errors)
        except BaseException:
            life.close()
            os.close(errors)
            raise
        finally:
            os.close(written)

    def end(self) -> None:
        """End it and wait until it is gone; executors go on."""
        self._requests.close()
        self._process.kill()
        self._process.wait()

    def abandon(self) -> None:
        """In a fork of this process: close what joins this process to the server, which is not its own."""
        self._requests.close()


def _born(life: socket.socket) -> tuple[int, int]:
    """The process id and the pidfd of the executor whose life is told here."""
    life.settimeout(PATIENCE)
    try:
        told, descriptors, _, _ = socket.recv_fds(life, NUMBER.size, 1, socket.MSG_CMSG_CLOEXEC)
    except TimeoutError:
        raise ConnectionAbortedError(errno.ECONNABORTED, "the fork server does not answer") from None
    if not told:
        raise ConnectionResetError(errno.ECONNRESET, "the fork server has ended")
    (number,) = NUMBER.unpack(told)
    if number < 0:
        raise OSError(-number, os.strerror(-number))
    if not descriptors:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
    return number, descriptors[0]
