"""What changed, as pages and JSON, as an Atom feed and as an event stream: the same claims in all, none private."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store, parse, serialize
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node
from server_fixtures import BROWSER, HOSTILE, make_client
from test_register import claim, iri
from time_fixtures import DAYS, VERSIONS, Past, content, make_past, publish, serving

from graph.snapshots.event import PAGE
from ontology.base import BASE

LDES, TREE = Namespace("https://w3id.org/ldes#"), Namespace("https://w3id.org/tree#")
AS = Namespace("https://www.w3.org/ns/activitystreams#")
ATOM = {"a": "http://www.w3.org/2005/Atom", "fh": "http://purl.org/syndication/history/1.0"}
HTML = {"Accept": BROWSER}


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


def test_the_page_of_changes_tells_of_each_publication(client: FlaskClient, past: Past) -> None:
    told = client.get("/changes?format=json").get_json()["publications"]
    assert [one["snapshot"] for one in told] == [snapshot.id for snapshot in reversed(past.three)]
    assert [one["counts"] for one in told] == [{"removed": 1}, {"added": 1, "corrected": 1, "removed": 1}, {"added": 3}]
    assert [one["is_current"] for one in told] == [True, False, False]
    assert told[0]["changes"] == f"/changes/{past.three[1].id}/{past.three[2].id}"
    assert told[-1]["changes"] is None
    page = client.get("/changes", headers=HTML).get_data(as_text=True)
    assert "1 March 2026, 12:00 UTC" in page
    for one in told:
        assert client.get(one["href"], headers=HTML).status_code == 200
        assert one["href"] in page


def test_the_page_of_a_comparison(client: FlaskClient, past: Past) -> None:
    address = f"/changes/{past.three[0].id}/{past.three[1].id}"
    page = client.get(address, headers=HTML).get_data(as_text=True)
    assert "1 claim added, 1 claim corrected, 1 thing corrected" in page
    assert "One change of a claim about private life is not listed here" in page
    assert "how it is held" in page
    assert page.index("asserted") < page.index("believed")
    assert "its names" in page
    assert f'href="/snapshot/{past.three[0].id}/' in page
    assert f'href="/snapshot/{past.three[1].id}/' in page
    assert "hildren" not in page


def test_a_comparison_in_json(client: FlaskClient, past: Past) -> None:
    address = f"/changes/{past.three[0].id}/{past.three[1].id}?format=json"
    told = client.get(address).get_json()
    assert told["counts"] == {"claims": {"added": 1, "corrected": 1}, "things": {"corrected": 1}}
    assert told["withheld"] == 1
    assert [(one["how"], one["after"]["label"]) for one in told["changes"]] == [
        ("corrected", "Bee"),
        ("added", "Cat"),
        ("corrected", "Pe"),
    ]
    assert (told["changes"][0]["before"]["modality"], told["changes"][0]["after"]["modality"]) == (
        "asserted",
        "believed",
    )
    back = client.get(f"/changes/{past.three[1].id}/{past.three[0].id}?format=json").get_json()
    assert back["counts"] == {"claims": {"corrected": 1, "removed": 1}, "things": {"corrected": 1}}
    same = client.get(f"/changes/{past.three[1].id}/{past.three[1].id}?format=json").get_json()
    assert same["changes"] == []


def test_short_names_lead_to_whole_ones_and_wrong_ones_nowhere(client: FlaskClient, past: Past) -> None:
    one, other = past.three[0].id, past.three[1].id
    answer = client.get(f"/changes/{one[:9]}/{other[:9]}?format=json")
    assert answer.headers["Location"] == f"/changes/{one}/{other}?format=json"
    for address, status in (
        (f"/changes/{'f' * 64}/{other}", 404),
        (f"/changes/{one[:7]}/{other}", 404),
        (f"/changes/{one}/{other}?page=2", 404),
        (f"/changes/{one}/{other}?page=x", 400),
        ("/changes?page=0", 404),
        ("/changes?format=turtle", 406),
    ):
        assert client.get(address).status_code == status
    assert client.post("/changes").status_code == 405


def test_what_is_private_now_was_so_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told, private = (claim("a", "Has children", provenance=more) for more in ("", "; pol:sensitive true"))
    past = make_past(tmp_path, (content(), content(told), content(private)))
    with serving(past, monkeypatch) as app:
        client = app.test_client()
        for address in (f"/changes/{past.three[0].id}/{past.three[1].id}", "/feed.atom", "/ldes/1", "/changes"):
            for accept in (BROWSER, "*/*"):
                assert b"hildren" not in client.get(address, headers={"Accept": accept}).data


def test_too_many_changes_are_not_put_on_pages(
    client: FlaskClient, past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.history.changes.MOST", 1)
    answer = client.get(f"/changes/{past.three[2].id}/{past.three[0].id}", headers={"Accept": "application/json"})
    assert answer.status_code == 413
    assert "samizdat diff" in answer.get_json()["hint"]


def test_many_changes_are_turned_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = content(*(claim(f"c{number:03}", f"Number {number}") for number in range(150)))
    past = make_past(tmp_path, (content(), many, content()))
    with serving(past, monkeypatch) as app:
        address = f"/changes/{past.three[0].id}/{past.three[1].id}?format=json"
        pages = [app.test_client().get(f"{address}&page={page}").get_json() for page in (1, 2)]
        assert [len(page["changes"]) for page in pages] == [100, 50]
        assert pages[0]["next"] == f"{address.partition('?')[0]}?format=json&page=2"
        assert pages[1]["previous"].endswith("page=1")
        assert (pages[1]["next"], pages[0]["pages"]) == (None, 2)


def feed(client: FlaskClient, address: str = "/feed.atom") -> ET.Element:
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.data)


def test_the_feed_is_what_atom_asks_for(client: FlaskClient, past: Past) -> None:
    """RFC 4287, sections 4.1.1 and 4.1.2: what every feed and entry has, once."""
    found = feed(client)
    for name in ("id", "title", "updated", "author/a:name"):
        assert len(found.findall(f"a:{name}", ATOM)) == 1
    entries = found.findall("a:entry", ATOM)
    assert [entry.findtext("a:title", "", ATOM) for entry in entries] == [
        "Removed: Ant & <bee>",
        "Added: Cat",
        "Corrected: Bee",
        "Added: Bee",
        "Added: Ant & <bee>",
    ]
    ids = [entry.findtext("a:id", "", ATOM) for entry in entries]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith(BASE) for one in ids)
    for entry in entries:
        for name in ("id", "title", "updated", "summary"):
            assert len(entry.findall(f"a:{name}", ATOM)) == 1
        (href,) = [link.get("href", "") for link in entry.findall("a:link", ATOM) if link.get("rel") == "alternate"]
        page = client.get(href.removeprefix("http://localhost"), headers=HTML)
        assert page.status_code in (200, 303)
    assert found.findtext("a:updated", "", ATOM) == f"{DAYS[2]:%Y-%m-%dT%H:%M:%SZ}"
    assert "Corrected: how it is held." in entries[2].findtext("a:summary", "", ATOM)
    assert b"hildren" not in client.get("/feed.atom").data


def test_a_hostile_label_breaks_no_feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    label = HOSTILE.replace("\\", "\\\\").replace('"', '\\"') + "\\u0001\\uFFFE"
    past = make_past(tmp_path, (content(claim("a", label)), content(), content(claim("b"))))
    with serving(past, monkeypatch) as app:
        client = app.test_client()
        titles = [entry.findtext("a:title", "", ATOM) for entry in feed(client).findall("a:entry", ATOM)]
        assert titles[-1] == f"Added: {HOSTILE}\ufffd\ufffd"
        page = client.get(f"/changes/{past.three[0].id}/{past.three[1].id}", headers=HTML).get_data(as_text=True)
        assert "<script>" not in page
        assert list(parse(client.get("/ldes/1").data, format=RdfFormat.TURTLE))


def test_older_entries_are_in_archived_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """RFC 5005, section 4: from the feed through prev-archive to the first entry, none left out."""
    many = [claim(f"c{number:03}") for number in range(PAGE * 2 + 20)]
    past = make_past(tmp_path, (content(*many[:130]), content(*many), content(*many, claim("last"))))
    with serving(past, monkeypatch) as app:
        client = app.test_client()
        address, ids = "/feed.atom", set()
        while address:
            found = feed(client, address)
            ids |= {entry.findtext("a:id", "", ATOM) for entry in found.findall("a:entry", ATOM)}
            assert (found.find("fh:archive", ATOM) is not None) == ("page=" in address)
            older = [
                link.get("href", "") for link in found.findall("a:link", ATOM) if link.get("rel") == "prev-archive"
            ]
            address = older[0].removeprefix("http://localhost") if older else ""
        assert ids == {f"{BASE}ldes/{(n - 1) // PAGE + 1}#event-{n}" for n in range(1, PAGE * 2 + 22)}
        for wrong in ("0", "9", "x", "", "-1", "²"):
            assert client.get("/feed.atom", query_string={"page": wrong}).status_code in (400, 404)


def read(document: bytes, media_type: str | None) -> Graph:
    """By rdflib; of JSON-LD, whose reader there warns of its own class, by Oxigraph."""
    if media_type == "application/ld+json":
        triples = parse(document, format=RdfFormat.JSON_LD)
        return Graph().parse(serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    return Graph().parse(document, format=media_type)


def walked(client: FlaskClient, accept: str = "text/turtle") -> tuple[Graph, list[str]]:
    """Everything that a TREE client finds from the stream on, and the pages it went through."""
    whole, pages = Graph(), []
    start = client.get("/ldes", headers={"Accept": accept})
    whole += read(start.data, start.mimetype)
    page: Node | None = whole.value(URIRef(f"{BASE}ldes"), TREE.view)
    while page is not None:
        pages.append(str(page).removeprefix(BASE))
        answer = client.get(f"/{pages[-1]}", headers={"Accept": accept})
        assert answer.status_code == 200
        here = read(answer.data, answer.mimetype)
        whole += here
        relations = [here.value(relation, TREE.node) for relation in here.objects(page, TREE.relation)]
        page = relations[0] if relations else None
    return whole, pages


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/n-triples"])
def test_the_stream_has_every_version(client: FlaskClient, past: Past, accept: str) -> None:
    whole, pages = walked(client, accept)
    stream = URIRef(f"{BASE}ldes")
    assert pages == ["ldes/1"]
    assert (stream, RDF.type, LDES.EventStream) in whole
    time, version = (whole.value(stream, path) for path in (LDES.timestampPath, LDES.versionOfPath))
    deleted = whole.value(stream, LDES.versionDeleteObject)
    members = sorted(whole.objects(stream, TREE.member), key=lambda one: int(str(one).rpartition("-")[2]))
    told = [
        (
            str(whole.value(one, version)),
            datetime.fromisoformat(str(whole.value(one, time))),
            (one, RDF.type, deleted) in whole,
        )
        for one in members
    ]
    assert [(name.rpartition("/")[2], DAYS.index(at), gone) for name, at, gone in told] == [
        ("a", 0, False),
        ("b", 0, False),
        ("b", 1, False),
        ("c", 1, False),
        ("a", 2, True),
    ]
    assert told[0][0] == iri("claim/one/a")
    assert not any("children" in str(term) for triple in whole for term in triple)


def test_the_stream_gives_the_claims_of_today(client: FlaskClient, past: Past) -> None:
    """Whoever applies every event has what is published: the versions that were not followed by another."""
    whole, _ = walked(client)
    last = {}
    for member in sorted(whole.objects(None, TREE.member), key=lambda one: int(str(one).rpartition("-")[2])):
        last[whole.value(member, DCTERMS.isVersionOf)] = member
    standing = {str(name) for name, member in last.items() if (member, RDF.type, AS.Delete) not in whole}
    assert standing == {iri("claim/one/b"), iri("claim/one/c")}
    store = Store()
    store.extend(VERSIONS[2])
    asked = "ASK { <%s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ?kind }"
    assert all(store.query(asked % name) for name in standing)


def test_a_full_page_is_immutable_and_leads_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [claim(f"c{number:03}") for number in range(PAGE * 2)]
    past = make_past(tmp_path, (content(*many[:30]), content(*many), content(*many, claim("last"))))
    past.snapshots.roll_back(past.three[1].id)
    with serving(past, monkeypatch) as app:
        client = app.test_client()
        first = client.get("/ldes/1")
        whole, pages = walked(client)
        assert pages == ["ldes/1", "ldes/2", "ldes/3"]
        assert len(set(whole.objects(None, TREE.member))) == PAGE * 2 + 2
        assert "immutable" in first.headers["Cache-Control"]
        assert "immutable" not in client.get("/ldes/3").headers["Cache-Control"]
        assert "immutable" not in client.get("/ldes").headers["Cache-Control"]
        publish(past.snapshots, content(claim("other")), DAYS[2] + timedelta(days=1))
        again = client.get("/ldes/1", headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
        assert client.get("/ldes/3").data != b""
        for wrong, status in (("99", 404), ("0", 404), ("x", 400)):
            assert client.get(f"/ldes/{wrong}").status_code == status
        values = read(first.data, first.mimetype).objects(None, TREE.value)
        assert [datetime.fromisoformat(str(value)) for value in values] == [DAYS[1]]


def test_history_is_told_anew_once_it_has_grown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    past = make_past(tmp_path)
    with serving(past, monkeypatch) as app:
        client = app.test_client()
        addresses = ("/changes", "/feed.atom", "/ldes/1", "/timemap/claims")
        before = [client.get(address).headers["ETag"] for address in addresses]
        assert [client.get(address).headers["ETag"] for address in addresses] == before
        publish(past.snapshots, VERSIONS[0], DAYS[2] + timedelta(days=1))
        after = [client.get(address).headers["ETag"] for address in addresses]
        assert not set(before[:3]) & set(after[:3])
        assert before[3] == after[3], "the first snapshot has been published again: no new memento"


def test_an_application_without_a_log_has_an_empty_feed_and_stream() -> None:
    client = make_client()
    assert feed(client).findall("a:entry", ATOM) == []
    whole, pages = walked(client)
    assert pages == ["ldes/1"]
    assert not list(whole.objects(None, TREE.member))
