"""The list of claims: every one reachable, some editorials at a time, narrowed by modality, editorial and switch."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store
from server_fixtures import BROWSER, FakeEngine, make_app, store

from graph.engine import Answer, Formats, Query
from ontology.base import rebased
from server.site import claims_list

MORE = rebased("""
@base <https://w3id.org/samizdat/> .
@prefix pol: <https://w3id.org/samizdat/politics#> .
@prefix schema: <https://schema.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<id/editorial/two> a pol:Editorial ; schema:headline "Two" ; pol:date <id/editorial/two#date-2022> .
<id/editorial/two#date-2022> pol:edtf "2022" ; pol:latest "2022-12-31"^^xsd:date .
<id/claim/two/lone> a pol:Claim ; rdfs:label "A lone claim" ; pol:modality pol:doubted ; schema:position 1 ;
    pol:attributedTo <id/editorial/two> ; pol:statedIn <id/editorial/two> .
<id/editorial/undated> a pol:Editorial ; schema:headline "Undated" .
""")


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    content = Store()
    content.extend(store().quads_for_pattern(None, None, None, None))
    content.load(MORE.encode(), format=RdfFormat.TURTLE)
    return make_app(FakeEngine(content=content)).test_client()


def read(client: FlaskClient, query: str = "", status: int = 200) -> str:
    response = client.get(f"/claims{query}", headers={"Accept": BROWSER})
    assert response.status_code == status, response.text[:300]
    return unescape(response.text)


def anchors(page: str) -> list[str]:
    return re.findall(r'<article class="claim" id="([^"]+)"', page)


def heads(page: str) -> list[str]:
    return re.findall(r'<h2><a href="/doc/editorial/(\w+)', page)


def test_the_newest_editorial_comes_first_and_one_without_a_date_last(client: FlaskClient) -> None:
    page = read(client)
    assert heads(page) == ["two", "one", "undated"]
    assert anchors(page) == ["two/lone", *(f"one/{slug}" for slug in ("ban", "rigged", "hostile", "children", "hard"))]


def test_many_editorials_come_in_pages_that_lead_to_each_other(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims_list, "EDITORIALS", 1)
    seen, query = [], ""
    while True:
        page = read(client, query)
        seen += heads(page)
        older = re.search(r'href="/claims(\?[^"]*)">Older', page)
        if not older:
            break
        query = older[1]
    assert seen == ["two", "one", "undated"]
    assert 'href="/claims?modality=doubted&page=2"' in read(client, "?modality=doubted")
    assert re.search(r'href="/claims">Newer', read(client, "?page=2"))
    read(client, "?page=4", 404)


def test_they_are_narrowed_to_a_modality_and_to_an_editorial(client: FlaskClient) -> None:
    assert anchors(read(client, "?modality=believed")) == ["one/rigged"]
    page = read(client, "?editorial=one&modality=predicted")
    assert (heads(page), anchors(page)) == (["one"], ["one/hard"])
    assert 'href="/claims?modality=believed&editorial=one"' in page
    assert 'Everything <span class="figure">5</span>' in page


def test_the_switch_leaves_what_is_asserted_and_says_when_that_is_nothing(client: FlaskClient) -> None:
    page = read(client, "?held=asserted")
    assert anchors(page) == ["one/ban", "one/children"]
    assert 'Everything <span class="figure">6</span>' in page
    assert 'asserted <span class="figure">2</span>' in page
    page = read(client, "?held=asserted&modality=believed")
    assert not anchors(page)
    assert "leaves out what is not asserted" in page


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?modality=certain", 404),
        ("?editorial=none", 404),
        ("?editorial=a%3E", 404),
        ("?page=0", 400),
        ("?page=²", 400),
    ],
)
def test_what_there_is_not_is_told(client: FlaskClient, query: str, status: int) -> None:
    read(client, query, status)


def test_no_more_claims_than_a_page_holds_are_asked_for(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims_list, "CLAIMS", 2)
    page = read(client)
    assert len(anchors(page)) == 2
    assert "Not all claims of these editorials are listed here" in page


def test_no_query_names_all_claims() -> None:
    class Watched(FakeEngine):
        def evaluate(self, query: Query, formats: Formats, *, timeout: float | None = None) -> Answer:
            if "a pol:Claim" in query.text:
                assert "VALUES" in query.text
                assert "LIMIT" in query.text
            return super().evaluate(query, formats, timeout=timeout)

    assert len(anchors(read(make_app(Watched()).test_client()))) == 5
