"""Dereferencing over HTTP: 303, negotiation, extensions, pages of long documents, 404 with a suggestion, 410."""

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse
from server_fixtures import BROWSER, PARTY, FakeEngine, make_app, make_client
from werkzeug.test import TestResponse

from graph import description
from graph.asking import claims_about
from graph.asking.retractions import RETRACTS, SUPERSEDES, retraction_of
from graph.iris import DOC, ID
from graph.snapshot import Snapshots
from ontology.base import BASE
from server import create_app
from server.linked_data import EXTENSIONS
from server.settings import ServerSettings

BAN, HARD = f"{ID}claim/one/ban", f"{ID}claim/one/hard"
TYPES = {extension: item.media_type for extension, item in EXTENSIONS.items()}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return make_client()


def links(response: TestResponse) -> dict[str, list[str]]:
    """The addresses in the Link fields of a response, by relation."""
    found: dict[str, list[str]] = {}
    for field in response.headers.getlist("Link"):
        matched = re.fullmatch(r'<([^>]*)>; rel="([^"]*)"(?:; .*)?', field)
        assert matched, field
        found.setdefault(matched[2], []).append(matched[1])
    return found


def changed(*quads: Quad) -> FlaskClient:
    """A client of the usual graph and some more."""
    store = Store()
    store.extend(FakeEngine().content)
    store.extend(quads)
    return make_app(FakeEngine(content=store)).test_client()


@pytest.mark.parametrize("accept", ["text/turtle", BROWSER, "image/png", "*/*"])
def test_a_thing_is_no_document_whatever_is_accepted(client: FlaskClient, accept: str) -> None:
    for method in (client.get, client.head):
        response = method("/id/party/progress", headers={"Accept": accept})
        assert (response.status_code, response.location) == (303, "/doc/party/progress")
        assert "Accept" in response.vary
        assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_what_the_address_asks_for_is_kept_on_the_way(client: FlaskClient) -> None:
    assert client.get("/id/party/progress?format=nt&page=1").location == "/doc/party/progress?format=nt&page=1"


@pytest.mark.parametrize("path", ["party/progress", "claim/one/ban", "editorial/one"])
@pytest.mark.parametrize("extension", TYPES)
def test_a_document_is_of_the_format_that_is_accepted_or_named(client: FlaskClient, path: str, extension: str) -> None:
    named = client.get(f"/doc/{path}.{extension}", headers={"Accept": "image/png"})
    accepted = client.get(f"/doc/{path}", headers={"Accept": TYPES[extension]})
    asked = client.get(f"/doc/{path}?format={extension}")
    for response in (named, accepted, asked):
        assert response.status_code == 200
        assert response.mimetype == TYPES[extension]
        assert response.headers["Content-Location"] == f"/doc/{path}.{extension}"
        assert "Accept" in response.vary
        assert response.data == named.data


def test_a_browser_and_whoever_takes_anything_get_the_page(client: FlaskClient) -> None:
    for headers in ({"Accept": BROWSER}, {"Accept": "*/*"}, {}):
        assert client.get("/doc/party/progress", headers=headers).mimetype == "text/html"
    assert client.get("/doc/party/progress", headers={"Accept": "image/png"}).status_code == 406


def test_every_link_of_a_document_leads_to_what_it_says(client: FlaskClient) -> None:
    response = client.get("/doc/party/progress.ttl")
    found = links(response)
    assert found["describes"] == [PARTY]
    assert sorted(found["alternate"]) == sorted(f"/doc/party/progress.{name}" for name in TYPES if name != "ttl")
    for address in found["alternate"]:
        assert client.get(address).mimetype == TYPES[address.rpartition(".")[2]]
    page = client.get("/doc/party/progress", headers={"Accept": BROWSER}).text
    assert '<link rel="alternate" type="text/turtle" href="/doc/party/progress.ttl">' in page


