"""A client that hangs up frees its executor, and nobody who still waits is cut off."""

import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest
from engine_fixtures import JSON as FORMATS
from engine_fixtures import RUNAWAY, engines, filled_store
from hostile_queries import HOSTILE, lookup, publish
from live_fixtures import Live, idle, live

from graph.engine import Query
from graph.engine.embedded import Budget
from graph.engine.interest import Interest, interest
from graph.errors import QueryAbandoned
from server.guarding.connections import Connection, connections, plain
from server.guarding.hang_ups import matched, may_wait, possible

ENDLESS = HOSTILE["VALUES cross product"]
SECONDS = 8
"""The deadline: far off, so that what ends before has been ended."""
EXECUTORS = 3
THREADS = 12


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    home = publish(tmp_path_factory.mktemp("home"))
    with live(home, SECONDS=SECONDS, EXECUTORS=EXECUTORS, THREADS=THREADS) as started:
        yield started


def test_clients_that_hang_up_starve_nobody(server: Live) -> None:
    for _ in range(3):
        hung = [server.hang(ENDLESS, "127.0.0.2") for _ in range(EXECUTORS * 2)]
        time.sleep(1)
        for connection in hung:
            connection.close()
        began = time.monotonic()
        assert server.ask(lookup(1)).status == 200
        assert time.monotonic() - began < 5, "the executors are free long before the deadline"
    assert idle(server), "what nobody waits for uses no processor"


def test_who_waits_is_not_cut_off_with_who_left(server: Live) -> None:
    with ThreadPoolExecutor(2) as clients:
        path = f"/sparql?timeout=4&query={quote(ENDLESS)}"
        waiting = [clients.submit(server.send, f"{path}%23{end}", source=f"127.0.0.{end}") for end in (1, 3)]
        time.sleep(0.2)
        server.hang(ENDLESS, "127.0.0.3").close()
        replies = [reply.result() for reply in waiting]
    for reply in replies:
        assert reply.seconds >= 4
        assert json.loads(reply.body)["type"].endswith("query-timeout")
    assert idle(server)


def test_a_client_that_comes_back_is_answered(server: Live) -> None:
    """Also where what it has left behind holds every thread."""
    for _ in range(THREADS):
        server.hang(ENDLESS).close()
    began = time.monotonic()
    assert server.ask(lookup(2)).status == 200
    assert time.monotonic() - began < 5
    assert idle(server)


def test_who_asks_the_same_is_not_cut_off_with_the_first(server: Live) -> None:
    """Equal queries are evaluated once for all who wait: on another's behalf when the first of them leaves."""
    query = ENDLESS + "# the same"
    with ThreadPoolExecutor(1) as clients:
        first = server.hang(query, "127.0.0.4", alike=True)
        time.sleep(0.3)
        second = clients.submit(server.send, f"/sparql?query={quote(query)}", source="127.0.0.5")
        time.sleep(0.7)
        first.close()
        time.sleep(1)
        assert not second.done(), "it is evaluated still"
        assert server.process.poll() is None
        reply = second.result()
    assert json.loads(reply.body)["type"].endswith("query-timeout")
    assert reply.seconds > SECONDS / 2


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_store(tmp_path_factory.mktemp("engine"))


def lose(mine: Interest, after: float) -> None:
    time.sleep(after)
    mine.lose()


@pytest.mark.parametrize("executors", [1, 2])
def test_an_engine_ends_what_nobody_is_interested_in(store: Path, executors: int) -> None:
    """With one executor, the second query ends while it waits for one."""
    with engines(store) as start, ThreadPoolExecutor(2) as threads:
        engine = start(Budget(seconds=30, executors=executors))

        def ask(lost_after: float) -> float:
            began = time.monotonic()
            with interest() as mine, ThreadPoolExecutor(1) as other:
                other.submit(lose, mine, lost_after)
                with pytest.raises(QueryAbandoned):
                    engine.evaluate(Query(RUNAWAY), FORMATS)
                taken = time.monotonic() - began
                with pytest.raises(QueryAbandoned):
                    engine.evaluate(Query("ASK {}"), FORMATS)
                return taken

        assert all(taken < 5 for taken in threads.map(ask, [0.6, 0.3]))
        assert engine.evaluate(Query("ASK {}"), FORMATS).body


def test_the_kernel_tells_of_connections() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        with socket.create_connection(listening.getsockname(), source_address=("127.0.0.9", 0)) as client:
            ours, _ = listening.accept()
            with ours:
                time.sleep(0.1)
                client.send(b"question")
                time.sleep(0.1)
                [asked] = [each for each in connections() if each.address == "127.0.0.9"]
                assert may_wait(asked, "127.0.0.9", time.monotonic(), 2)
                ours.send(b"answer")
                [answered] = [each for each in connections() if each.address == "127.0.0.9"]
                assert not may_wait(answered, "127.0.0.9", time.monotonic(), 2)
                assert client.recv(6) == b"answer", "looking at a connection leaves it as it is"
        assert not [each for each in connections() if each.address == "127.0.0.9"]


@pytest.mark.parametrize(
    ("connection", "may"),
    [
        (Connection("192.0.2.1", received=99.9, sent=90), True),
        (Connection("192.0.2.2", received=99.9, sent=90), False),
        (Connection("192.0.2.1", received=99.9, sent=99.95), False),
        (Connection("192.0.2.1", received=100.5, sent=90), False),
        (Connection("192.0.2.1", received=95, sent=90), False),
    ],
    ids=["waits", "another address", "answered", "asked later", "asked long before"],
)
def test_whose_connection_it_may_be(connection: Connection, may: bool) -> None:
    assert may_wait(connection, "192.0.2.1", 100, 2) == may


def test_in_doubt_a_connection_counts_for_all_or_for_the_last() -> None:
    requests = []
    for since in (100.0, 100.01, 105.0):
        asking = Interest()
        asking.since = since
        requests.append((asking, ("192.0.2.1", 2.0)))
    open_ = [Connection("192.0.2.1", received=100.009, sent=90)]
    assert possible(requests, open_) == {requests[0][0], requests[1][0]}
    assert matched(requests, open_) == {requests[1][0]}
    open_ = [Connection("192.0.2.1", received=each, sent=90) for each in (99.999, 100.5, 104.9)]
    assert matched(requests, open_) == {requests[1][0], requests[2][0]}
    requests[0][0].since, requests[1][0].since = 100.0, 101.0
    open_ = [Connection("192.0.2.1", received=each, sent=90) for each in (99.999, 100.5, 104.9)]
    assert matched(requests, open_) == {asking for asking, _ in requests}, "none is in doubt"


@pytest.mark.parametrize(
    ("given", "shown"), [("::ffff:192.0.2.1", "192.0.2.1"), ("fe80::1%eth0", "fe80::1"), ("", ""), ("unix:", "unix:")]
)
def test_an_address_has_one_form(given: str, shown: str) -> None:
    assert plain(given) == shown
