"""The ontology, negotiated; and its page, with what the graph holds of each term."""

import json
from collections.abc import Iterable

import pytest
from flask.testing import FlaskClient
from node_fixtures import install, run
from pyoxigraph import CanonicalizationAlgorithm, Dataset, DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse
from rdflib import Graph
from rdflib.compare import isomorphic
from server_fixtures import BROWSER, FakeEngine, make_app, make_client
from test_pages import Page

from graph.iris import ONTOLOGY
from ontology.vocabulary import source, version_iri
from server import vocabulary

FORMS = {
    "ttl": ("text/turtle", RdfFormat.TURTLE),
    "nt": ("application/n-triples", RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", RdfFormat.RDF_XML),
    "jsonld": ("application/ld+json", RdfFormat.JSON_LD),
}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return make_client()


@pytest.fixture(scope="module")
def seed_page(seed_store: Store) -> str:
    return make_app(FakeEngine(content=seed_store)).test_client().get("/politics", headers={"Accept": BROWSER}).text


def canonical(quads: Iterable[Quad]) -> Dataset:
    found = Dataset(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return found


@pytest.mark.parametrize("extension", FORMS)
def test_every_format_is_the_whole_ontology(client: FlaskClient, extension: str) -> None:
    media_type, kind = FORMS[extension]
    named = client.get(f"/politics.{extension}")
    accepted = client.get("/politics", headers={"Accept": media_type})
    assert named.mimetype == accepted.mimetype == media_type
    assert named.data == accepted.data
    assert accepted.headers["Content-Location"] == f"/politics.{extension}"
    assert "Accept" in accepted.vary
    assert canonical(parse(named.data, kind)) == canonical(parse(source("politics.ttl").encode(), RdfFormat.TURTLE))


def test_rdflib_and_jsonld_js_read_the_json_as_the_turtle(client: FlaskClient) -> None:
    expected = Graph().parse(data=client.get("/politics.ttl").data, format="turtle")
    body = client.get("/politics.jsonld").data
    assert isomorphic(Graph().parse(data=client.get("/politics.rdf").data, format="xml"), expected)
    install()
    (written,) = run("to_nquads.mjs", [json.loads(body)])
    assert isomorphic(Graph().parse(data=written, format="nt"), expected)


def test_the_json_says_of_each_term_what_it_means(client: FlaskClient) -> None:
    document = json.loads(client.get("/politics.jsonld").data)
    assert document["id"] == ONTOLOGY
    terms = {term["id"]: term for term in document["@included"]}
    ban = terms[f"{ONTOLOGY}#PartyBan"]
    assert (ban["type"], ban["label"]) == ("Class", "party ban")
    assert ban["definition"]
    assert ban["isDefinedBy"] == ONTOLOGY


def test_a_version_is_there_under_its_own_name(client: FlaskClient) -> None:
    path = version_iri().removeprefix(ONTOLOGY)
    assert client.get(f"/politics{path}").data == client.get("/politics").data
    response = client.get("/politics/0.0.1")
    assert response.status_code == 404
    assert version_iri() in response.get_json(force=True)["hint"]
    assert client.get("/politics.docx").status_code == 404
    assert client.post("/politics").status_code == 405


def test_the_page_has_every_term_with_its_meaning_example_and_alignments(seed_page: str) -> None:
    page = Page(seed_page)
    terms = [term for group in vocabulary.groups() for term in group.terms]
    assert {term.name for term in terms} <= set(page.ids)
    for term in terms:
        for text in (term.label, term.definition, term.example):
            assert " ".join(text.split()) in page.words
        for aligned in term.alignments:
            assert aligned.href in page.all("a", "href")


def test_the_page_counts_and_shows_claims(seed_page: str, seed_store: Store) -> None:
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    claims = list(seed_store.quads_for_pattern(None, kind, NamedNode(f"{ONTOLOGY}#Claim"), DefaultGraph()))
    assert f"In the graph {len(claims)} times" in Page(seed_page.split('id="Claim"')[1].split("</article>")[0]).words
    article = seed_page.split('id="Detention"')[1].split("</article>")[0]
    assert "In the graph once" in Page(article).words
    assert "/doc/claim/2021-01-progress-kazakhstan/tulesova-detained" in Page(article).all("a", "href")
    rigging = seed_page.split('id="ElectionRigging"')[1].split("</article>")[0]
    assert "In the graph not used" in Page(rigging).words
    assert Page(rigging).all("a", "href")[-1].endswith("/elections-rigged")


def test_no_claim_about_private_life_is_a_sample(client: FlaskClient) -> None:
    page = client.get("/politics", headers={"Accept": BROWSER}).text
    assert "/doc/claim/one/ban" in page
    assert "/doc/claim/one/children" not in page
    assert "In the graph once" in Page(page.split('id="sensitive"')[1].split("</article>")[0]).words