def test_a_document_and_its_thing_can_be_told_apart_in_rdf(client: FlaskClient) -> None:
    found = {str(quad.triple) for quad in parse(client.get("/doc/party/progress.nt").data, RdfFormat.N_TRIPLES)}
    topic = [line for line in found if "foaf/0.1/primaryTopic" in line]
    assert topic == [f"<{DOC}party/progress> <http://xmlns.com/foaf/0.1/primaryTopic> <{PARTY}>"]


@pytest.mark.parametrize("address", ["/id/party/progres", "/doc/party/progres", "/doc/party/progres.ttl"])
def test_the_unknown_is_404_with_what_is_nearest(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"
    assert "party/progress" in response.get_json(force=True)["hint"]
    assert 'href="/doc/party/progress"' in client.get(address, headers={"Accept": BROWSER}).text


def test_no_claim_about_private_life_is_suggested(client: FlaskClient) -> None:
    response = client.get("/id/claim/one/childre")
    assert response.status_code == 404
    assert "children" not in response.text


def test_a_snapshot_with_an_index_suggests_from_it(seed_store: Store, tmp_path: Path) -> None:
    snapshot = Snapshots(tmp_path).publish(list(seed_store), {"counts": {}})
    engine = FakeEngine(content=seed_store)
    client = create_app(ServerSettings(), engine=engine, snapshot=snapshot, catalogue={}).test_client()
    assert "did you mean party/nur-otan?" in client.get("/id/party/nur-otann").get_json(force=True)["hint"]
    assert "did you mean" not in client.get("/id/party/qqqq-xxxx").get_json(force=True)["hint"]


@pytest.mark.parametrize("path", ["party/x%3E%20%7D%20%23", "party/a%0Ab", "party/%22"])
@pytest.mark.parametrize("place", ["/id/", "/doc/"])
def test_what_could_break_out_of_a_query_names_nothing(client: FlaskClient, place: str, path: str) -> None:
    assert client.get(place + path).status_code == 404


@pytest.mark.parametrize("address", ["/id/party/progress", "/doc/party/progress", "/doc/party/progress.ttl"])
def test_it_is_only_read(client: FlaskClient, address: str) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        response = client.open(address, method=method)
        assert response.status_code == 405
        assert {"GET", "HEAD"} <= set(response.headers["Allow"].split(", "))


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "99999999", "²"])
def test_a_page_has_a_number(client: FlaskClient, page: str) -> None:
    assert client.get("/doc/party/progress", query_string={"page": page}).status_code == 400


