"""The pages about the site: each answers, with examples that are there, and nothing of anybody's private life."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Store
from seed_app import seed_app
from server_fixtures import BROWSER, FakeEngine, make_app

from graph.engine import Answer, Formats, Query
from graph.errors import QueryTimeout
from queries import questions
from server.holdings import KEY
from server.vocabulary import MARKS

PAGES = ("", "/modalities", "/citing", "/corrections", "/statistics")


@pytest.fixture
def client() -> FlaskClient:
    return make_app().test_client()


@pytest.fixture(scope="module")
def seed(seed_store: Store) -> FlaskClient:
    return make_app(FakeEngine(content=seed_store), catalogue=questions()).test_client()


def read(client: FlaskClient, page: str) -> str:
    response = client.get(f"/about{page}", headers={"Accept": BROWSER})
    assert response.status_code == 200, response.text[:300]
    return response.text


def plain(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", markup)).split())


@pytest.mark.parametrize("page", PAGES)
def test_each_leads_to_the_others_and_says_which_it_is(client: FlaskClient, page: str) -> None:
    shown = read(client, page)
    contents = shown.split('<nav class="contents"')[1].split("</nav>")[0]
    assert re.findall(r'href="/about([^"]*)"', contents) == list(PAGES)
    assert re.findall(r'href="/about([^"]*)" aria-current="page"', contents) == [page]
    assert shown.count("<h1") == 1


@pytest.mark.parametrize("page", PAGES)
def test_they_tell_nothing_private_and_stand_on_an_empty_graph(client: FlaskClient, page: str) -> None:
    assert "children" not in read(client, page)
    read(make_app(FakeEngine(content=Store())).test_client(), page)


def test_every_modality_has_its_meaning_its_number_and_a_claim_with_its_words(seed: FlaskClient) -> None:
    page = read(seed, "/modalities")
    for name, number in {"asserted": 37, "reported": 9, "predicted": 5, "evaluated": 7}.items():
        section = page.split(f'id="{name}"')[1].split("</section>")[0]
        assert section.count('<article class="claim"') == section.count("<blockquote") == 1
        assert f'href="/claims?modality={name}">All {number} claims held so' in section
    assert set(re.findall(r'<section class="way" id="(\w+)"', page)) == set(MARKS)
    assert "The only claim held so" in page.split('id="believed"')[1].split("</section>")[0]
    assert '/questions/elections-rigged-believed"' in page


def test_a_modality_that_nothing_is_held_by_says_so(client: FlaskClient) -> None:
    assert "No claim of this snapshot is held so." in read(client, "/modalities").split('id="doubted"')[1]


def test_a_citation_names_who_when_what_and_which_snapshot(client: FlaskClient) -> None:
    page = read(client, "/citing")
    assert "Snapshot 5a5a5a5a5a5a." in plain(page.split('id="dataset"')[1])
    assert "claim]" in plain(page.split('id="claim"')[1].split("</section>")[0])
    for path in re.findall(r'href="(/cite/[^"]+)"', page):
        assert client.get(path).status_code == 200
    assert re.search(r'href="/cite/claim/one/\w+\.bib"', page)


def test_the_numbers_are_those_of_the_graph(seed: FlaskClient, seed_store: Store) -> None:
    page = read(seed, "/statistics")
    assert "There are 61 claims" in page
    shown = dict(re.findall(r'</span>(\w+)</span></a></th><td role="cell" class="figure"[^>]*>([\d,]+)', page))
    assert shown == {
        "asserted": "37", "reported": "9", "believed": "1", "predicted": "5", "doubted": "1", "conditional": "1",
        "evaluated": "7",
    }  # fmt: skip
    kinds = plain(page.split('id="by-kind"')[1].split("</section>")[0])
    assert re.search(r"political party ?\d", kinds)
    assert "election rigging" not in kinds  # which nobody asserts


def test_what_takes_too_long_to_count_is_left_out() -> None:
    class Busy(FakeEngine):
        def evaluate(self, query: Query, formats: Formats, *, timeout: float | None = None) -> Answer:
            if "COUNT" in query.text:
                raise QueryTimeout("it took too long", "ask for less")
            return super().evaluate(query, formats, timeout=timeout)

    client = make_app(Busy()).test_client()
    assert "All claims held so" in read(client, "/modalities")
    assert 'id="by-kind"' not in read(client, "/statistics")


def test_they_stay_below_their_prefix_and_in_what_is_set(client: FlaskClient) -> None:
    response = client.get("/about/modalities?lang=en&held=asserted", base_url="http://host.example/there")
    assert 'href="/there/about/citing?lang=en&amp;held=asserted"' in response.text


def test_where_the_graph_was_counted_nothing_is_counted_again(
    seed_store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    app = seed_app(seed_store, tmp_path_factory.mktemp("counted"))
    asked: list[str] = []
    engine = app.extensions[KEY].current.engine
    evaluate = engine.evaluate

    def watched(query: Query, *given: Formats, **more: float | None) -> Answer:
        asked.append(query.text)
        found: Answer = evaluate(query, *given, **more)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "evaluate", watched)
        for page in PAGES:
            read(app.test_client(), page)
        assert "37" in read(app.test_client(), "/statistics")
    assert asked
    assert not [query for query in asked if "COUNT(" in query]
