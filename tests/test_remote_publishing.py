"""Publishing to a real engine: what is loaded, what is left alone, and how it goes on after a failure."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cli_fixtures import run
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store
from remote_servers import Server, free_port, running

from graph.engine import Formats, Query
from graph.engine.remote import RemoteEngine
from graph.engine.results import RESULTS_JSON, table
from graph.errors import EngineUnavailable, SamizdatError, SnapshotDamaged
from graph.publishing import Target, bulk, publish
from graph.publishing.graph_store import GraphStore
from graph.publishing.journal import Journal
from graph.publishing.parts import DEFAULT, taken_apart
from graph.snapshot import Snapshot, Snapshots
from ontology.base import BASE
from server.holdings import link

P = NamedNode("urn:p")


def named(number: int) -> NamedNode:
    return NamedNode(f"{BASE}graph/n{number}")


def quads(size: int = 20, changed: int | None = None) -> Iterator[Quad]:
    """One triple in the default graph and two in each of so many named ones, one of them changed."""
    yield Quad(P, P, Literal(f"of {size}"), DefaultGraph())
    for number in range(size):
        yield Quad(P, P, Literal("changed" if number == changed else "as it was"), named(number))
        yield Quad(P, P, BlankNode(f"b{number}"), named(number))


@pytest.fixture
def snapshots(tmp_path: Path) -> Snapshots:
    return Snapshots(tmp_path / "home" / "snapshots")


@pytest.fixture
def first(snapshots: Snapshots) -> Snapshot:
    return snapshots.publish(quads(), {})


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with running("oxigraph", tmp_path) as started:
        yield started


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def held(server: Server) -> dict[str, set[str]]:
    """What each named graph holds, in the engine's own words."""
    engine = RemoteEngine(server.endpoint)
    answer = engine.evaluate(Query("SELECT ?g ?o { GRAPH ?g { ?s ?p ?o } }"), Formats(RESULTS_JSON, None))
    found: dict[str, set[str]] = {}
    for row in table(answer).rows:
        found.setdefault(row["g"].value, set()).add("blank" if row["o"].kind == "blank" else row["o"].value)
    return found


def test_what_is_there_is_not_loaded_again(server: Server, first: Snapshot, home: Path) -> None:
    done = publish(first, server.target, home)
    assert (done.loaded, done.replaced, done.unchanged, done.removed, done.quads) == (21, 0, 0, 0, 41)
    assert held(server) == {f"{BASE}graph/n{number}": {"as it was", "blank"} for number in range(20)}
    again = publish(first, server.target, home)
    assert (again.loaded, again.unchanged) == (0, 21)
    anew = publish(first, server.target, home, replace=True)
    assert (anew.loaded, anew.replaced) == (21, 21)


def test_the_next_snapshot_loads_what_differs_and_removes_what_is_gone(
    server: Server, snapshots: Snapshots, first: Snapshot, home: Path
) -> None:
    publish(first, server.target, home)
    done = publish(snapshots.publish(quads(18, changed=3), {}), server.target, home)
    assert (done.loaded, done.replaced, done.unchanged, done.removed) == (2, 2, 17, 2)
    assert held(server)[named(3).value] == {"changed", "blank"}
    assert len(held(server)) == 18


