"""Pages that tell of errors: in plain words, with a way on, and never without an answer."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import Store
from seed_app import seed_app
from server_fixtures import BROWSER, HOSTILE, FakeEngine, make_app, make_client
from werkzeug.test import Client

from graph.errors import EngineUnavailable, QueryTimeout, Retracted, SamizdatError
from server.guarding.rate_limits import limited
from server.settings import ServerSettings


@pytest.fixture(scope="module")
def seed(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return seed_app(seed_store, tmp_path_factory.mktemp("lost")).test_client()


def failing(error: Exception) -> Flask:
    """An application whose list of claims fails so."""

    def fail() -> str:
        raise error

    app = make_app()
    app.view_functions["pages.claims"] = fail
    return app


def read(client: FlaskClient, path: str, status: int) -> str:
    response = client.get(path, headers={"Accept": BROWSER})
    assert (response.status_code, response.mimetype) == (status, "text/html")
    return unescape(response.text)


def near(page: str) -> list[str]:
    return re.findall(r'href="/doc/([^"]+)"', page.partition('<ul class="near">')[2].partition("</ul>")[0])


@pytest.mark.parametrize("path", ["/nazarbaev", "/people/nursultan_nazarbayev.html", "/id/person/nazarbayev"])
def test_names_like_the_address_are_offered(seed: FlaskClient, path: str) -> None:
    assert near(read(seed, path, 404))[0] == "person/nursultan-nazarbayev"


def test_the_search_box_holds_what_the_address_names(seed: FlaskClient) -> None:
    page = read(seed, "/who/asya-tulesova", 404)
    assert re.search(r'<input id="again" name="q" type="search" value="asya tulesova"', page)
    assert "Nothing is here" in page


def test_private_life_is_not_offered(seed: FlaskClient) -> None:
    page = read(seed, "/mother-of-two-young-children", 404)
    assert "zholboldina-children" not in page.replace("/mother-of-two-young-children", "")


def test_an_address_cannot_break_out(seed: FlaskClient) -> None:
    response = seed.get(f"/{HOSTILE}", headers={"Accept": BROWSER})
    assert response.status_code == 404
    assert not re.search(r"<script(?! type=\"module\" src=)", response.text)
    assert not re.search(r"<b>|onmouseover=\"", response.text)


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (Retracted("claim/one/ban was taken back", "read another"), 410, "This claim was taken back"),
        (SamizdatError("a fault"), 500, "The fault is ours"),
        (ZeroDivisionError("secret"), 500, "The fault is ours"),
        (QueryTimeout("too long"), 503, "Load this page again in a moment"),
        (EngineUnavailable("not ready"), 503, "Load this page again in a moment"),
    ],
)
def test_each_says_what_to_do_and_offers_a_search(error: Exception, status: int, words: str) -> None:
    page = read(failing(error).test_client(), "/claims", status)
    assert words in page
    assert 'id="again"' in page
    assert 'href="/">To the first page' in page
    assert "secret" not in page


def test_one_who_asks_too_often_is_told_kindly() -> None:
    app = make_app()
    client = Client(limited(app, app, ServerSettings(rate="1/60")))
    client.get("/about", headers={"Accept": BROWSER})
    response = client.get("/about", headers={"Accept": BROWSER})
    assert response.status_code == 429
    assert "A little more slowly, please" in response.text


def test_who_takes_no_format_of_a_document_is_told_which_there_are() -> None:
    response = make_client().get("/doc/party/progress", headers={"Accept": "image/png, text/html;q=0"})
    assert response.status_code == 406
    assert response.mimetype == "application/problem+json"


def test_a_mistake_in_a_query_keeps_the_query_and_its_own_words() -> None:
    page = read(
        make_client(FakeEngine(QueryTimeout("it took too long", "ask for less"))), "/query?query=ASK%7B%7D", 503
    )
    assert "The query took too long" in page
    assert "ASK{}" in page
    assert "Ask for less." in page
    assert 'id="again"' not in page


def test_where_no_page_can_be_made_there_is_a_bare_one(caplog: pytest.LogCaptureFixture) -> None:
    app = failing(ZeroDivisionError("secret"))
    del app.jinja_env.globals["asset"]
    response = app.test_client().get("/claims", headers={"Accept": BROWSER})
    assert response.status_code == 500
    assert "<h1>Something is wrong here</h1>" in response.text
    assert "secret" not in response.text
    assert "could not be made" in caplog.text
