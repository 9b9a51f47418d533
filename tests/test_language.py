"""The language of a page: from the address or the browser, kept along the way, and seen by caches."""

import pytest
from flask.testing import FlaskClient
from server_fixtures import BROWSER, make_client

from graph.errors import ParameterError
from server.site.held import asserted_only
from server.words.languages import preferred


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return make_client()


@pytest.mark.parametrize(
    ("header", "language"),
    [("", "en"), ("ru", "ru"), ("ru-RU,ru;q=0.9,en;q=0.5", "ru"), ("kk-KZ, ru;q=0.8", "kk"), ("fr, de", "en"),
     ("en;q=0.2, kk;q=0.7", "kk"), ("ru;q=0, *", "en"), (";;;,", "en"), ("ru" * 5000, "en")],
)  # fmt: skip
def test_the_browsers_language_is_taken_where_there_is_one(header: str, language: str) -> None:
    assert preferred(header) == language


def test_a_page_says_its_language_and_that_it_was_chosen(client: FlaskClient) -> None:
    for headers, path, language in (
        ({}, "/claims", "en"),
        ({"Accept-Language": "ru"}, "/claims", "ru"),
        ({"Accept-Language": "ru"}, "/claims?lang=kk", "kk"),
    ):
        found = client.get(path, headers={"Accept": BROWSER, **headers})
        assert found.headers["Content-Language"] == language
        assert f'<html lang="{language}" dir="ltr">' in found.text
        assert "Accept-Language" in found.headers["Vary"]


def test_data_has_no_other_language(client: FlaskClient) -> None:
    given = [client.get("/doc/person/asya.ttl", headers={"Accept-Language": code}) for code in ("ru", "en")]
    assert given[0].data == given[1].data
    assert given[0].headers["ETag"] == given[1].headers["ETag"]
    assert "Accept-Language" not in given[0].headers["Vary"]


def test_what_is_set_is_carried_along(client: FlaskClient) -> None:
    page = client.get("/claims?lang=ru&held=asserted", headers={"Accept": BROWSER}).text
    assert "/doc/claim/one/ban?lang=ru&amp;held=asserted" in page
    assert "lang" not in client.get("/claims", headers={"Accept": BROWSER}).text.split("<main")[1].split("</main")[0]


@pytest.mark.parametrize("path", ["/claims?lang=xx", "/nope?lang=%00"])
def test_a_language_there_is_not_leaves_that_of_the_browser(client: FlaskClient, path: str) -> None:
    found = client.get(path, headers={"Accept": BROWSER, "Accept-Language": "ru"})
    assert found.headers["Content-Language"] == "ru"


def test_another_setting_of_the_switch_is_a_mistake() -> None:
    with make_client().application.test_request_context("/claims?held=perhaps"), pytest.raises(ParameterError):
        asserted_only()
