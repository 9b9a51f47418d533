"""A real `samizdat serve` on loopback, clients for it, and a look at what its processes hold."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from itertools import count
from pathlib import Path
from urllib.parse import quote, urlsplit

TICKS = os.sysconf("SC_CLK_TCK")
PROGRAM = "import sys; from server.cli import main; sys.exit(main(sys.argv[1:]))"
_NUMBERS = count()
JSON = "application/sparql-results+json, text/turtle"


@dataclass(frozen=True)
class Reply:
    """What came back, and after how many seconds the last byte of it was here."""

    status: int
    headers: HTTPMessage
    body: bytes
    seconds: float


@dataclass(frozen=True)
class Live:
    """A running server: the process that was started, and where it listens."""

    process: "subprocess.Popen[str]"
    host: str
    port: int

    def send(self, path: str, *, source: str = "127.0.0.1", **headers: str) -> Reply:
        """The reply to a GET, in a connection of its own from one of this machine's addresses."""
        began = time.monotonic()
        with closing(HTTPConnection(self.host, self.port, timeout=60, source_address=(source, 0))) as connection:
            connection.request("GET", path, headers={name.replace("_", "-"): text for name, text in headers.items()})
            reply = connection.getresponse()
            return Reply(reply.status, reply.headers, reply.read(), time.monotonic() - began)

    def ask(self, text: str, timeout: float | None = None) -> Reply:
        """The reply to a query posted as it is; ``timeout`` in seconds is the protocol's parameter."""
        began = time.monotonic()
        with closing(HTTPConnection(self.host, self.port, timeout=60)) as connection:
            path = "/sparql" if timeout is None else f"/sparql?timeout={timeout}"
            headers = {"Content-Type": "application/sparql-query", "Accept": JSON}
            connection.request("POST", path, text.encode(), headers)
            reply = connection.getresponse()
            return Reply(reply.status, reply.headers, reply.read(), time.monotonic() - began)

    def hang(self, text: str, source: str = "127.0.0.1", *, alike: bool = False) -> HTTPConnection:
        """A connection with a query under way, to be closed before it is answered; evaluated alone if not alike."""
        text = text if alike else unlike(text)
        connection = HTTPConnection(self.host, self.port, timeout=60, source_address=(source, 0))
        connection.request("GET", f"/sparql?query={quote(text)}", headers={"Accept": JSON})
        return connection

    def below(self) -> set[int]:
        """Every process below the one that was started."""
        return descendants(self.process.pid)


def unlike(text: str) -> str:
    """The query with a comment that no other has: equal ones are evaluated once for all who ask."""
    return f"{text} # {next(_NUMBERS)}"


def serve(home: Path, **settings: object) -> "subprocess.Popen[str]":
    """Start `samizdat serve` on what is published in this home, with settings such as ``SECONDS=2``."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SAMIZDAT_")}
    given = {f"SAMIZDAT_{name}": str(value) for name, value in {"HOME": home, "PORT": 0, **settings}.items()}
    library = os.pathsep.join([str(Path(__file__).parent.parent), inherited.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "serve", "--no-build"],
        env={**inherited, **given, "PYTHONPATH": library},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=home,
    )


@contextmanager
def live(home: Path, **settings: object) -> Iterator[Live]:
    """A server that answers, killed at the end."""
    process = serve(home, **settings)
    try:
        yield announced(process)
    finally:
        process.kill()
        process.communicate()


def announced(process: "subprocess.Popen[str]") -> Live:
    """The server, once it has printed its address."""
    assert process.stdout
    line = process.stdout.readline()
    found = re.search(r"http://\S+:\d+", line)
    assert found, line
    address = urlsplit(found.group())
    assert address.hostname
    assert address.port
    return Live(process, address.hostname, address.port)


def stat(process: int) -> list[str] | None:
    """The fields of /proc/PID/stat from the third on; None for a process that is gone or waits to be collected."""
    try:
        found = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if found[0] == "Z" else found


def descendants(parent: int) -> set[int]:
    """Every process below this one."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        if found := stat(int(entry.name)):
            children.setdefault(int(found[1]), []).append(int(entry.name))
    below, waiting = set(), [parent]
    while waiting:
        for child in children.get(waiting.pop(), []):
            below.add(child)
            waiting.append(child)
    return below


def processor_seconds(processes: set[int]) -> float:
    """What these processes have used of the processors so far, in seconds."""
    found = [fields for process in processes if (fields := stat(process))]
    return sum(int(fields[11]) + int(fields[12]) for fields in found) / TICKS


def idle(live_server: Live, within: float = 10, share: float = 0.05) -> bool:
    """Whether the server and all below it come to use less than this share of one processor."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        processes = {live_server.process.pid, *live_server.below()}
        before = processor_seconds(processes)
        time.sleep(0.4)
        if processor_seconds(processes) - before < share * 0.4 + 1 / TICKS:
            return True
    return False


def gone(processes: set[int], within: float = 5) -> bool:
    """Whether all of these end in time."""
    until = time.monotonic() + within
    while any(stat(process) for process in processes):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def files(process: int) -> int:
    """How many files and sockets a process has open."""
    return len(os.listdir(f"/proc/{process}/fd"))


def megabytes(process: int) -> float:
    """The memory that a process has to itself, in MB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024
