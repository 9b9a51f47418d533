"""The pages of saved questions and their list."""

import pytest
from flask.testing import FlaskClient
from server_fixtures import BROWSER, CATALOGUE, HOSTILE, make_client
from test_pages import Page, visit

from queries import questions


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return make_client()


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
