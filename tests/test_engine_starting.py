"""Executors are forked from a process that is ready for it: they share its memory and nothing else with it."""

import errno
import logging
import os
import re
import resource
import signal
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest
from engine_fixtures import (
    JSON,
    RUNAWAY,
    Start,
    children,
    engines,
    filled_store,
    label,
    running,
    soon,
)

from graph.engine import Query, starting, wire
from graph.engine.children import launched
from graph.engine.embedded import Budget, EmbeddedEngine
from graph.engine.results import table
from graph.errors import EngineUnavailable, QueryMemoryExceeded, QueryRefused, QueryTimeout

OTHERS: set[int] = set()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_store(tmp_path_factory.mktemp("engine"))


@pytest.fixture
def start(store: Path) -> Iterator[Start]:
    with engines(store) as starting:
        yield starting


@pytest.fixture(autouse=True)
def others() -> set[int]:
    """The processes of other tests' engines, in this process."""
    OTHERS.clear()
    OTHERS.update(children(os.getpid()))
    return OTHERS


def ours() -> set[int]:
    return children(os.getpid()) - OTHERS


def forked() -> set[int]:
    return {executor for server in ours() for executor in children(server)}


def fork_server() -> int:
    (server,) = ours()
    return server


def links(process: int) -> list[str]:
    """What each descriptor of the process is."""
    folder = Path(f"/proc/{process}/fd")
    return [os.readlink(folder / name) for name in sorted(os.listdir(folder), key=int)]


def opened(process: int, store: Path) -> bool:
    """Whether it has opened the store, and so has done all that it does before it waits for a query."""
    return any(str(store) in link for link in links(process))


def at_rest(engine: EmbeddedEngine) -> set[int]:
    """Its executors, once each one that was ended has been replaced; with a spare one or without."""
    assert soon(lambda: engine.executors()["busy"] == 0, 20)
    return forked()


def run_away(engine: EmbeddedEngine, number: int, seconds: float) -> None:
    """So many at a time, until they have run so long."""
    with ThreadPoolExecutor(number) as threads:
        ends = [threads.submit(engine.evaluate, Query(RUNAWAY), JSON, timeout=seconds) for _ in range(number)]
    assert {type(end.exception()) for end in ends} == {QueryTimeout}


def test_an_executor_holds_its_own_socket_its_error_output_and_the_store(start: Start, store: Path) -> None:
    engine = start(Budget(executors=3))
    run_away(engine, 3, 0.5)
    left = at_rest(engine)
    sockets = set()
    for executor in left:
        assert soon(partial(opened, executor, store))
        held = links(executor)
        assert held[:2] == ["/dev/null"] * 2
        assert held[2].startswith("pipe:")
        (own,) = [link for link in held if link.startswith("socket:")]
        sockets.add(own)
        assert {link.split(":")[0] for link in held[3:] if not link.startswith(str(store))} == {"socket"}
        assert os.getpgid(executor) == executor
    assert len(sockets) == len(left) >= 3


def test_the_fork_server_has_one_thread_and_no_store(start: Start, store: Path) -> None:
    run_away(start(Budget(executors=2)), 2, 0.2)
    assert len(os.listdir(f"/proc/{fork_server()}/task")) == 1
    assert not opened(fork_server(), store)


def test_forks_draw_lots_of_their_own(start: Start) -> None:
    engine = start(Budget(executors=1))
    lots = Query("SELECT (STR(UUID()) AS ?x) (STR(RAND()) AS ?y) (BNODE() AS ?z) {}")
    drawn = []
    for _ in range(4):
        (row,) = table(engine.evaluate(lots, JSON)).rows
        drawn += [term.value for term in row.values()]
        run_away(engine, 1, 0.1)
    assert len(set(drawn)) == 12


def test_a_fork_server_that_is_killed_is_replaced(start: Start) -> None:
    engine = start(Budget(seconds=5, executors=2))
    first = fork_server()
    (executor,) = forked()
    os.kill(first, signal.SIGKILL)
    assert soon(lambda: not running(first))
    assert label(engine, 1) == "label 1"
    assert running(executor), "what it has forked goes on"
    with pytest.raises(QueryTimeout):
        engine.evaluate(Query(RUNAWAY), JSON, timeout=0.2)
    assert soon(lambda: not running(executor))
    assert label(engine, 2) == "label 2"
    assert soon(lambda: bool(forked()))
    assert fork_server() != first


