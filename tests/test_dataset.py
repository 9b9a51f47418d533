"""The dataset about itself: true counts, true checksums, versions in their order, in words that catalogues read."""

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import QuerySolutions, RdfFormat, Store, parse
from pyshacl import validate
from rdflib import DCTERMS, RDF, VOID, XSD, Graph, Literal, Namespace, Node, URIRef
from server_fixtures import BROWSER, CATALOGUE, UNCACHED, FakeEngine, make_app, make_client
from time_fixtures import make_past, serving

from graph.snapshot import Snapshot, Snapshots
from ontology.base import BASE
from server import create_app
from server.describing.dataset import ENDINGS

DCAT = Namespace("http://www.w3.org/ns/dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
DATASET = URIRef(f"{BASE}dataset")
PARSERS = {
    "ttl": ("turtle", RdfFormat.TURTLE),
    "nt": ("nt", RdfFormat.N_TRIPLES),
    "rdf": ("xml", RdfFormat.RDF_XML),
    "jsonld": ("json-ld", RdfFormat.JSON_LD),
    "trig": ("turtle", RdfFormat.TRIG),
    "nq": ("nt", RdfFormat.N_QUADS),
}
MANDATORY = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
# What DCAT-AP 3.0 demands of each class, and how often what else is said may stand.
[] sh:targetClass dcat:Catalog ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ,
    [ sh:path dct:description ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ,
    [ sh:path dct:publisher ; sh:minCount 1 ; sh:maxCount 1 ; sh:class foaf:Agent ] ,
    [ sh:path dcat:dataset ; sh:minCount 1 ; sh:class dcat:Dataset ] ,
    [ sh:path dcat:service ; sh:class dcat:DataService ] .
[] sh:targetClass dcat:Dataset ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ,
    [ sh:path dct:description ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ,
    [ sh:path dct:publisher ; sh:maxCount 1 ; sh:class foaf:Agent ] , [ sh:path dct:accessRights ; sh:maxCount 1 ] ,
    [ sh:path dct:issued ; sh:maxCount 1 ; sh:datatype xsd:dateTime ] ,
    [ sh:path dct:modified ; sh:maxCount 1 ; sh:datatype xsd:dateTime ] , [ sh:path dcat:version ; sh:maxCount 1 ] ,
    [ sh:path dcat:distribution ; sh:class dcat:Distribution ] ,
    [ sh:path dcat:inSeries ; sh:class dcat:DatasetSeries ] ,
    [ sh:path dcat:hasVersion ; sh:class dcat:Dataset ] .
[] sh:targetClass dcat:Distribution ;
  sh:property [ sh:path dcat:accessURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:byteSize ; sh:maxCount 1 ; sh:datatype xsd:nonNegativeInteger ] ,
    [ sh:path dcat:mediaType ; sh:maxCount 1 ] , [ sh:path dcat:compressFormat ; sh:maxCount 1 ] ,
    [ sh:path dct:license ; sh:minCount 1 ; sh:maxCount 1 ] , [ sh:path spdx:checksum ; sh:maxCount 1 ] .
[] sh:targetClass dcat:DataService ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ] ,
    [ sh:path dcat:endpointURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] .
[] sh:targetClass spdx:Checksum ;
  sh:property [ sh:path spdx:algorithm ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path spdx:checksumValue ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:hexBinary ] .
"""


@pytest.fixture(scope="module")
def snapshots(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> list[Snapshot]:
    """Three, the last of which is the whole."""
    root = Snapshots(tmp_path_factory.mktemp("snapshots"))
    quads = sorted(seed_store, key=str)
    return [root.publish(some, {}) for some in (quads[:10], quads[:20], quads)]


def app_of(snapshot: Snapshot) -> Flask:
    engine = FakeEngine(content=Store.read_only(str(snapshot.store_path)))
    app = create_app(UNCACHED, engine=engine, snapshot=snapshot, catalogue=CATALOGUE)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@pytest.fixture(scope="module")
def client(snapshots: list[Snapshot]) -> FlaskClient:
    return app_of(snapshots[-1]).test_client()


def described(client: FlaskClient, path: str = "/dataset.ttl", **given: bool) -> Graph:
    response = client.get(path, **given)
    assert response.status_code == 200, response.text[:500]
    return Graph().parse(data=response.data, format="turtle")


@pytest.fixture(scope="module")
def document(client: FlaskClient) -> Graph:
    return described(client)


def number(held: Graph, subject: Node, property_: URIRef) -> int:
    found = held.value(subject, property_)
    assert isinstance(found, Literal)
    assert found.datatype == XSD.integer
    return int(found)


def counts(store: Store, sparql: str) -> dict[tuple[str, ...], int]:
    found = store.query(sparql)
    assert isinstance(found, QuerySolutions)
    return {tuple(cell.value for cell in list(row)[:-1]): int(list(row)[-1].value) for row in found}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib warns of itself
@pytest.mark.parametrize("extension", PARSERS)
def test_every_format_says_the_same_to_both_parsers(extension: str, client: FlaskClient, document: Graph) -> None:
    response = client.get(f"/dataset.{extension}")
    theirs, ours = PARSERS[extension]
    assert response.content_type.partition(";")[0] == ENDINGS[extension].media_type
    assert response.headers["Content-Location"] == f"/dataset.{extension}"
    read = Graph().parse(data=response.data, format=theirs)
    assert len(read) == len(document) == len(list(parse(response.data, ours)))
    assert read.isomorphic(document)


def test_it_is_negotiated_and_void_is_the_same(client: FlaskClient) -> None:
    assert client.get("/dataset", headers={"Accept": BROWSER}).mimetype == "text/html"
    turtle = client.get("/dataset")
    assert (turtle.mimetype, turtle.headers["Content-Location"]) == ("text/turtle", "/dataset.ttl")
    assert client.get("/.well-known/void").data == turtle.data
    assert client.get("/dataset?format=nt").data == client.get("/dataset.nt").data
    assert client.get("/dataset", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/dataset.png").status_code == 404
    assert {link.split(";")[0] for link in turtle.headers.getlist("Link")} > {"</dataset.html>", "</dataset.jsonld>"}


@pytest.mark.parametrize("path", ["/dataset", "/dataset.ttl", "/.well-known/void"])
def test_it_is_only_read_and_by_anybody(path: str, client: FlaskClient) -> None:
    refused = client.post(path)
    assert (refused.status_code, set(refused.headers["Allow"].split(", "))) == (405, {"GET", "HEAD", "OPTIONS"})
    whole, head = client.get(path), client.head(path)
    assert (head.data, head.headers["ETag"]) == (b"", whole.headers["ETag"])
    assert whole.headers["Access-Control-Allow-Origin"] == "*"


def test_what_dcat_ap_demands_is_there(document: Graph) -> None:
    shapes = Graph().parse(data=MANDATORY, format="turtle")
    conforms, _, report = validate(document, shacl_graph=shapes)
    assert conforms, report


def test_counts_are_those_of_sparql(document: Graph, seed_store: Store) -> None:
    asked = {
        VOID.triples: "(COUNT(*) AS ?n) { ?s ?p ?o }",
        VOID.distinctSubjects: "(COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
        VOID.properties: "(COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
        VOID.classes: "(COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
    }
    for property_, pattern in asked.items():
        assert counts(seed_store, f"SELECT {pattern}") == {(): number(document, DATASET, property_)}


def test_partitions_are_those_of_sparql(document: Graph, seed_store: Store) -> None:
    found: dict[tuple[str, ...], int] = {}
    for part in document.objects(DATASET, VOID.classPartition):
        kind = str(document.value(part, VOID["class"]))
        found[kind,] = number(document, part, VOID.entities)
        for inner in document.objects(part, VOID.propertyPartition):
            found[kind, str(document.value(inner, VOID.property))] = number(document, inner, VOID.triples)
    expected = counts(seed_store, "SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c")
    expected |= counts(seed_store, "SELECT ?c ?p (COUNT(*) AS ?n) { ?s a ?c ; ?p ?o } GROUP BY ?c ?p")
    assert found == expected
    assert len(found) > 100
    whole = {
        (str(document.value(part, VOID.property)),): number(document, part, VOID.distinctSubjects)
        for part in document.objects(DATASET, VOID.propertyPartition)
    }
    assert whole == counts(seed_store, "SELECT ?p (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o } GROUP BY ?p")


def test_counted_when_asked_it_says_the_same(document: Graph, seed_store: Store) -> None:
    """As with a remote engine, which comes without statistics."""
    counted = described(make_client(FakeEngine(content=seed_store)))
    for part in ("classPartition", "propertyPartition"):
        assert len(set(counted.objects(DATASET, VOID[part]))) == len(set(document.objects(DATASET, VOID[part])))
    for property_ in (VOID.triples, VOID.distinctSubjects, VOID.properties, VOID.classes):
        assert number(counted, DATASET, property_) == number(document, DATASET, property_)
    entities = [
        sorted(number(held, part, VOID.entities) for part in held.subjects(VOID.entities))
        for held in (counted, document)
    ]
    assert entities[0] == entities[1]


def test_subsets_are_graphs_with_their_triples(document: Graph, client: FlaskClient) -> None:
    subsets = set(document.objects(DATASET, VOID.subset))
    assert {str(name).removeprefix(f"{BASE}graph/") for name in subsets} == {
        "ontology",
        "entities",
        "inferred",
        "queries",
    }
    for name in subsets:
        address = str(document.value(name, VOID.dataDump)).removeprefix("http://localhost")
        held = Graph().parse(data=client.get(address).data, format="turtle")
        assert len(held) == number(document, name, VOID.triples)


def test_checksums_and_sizes_are_true(document: Graph, client: FlaskClient) -> None:
    files = [one for one in document.subjects(RDF.type, DCAT.Distribution) if document.value(one, SPDX.checksum)]
    assert len(files) == 3 * 4
    for one in files:
        content = client.get(str(document.value(one, DCAT.downloadURL)).removeprefix("http://localhost")).data
        assert len(content) == int(str(document.value(one, DCAT.byteSize)))
        checksum = document.value(one, SPDX.checksum)
        assert str(document.value(checksum, SPDX.checksumValue)) == sha256(content).hexdigest()


def test_versions_stand_in_their_order(document: Graph, snapshots: list[Snapshot]) -> None:
    names = [URIRef(f"{BASE}snapshot/{snapshot.id}/dataset") for snapshot in snapshots]
    assert set(document.objects(DATASET, DCAT.hasVersion)) == set(names)
    assert document.value(DATASET, DCAT.hasCurrentVersion) == names[-1]
    assert [document.value(name, DCAT.previousVersion) for name in names] == [None, *names[:-1]]
    series = document.value(DATASET, DCAT.inSeries)
    assert [document.value(series, DCAT.first), document.value(series, DCAT.last)] == [names[0], names[-1]]
    moments = [str(document.value(name, DCTERMS.issued)) for name in names]
    assert moments == sorted(moments)
    assert str(document.value(DATASET, DCTERMS.modified)) == moments[-1]


def test_an_old_snapshot_knows_nothing_of_later_ones(snapshots: list[Snapshot]) -> None:
    found = described(app_of(snapshots[1]).test_client())
    assert len(set(found.objects(DATASET, DCAT.hasVersion))) == 2
    assert str(found.value(DATASET, DCAT.version)) == snapshots[1].id


def test_a_snapshot_that_was_removed_is_no_version_any_more(seed_store: Store, tmp_path: Path) -> None:
    root = Snapshots(tmp_path)
    quads = sorted(seed_store, key=str)
    kept = [root.publish(quads[:size], {}) for size in (1, 2)]
    assert [one.id for one in root.prune(1)] == [kept[0].id]
    found = described(app_of(kept[1]).test_client())
    assert len(set(found.objects(DATASET, DCAT.hasVersion))) == 1


def test_examples_are_no_private_life(document: Graph, seed_store: Store) -> None:
    examples = {str(iri) for iri in document.objects(DATASET, VOID.exampleResource)}
    private = counts(seed_store, f"SELECT ?it (1 AS ?n) {{ ?it <{BASE}politics#sensitive> true }}")
    assert len(examples) == 3
    assert private
    assert not examples & {iri for (iri,) in private}


def test_addresses_are_on_the_host_and_below_the_prefix_that_were_asked(snapshots: list[Snapshot]) -> None:
    client = app_of(snapshots[-1]).test_client()
    found = client.get("/dataset.ttl", base_url="https://data.example.org/graphs/")
    held = Graph().parse(data=found.data, format="turtle")
    (endpoint,) = held.objects(DATASET, VOID.sparqlEndpoint)
    assert str(endpoint) == "https://data.example.org/graphs/sparql"
    for address in held.objects(None, DCAT.downloadURL):
        assert str(address).startswith("https://data.example.org/graphs/dump/")
    assert (DATASET, RDF.type, DCAT.Dataset) in held


def test_the_page_offers_what_there_is(client: FlaskClient, snapshots: list[Snapshot]) -> None:
    page = client.get("/dataset", headers={"Accept": BROWSER}).text
    for name, found in snapshots[-1].dumps.files.items():
        assert f'href="/dump/{snapshots[-1].id}/{name}"' in page
        assert found.sha256 in page
    assert all(snapshot.id in page for snapshot in snapshots)


def test_search_engines_are_told_in_a_block_that_nothing_ends(client: FlaskClient, snapshots: list[Snapshot]) -> None:
    response = client.get("/dataset", headers={"Accept": BROWSER})
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.text, re.DOTALL)
    assert not set("<>&") & set(block)
    told = json.loads(block)
    assert (told["@type"], told["version"]) == ("Dataset", snapshots[-1].id)
    assert {item["sha256"] for item in told["distribution"]} == {
        found.sha256 for found in snapshots[-1].dumps.files.values()
    }
    assert "script-src 'self';" in response.headers["Content-Security-Policy"]


def test_without_a_snapshot_on_the_disk_it_still_says_what_is_known() -> None:
    found = described(make_app().test_client())
    assert number(found, DATASET, VOID.triples) > 100
    assert not list(found.objects(DATASET, VOID.dataDump))


@pytest.mark.parametrize("which", [0, 1, 2])
def test_as_of_an_old_snapshot_its_files_are_where_they_always_are(
    which: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    past = make_past(tmp_path)
    name = past.three[which].id
    with serving(past, monkeypatch) as app:
        client = app.test_client()
        held = described(client, f"/snapshot/{name}/dataset.ttl", follow_redirects=True)
        assert str(held.value(DATASET, DCAT.version)) == name
        files = {str(address) for address in held.objects(None, DCAT.downloadURL)}
        assert len(files) == 4 * (which + 1)
        for address in files:
            assert address.startswith("http://localhost/dump/")
            assert client.get(address.removeprefix("http://localhost"), buffered=True).status_code == 200
        page = client.get(f"/snapshot/{name}/dataset", headers={"Accept": BROWSER}, follow_redirects=True)
        assert f'href="/dump/{name}/claims.csv"' in page.text
