"""The pages of saved questions and their list."""

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Store
from seed_app import seed_app
from server_fixtures import BROWSER, CATALOGUE, HOSTILE, FakeEngine, make_app, make_client
from test_pages import Page, visit

from graph.iris import ONTOLOGY
from queries import StoredQuery, questions


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return make_client()


@pytest.fixture(scope="module")
def seed(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The project's own data and questions."""
    return seed_app(seed_store, tmp_path_factory.mktemp("questions")).test_client()


def test_the_list_has_every_question_under_its_subject(client: FlaskClient) -> None:
    page = visit(client, "/questions/")
    assert {f"/questions/{name}" for name in CATALOGUE} <= set(page.all("a", "href"))
    assert {"#parties", "#people"} <= set(page.all("a", "href"))
    assert {"parties", "people"} <= set(page.ids)
    assert HOSTILE in page.text


def test_the_list_of_the_projects_questions_tells_what_may_be_chosen(client: FlaskClient) -> None:
    page = Page(client.get("/questions/", headers={"Accept": BROWSER}).text)
    assert f"{len(CATALOGUE)} questions" in page.words
    assert "by who" in page.words
    assert all(query.tags for query in questions().values())


# --- one question ---


def test_an_answer_in_words_says_who_holds_it_how(client: FlaskClient, seed: FlaskClient) -> None:
    page = visit(seed, "/questions/elections-rigged-believed")
    assert "One claim answers this: 1 ≈believed" in page.words
    assert "≈believed The editorial says that many (people not named) believe that … elections were" in page.words
    assert "In words" not in visit(client, "/questions/nothing").words


def test_an_ask_question_is_answered_in_a_sentence_with_the_names_of_what_was_asked(seed: FlaskClient) -> None:
    page = visit(seed, "/questions/elections-rigged-asserted")
    assert "No source here asserts as a fact that elections of Kazakhstan were rigged." in page.words
    assert "At least one source" not in page.words


def test_the_switch_leaves_only_rows_of_asserted_claims(seed: FlaskClient) -> None:
    page = visit(seed, "/questions/elections-rigged-believed?held=asserted")
    assert "Nothing of this is asserted." in page.words
    assert "believe that …" not in page.words
    whole = visit(seed, "/questions/claims-in-tension").words
    part = visit(seed, "/questions/claims-in-tension?held=asserted").words
    assert "Only what is asserted" in whole
    assert "≈believed" not in part


def test_an_answer_is_cited_with_its_snapshot_and_taken_away_as_rdf(seed: FlaskClient) -> None:
    page = visit(seed, "/questions/media-control")
    assert "Samizdat, answered from snapshot" in page.words
    (address,) = [link for link in page.all("a", "href") if "DESCRIBE" in link and "format=turtle" in link]
    described = seed.get(address)
    assert described.mimetype == "text/turtle"
    assert "government" in described.text.lower()
    permanent = next(link for link in page.all("a", "href") if "/snapshot/" in link)
    assert "/questions/media-control" in permanent


def test_every_question_of_the_project_is_a_page_in_order(seed: FlaskClient) -> None:
    for name, query in questions().items():
        page = visit(seed, f"/questions/{name}")
        assert page.text.count("Take this query along") == 1
        assert len(page.ids) == len(set(page.ids)), name
        if name == "media-control-compared":
            assert "No data set has been imported into this snapshot: there is nothing to compare with." in page.words
        elif query.answer:
            assert "In words" in page.words, name


def test_private_life_is_in_no_sentence() -> None:
    asked = StoredQuery("who", "Who?", "", ("people",), (), "SELECT ?claim ?about WHERE { ?claim "
                        f"<{ONTOLOGY}#statedIn> ?about }}", "{claim}")  # fmt: skip
    page = visit(make_app(catalogue={"who": asked}).test_client(), "/questions/who")
    said = page.text.partition("In words")[2].partition("Answer")[0]
    assert "Progress was banned" in said
    assert "has children" not in said


def test_the_way_of_looking_is_no_parameter(client: FlaskClient) -> None:
    assert visit(client, "/questions/about?view=chart&x=claim&y=&lang=en")
    visit(client, "/questions/about?nobody=x", 400)
    visit(client, "/questions/bannd", 404)


def test_a_saved_question_is_asked_by_its_own_text_for_which_answers_are_prepared() -> None:
    engine = FakeEngine()
    client = make_app(engine).test_client()
    text = CATALOGUE["banned"].fill({})
    example = next(link for link in visit(client, "/query").all("a", "href") if "bannedParty" in link)
    for address in (example, "/questions/banned"):
        engine.seen.clear()
        assert "# What of banned?" in visit(client, address).text
        assert text in [query.text for query, _, _ in engine.seen], address
