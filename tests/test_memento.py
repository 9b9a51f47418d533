"""Memento (RFC 7089): every address as of every snapshot, and the way there, as a client walks it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from live_fixtures import Live, live
from pyoxigraph import RdfFormat, parse
from server_fixtures import BROWSER, make_client
from time_fixtures import DAYS, Past, links, make_past, on, serving

from ontology.base import BASE, rebased

ASK = quote(rebased("ASK { <https://w3id.org/samizdat/id/party/p> ?label 'Pe'@en }"))
DOC = "/doc/party/p"
JSON = {"Accept": "application/sparql-results+json"}
TURTLE = {"Accept": "text/turtle"}


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Past:
    return make_past(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def app(past: Past) -> Iterator[Flask]:
    with pytest.MonkeyPatch.context() as patched, serving(past, patched) as made:
        yield made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def server(past: Past) -> Iterator[Live]:
    with live(past.home, EXECUTORS=2, BASE=BASE) as running:
        yield running


def relative(href: str) -> str:
    parts = urlsplit(href)
    return parts.path + (f"?{parts.query}" if parts.query else "")


@pytest.mark.parametrize("address", [DOC, "/claims", f"/sparql?query={ASK}"])
def test_a_client_walks_over_three_snapshots(server: Live, past: Past, address: str) -> None:
    """Over real HTTP: from the original to its TimeGate and its TimeMap, and from memento to memento."""
    original = server.send(address)
    told = links(", ".join(original.headers.get_all("Link") or []))
    gate = relative(told["timegate"][0][0]) or address
    bodies = []
    for day, snapshot in zip(DAYS, past.three, strict=True):
        found = server.send(gate, Accept_Datetime=format_datetime(day + timedelta(days=1), usegmt=True))
        if found.status == 302:
            assert "accept-datetime" in found.headers["Vary"].lower()
            found = server.send(found.headers["Location"])
        assert found.status == 200
        assert parsedate_to_datetime(found.headers["Memento-Datetime"]) == day
        assert found.headers["Samizdat-Snapshot"] == snapshot.id
        around = links(", ".join(found.headers.get_all("Link") or []))
        assert relative(around["original"][0][0]) == address
        bodies.append(found.body)
    assert len(set(bodies[:2])) == 2
    timemap = server.send(relative(around["timemap"][0][0]))
    assert timemap.headers["Content-Type"] == "application/link-format"
    listed = links(timemap.body.decode())
    assert [parsedate_to_datetime(found["datetime"]) for _, found in listed["memento"]] == list(DAYS)
    assert [relative(href) for href, _ in listed["first"] + listed["last"]] == [
        f"/snapshot/{snapshot.id}{address}" for snapshot in (past.three[0], past.three[-1])
    ]
    here, seen = relative(listed["last"][0][0]), []
    while here:
        reply = server.send(here)
        seen.append(reply.body)
        earlier = links(", ".join(reply.headers.get_all("Link") or [])).get("prev")
        here = relative(earlier[0][0]) if earlier else ""
    assert seen[::-1] == bodies


def test_the_time_chooses_the_snapshot(client: FlaskClient, past: Past) -> None:
    for when, number in (
        (DAYS[0] - timedelta(days=900), 0),
        (DAYS[0], 0),
        (DAYS[1] - timedelta(seconds=1), 0),
        (DAYS[1], 1),
        (DAYS[2], 2),
        (DAYS[2] + timedelta(days=900), 2),
    ):
        gate = client.get(f"/timegate{DOC}", headers=on(when))
        assert gate.headers["Location"] == f"/snapshot/{past.three[number].id}{DOC}"
        answer = client.get(DOC, headers={**TURTLE, **on(when)})
        assert answer.headers["Samizdat-Snapshot"] == past.three[number].id
        assert answer.headers["Memento-Datetime"] == format_datetime(DAYS[number], usegmt=True)
        assert answer.headers["Content-Location"] == f"/snapshot/{past.three[number].id}{DOC}.ttl"
        assert "Accept-Datetime" in answer.headers["Vary"]
    assert client.get(f"/timegate{DOC}").headers["Location"].startswith(f"/snapshot/{past.three[2].id}")
    assert "Memento-Datetime" not in client.get(DOC).headers


def test_the_endpoint_answers_of_the_past(client: FlaskClient) -> None:
    said = []
    for day in DAYS:
        for answer in (
            client.get(f"/sparql?query={ASK}", headers={**JSON, **on(day)}),
            client.post("/sparql", data={"query": rebased("ASK { ?s ?p 'Pe'@en }")}, headers={**JSON, **on(day)}),
        ):
            assert answer.headers["Memento-Datetime"] == format_datetime(day, usegmt=True)
            said.append(answer.get_json()["boolean"])
    assert said == [False, False, True, True, True, True]
    posted = client.post("/sparql", data={"query": "ASK {}"}, headers={**JSON, **on(DAYS[0])})
    assert "Content-Location" not in posted.headers


def test_what_was_answered_of_one_time_is_not_given_for_another(client: FlaskClient, past: Past) -> None:
    address = f"/sparql?query={ASK}"
    now = client.get(address, headers=JSON)
    for _ in range(2):
        told = [client.get(address, headers={**JSON, **on(day)}).get_json()["boolean"] for day in DAYS]
        assert told == [False, True, True]
    memento = client.get(f"/snapshot/{past.three[2].id}{address}", headers=JSON)
    assert memento.data == now.data
    assert memento.headers["ETag"] == now.headers["ETag"], "the same bytes"
    assert now.headers.getlist("Link") == ['<>; rel="original timegate"']
    assert len(links(", ".join(memento.headers.getlist("Link")))["timegate"]) == 1


def test_an_etag_changes_exactly_when_the_answer_does(client: FlaskClient) -> None:
    party = [client.get(f"{DOC}.nt", headers=on(day)) for day in DAYS]
    assert party[0].data != party[1].data
    assert party[1].data == party[2].data
    assert party[0].headers["ETag"] != party[1].headers["ETag"] == party[2].headers["ETag"]
    again = client.get(f"{DOC}.nt", headers={**on(DAYS[2]), "If-None-Match": party[1].headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["Memento-Datetime"] == format_datetime(DAYS[2], usegmt=True)
    assert (
        client.get(f"{DOC}.nt", headers={**on(DAYS[0]), "If-None-Match": party[1].headers["ETag"]}).status_code == 200
    )


def test_pages_of_the_past_say_so_and_stay_there(client: FlaskClient, past: Past) -> None:
    prefix = f"/snapshot/{past.three[0].id}"
    page = client.get(f"{prefix}/claims", headers={"Accept": BROWSER}).get_data(as_text=True)
    assert "This is what was published on 1 March 2026, 12:00 UTC." in page
    assert 'href="/claims">See it as it is now' in page
    assert f'href="{prefix}/' in page
    assert 'href="/static/samizdat.css' in page
    assert "Ant &amp; &lt;bee&gt;" in page
    now = client.get("/claims", headers={"Accept": BROWSER}).get_data(as_text=True)
    assert "This is what was published on" not in now
    assert "/snapshot/" not in now


def test_a_thing_leads_to_its_document_of_that_time(client: FlaskClient, past: Past) -> None:
    prefix = f"/snapshot/{past.three[0].id}"
    for answer in (client.get(f"{prefix}/id/party/p"), client.get("/id/party/p", headers=on(DAYS[0]))):
        assert answer.status_code == 303
        assert answer.headers["Location"] == f"{prefix}/doc/party/p"
        assert answer.headers["Memento-Datetime"] == format_datetime(DAYS[0], usegmt=True)
    document = client.get(f"{prefix}/doc/party/p.ttl")
    assert list(parse(document.data, format=RdfFormat.TURTLE))
    assert document.headers["X-Robots-Tag"] == "noindex"


def test_what_was_not_there_was_not_there(client: FlaskClient, past: Past) -> None:
    answer = client.get("/doc/party/q", headers=on(DAYS[0]))
    assert answer.status_code == 404
    assert answer.headers["Memento-Datetime"] == format_datetime(DAYS[0], usegmt=True)
    listed = links(client.get("/timemap/doc/party/q").get_data(as_text=True))
    assert [relative(href) for href, _ in listed["memento"]] == [f"/snapshot/{past.three[2].id}/doc/party/q"]
    claims = links(client.get("/timemap/id/claim/one/a").get_data(as_text=True))
    assert len(claims["memento"]) == 2
    gate = client.get("/timegate/doc/party/q", headers=on(DAYS[0]))
    assert past.three[2].id in gate.headers["Location"]
    for address in ("/timemap/doc/party/nobody", "/timemap/nowhere", "/timegate/healthz", "/timemap/changes"):
        assert client.get(address).status_code == 404
    assert len(links(client.get("/timemap/doc/party/p.ttl").get_data(as_text=True))["memento"]) == 3


def test_a_timemap_in_json(client: FlaskClient, past: Past) -> None:
    for address, headers in ((f"/timemap/json{DOC}", {}), (f"/timemap{DOC}", {"Accept": "application/json"})):
        told = client.get(address, headers=headers).get_json()
        assert told["original_uri"] == f"http://localhost{DOC}"
        assert [one["datetime"] for one in told["mementos"]["list"]] == [f"{day:%Y-%m-%dT%H:%M:%SZ}" for day in DAYS]
        assert [one["snapshot"] for one in told["periods"]] == [snapshot.id for snapshot in past.three]
    assert (
        client.get(f"/timemap/link{DOC}", headers={"Accept": "application/json"}).mimetype == "application/link-format"
    )
    assert client.get(f"/timemap{DOC}", headers={"Accept": "image/png"}).status_code == 406


def test_a_short_name_leads_to_the_whole_one(client: FlaskClient, past: Past) -> None:
    name = past.three[0].id
    for prefix in (name[:8], name[:8].upper(), name[:63]):
        answer = client.get(f"/snapshot/{prefix}/claims?modality=asserted")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/snapshot/{name}/claims?modality=asserted")
    assert client.get(f"/snapshot/{name}").headers["Location"] == f"/snapshot/{name}/"
    assert client.get("/snapshot/").headers["Location"] == "/changes"
    assert client.get(f"/snapshot/{name}/changes").headers["Location"] == "/changes"
    for wrong in (name[:7], "f" * 64, "g" * 64, name + "0"):
        answer = client.get(f"/snapshot/{wrong}/claims")
        assert answer.status_code == 404
        assert answer.get_json()["type"].endswith("#unknown-snapshot")


@pytest.mark.parametrize("address", ["/timegate/claims", "/timemap/claims", "/claims", "/snapshot/12345678/claims"])
def test_the_past_is_only_read(client: FlaskClient, address: str) -> None:
    answer = client.post(address)
    assert answer.status_code == 405
    assert {"GET", "HEAD"} <= set(answer.headers["Allow"].replace(" ", "").split(","))


def test_head_says_what_get_says(client: FlaskClient, past: Past) -> None:
    for address in (f"/snapshot/{past.three[0].id}{DOC}.nt", f"/timemap{DOC}", f"/timegate{DOC}"):
        got, head = client.get(address), client.head(address)
        assert head.data == b""
        assert sorted(head.headers) == sorted(got.headers)


@pytest.mark.parametrize("header", ["yesterday", "2026-03-01", "Sun, 99 Foo 2026"])
def test_a_time_that_is_none_is_refused(client: FlaskClient, header: str) -> None:
    for address in (DOC, f"/timegate{DOC}"):
        answer = client.get(address, headers={"Accept-Datetime": header})
        assert answer.status_code == 400
        assert "Memento-Datetime" not in answer.headers


def test_what_is_wrong_with_a_request_is_no_memento(client: FlaskClient, past: Past) -> None:
    answer = client.get(f"/snapshot/{past.three[0].id}/sparql?query=SELEC")
    assert answer.status_code == 400
    assert "Memento-Datetime" not in answer.headers


def test_a_long_query_of_the_past_has_no_links(client: FlaskClient) -> None:
    answer = client.get("/sparql", query_string={"query": f"ASK {{}} #{'x' * 5000}"}, headers={**JSON, **on(DAYS[0])})
    assert answer.status_code == 200
    assert answer.headers["Memento-Datetime"]
    assert sum(len(value) for _, value in answer.headers) < 20_000


def test_scripts_of_other_sites_may_ask_for_the_past(client: FlaskClient, past: Past) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    allowed = client.options("/sparql", headers={**asked, "Access-Control-Request-Headers": "accept-datetime"})
    assert "Accept-Datetime" in allowed.headers["Access-Control-Allow-Headers"]
    for address in (f"/snapshot/{past.three[0].id}{DOC}.nt", f"/timemap{DOC}", f"/timegate{DOC}"):
        answer = client.get(address)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Memento-Datetime" in answer.headers["Access-Control-Expose-Headers"]


def test_mounted_under_a_prefix(client: FlaskClient, past: Past) -> None:
    at = {"SCRIPT_NAME": "/graphs"}
    gate = client.get(f"/timegate{DOC}", headers=on(DAYS[0]), environ_overrides=at)
    assert gate.headers["Location"] == f"/graphs/snapshot/{past.three[0].id}{DOC}"
    told = links(client.get("/timemap/claims", environ_overrides=at).get_data(as_text=True))
    assert told["original"][0][0] == "http://localhost/graphs/claims"
    page = client.get(f"/snapshot/{past.three[0].id}/claims", headers={"Accept": BROWSER}, environ_overrides=at)
    text = page.get_data(as_text=True)
    assert 'href="/graphs/claims">See it as it is now' in text
    assert 'href="/graphs/static/samizdat.css' in text
    assert f'href="/graphs/snapshot/{past.three[0].id}/' in text


def test_no_path_becomes_an_address_elsewhere(client: FlaskClient, past: Past) -> None:
    page = client.get(f"/snapshot/{past.three[0].id}//example.org/", headers={"Accept": BROWSER})
    assert 'href="//' not in page.get_data(as_text=True)


def test_an_application_of_one_snapshot_has_a_past_of_one() -> None:
    client = make_client()
    name = "5a" * 32
    listed = links(client.get("/timemap/doc/person/asya").get_data(as_text=True))
    assert [relative(href) for href, _ in listed["memento"]] == [f"/snapshot/{name}/doc/person/asya"]
    assert client.get(f"/snapshot/{name}/doc/person/asya.ttl").status_code == 200
    assert client.get("/changes").status_code == 200


def test_a_roll_back_and_a_pruned_snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    past = make_past(tmp_path)
    past.snapshots.roll_back(past.three[1].id)
    with serving(past, monkeypatch) as app:
        client = app.test_client()
        told = client.get(f"/timemap/json{DOC}").get_json()
        assert [one["snapshot"] for one in told["periods"]] == [past.three[number].id for number in (0, 1, 2, 1)]
        assert len(told["mementos"]["list"]) == 3
        assert client.get(f"/timegate{DOC}").status_code == 302
        listing = ("/dataset.ttl", f"/snapshot/{past.three[1].id}/dataset.ttl")
        for address in listing:
            assert past.three[0].id in client.get(address).text
        past.snapshots.prune(1)
        for address in listing:
            assert past.three[0].id not in client.get(address).text
            assert past.three[1].id in client.get(address).text
        told = json.loads(client.get(f"/timemap/json{DOC}").data)
        assert [one["snapshot"] for one in told["periods"]] == [past.three[number].id for number in (1, 2, 1)]
        assert client.get(f"/snapshot/{past.three[0].id}{DOC}").status_code == 404
        assert past.three[1].id in client.get(f"/timegate{DOC}", headers=on(DAYS[0])).headers["Location"]
