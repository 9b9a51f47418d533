"""The page of a claim: what it holds for search engines, where it leads, and what is left of a claim taken back."""

import json
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store
from rdflib import RDFS
from server_fixtures import BROWSER, HOSTILE, FakeEngine, make_app, make_client, store

from graph.asking.retractions import SUPERSEDES
from graph.iris import ID

BELIEVED = "claim/2021-01-progress-kazakhstan/elections-rigged"
ENDINGS = ("nanopub.trig", "annotation.jsonld", "schema.jsonld")


class Read(HTMLParser):
    """The data blocks of a page, its links by their text, and what it tells robots."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self.links: dict[str, str] = {}
        self.robots = ""
        self._within, self._href = "", ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._within, self._href = tag, given.get("href", "")
        if given.get("name") == "robots":
            self.robots = given["content"]

    def handle_data(self, data: str) -> None:
        if self._within == "script":
            self.blocks.append(data)
        if self._within == "a":
            self.links.setdefault(data, self._href)

    def handle_endtag(self, tag: str) -> None:
        self._within = ""


def read(client: FlaskClient, path: str) -> Read:
    response = client.get(f"/doc/{path}", headers={"Accept": BROWSER})
    assert response.status_code == 200
    return Read(response.text)


@pytest.fixture(scope="module")
def client(seed_store: Store) -> FlaskClient:
    return make_app(FakeEngine(content=seed_store)).test_client()


@pytest.fixture(scope="module")
def small() -> FlaskClient:
    return make_client()


def test_it_holds_the_claim_in_the_words_of_schema_org(client: FlaskClient) -> None:
    (block,) = read(client, BELIEVED).blocks
    assert json.loads(block) == json.loads(client.get(f"/doc/{BELIEVED}.schema.jsonld").text)


def test_what_somebody_wrote_does_not_end_the_block(small: FlaskClient) -> None:
    (block,) = read(small, "claim/one/hostile").blocks
    assert "<" not in block
    assert json.loads(block)["name"] == HOSTILE


def test_private_life_is_not_offered_to_search_engines(small: FlaskClient) -> None:
    private, public = read(small, "claim/one/children"), read(small, "claim/one/ban")
    assert (private.blocks, private.robots) == ([], "noindex")
    assert (len(public.blocks), public.robots) == (1, "")


def test_only_a_claim_has_such_a_block(small: FlaskClient) -> None:
    assert not read(small, "person/asya").blocks


def test_it_leads_to_every_form_and_citation(client: FlaskClient) -> None:
    links = read(client, BELIEVED).links
    names = ("Nanopublication", "Web Annotation", "schema.org Claim", "Trusty URI")
    for name in (*names, "BibTeX", "RIS", "CSL-JSON", "CITATION.cff"):
        assert client.get(links[name], follow_redirects=True).status_code == 200, name


def test_an_editorial_is_cited_and_a_person_is_not(client: FlaskClient) -> None:
    assert "BibTeX" in read(client, "editorial/2021-01-progress-kazakhstan").links
    assert "BibTeX" not in read(client, "person/asya-tulesova").links


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_claim_misspelt_is_guessed(client: FlaskClient, ending: str) -> None:
    problem = json.loads(client.get(f"/doc/{BELIEVED}s.{ending}").text)
    assert problem["hint"] == f"did you mean {BELIEVED}?"


class TestTakenBack:
    @pytest.fixture
    def client(self) -> FlaskClient:
        """The ban is taken back by what took its place."""
        content = Store()
        content.extend(store().quads_for_pattern(None, None, None, None))
        ban, other = NamedNode(f"{ID}claim/one/ban"), NamedNode(f"{ID}claim/one/rigged")
        content.add(Quad(other, SUPERSEDES, ban, NamedNode(f"{other.value}#pubinfo")))
        content.add(Quad(other, NamedNode(str(RDFS.comment)), Literal("x"), DefaultGraph()))
        return make_app(FakeEngine(content=content)).test_client()

    @pytest.mark.parametrize(
        "address",
        [*(f"/doc/claim/one/ban.{ending}" for ending in ENDINGS), "/cite/claim/one/ban.bib", "/linkset/claim/one/ban"],
    )
    def test_its_forms_are_gone_too(self, client: FlaskClient, address: str) -> None:
        response = client.get(address)
        assert response.status_code == 410
        assert "claim/one/rigged" in json.loads(response.text)["hint"]
