"""A real server on loopback: it answers, refuses a taken port, and leaves nothing behind when it ends."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from server_fixtures import store

from graph.errors import SamizdatError
from graph.snapshot import Snapshots
from server.running import available

ROOT = Path(__file__).parent.parent
PROGRAM = """
import sys
from graph.errors import SamizdatError
from server.running import serve
from server.settings import ServerSettings

if __name__ == "__main__":
    try:
        serve(ServerSettings.from_environment())
    except SamizdatError as error:
        sys.exit(f"samizdat: {error}")
"""
ENDLESS = "SELECT (COUNT(*) AS ?n) {" + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(9)) + "}"


@dataclass
class Served:
    """A running server: its process, the address it printed, and every process below it."""

    process: subprocess.Popen[str]
    address: str

    def get(self, path: str, accept: str = "*/*") -> tuple[int, bytes]:
        try:
            with urlopen(Request(self.address + path, headers={"Accept": accept}), timeout=30) as response:
                return response.status, response.read()
        except HTTPError as error:
            with error:
                return error.code, error.read()

    def below(self) -> set[int]:
        return descendants(self.process.pid)


def descendants(parent: int) -> set[int]:
    """Every process below this one."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (above := parent_of(int(entry.name))):
            children.setdefault(above, []).append(int(entry.name))
    found, waiting = set(), [parent]
    while waiting:
        for child in children.get(waiting.pop(), []):
            found.add(child)
            waiting.append(child)
    return found


def parent_of(process: int) -> int | None:
    """The process above this one; None if it is gone or only waits to be collected."""
    try:
        state, above = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return None
    return None if state == "Z" else int(above)


def gone(processes: set[int], within: float = 5.0) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if not [process for process in processes if parent_of(process) is not None]:
            return True
        time.sleep(0.02)
    return False


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one published snapshot."""
    home = tmp_path_factory.mktemp("home")
    Snapshots(home / "snapshots").publish(list(store()), {"counts": {}})
    return home


def start(home: Path, **settings: str) -> subprocess.Popen[str]:
    given = {"SAMIZDAT_HOME": str(home), "SAMIZDAT_PORT": "0", "SAMIZDAT_SECONDS": "4", "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, **given, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=home,
    )


def ended(process: subprocess.Popen[str]) -> tuple[str, str]:
    """What the process has written, once it has ended by itself."""
    try:
        return process.communicate(timeout=30)
    finally:
        process.kill()


@pytest.fixture
def served(home: Path) -> Iterator[Served]:
    process = start(home)
    try:
        server = Served(process, announced(process))
        below = server.below()
        yield server
    finally:
        process.kill()
        process.communicate()
    assert gone(below), "processes are left when the server is killed"


def announced(process: subprocess.Popen[str]) -> str:
    """The address that the server prints once it answers."""
    assert process.stdout
    line = process.stdout.readline()
    found = re.search(r"http://\S+:\d+", line)
    assert found, line
    return found.group()


def test_it_answers_once_it_says_so(served: Served) -> None:
    status, body = served.get("/sparql?query=" + quote("ASK { <id/person/asya> a ?kind }"))
    assert (status, json.loads(body)["boolean"]) == (200, True)
    status, page = served.get("/", "text/html")
    assert (status, b"Progress was banned" in page) == (200, True)


def test_a_mistake_has_its_place_and_a_runaway_its_end(served: Served) -> None:
    status, body = served.get("/sparql?query=" + quote("SELECT * {\n  ?s ?p ?o .\n  ?x $ ?y\n}"))
    told = json.loads(body)
    assert (status, told["line"]) == (400, 3)
    begun = time.monotonic()
    assert served.get("/sparql?timeout=0.5&query=" + quote(ENDLESS))[0] == 503
    assert time.monotonic() - begun < 2


def test_runaways_in_every_executor_leave_pages_to_others(served: Served) -> None:
    with ThreadPoolExecutor(7) as pool:
        runaways = [pool.submit(served.get, "/sparql?query=" + quote(ENDLESS)) for _ in range(7)]
        time.sleep(0.3)
        assert served.get("/claims", "text/html")[0] == 200
        assert not [runaway for runaway in runaways if runaway.done()]
        assert [runaway.result()[0] for runaway in runaways] == [503] * 7


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_it_ends_cleanly_and_leaves_no_process(served: Served, name: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(served.get, "/sparql?timeout=2&query=" + quote(ENDLESS)) for _ in range(2)]
        time.sleep(0.3)
        below = served.below()
        assert len(below) >= 3
        begun = time.monotonic()
        served.process.send_signal(getattr(signal, name))
        assert {result.result()[0] for result in running} == {503}
    _, complaints = ended(served.process)
    assert served.process.returncode == 0
    assert time.monotonic() - begun < 8, "it had to be killed"
    assert "Traceback" not in complaints
    assert gone(below)


def test_a_request_under_way_is_answered_in_full(home: Path) -> None:
    numbers = " ".join(map(str, range(180)))
    slow = "SELECT (COUNT(*) AS ?n) {" + " ".join(f"VALUES ?v{i} {{ {numbers} }}" for i in range(3)) + "}"
    process = start(home, SAMIZDAT_SECONDS="20")
    server = Served(process, announced(process))
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(server.get, "/sparql?query=" + quote(slow), "text/csv")
        time.sleep(0.3)
        process.terminate()
        assert running.result() == (200, b"n\r\n5832000\r\n")
    ended(process)
    assert process.returncode == 0


def test_a_taken_port_is_named(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start(home, SAMIZDAT_PORT=str(taken.getsockname()[1]))
        _, complaints = ended(process)
    assert process.returncode == 1
    assert complaints.startswith("samizdat: cannot listen at 127.0.0.1 port")
    assert "choose another" in complaints


def test_an_address_that_is_not_ours_is_named() -> None:
    with pytest.raises(SamizdatError, match="is not an address of this machine"):
        available("nowhere.invalid", 0)


def test_nothing_published_is_said_at_once(tmp_path: Path) -> None:
    process = start(tmp_path)
    _, complaints = ended(process)
    assert process.returncode == 1
    assert "samizdat build" in complaints
