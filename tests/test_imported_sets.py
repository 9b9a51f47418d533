"""A snapshot with imported data sets says what is whose: each under its publisher's licence, and ours of ours alone."""

import csv
import gzip
import json
import re

import pytest
from evidence_fixtures import LICENCE, app_of, publish
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store, parse
from rdflib import DCTERMS, RDF, RDFS, VOID, Graph, Literal, Namespace, Node, URIRef
from server_fixtures import BROWSER

from graph.engine.results import Term
from graph.errors import QueryTimeout
from graph.iris import ID
from graph.segments.lines import sorted_lines
from graph.snapshot import Snapshot
from graph.snapshots.copying import is_imported
from ontology.base import BASE

DCAT = Namespace("http://www.w3.org/ns/dcat#")
OURS = URIRef("https://creativecommons.org/licenses/by/4.0/")
DATASET, OWN = URIRef(f"{BASE}dataset"), URIRef(f"{BASE}dataset#own")
RSF, POPOLO = URIRef(f"{BASE}graph/evidence/rsf"), URIRef(f"{BASE}graph/evidence/popolo")


@pytest.fixture(scope="module")
def snapshot(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return publish(seed_store, tmp_path_factory.mktemp("imported"))


@pytest.fixture(scope="module")
def client(snapshot: Snapshot) -> FlaskClient:
    return app_of(snapshot).test_client()


@pytest.fixture(scope="module")
def document(client: FlaskClient) -> Graph:
    return Graph().parse(data=client.get("/dataset.ttl").data, format="turtle")


def number(document: Graph, subject: Node | None, property_: URIRef) -> int:
    found = document.value(subject, property_)
    assert isinstance(found, Literal)
    return int(found)


def words(document: Graph, subject: URIRef) -> str:
    """The rights of something, in words."""
    return str(document.value(document.value(subject, DCTERMS.rights), RDFS.label))


def test_our_licence_is_of_ours_alone(document: Graph, snapshot: Snapshot) -> None:
    licensed = set(document.subjects(DCTERMS.license, OURS))
    version = f"{BASE}snapshot/{snapshot.id}/dataset"
    assert licensed == {OWN, URIRef(f"{BASE}dataset#catalogue"), *(
        URIRef(f"{version}#{name}") for name in ("own.nq.gz", "claims.csv")
    )}  # fmt: skip
    for whole in (DATASET, URIRef(version), URIRef(f"{version}#data.nq.gz"), URIRef(f"{BASE}sparql")):
        assert "licences of their publishers" in words(document, whole)


def test_each_data_set_is_a_part_with_its_publishers_licence(document: Graph) -> None:
    for part in (OWN, RSF, POPOLO):
        assert {DCAT.Dataset, VOID.Dataset} <= set(document.objects(part, RDF.type))
        assert (DATASET, DCTERMS.hasPart, part) in document
        assert (DATASET, VOID.subset, part) in document
        assert (URIRef(f"{BASE}dataset#catalogue"), DCAT.dataset, part) in document
    assert set(document.objects(RSF, DCTERMS.license)) == {URIRef(LICENCE)}
    assert not list(document.objects(POPOLO, DCTERMS.license))
    assert words(document, POPOLO) == "No licence is stated in the files that were imported; ask the publisher."
    (publisher,) = document.objects(RSF, DCTERMS.publisher)
    assert (publisher, URIRef("http://xmlns.com/foaf/0.1/name"), Literal("Reporters Without Borders (RSF)")) in document
    assert (RSF, DCTERMS.source, URIRef(f"{ID}dataset/rsf")) in document


def test_each_data_set_is_counted(document: Graph, snapshot: Snapshot) -> None:
    held = Store.read_only(str(snapshot.store_path))
    lines = sum(quad.graph_name.value == str(RSF) for quad in held if hasattr(quad.graph_name, "value"))
    assert number(document, RSF, VOID.triples) == lines > 50
    counted = {
        str(document.value(part, VOID["class"])).rpartition("#")[2]: number(document, part, VOID.entities)
        for part in document.objects(RSF, VOID.classPartition)
    }
    assert counted == {"Row": 5, "Measurement": 10}
    years = document.value(RSF, DCTERMS.temporal)
    assert (str(document.value(years, DCAT.startDate)), str(document.value(years, DCAT.endDate))) == ("2013", "2021")


def test_the_parts_by_their_dumps_are_the_whole(snapshot: Snapshot, seed_store: Store) -> None:
    own = gzip.decompress(snapshot.dumps.files["own.nq.gz"].path.read_bytes())
    again = Store()
    again.bulk_extend(parse(own, RdfFormat.N_QUADS))
    assert sorted_lines(again) == own == sorted_lines(seed_store)
    assert "own.nq.gz" not in [name for name in snapshot.dumps.files if name.startswith("data")]
    snapshot.verify()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("<a:s> <a:p> <a:o> <{graph}> .", True),
        ("<a:s> <a:p> \"x\"@en <{graph}> .", True),
        ("<a:s> <a:p> \"x\"^^<a:t> <{graph}> .", True),
        ("<a:s> <a:p> <{graph}> .", False),
        ("<a:s> <a:p> <{graph}> <a:g> .", False),
        ("<a:s> <a:p> \"in <{graph}>\" .", False),
        ("<a:s> <a:p> \"in <{graph}>\"@en .", False),
        ("<a:s> <a:p> \"in <{graph}>\" <a:g> .", False),
        ("<a:s> <a:p> \" <{graph}>\"^^<a:t> .", False),
        ("_:s <a:p> _:o <{graph}> .", True),
    ],
)  # fmt: skip
def test_a_line_is_known_by_its_graph_alone(line: str, expected: bool) -> None:
    assert is_imported(line.format(graph=RSF).encode() + b"\n") is expected


