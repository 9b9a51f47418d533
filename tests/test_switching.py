"""From one snapshot to the next: nobody is refused, nobody is told of two snapshots at once, nothing is left open."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest
from live_fixtures import Live, live
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store
from server_fixtures import FakeEngine, store
from werkzeug.test import EnvironBuilder

from graph.engine import Answer, Formats, Query
from graph.errors import EngineUnavailable
from graph.snapshot import Snapshot, Snapshots
from graph.snapshots.prepared import Prepared
from server import create_app
from server.caching.cache import counters
from server.holdings import Holdings, holdings
from server.settings import ServerSettings
from server.switching import Switch, switch_of

EX = "http://example.org/"
VERSIONS = f"SELECT ?one ?other {{ <{EX}a> <{EX}version> ?one . <{EX}b> <{EX}version> ?other }}"
SLOW = (
    f"SELECT (COUNT(*) AS ?n) (SAMPLE(?v) AS ?version) {{ <{EX}a> <{EX}version> ?v . ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }}"
)
SHARED = "SELECT ?name { ?who <http://xmlns.com/foaf/0.1/homepage> ?name } ORDER BY ?name"


def content(version: int) -> list[Quad]:
    """The small graph, and its version in two places."""
    told = [
        Quad(NamedNode(EX + name), NamedNode(f"{EX}version"), Literal(str(version)), DefaultGraph()) for name in "ab"
    ]
    return [*store(), *told]


def publish(snapshots: Snapshots, version: int) -> Snapshot:
    asked = {"versions": VERSIONS}
    return snapshots.publish(content(version), {"counts": {}}, questions=asked)


@dataclass
class Closing(FakeEngine):
    """An engine that can be closed, and can be made to wait."""

    closed: bool = False
    begun: threading.Event = field(default_factory=threading.Event)
    let: threading.Event = field(default_factory=threading.Event)
    waits: bool = False

    def evaluate(self, query: Query, formats: Formats, *, timeout: float | None = None) -> Answer:
        if self.waits and query.text != "ASK {}":
            self.begun.set()
            assert self.let.wait(10)
        if self.closed:
            raise EngineUnavailable("this engine is closed", "")
        return super().evaluate(query, formats, timeout=timeout)

    def close(self) -> None:
        self.closed = True


@dataclass
class World:
    """Snapshots, and a switch that opens them with engines of the tests' own."""

    snapshots: Snapshots
    engines: dict[str, Closing] = field(default_factory=dict)
    fails: Exception | None = None

    def opened(self) -> Holdings:
        if self.fails:
            raise self.fails
        snapshot = self.snapshots.current()
        engine = Closing(content=Store.read_only(str(snapshot.store_path)))
        self.engines[snapshot.id] = engine
        return Holdings(engine, snapshot, {}, Prepared(Path("nowhere")))

    def switch(self) -> Switch:
        return Switch(self.opened, self.snapshots.root / "current")


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(Snapshots(tmp_path / "snapshots"))
    publish(made.snapshots, 1)
    return made


def eventually(holds: Callable[[], object], within: float = 5) -> bool:
    until = time.monotonic() + within
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def test_nothing_new_changes_nothing(world: World) -> None:
    switch = world.switch()
    held = switch.current
    assert not switch.look()
    assert switch.current is held


def test_what_is_published_is_served_and_what_was_is_closed(world: World) -> None:
    switch = world.switch()
    old = switch.current.snapshot
    new = publish(world.snapshots, 2)
    assert switch.look()
    assert switch.current.snapshot == new
    assert eventually(lambda: world.engines[old.id].closed)
    assert not world.engines[new.id].closed
    world.snapshots.roll_back()
    assert switch.look()
    assert switch.current.snapshot == old
    assert eventually(lambda: world.engines[new.id].closed)


def test_a_request_keeps_what_it_began_with(world: World) -> None:
    switch = world.switch()
    with switch.lease() as held, switch.lease():
        publish(world.snapshots, 2)
        assert switch.look()
        with switch.lease() as newer:
            assert newer is switch.current is not held
        time.sleep(0.05)
        assert not world.engines[held.snapshot.id].closed
    assert eventually(lambda: world.engines[held.snapshot.id].closed)


def test_a_snapshot_that_does_not_open_is_not_served(world: World, caplog: pytest.LogCaptureFixture) -> None:
    switch = world.switch()
    held = switch.current
    new = publish(world.snapshots, 2)
    world.fails = EngineUnavailable("no executor can be started", "")
    assert [switch.look() for _ in range(3)] == [False] * 3
    assert switch.current is held
    assert caplog.text.count(f"snapshot {new.id[:12]} is not served") == 1
    world.fails = None
    assert switch.look()
    assert switch.current.snapshot == new


