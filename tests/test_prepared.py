"""Prepared answers: what the engine would say, the same files each time, and never the answer to another question."""

import json
import shutil
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from pyoxigraph import Store
from server_fixtures import CATALOGUE, FakeEngine, store

from graph.compression import CODINGS, IDENTITY
from graph.engine import BINDINGS_TYPES, GRAPH_TYPES, Formats, Query
from graph.engine.embedded import EmbeddedEngine
from graph.errors import SnapshotDamaged
from graph.snapshot import Snapshot, Snapshots
from graph.snapshots.prepared import Prepared, PreparedEngine, sealed
from graph.snapshots.preparing import prepare
from ontology.base import BASE
from queries import questions
from server import create_app
from server.caching.cache import counters
from server.settings import ServerSettings

ASKED = {name: query.fill({}) for name, query in CATALOGUE.items()}
RESULTS = "application/sparql-results+json"


def publish(root: Path, asked: dict[str, str] = ASKED) -> Snapshot:
    return Snapshots(root).publish(list(store()), {}, questions=asked)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return publish(tmp_path_factory.mktemp("snapshots"))


@pytest.fixture
def copied(published: Snapshot, tmp_path: Path) -> Snapshot:
    """A copy of the snapshot that may be harmed."""
    path = tmp_path / published.id
    shutil.copytree(published.path, path)
    for each in [path, *path.rglob("*")]:
        each.chmod(0o755)
    return Snapshot(published.id, path)