def test_the_page_names_the_data_sets_with_their_licences(client: FlaskClient, snapshot: Snapshot) -> None:
    page = client.get("/dataset", headers={"Accept": BROWSER}).text
    table = page.partition('id="imported"')[2].partition("</section>")[0]
    assert "World Press Freedom Index" in table
    assert LICENCE in table
    assert "No licence is stated" in table
    assert re.search(r">10<", table), "ten measurements"
    assert f"/dump/{snapshot.id}/own.nq.gz" in page
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    told = json.loads(block)
    assert "license" not in told
    assert {part["@id"]: part.get("license") for part in told["hasPart"]} == {
        str(OWN): str(OURS), str(RSF): LICENCE, str(POPOLO): None,
    }  # fmt: skip
    assert {item["name"] for item in told["distribution"] if "license" in item} == {
        "Without imported data sets, as sorted N-Quads", "The claims, as a table",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "licence"),
    [
        ("dataset", None),
        ("doc/measurement/rsf/2021/KAZ/score", LICENCE),
        ("doc/dataset/rsf", LICENCE),
        ("doc/dataset/popolo", None),
        ("doc/country/norway", None),
        ("doc/person/popolo-kazakhstan-assembly-1", None),
        ("doc/country/kazakhstan", str(OURS)),
    ],
)
def test_a_page_leads_to_the_licence_of_what_it_tells(path: str, licence: str | None, client: FlaskClient) -> None:
    response = client.get(f"/{path}", headers={"Accept": BROWSER})
    assert response.status_code == 200, response.text[:300]
    found = re.findall(r'<([^>]+)>; rel="license"', ", ".join(response.headers.getlist("Link")))
    assert found == ([licence] if licence else [])


def test_a_citation_says_what_the_licence_is_of(client: FlaskClient) -> None:
    assert "World Press Freedom Index" in client.get("/cite/dataset.bib").text
    cff = client.get("/cite/dataset.cff").text
    assert "CC-BY-4.0" in cff
    assert "The licence is that of what Samizdat says itself" in " ".join(cff.split())


def test_where_they_cannot_be_asked_for_nothing_is_said_to_be_ours_as_a_whole(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> list[dict[str, Term]]:
        raise QueryTimeout("too long", "ask for less")

    monkeypatch.setattr("server.describing.imported.select", refused)
    client = app_of(snapshot).test_client()
    document = Graph().parse(data=client.get("/dataset.ttl").data, format="turtle")
    assert (DATASET, DCTERMS.license, OURS) not in document
    assert "licences of their publishers" in words(document, DATASET)
    page = client.get("/dataset", headers={"Accept": BROWSER})
    assert 'rel="license"' not in ", ".join(page.headers.getlist("Link"))
    assert f'"license":"{OURS}","creator"' not in page.text
    assert "The data are under" not in page.text
    monkeypatch.undo()
    assert "World Press Freedom Index" in client.get("/dataset", headers={"Accept": BROWSER}).text


def test_the_table_of_claims_has_nothing_of_them(snapshot: Snapshot) -> None:
    with snapshot.dumps.files["claims.csv"].path.open(encoding="utf-8", newline="") as file:
        assert not any("evidence" in cell for row in csv.reader(file) for cell in row)


@pytest.mark.parametrize(
    ("name", "is_told"), [("media-control-compared", True), ("media-control", False)]
)  # fmt: skip
def test_an_answer_with_measurements_is_not_cited_as_ours(name: str, is_told: bool, client: FlaskClient) -> None:
    page = client.get(f"/questions/{name}", headers={"Accept": BROWSER}).text
    assert "CC BY 4.0" in page
    assert ("measurements under the licences of their publishers" in page) is is_told
