"""The first page: what is counted, the newest editorial, and five questions answered by claims in their exact words."""

import re

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store
from server_fixtures import BROWSER, CLAIMS, HOSTILE, POL, TRIG, FakeEngine, make_app, make_client, saved

from graph.errors import EngineUnavailable
from ontology.base import rebased
from queries import Parameter, questions
from server.site import home
from server.site.home_answers import ASKED

NEWER = rebased("""
@base <https://w3id.org/samizdat/> .
@prefix pol: <https://w3id.org/samizdat/politics#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<id/editorial/two> a pol:Editorial ; schema:headline "A newer one"@ru ; pol:date <id/editorial/two#date-2021-03> .
<id/editorial/two#date-2021-03> pol:edtf "2021-03" ; pol:latest "2021-03-31"^^xsd:date .
""")


@pytest.fixture(scope="module")
def seed_client(seed_store: Store) -> FlaskClient:
    return make_app(FakeEngine(content=seed_store), catalogue=questions()).test_client()


def page(client: FlaskClient, address: str = "/") -> str:
    reply = client.get(address, headers={"Accept": BROWSER})
    assert reply.status_code == 200, reply.text
    return reply.text


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text[text.index("<main") :]).split())


def answers(text: str) -> dict[str, str]:
    """The article about each question, by the question's name."""
    found = re.findall(r'<article aria-labelledby="q-([^"]+)">(.*?)</article>', text, re.DOTALL)
    return dict(found)


def test_every_question_of_the_first_page_is_saved_and_answered_live(seed_client: FlaskClient) -> None:
    assert len(ASKED) == 5
    assert set(ASKED) <= set(questions())
    for name in ASKED:
        asked_of = [parameter for parameter in questions()[name].parameters if parameter.type == "iri"]
        assert asked_of, f"{name} would be asked of the whole graph"
    shown = answers(page(seed_client))
    assert tuple(shown) == ASKED
    for name, article in shown.items():
        assert 'class="mark"' in article, name
        assert re.search(r'<blockquote class="quote held-\w+"', article), name
        assert f'href="/questions/{name}"' in article
        query = re.search(r'href="(/query\?query=[^"]+)"', article)
        assert query
        assert seed_client.get(query[1].replace("&amp;", "&")).status_code == 200
    assert "Kazakhstan" in shown["party-bans"], "it says what it is asked of"


def test_a_belief_is_told_as_a_belief_and_not_at_all_where_only_facts_are_wanted(seed_client: FlaskClient) -> None:
    name = "elections-rigged-believed"
    believed = words("<main" + answers(page(seed_client))[name])
    assert "≈ believed" in believed
    assert "The editorial says that many" in believed
    asserted = page(seed_client, "/?held=asserted")
    assert "Nothing is stated" in answers(asserted)[name]
    assert set(re.findall(r'class="quote held-(\w+)"', asserted)) == {"asserted"}


def test_counts_are_of_what_can_be_found_and_lead_there(seed_client: FlaskClient) -> None:
    text = page(make_client())
    for count in ("1 editorial", "4 claims", "2 people", "1 party"):
        assert count in words(text)
    assert "0 " not in re.sub(r"20\d\d", "", words(text)[:300])
    for address in re.findall(r'<li><a href="(/search\?kind=[^"]+)"', page(seed_client)):
        assert seed_client.get(address, headers={"Accept": BROWSER}).status_code == 200


def test_three_claims_of_the_newest_editorial_show_the_range_and_none_is_private() -> None:
    text = page(make_client())
    assert re.findall(r'class="claim".*?class="quote held-(\w+)"', text, re.DOTALL) == [
        "asserted",
        "believed",
        "predicted",
    ]
    assert "has two children" not in text
    assert "Asya has children" not in text


def test_the_newest_is_the_one_that_appeared_last() -> None:
    content = Store()
    content.load((TRIG + CLAIMS + NEWER).encode(), format=RdfFormat.TRIG)
    text = page(make_client(FakeEngine(content=content)))
    assert re.search(r'<h2 id="editorial" lang="ru"><a href="/doc/editorial/two">A newer one</a>', text)
    assert "March 2021" in words(text)


def test_without_anything_there_is_still_a_page() -> None:
    text = page(make_client(FakeEngine(content=Store())))
    assert "No editorial to show" in text
    assert 'role="search"' in text


def test_what_cannot_be_searched_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise EngineUnavailable("it is too large", "publish it anew")

    monkeypatch.setattr(home, "searchable", refuse)
    text = page(make_client())
    assert 'class="dateline"' not in text
    assert "<h1" in text


def test_yes_and_no_are_said_and_hostile_words_stay_words() -> None:
    catalogue = {
        query.name: query
        for query in (
            saved("media-control", f"{POL}ASK {{ ?it a pol:ElectionRigging }}", summary=f"Was it? {HOSTILE}"),
            saved("said-of-person", f"{POL}SELECT ?claim WHERE {{ ?claim pol:modality pol:reported }}"),
            saved(
                "predictions",
                f"{POL}SELECT ?claim WHERE {{ ?claim pol:attributedTo ?_who }}",
                Parameter("who", "iri", "id/person/hostile", "who"),
            ),
            saved("party-bans", "CONSTRUCT WHERE { ?s ?p ?o }"),
        )
    }
    text = page(make_app(catalogue=catalogue).test_client())
    assert "No." in answers(text)["media-control"]
    assert "alert" in answers(text)["said-of-person"]
    assert "<script>alert" not in text
    assert "<b>" not in text


def test_the_page_asks_for_nothing_but_a_few_known_things(seed_store: Store) -> None:
    engine = FakeEngine(content=seed_store)
    page(make_app(engine, catalogue=questions()).test_client())
    asked = len(engine.seen)
    again = FakeEngine(content=seed_store)
    client = make_app(again, catalogue=questions()).test_client()
    page(client, "/search")  # the index of what is searched is made once
    made = len(again.seen)
    page(client)
    own = [query.text for query, *_ in again.seen[made:]]
    assert len(own) < asked <= 60
    questions_asked = {questions()[name].fill({}) for name in ASKED}
    bounded = re.compile(r"VALUES|<https?://[^>]*/id/")
    assert all(bounded.search(text) for text in own if text not in questions_asked)