@pytest.fixture(scope="module")
def seed_answers(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Our own questions over our own data."""
    asked = {name: query.fill({}) for name, query in questions().items()}
    return Snapshots(tmp_path_factory.mktemp("seed")).publish(list(seed_store), {}, questions=asked)


def test_every_answer_is_byte_for_byte_the_engines(seed_answers: Snapshot) -> None:
    engine, prepared = EmbeddedEngine(seed_answers.store_path), seed_answers.prepared
    try:
        for question in questions().values():
            text, compared = question.fill({}), 0
            for types in zip(BINDINGS_TYPES, GRAPH_TYPES, strict=True):
                formats = Formats(*types)
                found = prepared.find(text, formats)
                assert found, question.name
                answer = engine.evaluate(Query(text, base=BASE), formats)
                assert (found.kind, found.media_type, found.read()) == (answer.kind, answer.media_type, answer.body)
                compared += 1
            assert compared == 4
    finally:
        engine.close()


def test_compressed_files_hold_the_same(seed_answers: Snapshot) -> None:
    compressed = 0
    for question in questions().values():
        found = seed_answers.prepared.find(question.fill({}), Formats(RESULTS, "text/turtle"))
        assert found
        for coding in set(found.files) - {IDENTITY}:
            assert CODINGS[coding].decode(found.read(coding)) == found.read()
            compressed += 1
    assert compressed > 20


def test_the_same_questions_give_the_same_files(published: Snapshot, tmp_path: Path) -> None:
    again = publish(tmp_path)
    files = {path.name: path.read_bytes() for path in published.answers_path.iterdir()}
    assert {path.name: path.read_bytes() for path in again.answers_path.iterdir()} == files
    assert len(files) > 15
    assert not {path.name for path in again.answers_path.iterdir() if path.stat().st_mode & 0o222}


def test_the_name_of_a_snapshot_is_that_of_its_quads_alone(published: Snapshot, tmp_path: Path) -> None:
    assert publish(tmp_path, {}).id == published.id
    assert not Snapshots(tmp_path).current().answers_path.exists()


def test_a_question_with_other_values_is_not_answered_so(published: Snapshot) -> None:
    formats = Formats(RESULTS, "text/turtle")
    about = CATALOGUE["about"]
    assert published.prepared.find(about.fill({}), formats)
    assert published.prepared.find(about.fill({"who": "id/person/hostile"}), formats) is None
    assert published.prepared.find("ASK {}", formats) is None


def test_a_client_that_takes_no_format_gets_none(published: Snapshot) -> None:
    assert published.prepared.find(ASKED["banned"], Formats(None, "text/turtle")) is None
    assert published.prepared.find(ASKED["everything"], Formats(RESULTS, None)) is None


def test_other_questions_over_the_same_data_replace_the_answers(tmp_path: Path) -> None:
    first = publish(tmp_path)
    changed = ASKED | {"rigged": "ASK { ?s ?p ?o }", "new": "SELECT * { ?s ?p ?o } LIMIT 1"}
    del changed["nothing"]
    second = publish(tmp_path, changed)
    assert second.id == first.id
    second.verify()
    formats = Formats(RESULTS, "text/turtle")
    found = second.prepared.find(changed["rigged"], formats)
    assert found
    assert json.loads(found.read())["boolean"] is True
    assert second.prepared.find(ASKED["rigged"], formats) is None
    assert second.prepared.find(ASKED["nothing"], formats) is None
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith((".building", ".removing"))]
    assert not {path for path in [second.path, *second.path.rglob("*")] if path.stat().st_mode & 0o222}


def test_the_same_questions_again_write_nothing(tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in publish(tmp_path).path.rglob("*")}
    again = publish(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in again.path.rglob("*")} == before


def test_a_publication_without_questions_leaves_the_answers(tmp_path: Path) -> None:
    publish(tmp_path)
    assert publish(tmp_path, {}).prepared.is_current(ASKED)


def test_a_question_without_an_answer_is_left_out_and_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    snapshot = publish(tmp_path, {"good": "ASK {}", "bad": "SELECT {"})
    assert snapshot.prepared.find("ASK {}", Formats(RESULTS, None))
    assert snapshot.prepared.find("SELECT {", Formats(RESULTS, None)) is None
    assert "the question bad has no prepared answer" in caplog.text
    assert snapshot.prepared.is_current({"good": "ASK {}", "bad": "SELECT {"})


def test_what_takes_long_is_answered_when_the_snapshot_is_served(
    published: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.snapshots.renewing.PATIENCE", 0.0)
    monkeypatch.setattr("graph.snapshots.prepared.AGAIN", 0.0)
    formats, seen = Formats(RESULTS, "text/turtle"), []
    snapshots = Snapshots(tmp_path)

    def look(stage: str) -> None:
        if stage == "completing":
            served = snapshots.current().prepared.load()
            seen.append((served, served.find(ASKED["banned"], formats)))

    snapshot = snapshots.publish(list(store()), {}, questions=ASKED, on_stage=look)
    ((served, first),) = seen
    assert first is None
    assert served.find(ASKED["banned"], formats) is not None
    snapshot.verify()
    files = {path.name: path.read_bytes() for path in snapshot.answers_path.iterdir()}
    assert files == {path.name: path.read_bytes() for path in published.answers_path.iterdir()}


def test_answers_that_came_in_time_are_not_asked_again(published: Snapshot, tmp_path: Path) -> None:
    few = {name: ASKED[name] for name in ("banned", "rigged")}
    prepare(published.store_path, few, tmp_path / "all")
    index = json.loads((tmp_path / "all" / "index.json").read_text())
    left = {name: entry for name, entry in index["answers"].items() if name == "banned"}
    (tmp_path / "all" / "index.json").write_text(json.dumps(sealed({**index, "answers": left, "left": ["rigged"]})))
    before = Prepared(tmp_path / "all")
    assert not before.is_current(few)
    assert before.find(ASKED["rigged"], Formats(RESULTS, "text/turtle")) is None
    prepare(published.store_path, few, tmp_path / "whole", before)
    assert Prepared(tmp_path / "whole").is_current(few)
    assert (tmp_path / "whole" / "banned.csv").samefile(tmp_path / "all" / "banned.csv")
    assert (tmp_path / "whole" / "rigged.json").read_bytes() == (tmp_path / "all" / "rigged.json").read_bytes()
    assert not (tmp_path / "whole" / "rigged.json").samefile(tmp_path / "all" / "rigged.json")


@pytest.mark.parametrize("name", ["banned.csv", "everything.ttl.br", "index.json"])
@pytest.mark.parametrize("harm", ["change", "cut", "lose"])
def test_damage_to_an_answer_is_noticed(name: str, harm: str, copied: Snapshot) -> None:
    copied.verify()
    file = copied.answers_path / name
    if harm == "change":
        file.write_bytes(file.read_bytes().replace(b"a", b"b", 1) + b" ")
    elif harm == "cut":
        file.write_bytes(file.read_bytes()[:-3])
    else:
        file.unlink()
    with pytest.raises(SnapshotDamaged, match=f"answers/{name} is not what was written"):
        copied.verify()


def test_an_engine_is_not_asked_what_is_prepared(published: Snapshot) -> None:
    asked = FakeEngine()
    engine = PreparedEngine(asked, published.prepared)
    formats = Formats("text/csv", "text/turtle")
    answer = engine.evaluate(Query(ASKED["rigged"], base=BASE), formats)
    assert asked.seen == []
    assert answer == asked.evaluate(Query(ASKED["rigged"], base=BASE), formats)
    for other in (Query(ASKED["banned"]), Query(ASKED["banned"], BASE, ("http://a",)), Query("ASK {}", BASE)):
        engine.evaluate(other, formats)
    assert len(asked.seen) == 4


def test_when_the_files_are_gone_the_engine_is_asked(copied: Snapshot) -> None:
    engine, prepared = FakeEngine(), copied.prepared
    asking = PreparedEngine(engine, prepared)
    formats = Formats("text/csv", "text/turtle")
    assert prepared.find(ASKED["banned"], formats)
    shutil.rmtree(copied.answers_path)
    asking.evaluate(Query(ASKED["banned"], base=BASE), formats)
    assert len(engine.seen) == 1


def test_garbage_is_no_index(tmp_path: Path) -> None:
    for content in ("", "[]", "{", '{"layout": 99, "answers": 3}'):
        (tmp_path / "index.json").write_text(content)
        prepared = Prepared(tmp_path)
        assert prepared.find("ASK {}", Formats(RESULTS, None)) is None
        assert prepared.damage() == "index.json"


@pytest.mark.parametrize("accepted", ["", "gzip, deflate", "gzip, deflate, br", "gzip, deflate, br, zstd", "zstd"])
@pytest.mark.parametrize("form", ["json", "csv", "tsv", "xml"])
def test_the_server_sends_what_it_would_have_sent(seed_answers: Snapshot, accepted: str, form: str) -> None:
    engine = FakeEngine(content=Store.read_only(str(seed_answers.store_path)))
    served = create_app(ServerSettings(), engine=engine, snapshot=seed_answers)
    nowhere = Snapshot(seed_answers.id, Path("nowhere"))
    evaluated = create_app(ServerSettings(), engine=engine, snapshot=nowhere)
    text = questions()["editorial-in-order"].fill({})
    headers = {"Accept-Encoding": accepted}
    path = f"/sparql?format={form}&query={quote(text)}"
    first = served.test_client().get(path, headers=headers)
    assert counters(served).prepared == 1
    assert engine.seen == []
    other = evaluated.test_client().get(path, headers=headers)
    assert len(engine.seen) == 1
    assert {name: value for name, value in first.headers.items() if name not in DIFFERS} == {
        name: value for name, value in other.headers.items() if name not in DIFFERS
    }
    unpack = {name: coding.decode for name, coding in CODINGS.items()}
    plain = [
        unpack[answer.headers["Content-Encoding"]](answer.data) if "Content-Encoding" in answer.headers else answer.data
        for answer in (first, other)
    ]
    assert plain[0] == plain[1]
    assert ("Content-Encoding" in first.headers) == bool(accepted)


DIFFERS = {"Content-Length", "ETag", "Content-Encoding"}
"""What a better compression changes."""


def test_pages_of_questions_use_them_too(published: Snapshot) -> None:
    engine = FakeEngine()
    app = create_app(ServerSettings(), engine=engine, snapshot=published, catalogue=CATALOGUE)
    assert app.test_client().get("/questions/rigged").status_code == 200
    assert ASKED["rigged"] not in [query.text for query, _, _ in engine.seen]


def test_the_first_request_after_publishing_is_answered_at_once(seed_answers: Snapshot) -> None:
    """2 ms is the promise, measured on a quiet machine; the fastest of all questions is held to it here."""
    app = create_app(ServerSettings(), engine=FakeEngine(), snapshot=seed_answers)
    client, taken = app.test_client(), []
    client.get("/sparql?query=ASK%7B%7D")  # what is loaded once for a process
    for question in questions().values():
        path = f"/sparql?format=json&query={quote(question.fill({}))}"
        begun = time.perf_counter()
        answer = client.get(path, headers={"Accept-Encoding": "gzip, br"})
        taken.append(time.perf_counter() - begun)
        assert answer.status_code == 200
    assert min(taken) < 0.002
    assert counters(app).prepared == len(questions())