def test_a_snapshot_that_does_not_answer_is_not_served(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    switch = world.switch()
    held = switch.current
    publish(world.snapshots, 2)
    with monkeypatch.context() as patched:
        patched.setattr(Closing, "evaluate", _refuse)
        assert not switch.look()
    assert switch.current is held
    assert [engine.closed for engine in world.engines.values()] == [False, True]


def _refuse(*_: object, **__: object) -> Answer:
    raise EngineUnavailable("the store cannot be read", "")


def test_nothing_published_any_more_is_no_reason_to_stop(world: World) -> None:
    switch = world.switch()
    (world.snapshots.root / "current").unlink()
    assert not switch.look()


def test_new_answers_beside_the_same_store_are_noticed(world: World) -> None:
    switch = world.switch()
    held = switch.current
    world.snapshots.publish(content(1), {}, questions={"other": "ASK {}"})
    assert switch.look()
    assert switch.current.snapshot == held.snapshot
    assert switch.current is not held


def test_it_looks_by_itself(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.switching.INTERVAL", 0.05)
    switch = world.switch()
    switch.watch()
    new = publish(world.snapshots, 2)
    assert eventually(lambda: switch.current.snapshot == new)
    switch.close()
    assert world.engines[new.id].closed


def test_many_who_look_at_once_open_it_once(world: World) -> None:
    switch = world.switch()
    opened: list[Holdings] = []
    open_it = world.opened

    def slowly() -> Holdings:
        time.sleep(0.1)
        opened.append(open_it())
        return opened[-1]

    switch._opened = slowly
    publish(world.snapshots, 2)
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: switch.look(), range(8))) == {True}
    assert len(opened) == 1


@contextmanager
def application(world: World) -> Iterator[tuple[Callable[[str], tuple[int, str, str]], Switch]]:
    """An application over the world: a function that asks it a query, and its switch."""
    app = create_app(ServerSettings(), engine=FakeEngine(), snapshot=world.snapshots.current())
    switch = switch_of(app)
    switch._opened, switch._link = world.opened, world.snapshots.root / "current"
    switch._seen = None
    assert switch.look()

    def ask(query: str) -> tuple[int, str, str]:
        answer = app.test_client().get("/sparql", query_string={"query": query, "format": "csv"})
        return answer.status_code, answer.headers["Samizdat-Snapshot"], answer.text

    yield ask, switch
    assert counters(app).misses


def test_an_answer_under_way_while_the_snapshot_is_switched_is_the_old_ones(world: World) -> None:
    with application(world) as (ask, switch), ThreadPoolExecutor(1) as pool:
        old = switch.current.snapshot
        engine = world.engines[old.id]
        engine.waits = True
        asking = pool.submit(ask, VERSIONS)
        engine.begun.wait(10)
        new = publish(world.snapshots, 2)
        assert switch.look()
        assert ask(VERSIONS) == (200, new.id, "one,other\r\n2,2\r\n")
        engine.let.set()
        assert asking.result() == (200, old.id, "one,other\r\n1,1\r\n")
        assert ask(VERSIONS) == (200, new.id, "one,other\r\n2,2\r\n")
        assert eventually(lambda: engine.closed)


def test_a_removed_snapshot_that_fails_is_asked_of_the_new_one(world: World) -> None:
    with application(world) as (ask, switch):
        old = switch.current.snapshot
        new = publish(world.snapshots, 2)
        world.snapshots.prune(0)
        world.engines[old.id].closed = True  # as if its executor had died and could not be started again
        assert ask(VERSIONS) == (200, new.id, "one,other\r\n2,2\r\n")


def test_after_a_roll_back_answers_kept_before_are_given_again(world: World) -> None:
    with application(world) as (ask, switch):
        first = ask(VERSIONS)
        publish(world.snapshots, 2)
        switch.look()
        assert ask(VERSIONS) != first
        world.snapshots.roll_back()
        switch.look()
        world.engines[first[1]].error = EngineUnavailable("not asked", "")
        assert ask(VERSIONS) == first


@pytest.mark.parametrize("path", ["/healthz", "/static/samizdat.css", "/nowhere", "/sparql?query=ASK%7B%7D"])
def test_who_does_not_wait_for_an_answer_keeps_nothing_open(path: str, world: World) -> None:
    app = create_app(ServerSettings(), engine=FakeEngine(), snapshot=world.snapshots.current())
    switch = switch_of(app)
    switch._opened, switch._link, switch._seen = world.opened, world.snapshots.root / "current", None
    assert switch.look()
    old = switch.current.snapshot
    unread = app(EnvironBuilder(path).get_environ(), lambda *_: bytes)  # neither read nor closed
    publish(world.snapshots, 2)
    assert switch.look()
    assert eventually(lambda: world.engines[old.id].closed)
    b"".join(unread)
    getattr(unread, "close", int)()


