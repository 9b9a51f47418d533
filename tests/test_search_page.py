"""The search page: what is found by kind, what narrows it, and that both are the same for programs."""

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Store
from server_fixtures import BROWSER, HOSTILE, FakeEngine, make_app, make_client

from graph.searching.narrowing import FACETS
from graph.topics import TOPICS
from server import vocabulary
from server.site.claim_words import modality_words
from server.site.facet_words import facet_titles, kind_titles, topic_titles
from server.site.search_request import KINDS


@pytest.fixture(scope="module")
def client(seed_store: Store) -> FlaskClient:
    return make_app(FakeEngine(content=seed_store)).test_client()


def page(client: FlaskClient, address: str) -> str:
    reply = client.get(address, headers={"Accept": BROWSER})
    assert (reply.status_code, reply.mimetype) == (200, "text/html"), reply.text
    return reply.text


def found(client: FlaskClient, **given: Any) -> Any:
    reply = client.get("/search", query_string=given)
    assert reply.status_code == 200, reply.text
    return reply.json


def links(text: str) -> dict[str, str]:
    """Where the values of facets lead, by their names."""
    part = text[text.index('class="narrowing"') :]
    return {
        name: href.replace("&amp;", "&")
        for href, name in re.findall(r'<a href="([^"]+)".*?class="name"[^>]*>([^<]+)<', part)
    }


def test_people_get_a_page_and_programs_json(client: FlaskClient) -> None:
    assert client.get("/search?q=x").mimetype == "application/json"
    assert client.get("/search?q=x&format=html").mimetype == "text/html"
    assert client.get("/search?q=x&format=json", headers={"Accept": BROWSER}).mimetype == "application/json"
    assert client.get("/search?q=x", headers={"Accept": "text/csv"}).status_code == 406
    assert client.head("/search", headers={"Accept": BROWSER}).status_code == 200


def test_the_words_that_matched_are_marked(client: FlaskClient) -> None:
    text = page(client, "/search?q=назарбаев")
    assert re.search(r'href="/doc/person/nursultan-nazarbayev"[^>]*>Nursultan <mark>Nazarbayev</mark>', text)
    assert re.search(r'class="modality"[^>]*>.*?<h3 class="sentence".*?<mark>Nazarbayev</mark>', text, re.DOTALL)


def test_a_person_found_by_another_name_says_by_which(client: FlaskClient) -> None:
    text = page(client, "/search?q=нұр отан")
    assert re.search(r'/doc/party/nur-otan"[^>]*><mark>Nur</mark> <mark>Otan</mark>', text)


def test_each_value_of_a_facet_leads_to_as_many_as_it_says(client: FlaskClient) -> None:
    told = found(client, q="kazakhstan", limit=50)
    tried = 0
    for facet, values in told["facets"].items():
        for value, number in values.items():
            narrowed = found(client, q="kazakhstan", limit=50, **{facet: value})
            count = sum(len(narrowed.get(group, ())) for group in ("things", "claims"))
            assert count >= min(number, 50), (facet, value)
            assert count == number or number > 40, (facet, value)
            tried += 1
    assert tried > 15


def test_facets_are_combined_and_either_of_two_values_of_one_will_do(client: FlaskClient) -> None:
    asked = {"q": "new party elections", "held-as": ["believed", "evaluated"], "limit": 50}
    both = found(client, **asked)
    assert {claim["modality"] for claim in both["claims"]} == {"believed", "evaluated"}
    assert both["things"] == []
    assert set(both["facets"]["held-as"]) > {"believed", "evaluated"}, "other values can still be chosen"
    one = found(client, **asked, topic="elections")
    assert 0 < len(one["claims"]) < len(both["claims"])


def test_what_is_chosen_can_be_taken_back(client: FlaskClient) -> None:
    narrowed = page(client, "/search?q=kazakhstan&topic=bans&country=kazakhstan")
    chosen = narrowed[narrowed.index('class="chosen"') : narrowed.index('class="found"')]
    back = [href.replace("&amp;", "&") for href in re.findall(r'href="([^"]+)"', chosen)]
    assert back == [
        "/search?q=kazakhstan&topic=bans",
        "/search?q=kazakhstan&country=kazakhstan",
        "/search?q=kazakhstan",
    ]
    assert links(narrowed)["Bans of parties"] == "/search?q=kazakhstan&country=kazakhstan"


