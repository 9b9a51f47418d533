"""What is known since publishing is not asked of the engine; what is not known, as before."""

from pathlib import Path

import pytest
from flask import Flask
from rdflib import RDF, VOID
from rdflib.compare import isomorphic
from server_fixtures import CATALOGUE, UNCACHED, FakeEngine, store
from test_service_description import SD, described

from graph.snapshot import Snapshot, Snapshots
from graph.snapshots.statistics import Statistics
from server import create_app, holdings
from server.settings import ServerSettings


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return Snapshots(tmp_path_factory.mktemp("snapshots")).publish(list(store()), {})


def app_over(snapshot: Snapshot, engine: FakeEngine) -> Flask:
    return create_app(UNCACHED, engine=engine, snapshot=Snapshot(snapshot.id, snapshot.path), catalogue=CATALOGUE)


def without_statistics(snapshot: Snapshot) -> Snapshot:
    return Snapshot(snapshot.id, Path("nowhere"))


def texts(engine: FakeEngine) -> list[str]:
    return [query.text for query, _, _ in engine.seen]


def test_a_form_searches_the_graph_for_nothing(published: Snapshot) -> None:
    known, searched = FakeEngine(), FakeEngine()
    pages = [
        app_over(snapshot, engine).test_client().get("/questions/about").text
        for snapshot, engine in ((published, known), (without_statistics(published), searched))
    ]
    assert pages[0].replace(published.id, "") == pages[1].replace(published.id, "")
    assert "id/party/progress" in pages[0]
    assert not [text for text in texts(known) if "STRSTARTS" in text]
    assert [text for text in texts(searched) if "STRSTARTS" in text]


def test_a_form_over_data_of_another_base_searches(published: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.forms.ID", "https://example.org/id/")
    engine = FakeEngine()
    assert app_over(published, engine).test_client().get("/questions/about").status_code == 200
    assert [text for text in texts(engine) if "STRSTARTS" in text]


def test_the_service_description_counts_nothing(published: Snapshot) -> None:
    known, counted = FakeEngine(), FakeEngine()
    read = described(app_over(published, known).test_client())
    assert isomorphic(read, described(app_over(without_statistics(published), counted).test_client()))
    contents = set(read.subjects(RDF.type, SD.Graph))
    assert set(read.subjects(VOID.triples)) == contents
    assert len(contents) == len(list(store().named_graphs())) + 1
    assert not [text for text in texts(known) if "COUNT" in text]
    assert [text for text in texts(counted) if "COUNT" in text]


def test_statistics_are_read_once_for_all_requests(published: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[Path] = []
    read = Statistics.read

    def noted(path: Path) -> Statistics | None:
        reads.append(path)
        return read(path)

    monkeypatch.setattr(Statistics, "read", noted)
    client = app_over(published, FakeEngine()).test_client()
    assert reads == [published.statistics_path], "read when the snapshot is opened"
    for path in ("/sparql", "/questions/about", "/questions/about?who=id/person/asya", "/sparql"):
        assert client.get(path).status_code == 200
    assert len(reads) == 1


@pytest.mark.parametrize("remote", [False, True])
def test_a_remote_engine_is_asked_itself(published: Snapshot, remote: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if remote:
        monkeypatch.setenv("SAMIZDAT_ENGINE", "https://example.org/sparql")
    monkeypatch.setattr(holdings, "_engine", lambda *_: FakeEngine())
    held = holdings.open_holdings(ServerSettings(), snapshot=published)
    assert (held.statistics is None) == remote
