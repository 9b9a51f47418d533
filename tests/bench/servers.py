"""The servers that are compared: each started on loopback with its own program, asked by HTTP, and ended."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote

from bench import virtuoso
from bench.generate import ROOT
from bench.stores import Stores

NAMES = ("samizdat", "oxigraph", "virtuoso")
SECONDS = 60
"""The longest that any server works on one query: nobody is to win by giving up."""


@dataclass(frozen=True)
class Server:
    """A running server; ``path`` is where it answers SPARQL."""

    name: str
    process: subprocess.Popen[bytes]
    port: int
    path: str
    dialect: Callable[[str], str] = str
    crashes: frozenset[str] = frozenset()
    """Saved questions not to be asked of it, for it does not survive them."""

    def target(self, query: str) -> str:
        """The path and query string that ask a query."""
        return f"{self.path}?query={quote(self.dialect(query), safe='')}"

    def settle(self) -> None:
        """Wait until it has nothing left to do: Virtuoso goes on with answers that nobody waits for any more."""
        deadline = time.monotonic() + 20
        before, now = -1, sum(map(_ticks, _tree(self.process.pid)))
        while now - before > 2 and time.monotonic() < deadline:
            time.sleep(0.3)
            before, now = now, sum(map(_ticks, _tree(self.process.pid)))

    def memory(self) -> float:
        """MB of the process and its children, shared pages in equal parts (PSS)."""
        return sum(map(_pss, _tree(self.process.pid))) / 1024


@contextmanager
def started(stores: Stores, wanted: tuple[str, ...] = NAMES) -> Iterator[list[Server]]:
    """The servers that are installed, in the order wanted; ended when the block ends."""
    with ExitStack() as stack:
        servers = []
        for name in wanted:
            server = {"samizdat": _samizdat, "oxigraph": _oxigraph, "virtuoso": _virtuoso}[name](stores)
            if server is None:
                print(f"# {name} is not installed: left out", file=sys.stderr)
                continue
            stack.callback(stop, server)
            _until_it_answers(server)
            servers.append(server)
        yield servers


def samizdat(stores: Stores) -> Server:
    """Our own server, started anew, answering."""
    server = _samizdat(stores)
    _until_it_answers(server)
    return server


def stop(server: Server) -> None:
    """End the server, and wait until it has ended."""
    server.process.terminate()
    try:
        server.process.wait(20)
    except subprocess.TimeoutExpired:
        for pid in _tree(server.process.pid):
            os.kill(pid, 9)
        server.process.wait()


def _samizdat(stores: Stores) -> Server:
    port = _free_port()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SAMIZDAT_HOME": str(stores.home), "SAMIZDAT_PORT": str(port),
                   "SAMIZDAT_SECONDS": str(SECONDS)}  # fmt: skip
    program = [sys.executable, "-m", "server.cli", "serve", "--no-build"]
    return Server("samizdat", _run(program, stores.folder / "samizdat.log", environment), port, "/sparql")


def _oxigraph(stores: Stores) -> Server | None:
    program = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if not program:
        return None
    port = _free_port()
    command = [program, "serve-read-only", "--location", str(stores.store), "--bind", f"127.0.0.1:{port}"]
    return Server("oxigraph", _run(command, stores.folder / "oxigraph.log"), port, "/query")


def _virtuoso(stores: Stores) -> Server | None:
    if not virtuoso.available():
        return None
    port = _free_port()
    process = virtuoso.start(stores.folder / "virtuoso", stores.nquads, _free_port(), port)
    return Server("virtuoso", process, port, "/sparql", virtuoso.query, virtuoso.CRASHES)


def _run(command: list[str], log: Path, env: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    with log.open("ab") as said:
        return subprocess.Popen(command, env=env, stdout=said, stderr=said)


def _until_it_answers(server: Server) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.process.poll() is None:
        with closing(HTTPConnection("127.0.0.1", server.port, timeout=30)) as connection:
            try:
                connection.request("GET", server.target("ASK {}"))
                if connection.getresponse().status == 200:
                    return
            except (OSError, HTTPException):
                time.sleep(0.1)
    stop(server)
    raise TimeoutError(f"{server.name} does not answer")


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _tree(pid: int) -> list[int]:
    """The process and all below it."""
    try:
        children = Path(f"/proc/{pid}/task").glob("*/children")
        below = [int(child) for file in children for child in file.read_text().split()]
    except OSError:
        return []
    return [pid, *(found for child in below for found in _tree(child))]


def _ticks(pid: int) -> int:
    """Processor time used so far, in hundredths of a second."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def _pss(pid: int) -> int:
    """KB of a process."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
