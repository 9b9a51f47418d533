"""Sitemaps and robots.txt: every document but private ones is listed, once, and every address answers."""

from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store
from server_fixtures import CATALOGUE, UNCACHED, FakeEngine, make_client

from graph.iris import ID
from graph.snapshot import Snapshot, Snapshots
from graph.snapshots import dumping
from graph.snapshots.statistics import TYPE
from ontology.base import BASE
from server import create_app
from server.describing.sitemaps import SPACE

HOST = "http://localhost"


def client_of(snapshot: Snapshot) -> FlaskClient:
    engine = FakeEngine(content=Store.read_only(str(snapshot.store_path)))
    return create_app(UNCACHED, engine=engine, snapshot=snapshot, catalogue=CATALOGUE).test_client()


def addresses(client: FlaskClient, path: str, base: str = f"{HOST}/") -> list[str]:
    response = client.get(path, base_url=base)
    assert (response.status_code, response.mimetype) == (200, "application/xml")
    root = ElementTree.fromstring(response.data)
    assert root.tag in (f"{{{SPACE}}}sitemapindex", f"{{{SPACE}}}urlset")
    return [found.text or "" for found in root.iter(f"{{{SPACE}}}loc")]


def listed(client: FlaskClient) -> list[str]:
    parts = addresses(client, "/sitemap.xml")
    return [address for part in parts for address in addresses(client, part.removeprefix(HOST))]


@pytest.fixture(scope="module")
def published(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return Snapshots(tmp_path_factory.mktemp("snapshots")).publish(list(seed_store), {})


@pytest.mark.parametrize("which", ["kept with the snapshot", "asked for"])
def test_every_listed_address_answers_and_none_is_private(which: str, published: Snapshot, seed_store: Store) -> None:
    kept = which == "kept with the snapshot"
    client = client_of(published) if kept else make_client(FakeEngine(content=seed_store))
    found = listed(client)
    assert len(found) == len(set(found)) > 80
    for address in found:
        assert client.get(address.removeprefix(HOST), headers={"Accept": "text/html"}).status_code == 200, address
    sensitive = seed_store.quads_for_pattern(None, NamedNode(f"{BASE}politics#sensitive"), None)
    private = {str(quad.subject)[1:-1] for quad in sensitive}
    assert private
    assert not [address for address in found for iri in private if address.endswith(iri.removeprefix(BASE + "id/"))]


def test_both_ways_list_the_same(published: Snapshot, seed_store: Store) -> None:
    path = "/sitemap/things-1.xml"
    asked = make_client(FakeEngine(content=seed_store))
    assert sorted(addresses(client_of(published), path)) == sorted(addresses(asked, path))


def test_a_large_graph_has_several_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dumping, "PART", 2)
    quads = [
        Quad(
            NamedNode(f"{ID}party/{name}"),
            NamedNode(TYPE[1:-1]),
            NamedNode(f"{BASE}politics#PoliticalParty"),
            DefaultGraph(),
        )
        for name in ("a", "b", "c&'d")
    ]
    client = client_of(Snapshots(tmp_path).publish(quads, {}))
    parts = addresses(client, "/sitemap.xml")
    assert [part.rpartition("/")[2] for part in parts] == ["pages.xml", "things-1.xml", "things-2.xml"]
    (last,) = addresses(client, "/sitemap/things-2.xml")
    assert last.endswith("/party/c&%27d")
    for wrong in ("things-0", "things-3", "things-01", "things--1", "things-x", "things", "other", "things-²"):
        assert client.get(f"/sitemap/{wrong}.xml").status_code == 404


def test_pages_changed_last_when_the_snapshot_was_published(published: Snapshot) -> None:
    text = client_of(published).get("/sitemap/things-1.xml").data
    moments = {found.text for found in ElementTree.fromstring(text).iter(f"{{{SPACE}}}lastmod")}
    (published_at,) = [entry.at for entry in Snapshots(published.path.parent).history()]
    assert moments == {published_at}
    assert datetime.fromisoformat(published_at).tzinfo


def test_addresses_stand_below_the_prefix(published: Snapshot) -> None:
    base = "https://data.example.org/graphs/"
    for part in addresses(client_of(published), "/sitemap.xml", base):
        assert part.startswith(base)
        path = urlsplit(part).path.removeprefix("/graphs")
        assert all(address.startswith(base) for address in addresses(client_of(published), path, base))


@pytest.mark.parametrize("base", [f"{HOST}/", "https://data.example.org/graphs/"])
def test_robots_may_read_pages_and_ask_nothing_costly(base: str) -> None:
    response = make_client().get("/robots.txt", base_url=base)
    assert response.mimetype == "text/plain"
    rules = RobotFileParser()
    rules.parse(response.text.splitlines())
    assert rules.site_maps() == [f"{base}sitemap.xml"]
    for path in ("", "claims", "questions/banned", "id/person/asya", "dataset", ".well-known/void", "sitemap.xml"):
        assert rules.can_fetch("anybody", base + path), path
    for path in ("sparql?query=ASK{}", "query?query=ASK{}", "dump/5a/x", "snapshot/5a/", "search?query=x"):
        assert not rules.can_fetch("anybody", base + path), path


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap/pages.xml", "/robots.txt"])
def test_they_are_only_read(path: str) -> None:
    client = make_client()
    assert client.post(path).status_code == 405
    assert (client.head(path).status_code, client.head(path).data) == (200, b"")
