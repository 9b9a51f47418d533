"""FAIR Signposting: the links in the header of every document, and its link set, followed as a robot would."""

import json
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from pyoxigraph import Store
from requests.utils import parse_header_links
from server_fixtures import BROWSER, UNCACHED, FakeEngine, make_app, make_client
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client, TestResponse

from graph.dataset import Content
from graph.iris import ID
from graph.snapshot import Snapshots
from ontology.base import BASE
from server import create_app

CLAIM = "claim/2021-01-progress-kazakhstan/elections-rigged"
EDITORIAL = "editorial/2021-01-progress-kazakhstan"
PERSON = "person/asya-tulesova"
PATHS = (CLAIM, EDITORIAL, PERSON)
HOST = "http://localhost"
LINKSET = Draft202012Validator(
    {
        "type": "object",
        "properties": {
            "linkset": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"anchor": {"type": "string", "pattern": "^https?://"}},
                    "additionalProperties": {
                        "type": "array",
                        "minItems": 1,
                        "items": {
                            "type": "object",
                            "properties": {
                                "href": {"type": "string", "pattern": "^https?://"},
                                "type": {"type": "string"},
                                "profile": {"type": "string"},
                            },
                            "required": ["href"],
                            "additionalProperties": False,
                        },
                    },
                    "required": ["anchor"],
                },
            }
        },
        "required": ["linkset"],
        "additionalProperties": False,
    }
)
"""RFC 9264, section 4.2, as far as it is used here: every address is absolute."""
SIGNPOSTS = {"cite-as", "type", "describedby", "item", "collection", "license", "author"}
Link = tuple[str, str, str, str]
"""Relation, absolute address, media type, profile."""


@pytest.fixture(scope="module")
def client(seed_store: Store) -> FlaskClient:
    return make_app(FakeEngine(content=seed_store)).test_client()


def in_header(response: TestResponse) -> list[Link]:
    found = []
    for field in response.headers.getlist("Link"):
        (link,) = parse_header_links(field)
        href = urljoin(HOST, link["url"])
        found += [(rel, href, link.get("type", ""), link.get("profile", "")) for rel in link["rel"].split()]
    return found


def landing(client: FlaskClient, path: str) -> TestResponse:
    response = client.get(f"/doc/{path}", headers={"Accept": BROWSER})
    assert response.status_code == 200
    return response


def link_set(client: FlaskClient, path: str) -> list[dict[str, Any]]:
    response = client.get(f"/linkset/{path}")
    assert response.status_code == 200, response.text
    assert response.content_type == "application/linkset+json"
    document = json.loads(response.text)
    LINKSET.validate(document)
    contexts: list[dict[str, Any]] = document["linkset"]
    return contexts


def flat(context: dict[str, Any]) -> set[Link]:
    return {
        (rel, target["href"], target.get("type", ""), target.get("profile", ""))
        for rel, targets in context.items()
        if rel != "anchor"
        for target in targets
    }


@pytest.mark.parametrize("path", PATHS)
class TestLandingPage:
    def test_it_has_one_name_to_be_cited_by_which_leads_back(self, client: FlaskClient, path: str) -> None:
        links = in_header(landing(client, path))
        assert [href for rel, href, *_ in links if rel == "cite-as"] == [ID + path]
        moved = client.get(f"/id/{path}", headers={"Accept": BROWSER})
        assert moved.status_code == 303
        assert urlsplit(moved.location).path == f"/doc/{path}"

    def test_it_says_what_it_is_about(self, client: FlaskClient, path: str) -> None:
        types = {href for rel, href, *_ in in_header(landing(client, path)) if rel == "type"}
        kind = {CLAIM: "Claim", EDITORIAL: "OpinionNewsArticle", PERSON: "Person"}[path]
        assert types == {"https://schema.org/AboutPage", f"https://schema.org/{kind}"}

    def test_every_description_is_there_in_its_type(self, client: FlaskClient, path: str) -> None:
        described = [link for link in in_header(landing(client, path)) if link[0] == "describedby"]
        assert described
        for _, href, media_type, profile in described:
            response = client.get(urlsplit(href).path)
            assert (response.status_code, response.mimetype) == (200, media_type), href
            if profile and media_type == "application/ld+json":
                assert response.mimetype_params["profile"] == profile

    def test_it_names_its_licence(self, client: FlaskClient, path: str) -> None:
        assert [href for rel, href, *_ in in_header(landing(client, path)) if rel == "license"] == [
            "https://creativecommons.org/licenses/by/4.0/"
        ]

    def test_the_link_set_has_all_of_it_and_more(self, client: FlaskClient, path: str) -> None:
        own, *others = link_set(client, path)
        assert own["anchor"] == f"{HOST}/doc/{path}"
        brief = {link for link in in_header(landing(client, path)) if link[0] in SIGNPOSTS}
        assert brief < flat(own)
        assert len(own["describedby"]) == {CLAIM: 13, EDITORIAL: 10, PERSON: 6}[path]
        assert [target["href"] for target in own["collection"]] == [
            f"{HOST}/doc/{EDITORIAL}" if path == CLAIM else f"{HOST}/dataset"
        ]
        back = {context["anchor"]: flat(context) for context in others}
        for rel, reverse in (("describedby", "describes"), ("item", "collection")):
            for target in own.get(rel, []):
                assert back.pop(target["href"]) == {(reverse, own["anchor"], "text/html", "")}
        assert not back

    def test_nothing_in_the_link_set_is_dead(self, client: FlaskClient, path: str) -> None:
        for _, href, media_type, _ in flat(link_set(client, path)[0]):
            if href.startswith(HOST):
                response = client.get(urlsplit(href).path, headers={"Accept": media_type})
                assert (response.status_code, response.mimetype) == (200, media_type), href

    def test_every_form_of_the_document_leads_to_the_link_set(self, client: FlaskClient, path: str) -> None:
        for extension in ("html", "ttl", "jsonld", "nt", "rdf"):
            links = in_header(client.get(f"/doc/{path}.{extension}"))
            assert ("linkset", f"{HOST}/linkset/{path}", "application/linkset+json", "") in links