@pytest.mark.parametrize(
    ("text", "memory", "error"),
    [
        (RUNAWAY, 1 << 30, QueryTimeout),
        ("SELECT * { ?a ?p ?b . ?c ?q ?d } ORDER BY ?d ?b", 160 << 20, QueryMemoryExceeded),
        ("ASK { " + "{" * 100_000 + "}" * 100_000 + " }", 1 << 30, EngineUnavailable),
    ],
    ids=["deadline", "memory", "stack"],
)
def test_why_it_ended_without_a_fork_server(
    start: Start, text: str, memory: int, error: type[QueryRefused | EngineUnavailable]
) -> None:
    """The signal is then told to nobody; what it said is, and that the deadline is past."""
    engine = start(Budget(seconds=20, memory_bytes=memory))
    os.kill(fork_server(), signal.SIGKILL)
    with pytest.raises(error):
        engine.evaluate(Query(text), JSON, timeout=0.5 if error is QueryTimeout else None)
    assert label(engine, 1) == "label 1"


def test_a_fork_server_that_hangs_is_replaced(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = start(Budget(seconds=5, executors=2))
    first = fork_server()
    monkeypatch.setattr(starting, "PATIENCE", 1.0)
    os.kill(first, signal.SIGSTOP)
    run_away(engine, 2, 2)
    assert label(engine, 1) == "label 1"
    assert not running(first)


def test_executors_are_started_where_none_can_be_forked(
    start: Start, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(starting, "launched", lambda module, *rest: launched(module.replace("fork", "no_"), *rest))
    with caplog.at_level(logging.WARNING):
        engine = start(Budget(seconds=5, executors=2))
    assert "cannot be forked" in caplog.text
    assert label(engine, 1) == "label 1"
    run_away(engine, 2, 0.5)
    assert label(engine, 2) == "label 2"
    assert caplog.text.count("cannot be forked") == 1, "it is not tried each time"
    before = children(os.getpid())
    assert before
    engine.close()
    assert not ours()


def test_a_fork_server_that_may_not_fork_says_so(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    engine = start(Budget(seconds=5, executors=2))
    server = fork_server()
    (first,) = forked()
    taken = {*map(int, os.listdir(f"/proc/{server}/fd"))}
    room = sorted({*range(32)} - taken)[2] + 1
    resource.prlimit(server, resource.RLIMIT_NOFILE, (room, room))
    run_away(engine, 2, 0.5)
    assert label(engine, 1) == "label 1"
    assert "Too many open files" in caplog.text
    assert soon(lambda: not running(first))
    assert soon(lambda: all(map(running, forked()))), "one that cannot be watched is ended and collected"


def test_one_that_cannot_be_watched_may_have_said_that_it_is_ready(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fork(_: object, connection: socket.socket) -> NoReturn:
        wire.send(connection, {})
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(starting._ForkServer, "fork", fork)
    assert label(start(Budget(executors=1)), 1) == "label 1"


def test_no_process_at_all(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments: object) -> "subprocess.Popen[bytes]":
        raise BlockingIOError("Resource temporarily unavailable")

    monkeypatch.setattr(starting, "launched", refused)
    before = len(os.listdir("/proc/self/fd"))
    with pytest.raises(EngineUnavailable, match="no executor can be started"):
        EmbeddedEngine(store)
    assert len(os.listdir("/proc/self/fd")) == before


def own_kilobytes(process: int) -> int:
    """The memory that it has written to and shares with no other."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    return int(re.findall(r"^Private_Dirty: +(\d+) kB", rollup, re.MULTILINE)[0])


def test_it_takes_less_memory_than_a_python_of_its_own(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    assert label(start(Budget(executors=1)), 1) == "label 1"
    executor = forked().pop()
    before = children(os.getpid())
    monkeypatch.setattr(starting.Starter, "_forked", lambda *_: None)
    assert label(start(Budget(executors=1)), 1) == "label 1"
    (alone,) = children(os.getpid()) - before
    assert own_kilobytes(executor) < 0.75 * own_kilobytes(alone)
    assert own_kilobytes(executor) < 25_000


def test_nothing_is_started_once_it_is_closed(store: Path) -> None:
    starter = starting.Starter(store, 1 << 30, 1 << 20)
    with closing(starter):
        starter.start().bury()
        assert ours()
    assert not ours()
    with pytest.raises(OSError, match="any more"):
        starter.start()