def test_a_long_document_comes_in_pages_that_lead_to_each_other(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = {quad.triple for quad in parse(client.get("/doc/editorial/one.nt").data, RdfFormat.N_TRIPLES)}
    monkeypatch.setattr(description, "PAGE", 4)
    address: str | None = "/doc/editorial/one.nt"
    seen: list[str] = []
    together = set()
    while address:
        response = client.get(address)
        assert response.status_code == 200
        together |= {quad.triple for quad in parse(response.data, RdfFormat.N_TRIPLES)}
        found = links(response)
        assert found.get("prev", []) == seen[-1:]
        assert ("first" in found) == bool(seen)
        seen.append(address.replace(".nt", ""))
        address = urljoin(address, next(iter(found.get("next", [])), "")).replace("/one", "/one.nt") if (
            "next" in found
        ) else None  # fmt: skip
    assert len(seen) > 2
    own = {triple for triple in whole if not str(triple.subject).startswith(f"<{DOC}")}
    assert own <= together
    assert client.get(f"/doc/editorial/one?page={len(seen) + 1}").status_code == 404
    page = client.get("/doc/editorial/one?page=2", headers={"Accept": BROWSER}).text
    assert 'href="/doc/editorial/one?page=3"' in page
    assert "Page 2" in page


def test_many_claims_come_in_pages_too(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims_about, "CLAIMS", 2)
    pages = [client.get(f"/doc/editorial/one?page={page}", headers={"Accept": BROWSER}).text for page in (1, 2, 3)]
    shown = [set(re.findall(r'<article class="claim" id="one/(\w+)"', page)) for page in pages]
    assert set.union(*shown) == {"ban", "rigged", "hostile", "hard"}
    assert sum(map(len, shown)) == 4


def test_a_page_says_why_and_leaves_the_words_about_private_life_out(client: FlaskClient) -> None:
    page = client.get("/doc/party/progress", headers={"Accept": BROWSER}).text
    assert '<summary>why</summary><a href="/doc/claim/one/ban">Progress was banned</a>' in page
    assert "Asya has children" not in client.get("/doc/person/asya", headers={"Accept": BROWSER}).text
    for extension in TYPES:
        assert "Asya has children" not in client.get(f"/doc/person/asya.{extension}").text


@pytest.mark.parametrize("extension", ["html", "nt", "jsonld"])
def test_it_works_below_a_prefix(extension: str) -> None:
    app = make_app()
    client = app.test_client()
    place = {"base_url": "http://host.example/mounted-there"}
    assert client.get("/id/party/progress", **place).location == "/mounted-there/doc/party/progress"
    response = client.get(f"/doc/party/progress.{extension}", **place)
    assert response.headers["Content-Location"] == f"/mounted-there/doc/party/progress.{extension}"
    assert all(address.startswith("/mounted-there/") for address in links(response)["alternate"])
    if extension == "html":
        assert 'href="/mounted-there/doc/claim/one/ban"' in response.text
    else:
        assert PARTY in response.text
        assert "/mounted-there/" not in response.text


def test_the_cache_keeps_each_form_apart_and_gives_it_a_strong_tag() -> None:
    client = make_app(settings=ServerSettings()).test_client()
    tags = {}
    for accept in TYPES.values():
        first = client.get("/doc/party/progress", headers={"Accept": accept})
        again = client.get("/doc/party/progress", headers={"Accept": accept})
        assert first.data == again.data
        assert first.headers["Content-Location"] == again.headers["Content-Location"]
        assert links(first) == links(again)
        tags[accept] = first.headers["ETag"]
        assert not tags[accept].startswith("W/")
        known = client.get("/doc/party/progress", headers={"Accept": accept, "If-None-Match": tags[accept]})
        assert known.status_code == 304
    assert len(set(tags.values())) >= len(TYPES) - 2  # a thing's TriG is its Turtle, and its N-Quads its N-Triples


def test_what_was_retracted_is_gone_with_the_reason() -> None:
    said = Quad(NamedNode(f"{ID}group/officials"), RETRACTS, NamedNode(BAN), NamedNode(f"{HARD}#assertion"))
    client = changed(said)
    for address in ("/id/claim/one/ban", "/doc/claim/one/ban", "/doc/claim/one/ban.ttl"):
        response = client.get(address)
        assert response.status_code == 410
        problem = response.get_json(force=True)
        assert problem["type"] == f"{BASE}problems#retracted"
        assert "It will be hard" in problem["detail"]
        assert HARD in problem["hint"]
    assert client.get("/doc/claim/one/hard").status_code == 200
    assert 'href="/doc/claim/one/hard"' in client.get("/doc/claim/one/ban", headers={"Accept": BROWSER}).text


def test_what_was_superseded_leads_to_what_took_its_place() -> None:
    old = f"{ID}claim/one/no-longer-there"
    client = changed(Quad(NamedNode(HARD), SUPERSEDES, NamedNode(old), NamedNode(f"{HARD}#pubinfo")))
    response = client.get("/id/claim/one/no-longer-there")
    assert response.status_code == 410
    assert f"read <{HARD}>" in response.get_json(force=True)["hint"]


def test_only_claims_are_taken_back() -> None:
    store = Store()
    store.add(Quad(NamedNode(HARD), RETRACTS, NamedNode(PARTY), NamedNode(f"{HARD}#assertion")))
    assert retraction_of(FakeEngine(content=store), PARTY) is None
    assert retraction_of(FakeEngine(content=store), BAN) is None