def test_a_claim_belongs_to_its_editorial_and_has_an_author(client: FlaskClient) -> None:
    links = in_header(landing(client, CLAIM))
    assert ("collection", f"{HOST}/doc/{EDITORIAL}", "text/html", "") in links
    assert [href for rel, href, *_ in links if rel == "author"] == [f"{ID}group/samizdat-team"]


def test_a_long_editorial_names_its_claims_in_the_link_set_alone(client: FlaskClient, seed_content: Content) -> None:
    assert not [link for link in in_header(landing(client, EDITORIAL)) if link[0] == "item"]
    public = [claim.iri for claim in seed_content.editorials[0].claims if not claim.sensitive]
    items = [target["href"] for target in link_set(client, EDITORIAL)[0]["item"]]
    assert items == [f"{HOST}/doc/{iri.removeprefix(ID)}" for iri in public]


def test_a_short_one_names_them_in_the_header_but_none_about_private_life() -> None:
    small = make_client()
    names = {href.rpartition("/")[2] for rel, href, *_ in in_header(landing(small, "editorial/one")) if rel == "item"}
    assert names == {"ban", "rigged", "hostile", "hard"}
    assert len(link_set(small, "editorial/one")[0]["item"]) == 4


def test_headers_stay_below_what_proxies_take(client: FlaskClient, seed_content: Content) -> None:
    """nginx keeps 4 KB for all of a header where it is not told otherwise."""
    for claim in seed_content.editorials[0].claims:
        response = landing(client, claim.iri.removeprefix(ID))
        assert sum(len(name) + len(value) + 4 for name, value in response.headers) < 3400, claim.iri


def test_a_form_of_a_claim_names_no_link_that_is_not_its_own(client: FlaskClient) -> None:
    assert "cite-as" not in {rel for rel, *_ in in_header(client.get(f"/doc/{CLAIM}.ttl"))}


def test_an_application_that_is_mounted_elsewhere_leads_there(seed_store: Store) -> None:
    app = make_app(FakeEngine(content=seed_store))
    mounted = Client(DispatcherMiddleware(make_app(), {"/graphs": app}))
    document = json.loads(mounted.get(f"/graphs/linkset/{CLAIM}").text)
    assert document["linkset"][0]["anchor"] == f"{HOST}/graphs/doc/{CLAIM}"
    links = in_header(mounted.get(f"/graphs/doc/{CLAIM}", headers={"Accept": BROWSER}))
    assert ("collection", f"{HOST}/graphs/doc/{EDITORIAL}", "text/html", "") in links


@pytest.fixture(scope="module")
def published(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of a snapshot that has its dumps."""
    snapshot = Snapshots(tmp_path_factory.mktemp("home")).publish(list(seed_store), {"counts": {}})
    return create_app(UNCACHED, engine=FakeEngine(content=seed_store), snapshot=snapshot).test_client()


class TestDataset:
    def test_its_page_is_signposted(self, published: FlaskClient) -> None:
        links = in_header(published.get("/dataset", headers={"Accept": BROWSER}))
        assert {href for rel, href, *_ in links if rel == "cite-as"} == {f"{BASE}dataset"}
        assert "https://schema.org/Dataset" in {href for rel, href, *_ in links if rel == "type"}
        assert flat(link_set(published, "dataset")[0]) > {link for link in links if link[0] in SIGNPOSTS}

    def test_every_item_can_be_had(self, published: FlaskClient) -> None:
        items = link_set(published, "dataset")[0]["item"]
        assert len(items) == 4
        for item in items:
            assert published.head(urlsplit(item["href"]).path).status_code == 200, item

    def test_every_description_is_there_in_its_type(self, published: FlaskClient) -> None:
        described = link_set(published, "dataset")[0]["describedby"]
        assert len(described) == 10
        for target in described:
            response = published.get(urlsplit(target["href"]).path)
            assert (response.status_code, response.mimetype) == (200, target["type"]), target

    def test_it_is_cited_as_the_version_in_force_with_its_date(self, published: FlaskClient) -> None:
        (item,) = json.loads(published.get("/cite/dataset.csl.json").text)
        snapshot = published.get("/dataset").headers["Samizdat-Snapshot"]
        assert item["URL"] == f"{BASE}snapshot/{snapshot}/dataset"
        assert len(item["issued"]["date-parts"][0]) == 3


class TestLinkset:
    @pytest.mark.parametrize("path", ["claim/one/nope", "person/nobody", "x%22y", "person/%3E"])
    def test_what_there_is_not_has_none(self, client: FlaskClient, path: str) -> None:
        response = client.get(f"/linkset/{path}")
        assert response.status_code == 404
        assert response.content_type == "application/problem+json"

    def test_it_is_read_and_no_more(self, client: FlaskClient) -> None:
        assert client.head(f"/linkset/{CLAIM}").data == b""
        assert client.delete(f"/linkset/{CLAIM}").status_code == 405

    def test_scripts_of_other_sites_may_follow(self, client: FlaskClient) -> None:
        response = client.get(f"/linkset/{CLAIM}", headers={"Origin": "https://example.org"})
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Link" in response.headers["Access-Control-Expose-Headers"].split(", ")
