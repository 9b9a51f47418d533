"""Virtuoso on loopback with a database and a configuration of its own, loaded in bulk."""

import os
import re
import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path

DEFAULT = "urn:samizdat:default"
"""The graph of the lines that name none: Virtuoso's own default graph is the union of all."""
PROGRAM, CLIENT = "virtuoso-t", "isql-vt"
SETTINGS = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{port}
DirsAllowed = {data}
NumberOfBuffers = 340000
MaxDirtyBuffers = 250000
MaxMemPoolSize = 200000000
MaxQueryMem = 2G
ThreadsPerQuery = 2
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 32
MaxClientConnections = 32
MaxKeepAlives = 32
KeepAliveTimeout = 60
EnabledGzipContent = 1
[SPARQL]
MaxQueryCostEstimationTime = 0
MaxQueryExecutionTime = 0
ResultSetMaxRows = 10000000
"""
"""4 GB of buffers, as its makers advise for such a machine; as many threads as connections come."""


def available() -> bool:
    """Whether Debian's virtuoso-opensource is installed."""
    return bool(shutil.which(PROGRAM) and shutil.which(CLIENT))


def start(folder: Path, data: Path, port: int, http: int) -> subprocess.Popen[bytes]:
    """The server, loaded: the first time that takes minutes for millions of quads."""
    folder.mkdir(exist_ok=True)
    with suppress(FileNotFoundError):
        (folder / "virtuoso.lck").unlink()
    (folder / "virtuoso.ini").write_text(SETTINGS.format(port=port, http=http, data=data.parent), encoding="utf-8")
    process = subprocess.Popen(
        [PROGRAM, "+foreground", "+configfile", "virtuoso.ini"], cwd=folder,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(port, process)
        if not (folder / "loaded").exists():
            _load(data, port)
            (folder / "loaded").touch()
    except BaseException:
        process.kill()
        process.wait()
        raise
    return process


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(subprocess.SubprocessError):
            if "1" in _sql("select 1;", port):
                return
        time.sleep(0.3)
    raise TimeoutError("Virtuoso did not start")


def _load(data: Path, port: int) -> None:
    """Bulk load, in one thread as in its manual's simplest case, and what a query may need to be planned well."""
    _sql(f"ld_dir('{data.parent}', '{data.name}', '{DEFAULT}');", port)
    _sql("rdf_loader_run();", port)
    _sql("checkpoint;", port)
    failed = _sql("select ll_error from DB.DBA.load_list where ll_error is not null;", port)
    if not re.search(r"^0 Rows", failed, re.MULTILINE):
        raise RuntimeError(f"Virtuoso could not load {data}: {failed}")


def _sql(statement: str, port: int) -> str:
    command = [CLIENT, f"127.0.0.1:{port}", "dba", "dba", f"EXEC={statement}"]
    environment = {**os.environ, "LC_ALL": "C"}
    done = subprocess.run(command, check=True, capture_output=True, timeout=3600, env=environment)
    return done.stdout.decode(errors="replace")


def query(text: str) -> str:
    """The query, with the default graph that the other servers have.

    With a default graph given, Virtuoso finds nothing in a graph that a query names, unless that is given too; and
    then nothing in others. So a query that names one graph and looks through all the rest is beyond it.
    """
    named = "".join(f"define input:named-graph-uri <{name}>\n" for name in sorted(set(_NAMED.findall(text))))
    return f"define input:default-graph-uri <{DEFAULT}>\n{named}{text}"


_NAMED = re.compile(r"GRAPH\s*<([^>]*)>")
CRASHES = frozenset({"why-derived"})
"""Saved questions that end Virtuoso 7.2.5 with a segmentation fault."""
