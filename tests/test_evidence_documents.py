"""What imported data sets say has addresses like everything else, with its row, and without a licence of ours."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from importing import KAZAKHSTAN, RSF, imported, made, stored
from pyoxigraph import DefaultGraph, Quad, Store
from server_fixtures import FakeEngine, make_app

from graph.description import describe, exists
from graph.iris import ID
from graph.settings import Settings

SCORE = f"{ID}measurement/rsf/2021/KAZ/score"


@pytest.fixture
def store(settings: Settings, tmp_path: Path) -> Store:
    return stored(imported("rsf", settings, made(tmp_path, "2021.csv", RSF + KAZAKHSTAN)).folder)


@pytest.fixture
def client(store: Store) -> FlaskClient:
    return make_app(FakeEngine(content=store)).test_client()


def test_a_measurement_is_described_with_the_row_that_it_was_read_from(store: Store) -> None:
    found = describe(FakeEngine(content=store), SCORE)
    assert found.evidence
    said = " ".join(str(triple) for triple in found.statements)
    assert "49.72" in said
    assert KAZAKHSTAN.strip() in said
    assert "World Press Freedom Index, score" in " ".join(str(triple) for triple in found.names)
    assert not describe(FakeEngine(content=store), f"{ID}measurement/rsf/1999/KAZ/score").evidence


def test_only_what_a_data_set_says_of_a_thing_makes_it_exist(store: Store) -> None:
    engine = FakeEngine(content=store)
    assert exists(engine, SCORE)
    assert not exists(engine, f"{ID}measurement/rsf/1999/KAZ/score")


def test_what_the_default_graph_says_comes_first(store: Store) -> None:
    quads = list(store.quads_for_pattern(None, None, None))
    store.extend(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in quads)
    assert not describe(FakeEngine(content=store), SCORE).evidence


@pytest.mark.parametrize("path", ["measurement/rsf/2021/KAZ/score", "indicator/rsf/score", "dataset/rsf"])
def test_it_has_a_page_and_documents_without_our_licence(path: str, client: FlaskClient) -> None:
    assert client.get(f"/id/{path}").status_code == 303
    page = client.get(f"/doc/{path}")
    assert page.status_code == 200
    assert 'rel="license"' not in page.headers.get("Link", "")
    turtle = client.get(f"/doc/{path}", headers={"Accept": "text/turtle"})
    assert turtle.status_code == 200
    assert "creativecommons" not in turtle.text


def test_an_indicator_goes_by_its_name(client: FlaskClient) -> None:
    assert "World Press Freedom Index, score" in client.get("/doc/indicator/rsf/score").text.partition("</h1>")[0]
