"""Old snapshots are opened when somebody asks, two at a time, and closed when nobody does."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from server_fixtures import FakeEngine

from graph.errors import EngineUnavailable, SnapshotDamaged
from graph.snapshot import Snapshot
from graph.snapshots.prepared import Prepared
from server.history.archive import OPEN, Archive, Archived
from server.holdings import Holdings
from server.switching import Switch


@dataclass
class Closing(FakeEngine):
    closed: bool = False

    def close(self) -> None:
        self.closed = True


@dataclass
class Shelf:
    """Opens snapshots by their names, and counts."""

    engines: list[tuple[str, Closing]] = field(default_factory=list)
    fails: Exception | None = None
    seconds: float = 0

    def open(self, snapshot: Snapshot) -> Holdings:
        time.sleep(self.seconds)
        if self.fails:
            raise self.fails
        engine = Closing()
        self.engines.append((snapshot.id, engine))
        return Holdings(engine, snapshot, {}, Prepared(Path("nowhere")))

    def opened(self) -> list[str]:
        return [name for name, _ in self.engines]

    def closed(self) -> list[str]:
        return [name for name, engine in self.engines if engine.closed]


def named(name: str) -> Snapshot:
    return Snapshot(name, Path("nowhere"))


def eventually(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + 5
    while not holds() and time.monotonic() < until:
        time.sleep(0.01)
    return holds()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def archive(shelf: Shelf) -> Archive:
    return Archive(shelf.open)


def ask(archive: Archive, name: str) -> str:
    with archive.lease(named(name)) as held:
        assert not held.engine.closed  # type: ignore[attr-defined]
        return held.snapshot.id


def test_what_is_asked_again_is_opened_once(archive: Archive, shelf: Shelf) -> None:
    assert [ask(archive, name) for name in "aabab"] == list("aabab")
    assert shelf.opened() == ["a", "b"]


def test_the_one_longest_unused_makes_room(archive: Archive, shelf: Shelf) -> None:
    for name in "abac":
        ask(archive, name)
    assert eventually(lambda: shelf.closed() == ["b"])
    ask(archive, "a")
    assert shelf.opened() == ["a", "b", "c"]


def test_what_is_in_use_stays_and_others_wait_for_it(
    archive: Archive, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.history.archive.PATIENCE", 0.1)
    with ExitStack() as held:
        for name in "abcdef"[:OPEN]:
            held.enter_context(archive.lease(named(name)))
        with pytest.raises(EngineUnavailable, match="other old snapshots"):
            ask(archive, "x")
        assert ask(archive, "a") == "a"
        assert shelf.closed() == []
    assert ask(archive, "x") == "x"


def test_one_who_waits_is_answered_when_there_is_room(archive: Archive) -> None:
    with ThreadPoolExecutor(1) as pool, ExitStack() as held:
        for name in "ab":
            held.enter_context(archive.lease(named(name)))
        waiting = pool.submit(ask, archive, "x")
        time.sleep(0.1)
        assert not waiting.done()
        held.close()
        assert waiting.result(5) == "x"


def test_many_at_once_open_it_once(archive: Archive, shelf: Shelf) -> None:
    shelf.seconds = 0.1
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _: ask(archive, "a"), range(8))) == ["a"] * 8
    assert shelf.opened() == ["a"]


def test_a_storm_over_many_leaves_two_open(archive: Archive, shelf: Shelf) -> None:
    with ThreadPoolExecutor(8) as pool:
        names = [chr(ord("a") + number % 5) for number in range(400)]
        assert list(pool.map(lambda name: ask(archive, name), names)) == names
    assert eventually(lambda: len(shelf.opened()) - len(shelf.closed()) <= OPEN)


def test_one_that_does_not_open_takes_no_place(archive: Archive, shelf: Shelf) -> None:
    shelf.fails = SnapshotDamaged("it is damaged")
    for name in "abc":
        with pytest.raises(SnapshotDamaged):
            ask(archive, name)
    shelf.fails = None
    assert ask(archive, "c") == "c"


def test_those_who_wait_for_one_that_does_not_open_are_told(archive: Archive, shelf: Shelf) -> None:
    shelf.fails, shelf.seconds = SnapshotDamaged("it is damaged"), 0.1

    def fare(_: int) -> type[Exception] | None:
        try:
            ask(archive, "a")
        except (SnapshotDamaged, EngineUnavailable) as error:
            return type(error)
        return None

    with ThreadPoolExecutor(4) as pool:
        assert None not in set(pool.map(fare, range(4)))


def test_closing_closes_all(archive: Archive, shelf: Shelf) -> None:
    for name in "ab":
        ask(archive, name)
    archive.close()
    assert shelf.closed() == ["a", "b"]
    with pytest.raises(EngineUnavailable):
        ask(archive, "a")


def test_the_current_one_is_not_opened_a_second_time(archive: Archive, shelf: Shelf) -> None:
    current = Holdings(Closing(), named("now"), {}, Prepared(Path("nowhere")))
    switch = Switch(lambda: current, None)
    with Archived(named("now"), archive, switch).lease() as held:
        assert held is current
    with Archived(named("old"), archive, switch).lease() as held:
        assert held.snapshot.id == "old"
    assert shelf.opened() == ["old"]