def test_without_words_everything_is_there_to_be_narrowed(client: FlaskClient) -> None:
    everything = page(client, "/search")
    assert 'href="/search?topic=detentions"' in everything
    text = page(client, "/search?topic=detentions")
    assert "detained" in text
    assert text.count('class="hit"') == 1


def test_the_switch_leaves_only_what_is_asserted(client: FlaskClient) -> None:
    address = "/search?q=elections+rigged&kind=claims"
    assert "held-believed" in page(client, address)
    text = page(client, f"{address}&held=asserted")
    assert set(re.findall(r'class="quote held-(\w+)"', text)) == {"asserted"}
    assert all("held=asserted" in href for href in links(text).values())
    nothing = found(client, q="elections rigged", held="asserted", **{"held-as": "believed"})
    assert nothing["claims"] == []
    assert {claim["modality"] for claim in found(client, q="elections", held="asserted")["claims"]} == {"asserted"}


def test_results_of_one_kind_have_pages(client: FlaskClient) -> None:
    first = page(client, "/search?kind=claims")
    onward = re.search(r'href="(/search\?kind=claims&amp;offset=20)"', first)
    assert onward
    second = page(client, onward[1].replace("&amp;", "&"))
    sentences = [set(re.findall(r'class="sentence"[^>]*><a href="([^"]+)"', text)) for text in (first, second)]
    assert len(sentences[0]) == len(sentences[1]) == 20
    assert not sentences[0] & sentences[1]


def test_claims_of_private_life_are_neither_found_nor_counted(client: FlaskClient) -> None:
    for address in ("/search?q=zholboldina+children", "/search?kind=claims&offset=40"):
        assert "zholboldina-children" not in page(client, address)
    own = page(make_client(), "/search")
    assert "Asya has children" not in own
    assert re.search(r'Everything <span class="figure">4<', own)


@pytest.mark.parametrize(
    "query",
    ["?kind=nothing", "?held-as=true", "?topic=love", "?country=A%20B", "?editorial=../x", "?year=soon", "?held=no",
     "?offset=x", f"?q={'x' * 501}", "?" + "&".join(f"year={year}" for year in range(1000, 1030))],
)  # fmt: skip
def test_what_cannot_be_chosen_is_told(client: FlaskClient, query: str) -> None:
    for accept, kind in ((BROWSER, "text/html"), ("*/*", "application/problem+json")):
        reply = client.get(f"/search{query}", headers={"Accept": accept})
        assert (reply.status_code, reply.mimetype) == (400, kind)


def test_hostile_text_stays_text() -> None:
    client = make_client()
    for text in (
        page(client, "/search?q=alert"),
        client.get("/search", query_string={"q": HOSTILE, "format": "html"}).text,
    ):
        assert "<script>alert" not in text
        assert "<b>" not in text
        assert not re.search(r'"\s+onmouseover=', text)
    assert "javascript:" not in page(client, "/search?q=a&_scheme=javascript&_external=1&_anchor=x")


def test_every_value_has_a_name_of_its_own() -> None:
    with make_app().test_request_context("/"):
        assert set(facet_titles()) == set(FACETS)
        assert set(topic_titles()) == set(TOPICS)
        assert set(kind_titles()) == set(KINDS)
        assert set(modality_words()) == set(vocabulary.MARKS)
        for titles in (facet_titles(), kind_titles(), topic_titles()):
            assert len(set(titles.values())) == len(titles)


def test_the_box_brings_what_suggestions_need_and_no_more(client: FlaskClient) -> None:
    text = page(client, "/claims")
    told = re.search(r'data-words="([^"]+)"', text)
    assert told
    words = json.loads(told[1].replace("&#34;", '"'))
    assert set(words) == {"kinds", "modalities", "said"}
    assert text.count('role="search"') == 1
    assert page(client, "/search?q=x").count('role="search"') == 1


def test_it_stays_inside_where_it_is_mounted(client: FlaskClient) -> None:
    reply = client.get("/search?q=progress", headers={"Accept": BROWSER}, environ_overrides={"SCRIPT_NAME": "/press"})
    assert all(href.startswith(("/press/", "#")) for href in re.findall(r'<a[^>]* href="([^"]+)"', reply.text))
