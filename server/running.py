"""Serving for real: granian with one WSGI worker, so that everything in its memory is shared, and many threads.

The threads outnumber the executors: when runaway queries hold every executor, pages and refusals still find a
thread. The worker is started anew rather than forked, for a build may have left threads in this process.
"""

import multiprocessing
import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection, HTTPException

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from graph.errors import SamizdatError
from graph.settings import Settings
from graph.snapshot import Snapshots
from server.settings import ServerSettings
from server.watching.access_log import AccessLog

PATIENCE = 60.0
"""Seconds to wait for the first answer before giving up on announcing it."""
GRACE = 5
"""Seconds that requests under way get beyond a query's deadline when the server is told to stop."""
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


def serve(settings: ServerSettings) -> None:
    """Serve until SIGTERM or Ctrl-C, and print the address once it answers.

    NoSnapshot if nothing is published, SamizdatError if the address, port or access log cannot be had.
    """
    Snapshots(Settings.from_environment().snapshots).current()
    AccessLog(settings).close()
    family, address, port = available(settings.host, settings.port)
    os.environ.update(settings.to_environment())
    reachable = EVERYWHERE.get(address, address)
    shown = f"[{reachable}]" if family == socket.AF_INET6 else reachable
    told = f"Samizdat answers at http://{shown}:{port}/ - stop it with Ctrl-C"
    announce(lambda: _answers(reachable, port), told)
    serve_threaded("server.wsgi:application", address, port, settings.threads, int(settings.seconds) + GRACE)


def serve_threaded(target: str, address: str, port: int, threads: int, patience: int) -> None:
    """Serve what ``target`` makes by so many threads of one process, until told to end, in ``patience`` seconds."""
    multiprocessing.set_start_method("spawn", force=True)
    server = Server(
        target,
        factory=True,
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        # Telling HTTP/2 from HTTP/1.1 by a connection's first bytes takes a third of the time of the smallest answers;
        # proxies and clients of a server without TLS speak 1.1.
        http=HTTPModes.http1,
        workers=1,
        blocking_threads=threads,
        workers_kill_timeout=patience,
        log_level=LogLevels.error,
    )
    server.serve()


def announce(answers: Callable[[], bool], told: str) -> None:
    """Print what is to be told once the server answers, and go on meanwhile."""
    threading.Thread(target=_announce, args=(answers, told), daemon=True).start()


def available(host: str, port: int) -> tuple[socket.AddressFamily, str, int]:
    """The family, address and port to listen at, a free port for 0; SamizdatError if they cannot be had."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        raise SamizdatError(f"{host!r} is not an address of this machine", "set SAMIZDAT_HOST or --host") from None
    with closing(socket.socket(family, kind, protocol)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except OSError as error:
            what = f"cannot listen at {host} port {port}: {(error.strerror or str(error)).lower()}"
            raise SamizdatError(what, "stop what is there, or choose another with SAMIZDAT_PORT or --port") from None
        address, free = probe.getsockname()[:2]
    return family, str(address), int(free)


def _announce(answers: Callable[[], bool], told: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if answers():
            print(told, flush=True)
            return
        time.sleep(0.05)


def _answers(address: str, port: int) -> bool:
    with closing(HTTPConnection(address, port, timeout=5)) as connection:
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