def test_a_request_sees_one_snapshot_throughout(world: World) -> None:
    app = create_app(ServerSettings(), engine=FakeEngine(), snapshot=world.snapshots.current())
    switch = switch_of(app)
    switch._opened, switch._link = world.opened, world.snapshots.root / "current"
    seen = []

    @app.get("/twice")
    def twice() -> str:
        seen.append(holdings().snapshot.id)
        publish(world.snapshots, 2)
        switch.look()
        seen.append(holdings().snapshot.id)
        return ""

    answer = app.test_client().get("/twice")
    assert seen[0] == seen[1] == answer.headers["Samizdat-Snapshot"]
    assert switch.current.snapshot.id != seen[0]


# --- a real server, under load ---


def left_over(server: Live, current: Snapshot) -> list[str]:
    """The executors that run for another snapshot, and what they are forked from."""
    lines = [Path(f"/proc/{process}/cmdline") for process in server.below()]
    told = [line.read_text().replace("\0", " ") for line in lines if line.exists()]
    executors = [line for line in told if "graph.engine.forkserver" in line]
    assert executors
    return [line for line in executors if current.id not in line]


@dataclass
class Asked:
    """What many threads were told: faults, which snapshots answered, and what bytes a tag stood for."""

    faults: list[str] = field(default_factory=list)
    answered: dict[str, int] = field(default_factory=dict)
    tags: dict[tuple[str, str], bytes] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def more_of(self, snapshot: Snapshot) -> bool:
        """Whether this snapshot comes to answer in time."""
        so_far = self.answered.get(snapshot.id, 0)
        return eventually(lambda: self.answered.get(snapshot.id, 0) > so_far + 50, 20)

    def add(self, path: str, status: int, headers: dict[str, str], body: bytes, versions: dict[str, int]) -> None:
        snapshot, tag = headers.get("samizdat-snapshot", ""), headers.get("etag", "")
        with self.lock:
            self.answered[snapshot] = self.answered.get(snapshot, 0) + 1
            if status not in (200, 304) or snapshot not in versions:
                self.faults.append(f"{path}: {status} from {snapshot}: {body[:200]!r}")
            elif status == 200 and self.tags.setdefault((path, tag), body) != body:
                self.faults.append(f"{path}: two bodies with the tag {tag}")
            elif status == 304 and (path, tag) not in self.tags:
                self.faults.append(f"{path}: unknown tag {tag}")
            told = self.tags.get((path, tag), b"")
            if b"one,other" in told and told.split() != [b"one,other", b"%d,%d" % ((versions[snapshot],) * 2)]:
                self.faults.append(f"{path}: {snapshot} answered {told!r}")


def ask_on(server: Live, thread: int, until: threading.Event, versions: dict[str, int], asked: Asked) -> None:
    """Ask what is kept, what is not, what is prepared, and a page, on one connection, until told to stop."""
    count, tags = 0, dict[str, str]()
    with closing(HTTPConnection(server.host, server.port, timeout=60)) as connection:
        while not until.is_set():
            count += 1
            query = [VERSIONS, f"{VERSIONS} # {thread} {count}", f"{VERSIONS} # kept", SHARED][count % 4]
            path = "/questions/beliefs" if count % 40 == 0 else f"/sparql?format=csv&query={quote(query)}"
            headers = {"If-None-Match": tags[path]} if path in tags and count % 3 else {}
            connection.request("GET", path, headers=headers)
            reply = connection.getresponse()
            given = {name.lower(): value for name, value in reply.getheaders()}
            asked.add(path, reply.status, given, reply.read(), versions)
            if "etag" in given and f"# {thread} " not in query:
                tags[path] = given["etag"]


def test_under_load_no_request_is_dropped_or_mixed(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path / "snapshots")
    scratch = Snapshots(tmp_path / "scratch")
    versions = {publish(scratch, version).id: version for version in range(1, 6)}
    first = publish(snapshots, 1)
    asked, stop = Asked(), threading.Event()
    with live(tmp_path, SECONDS=30, EXECUTORS=3) as server, ThreadPoolExecutor(6) as pool:
        asking = [pool.submit(ask_on, server, thread, stop, versions, asked) for thread in range(5)]
        try:
            slow = pool.submit(server.ask, SLOW)
            time.sleep(0.5)
            for version in (2, 3, 4, 5):
                new = publish(snapshots, version)
                if version in (3, 5):
                    snapshots.prune(1)  # before the server has noticed
                assert asked.more_of(new), version
                if version == 4:
                    assert asked.more_of(snapshots.roll_back())
        finally:
            stop.set()
        for each in asking:
            each.result(timeout=60)
        reply = slow.result(timeout=60)
        assert eventually(lambda: not left_over(server, new), 10), left_over(server, new)
    assert asked.faults == []
    assert (reply.status, reply.headers["Samizdat-Snapshot"]) == (200, first.id)
    assert b'"value":"1"' in reply.body
    assert set(asked.answered) == set(versions)
    assert sum(asked.answered.values()) > 500
