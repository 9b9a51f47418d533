"""The program that executors are forked from: ``python -m graph.engine.forkserver SOCKET STORE MEMORY ANSWER``.

A process that has imported everything is forked in a millisecond, where a Python takes fifty to start and import. An
executor then has its first answer after 12 ms instead of 57 (medians of 30), for most of which it opens the store.
While seven at a time were ended over HTTP, the 95th percentile of lookups was 45 ms instead of 180. An executor shares
the memory of what is imported: 8 MB are its own part, where 14 were.

What executors must not share is made after the fork: the store with its threads, every bound, and the engine's source
of chance, from which UUID() and RAND() come. So this process has one thread, and evaluates nothing.

``multiprocessing.forkserver`` does the same for programs in Python, and is not used: it imports the main module of
whoever asks into each child, starts a tracker of resources too, fails in a fork of the process that has started it,
and ends children by a process id that it may have freed for another.

Each request is one byte with three descriptors: an executor's socket, its standard error, and a socket of packets on
which its life is told: first its process id with a pidfd, or a negative error number; when it has ended, its exit
code, negative for a signal. When the other side of SOCKET closes, this process ends, and each executor by itself.
"""

import contextlib
import errno
import gc
import os
import select
import signal
import socket
import sys
import traceback
from typing import NoReturn

from graph.engine import executor, isolation
from graph.engine.wire import NUMBER


class ForkServer:
    """Forks executors with the same store and bounds, and tells of each when it ends."""

    def __init__(self, requests: socket.socket, bounds: list[str]) -> None:
        """``requests`` is SOCKET, ``bounds`` are STORE, MEMORY and ANSWER."""
        self._requests = requests
        self._bounds = bounds
        self._lives: dict[int, tuple[int, int]] = {}
        """By pidfd: the process id of an executor, and the socket on which its life is told."""
        self._events = select.poll()
        self._events.register(requests, select.POLLIN)

    def serve(self) -> None:
        """Until the other side is gone."""
        while True:
            for descriptor, _ in self._events.poll():
                if descriptor in self._lives:
                    self._end(descriptor)
                elif not self._answer():
                    return

    def _answer(self) -> bool:
        """Fork an executor as requested; False if no request will come any more."""
        request, descriptors, _, _ = socket.recv_fds(self._requests, 1, 3)
        if len(descriptors) == 3 and self._begin(*descriptors):
            descriptors.pop()
        for descriptor in descriptors:
            os.close(descriptor)
        return bool(request)

    def _begin(self, connection: int, errors: int, life: int) -> bool:
        """Fork an executor, and tell of its life from now on; False once it is told that there is none."""
        process = None
        try:
            process = os.fork()
            if not process:
                self._become_executor(connection, errors, life)
            pidfd = os.pidfd_open(process)
        except OSError as error:
            if process:
                os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)
            _tell(life, -(error.errno or errno.EAGAIN))
            return False
        self._lives[pidfd] = process, life
        self._events.register(pidfd, select.POLLIN)
        _tell(life, process, pidfd)
        return True

    def _end(self, pidfd: int) -> None:
        """Collect an executor that has ended; only from now on may its process id be another's."""
        self._events.unregister(pidfd)
        process, life = self._lives.pop(pidfd)
        _tell(life, os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
        os.close(life)
        os.close(pidfd)

    def _become_executor(self, connection: int, errors: int, life: int) -> NoReturn:
        """In the child: keep nothing of this process, nor of other executors, but the memory."""
        code = 1
        try:
            os.dup2(errors, 2)
            others = (life for _, life in self._lives.values())
            for descriptor in (self._requests.detach(), errors, life, *self._lives, *others):
                os.close(descriptor)
            os.setpgid(0, 0)
            gc.enable()
            executor.main([str(connection), *self._bounds])
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)


def _tell(life: int, number: int, *descriptors: int) -> None:
    """Send one packet; whoever asked may be gone."""
    told = socket.socket(fileno=life)
    with contextlib.suppress(OSError):
        socket.send_fds(told, [NUMBER.pack(number)], descriptors)
    told.detach()


def main(arguments: list[str]) -> None:
    """Fork executors until the process that wants them is gone."""
    isolation.heed_signals()
    # The collector would write to every object, and so copy every page that is shared.
    gc.disable()
    gc.freeze()
    with socket.socket(fileno=int(arguments[0])) as requests:
        ForkServer(requests, arguments[1:]).serve()


if __name__ == "__main__":
    main(sys.argv[1:])
