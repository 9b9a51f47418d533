"""Hostile queries over HTTP, against a real server under load: each is ended in time, and nobody else notices.

The bounds are those of a machine that runs other tests too; `make soak` holds a quiet one to the real ones.
"""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_queries import HOSTILE, lookup, publish
from live_fixtures import Live, announced, files, gone, idle, live, serve
from storm import AT_ONCE, complaint, lookups, storm

LATE = 1.0
"""Seconds past the deadline: five times the 0.2 of a quiet machine."""
SLOW = 0.1
"""Seconds at the 95th percentile of lookups: ten times the 0.01 of a quiet machine."""
DEADLINE = 0.5
SMALL = {"SECONDS": 20, "MEMORY_MB": 400, "ANSWER_MB": 4}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[Live]:
    with live(home, **SMALL) as started:
        yield started


def test_every_hostile_query_is_ended_and_lookups_go_on(server: Live) -> None:
    with lookups(server) as found:
        time.sleep(0.5)
        replies = storm(server, HOSTILE.items(), DEADLINE)
    wrong = {kind: said for kind, reply in replies if (said := complaint(reply, DEADLINE, LATE))}
    assert not wrong
    assert not found.failed
    assert len(found.seconds) > 20
    assert idle(server), "something still runs"


def test_lookups_are_as_fast_as_ever_beside_seven_runaways(server: Live) -> None:
    with lookups(server) as found:
        replies = storm(server, list(HOSTILE.items())[:AT_ONCE], 4)
    assert {reply.status for _, reply in replies} <= {503, 507}
    assert not found.failed
    assert found.p95() < SLOW


@pytest.mark.parametrize(
    ("kind", "status"),
    [("giant SELECT", 413), ("giant CONSTRUCT", 413), ("string doubling", 507), ("deep nesting of groups", 507)],
)
def test_each_bound_has_its_status(server: Live, kind: str, status: int) -> None:
    assert server.ask(HOSTILE[kind], 20).status == status


def test_a_query_longer_than_a_request_may_be(server: Live) -> None:
    reply = server.ask(lookup(1, "x" * 1024 * 1024))
    assert (reply.status, reply.headers["Content-Type"]) == (413, "application/problem+json")


@pytest.mark.parametrize(("asked", "given"), [(0.3, 0.3), (60, 1)])
def test_a_timeout_lowers_the_deadline_and_never_raises_it(home: Path, asked: float, given: float) -> None:
    with live(home, SECONDS=1) as small:
        reply = small.ask(HOSTILE["VALUES cross product"], asked)
    assert reply.status == 503
    assert given <= reply.seconds < given + LATE


def test_fifty_kills_leave_nothing_behind(server: Live) -> None:
    storm(server, [("warm", HOSTILE["VALUES cross product"])] * 14, 0.05)
    assert idle(server)
    before = {process: files(process) for process in server.below()}
    replies = storm(server, [("", HOSTILE["pattern cross product"])] * 50, 0.05)
    assert {reply.status for _, reply in replies} == {503}
    assert idle(server)
    after = {process: files(process) for process in server.below()}
    assert len(after) <= len(before)
    worker = next(process for process in before if process in after and before[process] == max(before.values()))
    assert after[worker] <= before[worker] + 2


def test_nothing_outlives_a_server_that_is_killed(home: Path) -> None:
    process = serve(home, SECONDS=30)
    try:
        server = announced(process)
        hung = [server.hang(HOSTILE["star path over a cycle"]) for _ in range(3)]
        until = time.monotonic() + 10
        while len(server.below()) < 5 and time.monotonic() < until:
            time.sleep(0.05)
        below = server.below()
        assert len(below) >= 5, "three executors, the worker and what watches over it"
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    assert gone(below)
    for connection in hung:
        connection.close()
