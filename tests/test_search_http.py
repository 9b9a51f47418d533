"""``/search``: what is found and what is not, from the index of the snapshot or without one; and through the cache."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Store
from server_fixtures import CATALOGUE, UNCACHED, FakeEngine, make_app, make_client, store

from graph.iris import ID
from graph.snapshot import Snapshot, Snapshots
from server import create_app
from server.settings import ServerSettings


@pytest.fixture(scope="module")
def client(seed_store: Store) -> FlaskClient:
    return make_app(FakeEngine(content=seed_store)).test_client()


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return Snapshots(tmp_path_factory.mktemp("snapshots")).publish(list(store()), {})


def served(snapshot: Snapshot, engine: FakeEngine, settings: ServerSettings = UNCACHED) -> FlaskClient:
    held = Snapshot(snapshot.id, snapshot.path)
    return create_app(settings, engine=engine, snapshot=held, catalogue=CATALOGUE).test_client()


def found(client: FlaskClient, **given: Any) -> Any:
    reply = client.get("/search", query_string=given)
    assert reply.status_code == 200, reply.text
    return reply.json


def test_things_and_claims_are_found_with_where_they_are(client: FlaskClient) -> None:
    answered = found(client, q="Назарбаев")
    best = answered["things"][0]
    assert best["id"] == f"{ID}person/nursultan-nazarbayev"
    assert best["name"] == "Nursultan Nazarbayev"
    assert best["matched"]["name"]
    assert client.get(best["href"]).status_code == 200
    claim = found(client, q="deemed an extremist group", kind="claims")["claims"][0]
    assert claim["modality"] == "asserted"
    assert any("deemed an extremist group" in quote for quote in claim["quotes"])


def test_a_kind_and_a_type_narrow_it(client: FlaskClient) -> None:
    assert set(found(client, q="progress", kind="things")) == {"query", "things", "facets", "next"}
    parties = found(client, q="progress", type="pol:PoliticalParty")
    assert {thing["id"].split("/")[-2] for thing in parties["things"]} == {"party"}
    assert parties["claims"] == []


def test_pages_lead_through_all_that_is_found(client: FlaskClient) -> None:
    whole = [thing["id"] for thing in found(client, q="kazakhstan", kind="things", limit=50)["things"]]
    seen, address = [], "/search?q=kazakhstan&kind=things&limit=3"
    while address:
        page: Any = client.get(address).json
        assert len(page["things"]) <= 3
        seen += [thing["id"] for thing in page["things"]]
        address = page["next"]
    assert seen == whole
    assert len(whole) > 3


def test_nothing_sensitive_is_found(client: FlaskClient) -> None:
    for text in ("children", "zholboldina children", "mother of two young children"):
        answered = client.get("/search", query_string={"q": text, "limit": 50}).text
        assert "zholboldina-children" not in answered


@pytest.mark.parametrize(
    "query",
    ["", "?q=", "?q=%20", f"?q={'x' * 501}", "?q=x&kind=nothing", "?q=x&limit=0", "?q=x&limit=-1", "?q=x&offset=x",
     "?q=x&limit=²"],
)  # fmt: skip
def test_what_does_not_fit_is_told(query: str) -> None:
    reply = make_client().get(f"/search{query}")
    assert (reply.status_code, reply.content_type) == (400, "application/problem+json")


def test_addresses_of_others_cannot_be_slipped_in() -> None:
    answered: Any = make_client().get("/search?q=a&limit=1&_external=1&_scheme=javascript&_anchor=x").json
    assert "next" in answered
    assert "javascript" not in str(answered["next"])


def test_the_index_of_the_snapshot_is_asked_and_not_the_engine(snapshot: Snapshot) -> None:
    engine = FakeEngine()
    answered = found(served(snapshot, engine), q="progress")
    assert answered["things"][0]["name"] == "Progress"
    assert engine.seen == []


def test_a_snapshot_without_an_index_is_searched_all_the_same(snapshot: Snapshot) -> None:
    engine = FakeEngine()
    without = served(Snapshot(snapshot.id, Path("nowhere")), engine)
    assert found(without, q="progres") == found(served(snapshot, FakeEngine()), q="progres")
    asked = len(engine.seen)
    found(without, q="asya")
    assert len(engine.seen) == asked > 0


def test_what_is_found_is_kept_with_its_snapshot(snapshot: Snapshot) -> None:
    client = served(snapshot, FakeEngine(), ServerSettings())
    first, second = (client.get("/search?q=progress", headers={"Accept": "*/*"}) for _ in range(2))
    assert first.headers["ETag"] == second.headers["ETag"]
    assert first.headers["Samizdat-Snapshot"] == snapshot.id
    again = client.get("/search?q=progress", headers={"Accept": "*/*", "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert client.head("/search?q=progress").status_code == 200
    assert client.post("/search?q=progress").status_code == 405
    assert first.headers["Access-Control-Allow-Origin"] == "*"
