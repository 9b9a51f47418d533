"""Real engines on loopback, each with a folder and ports of its own: Oxigraph's server and Virtuoso."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from graph.publishing import Target

VIRTUOSO = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
CaseMode = 2
DirsAllowed = {allowed}
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
ThreadsPerQuery = 2
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 8
[SPARQL]
ResultSetMaxRows = 20000
MaxQueryExecutionTime = 20
"""
"""CaseMode as Debian ships it: without, this version spells the truth of an ASK as a table."""


@dataclass
class Server:
    """An engine: ``start`` it, ``kill`` it without warning, start it again over what it has kept."""

    folder: Path
    command: list[str]
    port: int
    path: str
    user: str | None = None
    password: str | None = None
    sql: str | None = None
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.path}"

    @property
    def target(self) -> Target:
        return Target(self.endpoint, user=self.user, password=self.password)

    def start(self) -> None:
        with suppress(FileNotFoundError):
            (self.folder / "virtuoso.lck").unlink()
        with (self.folder / "said").open("ab") as said:
            self.process = subprocess.Popen(self.command, cwd=self.folder, stdout=said, stderr=said)
        until = time.monotonic() + 60
        while not self._answers():
            assert self.process.poll() is None, (self.folder / "said").read_text(errors="replace")[-500:]
            assert time.monotonic() < until, f"{self.command[0]} does not answer"
            time.sleep(0.05)

    def kill(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def _answers(self) -> bool:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection:
            try:
                connection.request("GET", f"{self.path}?query=ASK%7B%7D")
                return connection.getresponse().status == 200
            except (OSError, HTTPException):
                return False


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def oxigraph(folder: Path, *options: str) -> Server:
    """Oxigraph's own server; PyPI's package ``oxigraph`` brings it."""
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    program = shutil.which("oxigraph", path=beside)
    if not program:
        pytest.skip("Oxigraph's server is not installed: `make test` installs it")
    port = free_port()
    command = [program, "serve", "--location", "store", "--bind", f"127.0.0.1:{port}", *options]
    return Server(folder, command, port, "/query")


def virtuoso(folder: Path) -> Server:
    """Virtuoso 7; it may read files below the folder above its own."""
    if not shutil.which("virtuoso-t") or not shutil.which("isql-vt"):
        pytest.skip("Virtuoso is not installed: `make engines` installs Debian's virtuoso-opensource")
    sql, http = free_port(), free_port()
    settings = VIRTUOSO.format(sql=sql, http=http, allowed=folder.parent)
    (folder / "virtuoso.ini").write_text(settings, encoding="utf-8")
    command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    return Server(folder, command, http, "/sparql", "dba", "dba", f"127.0.0.1:{sql}")


@contextmanager
def running(kind: str, folder: Path) -> Iterator[Server]:
    """An engine of one of the KINDS, ended when the block ends."""
    place = folder / kind
    place.mkdir()
    options = ("--union-default-graph",) if kind == "oxigraph-union" else ()
    server = virtuoso(place) if kind == "virtuoso" else oxigraph(place, *options)
    try:
        server.start()
        yield server
    finally:
        server.kill()


KINDS = ("oxigraph", "oxigraph-union", "virtuoso")
"""Oxigraph as it comes; with the union of all graphs for its default graph; Virtuoso, which always has that."""
