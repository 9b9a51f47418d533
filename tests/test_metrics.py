"""What is measured, who may read it, and that the number of its series is bounded."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from engine_fixtures import JSON, RUNAWAY, engines, filled_store, label, soon
from prometheus_client.parser import text_string_to_metric_families
from server_fixtures import BROWSER, FakeEngine, make_app
from werkzeug.test import Client

from graph.engine import Query, kills
from graph.engine.embedded import Budget
from graph.engine.lookups import LookupEngine
from graph.errors import EngineUnavailable, QueryTimeout
from graph.snapshots.counting import CountingEngine
from graph.snapshots.prepared import Prepared, PreparedEngine
from server.settings import ServerSettings
from server.watching.access_log import AccessLog
from server.watching.measuring import BOUNDS, Measurements
from server.watching.metrics import measurements
from server.watching.noting import KINDS, digest, form_of
from server.watching.observing import Observer


def watched(settings: ServerSettings | None = None, engine: FakeEngine | None = None) -> Client:
    """A client of the application with its measuring layer around it."""
    settings = settings or ServerSettings()
    app = make_app(engine, settings)
    return Client(Observer(app, measurements(app), AccessLog(settings)))


def samples(client: Client) -> dict[tuple[str, ...], float]:
    """Every sample by its name and the values of its labels."""
    text = client.get("/metrics", environ_overrides={"REMOTE_ADDR": "127.0.0.1"}).text
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/sparql?query=PREFIX+a:<http://b/%23c>+%23+ASK%0Aselect*{?s+?p+?o}", "select"),
        ("/sparql?query=ASK{}", "ask"),
        ("/sparql?query=CONSTRUCT+WHERE{?s+?p+?o}", "construct"),
        ("/sparql?query=DESCRIBE+<http://a>", "describe"),
        ("/sparql", "document"),
        ("/claims", "page"),
        ("/static/samizdat.css", "static"),
        ("/healthz", "other"),
        ("/nowhere", "other"),
        ("/sparql?query=", "other"),
    ],
)
def test_each_request_is_counted_with_its_kind(path: str, kind: str) -> None:
    client = watched()
    client.get(path, buffered=True)
    found = samples(client)
    counted = {labels[1] for labels, value in found.items() if labels[0] == "samizdat_request_seconds_count" and value}
    assert counted == {kind}


def test_a_refusal_is_counted_by_its_status_and_with_its_kind() -> None:
    client = watched(engine=FakeEngine(EngineUnavailable("no", "wait")))
    client.get("/sparql?query=ASK{}")
    client.post("/sparql", data={"update": "CLEAR ALL"})
    client.get("/nowhere")
    found = samples(client)
    refused = {labels[1]: count for labels, count in found.items() if labels[0] == "samizdat_responses_total"}
    assert refused == {"503": 1, "403": 1, "404": 1}
    assert found["samizdat_request_seconds_count", "ask"] == 1


def test_no_series_is_made_by_what_people_ask() -> None:
    client = watched()
    client.get("/claims")
    before = samples(client).keys()
    for number in range(30):
        client.get(f"/claims?modality=m{number}")
        client.get(f"/questions/q{number}")
        client.get(f"/sparql?query=SELECT+({number}+AS+?x){{}}")
        client.open("/", method=f"M{number}")
    made = {labels for labels in samples(client).keys() - before if labels[0] != "samizdat_responses_total"}
    assert not made


def test_the_classes_of_a_histogram_grow_to_their_count() -> None:
    measured = Measurements()
    for seconds in (0.0, 0.0005, 0.003, 99.0):
        measured.add("ask", "200", seconds, "hit")
    latency, _, cache = measured.families()
    of_ask = [sample.value for sample in latency.samples if sample.labels["kind"] == "ask" and "le" in sample.labels]
    assert of_ask == [2, 2, 2, *[3] * (len(BOUNDS) - 3), 4]
    assert {sample.name: sample.value for sample in latency.samples if sample.labels["kind"] == "ask"}[
        "samizdat_request_seconds_sum"
    ] == pytest.approx(99.0035)
    assert [(sample.labels, sample.value) for sample in cache.samples] == [({"result": "hit"}, 4)]


def test_snapshot_executors_kills_and_the_process_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class WithExecutors(FakeEngine):
        def executors(self) -> dict[str, int]:
            return {"busy": 3, "idle": 5}

    monkeypatch.setattr(kills.KILLS, "_counts", Counter(deadline=2))
    found = samples(watched(engine=WithExecutors()))
    assert found["samizdat_snapshot_info", "5a" * 32] == 1
    assert (found["samizdat_executors", "busy"], found["samizdat_executors", "idle"]) == (3, 5)
    assert found["samizdat_kills_total", "deadline"] == 2
    assert found[("process_resident_memory_bytes",)] > 0


def test_engines_in_front_of_it_hide_no_executors(tmp_path: Path) -> None:
    with engines(filled_store(tmp_path)) as started:
        engine = started(Budget(executors=2))
        lookups = LookupEngine(CountingEngine(engine, lambda: None), tmp_path, lambda: None)
        assert PreparedEngine(lookups, Prepared(tmp_path)).executors() == engine.executors()


def test_what_the_cache_counts_is_told() -> None:
    app = make_app(settings=ServerSettings(metrics="public"))
    told = SimpleNamespace(prepared=1, joined=2, not_modified=3, evictions=4, refused=5, bytes=6, entries=7, bound=8)
    app.extensions["samizdat-cache"] = SimpleNamespace(counters=told)
    found = samples(Client(app))
    names = ("prepared_total", "joined_total", "not_modified_total", "evictions_total", "refused_total")
    assert [found[(f"samizdat_cache_{name}",)] for name in (*names, "bytes", "entries", "bound")] == [*range(1, 9)]


def test_an_engine_tells_of_its_executors_and_of_its_kills(tmp_path: Path) -> None:
    before = kills.KILLS.counts().get("deadline", 0)
    with engines(filled_store(tmp_path)) as started:
        engine = started(Budget(seconds=5, executors=2))
        assert label(engine, 1) == "label 1"
        assert engine.executors() == {"busy": 0, "idle": 1}
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(engine.evaluate, Query(RUNAWAY), JSON, timeout=1)
            assert soon(lambda: engine.executors()["busy"] == 1)
            with pytest.raises(QueryTimeout):
                running.result()
        assert kills.KILLS.counts()["deadline"] == before + 1
        assert soon(lambda: engine.executors() == {"busy": 0, "idle": 1})


@pytest.mark.parametrize(
    ("setting", "address", "headers", "status"),
    [
        ("local", "127.0.0.1", {}, 200),
        ("local", "::1", {}, 200),
        ("local", "203.0.113.7", {}, 404),
        ("local", "", {}, 404),
        ("local", "127.0.0.1", {"X-Forwarded-For": "203.0.113.7"}, 404),
        ("local", "127.0.0.1", {"Forwarded": "for=203.0.113.7"}, 404),
        ("public", "203.0.113.7", {}, 200),
        ("off", "127.0.0.1", {}, 404),
    ],
)
def test_metrics_are_for_this_machine_unless_said_otherwise(
    setting: str, address: str, headers: dict[str, str], status: int
) -> None:
    client = watched(ServerSettings(metrics=setting))
    answer = client.get("/metrics", headers=headers, environ_overrides={"REMOTE_ADDR": address})
    assert answer.status_code == status
    assert status == 404 or answer.headers["Cache-Control"] == "no-store"
    # Whoever may not read them learns no more than of any address that is not there.
    assert ("samizdat_" in answer.text) == (status == 200)


FORMS = (
    ("SELECT*{}", "select"),
    ("\ufeff \n base<http://a/> prefix:<b> PREFIX é:<c#d> # ASK {}\r\nAsk{}", "ask"),
    ("PREFIX a: <x> CONSTRUCT { } WHERE { }", "construct"),
    ("describe ?x {}", "describe"),
    ("INSERT DATA { }", "other"),
    ("SELECTED", "other"),
    ("", "other"),
    ("PREFIX a: PREFIX a: <b", "other"),
    ("# " * 500_000, "other"),
    ("PREFIX a:<b>" * 50_000 + "<", "other"),
)


@pytest.mark.parametrize(("query", "form"), FORMS)
def test_the_form_of_a_query_is_its_first_word(query: str, form: str) -> None:
    assert form_of(query) == form
    assert form in KINDS


def test_a_hash_knows_a_query_however_it_is_spaced() -> None:
    assert digest("ASK { ?a ?b ?c }") == digest("ASK  {\n?a ?b\t?c }\n")
    assert digest("ASK { ?a ?b ?c }") != digest("ASK { ?a ?b ?d }")
    assert re.fullmatch("[0-9a-f]{16}", digest("\ud800"))


def test_ready_means_that_an_executor_answers() -> None:
    engine = FakeEngine()
    client: Any = make_app(engine).test_client()
    told = client.get("/readyz")
    assert (told.status_code, told.json["status"], told.json["snapshot"]) == (200, "ready", "5a" * 32)
    query, _, timeout = engine.seen[-1]
    assert query.text.startswith("ASK")
    assert timeout
    assert timeout <= 2
    engine.error = EngineUnavailable("every executor is busy", "wait")
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200
    assert client.get("/healthz").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/sparql?query=ASK{}", "/sparql?query=ASK{", "/readyz", "/metrics", "/claims", "/nope"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
@pytest.mark.parametrize("accept", [BROWSER, "application/json"])
def test_every_answer_of_every_method_bears_the_security_headers(path: str, method: str, accept: str) -> None:
    headers = watched().open(path, method=method, headers={"Accept": accept}).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == headers["Cross-Origin-Opener-Policy"] == "same-origin"