def test_what_an_engine_holds_is_served_from_it_and_kept(
    server: Server, snapshots: Snapshots, first: Snapshot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMIZDAT_HOME", str(home))
    monkeypatch.setenv("SAMIZDAT_ENGINE", server.endpoint)
    newer = snapshots.publish(quads(18), {})
    assert snapshots.named_by(link()) == newer, "published by whoever, if not from here"
    publish(first, server.target, home)
    assert snapshots.named_by(link()) == first
    assert snapshots.current() == newer
    assert snapshots.prune(0) == []
    publish(newer, server.target, home)
    assert snapshots.named_by(link()) == newer
    assert snapshots.prune(0) == [first]


def test_what_is_not_ours_is_left_alone(server: Server, first: Snapshot, home: Path) -> None:
    store = GraphStore.of(server.endpoint, None, None, None)
    store.replace("urn:theirs", b"<urn:a> <urn:b> <urn:c> .\n")
    store.replace(None, b"<urn:a> <urn:b> <urn:c> .\n")
    with pytest.raises(SamizdatError, match=r"holds what was not published from here \(triples: 1\) - .*--replace"):
        publish(first, server.target, home)
    assert set(held(server)) == {"urn:theirs"}
    publish(first, server.target, home, replace=True)
    assert "urn:theirs" in held(server)


def stopping(at: str, act: Callable[[], None]) -> Callable[[str], None]:
    """A listener that does something when a stage begins, once."""
    left = [act]

    def on_stage(stage: str) -> None:
        if stage.startswith(at) and left:
            left.pop()()

    return on_stage


def test_a_publication_that_broke_off_goes_on_where_it_stopped(server: Server, first: Snapshot, home: Path) -> None:
    with pytest.raises(EngineUnavailable, match=r"; 11 of 21 graphs had been loaded - run the same command again"):
        publish(first, server.target, home, on_stage=stopping("loading graph 12", server.kill))
    server.start()
    survived = len(held(server))
    done = publish(first, server.target, home)
    assert (done.loaded, done.unchanged) == (21 - survived, survived)
    assert survived >= 10, "Oxigraph keeps what it has answered for, as a rule"
    assert len(held(server)) == 20


def test_what_is_lost_is_noticed_and_loaded_anew(server: Server, first: Snapshot, home: Path) -> None:
    def lose() -> None:
        GraphStore.of(server.endpoint, None, None, None).remove(named(7).value)

    with pytest.raises(EngineUnavailable, match=r"1 graphs do not hold .*graph/n7 has 0 triples, not 2 - run"):
        publish(first, server.target, home, on_stage=stopping("verifying", lose))
    assert publish(first, server.target, home).loaded == 1


def test_the_journal_outlives_whoever_is_killed(tmp_path: Path) -> None:
    journal = Journal.of("http://localhost/sparql", tmp_path)
    assert (journal.loaded(), journal.snapshot()) == ({}, None)
    journal.note("urn:a", "1")
    journal.note("urn:b", "1")
    journal.forget("urn:b")
    with journal.path.open("a") as file:
        file.write('{"graph": "urn:c", "dig')
    assert journal.loaded() == {"urn:a": "1"}
    journal.complete("5a")
    assert (journal.loaded(), journal.snapshot()) == ({"urn:a": "1"}, "5a")
    assert Journal.of("http://localhost/other", tmp_path).loaded() == {}


def test_a_large_graph_goes_in_parts_and_its_blank_nodes_together(
    snapshots: Snapshots, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.publishing.parts.LINES", 10)
    many = [Quad(P, P, BlankNode(f"b{number}"), DefaultGraph()) for number in range(15)]
    many += [Quad(P, P, Literal(f'{number} "\\ \n> <urn:x> .'), DefaultGraph()) for number in range(25)]
    found = taken_apart(snapshots.publish(many, {}))
    assert set(found) == {DEFAULT}
    bodies = list(found[DEFAULT].bodies())
    assert [body.count(b" .\n") for body in bodies] == [15, 10, 10, 5]
    assert all((b"_:" in body) == (number == 0) for number, body in enumerate(bodies))


def test_every_line_of_the_project_finds_its_graph(seed_store: Store, snapshots: Snapshots) -> None:
    found = taken_apart(snapshots.publish(seed_store, {}))
    assert sum(part.size for part in found.values()) == len(seed_store)
    assert set(found) - {DEFAULT} == {name.value for name in seed_store.named_graphs() if isinstance(name, NamedNode)}


def test_a_damaged_snapshot_is_not_published(server: Server, first: Snapshot, home: Path) -> None:
    first.nquads_path.parent.chmod(0o755)
    first.nquads_path.chmod(0o644)
    content = first.nquads_path.read_bytes()
    other = Snapshots(home / "other").publish(quads(3), {})
    first.nquads_path.write_bytes(other.nquads_path.read_bytes())
    with pytest.raises(SnapshotDamaged, match="another hash"):
        publish(first, server.target, home)
    assert content
    assert held(server) == {}


def test_nobody_there_and_nothing_to_write_to(first: Snapshot, home: Path, server: Server) -> None:
    with pytest.raises(EngineUnavailable, match="does not answer"):
        publish(first, Target(f"http://127.0.0.1:{free_port()}/query"), home)
    with pytest.raises(SamizdatError, match=r"no graph store was found .*--store"):
        publish(first, Target(f"http://127.0.0.1:{server.port}/nowhere"), home)


# --- Virtuoso ---


def test_virtuoso_by_its_graph_store_and_in_bulk(
    tmp_path: Path, snapshots: Snapshots, first: Snapshot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running("virtuoso", tmp_path) as server:
        wrong = replace(server.target, password="wrong")
        with pytest.raises(EngineUnavailable, match=r"status 401\) - set SAMIZDAT_ENGINE_USER"):
            publish(first, wrong, home)
        done = publish(first, server.target, home)
        assert (done.layout, done.loaded, done.way) == ("loose", 21, "the Graph Store Protocol")
        assert done.notes == ()
        by_store = {name: found for name, found in held(server).items() if name.startswith(BASE)}
        in_bulk = replace(server.target, sql=server.sql)
        done = publish(first, in_bulk, home, replace=True)
        assert (done.loaded, done.replaced, done.way) == (21, 21, "Virtuoso's bulk loader")
        assert {name: found for name, found in held(server).items() if name.startswith(BASE)} == by_store
        done = publish(snapshots.publish(quads(18, changed=3), {}), in_bulk, home)
        assert (done.loaded, done.removed) == (2, 2)
        assert held(server)[named(3).value] == {"changed", "blank"}
        nobody = replace(server.target, sql=f"127.0.0.1:{free_port()}")
        with pytest.raises(EngineUnavailable, match=r"bulk loader failed: .*; 0 of 4 graphs had been loaded"):
            publish(first, nobody, home)
        monkeypatch.setattr(bulk, "CLIENTS", ("no-such-client",))
        with pytest.raises(SamizdatError, match="isql is not installed"):
            publish(first, in_bulk, home)


# --- the command ---


def test_the_command_says_what_it_did(
    server: Server, first: Snapshot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMIZDAT_HOME", str(home))
    done = run("publish", "--to", server.endpoint)
    assert done.exit_code == 0, done.output
    assert done.output.startswith(f"published {first.id[:12]} to {server.endpoint} (")
    assert "21 graphs" in done.output
    monkeypatch.setenv("SAMIZDAT_ENGINE", server.endpoint)
    assert run("publish", first.id[:8]).exit_code == 0
    asked = run("query", "-", "--format", "csv", text="SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert asked.output.split() == ["n", "1"]
    server.kill()
    failed = run("publish")
    assert failed.exit_code == 4
    assert "does not answer" in failed.stderr


def test_the_command_needs_an_engine(home: Path, first: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMIZDAT_HOME", str(home))
    assert "give --to URL, or set SAMIZDAT_ENGINE" in run("publish").stderr
    assert run("publish", "--to", "localhost").exit_code == 2
    monkeypatch.setenv("SAMIZDAT_ENGINE", "localhost:8890")
    assert "SAMIZDAT_ENGINE is 'localhost:8890'" in run("publish").stderr
