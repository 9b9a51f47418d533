"""What can be drawn of an answer: decided by what its columns hold, and nothing of private life."""

import json
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Store
from server_fixtures import HOSTILE, FakeEngine, make_app, make_client
from test_pages import visit

from graph.engine.results import Term
from queries import questions
from server.site.drawable import drawable

XSD = "http://www.w3.org/2001/XMLSchema#"


class Named:
    """Names of things: the last part of their IRIs."""

    def of(self, iri: str) -> str:
        return iri.rpartition("/")[2]


def rows(**columns: Sequence[Term | None]) -> list[dict[str, Term]]:
    length = max(map(len, columns.values()))
    return [{name: term for name, values in columns.items() if (term := values[at])} for at in range(length)]


def kinds(**columns: Sequence[Term | None]) -> dict[str, str]:
    found = drawable(list(columns), rows(**columns), Named(), lambda row: ())  # type: ignore[arg-type]
    return {column.name: column.kind for column in found.columns}


def views(**columns: Sequence[Term | None]) -> tuple[str, ...]:
    return drawable(list(columns), rows(**columns), Named(), lambda row: ()).views  # type: ignore[arg-type]


def iri(name: str) -> Term:
    return Term("iri", f"https://example.org/{name}")


def text(value: str, kind: str = "") -> Term:
    return Term("literal", value, datatype=XSD + kind if kind else None)


A, B = [iri("a"), iri("b")], [iri("c"), iri("d")]


def test_columns_are_what_they_hold() -> None:
    found = kinds(thing=A, name=[text("x"), None], number=[text("1", "integer"), text("2.5", "decimal")],
                  day=[text("2020-01-02", "date"), text("not stated")], edtf=[text("2021-01~"), text("/2019")],
                  words=[text("w" * 61), text("w")], mixed=[text("1", "integer"), text("two")])  # fmt: skip
    assert found == {"thing": "thing", "name": "name", "number": "number", "day": "date", "edtf": "date",
                     "words": "text", "mixed": "name"}  # fmt: skip


@pytest.mark.parametrize("value", ["2021", "1000 signatures", "20211", "2021-13", "12 December"])
def test_a_number_or_a_sentence_is_no_date(value: str) -> None:
    assert kinds(x=[text(value)]) == {"x": "date" if value == "2021" else "name"}


def test_pictures_need_columns_that_they_can_show() -> None:
    assert views(words=[text("w" * 61)] * 2) == ()
    assert views(one=A) == ("chart",)
    assert views(one=A[:1]) == ()
    assert views(one=A, other=B) == ("chart", "network")
    assert views(one=A[:1], other=B[:1]) == ("network",)
    assert views(when=[text("1989/2019")], words=[text("w" * 61)]) == ("timeline",)


def test_bounds_are_those_that_are_stated_else_those_of_the_date() -> None:
    stated = rows(date=[text("2020?")], earliest=[text("2020-03-01", "date")], latest=[None])
    found = drawable(["date", "earliest", "latest"], stated, Named(), lambda row: ())  # type: ignore[arg-type]
    assert found.lines[0].bounds == ("2020-03-01", None)
    found = drawable(["date"], rows(date=[text("2020-02")]), Named(), lambda row: ())  # type: ignore[arg-type]
    assert found.lines[0].bounds == ("2020-02-01", "2020-02-29")


# --- on the page ---


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return make_client()


def drawn(client: FlaskClient, query: str, view: str) -> dict[str, Any]:
    """The data that the page gives the script."""
    page = client.get(f"/query?query={quote(query)}&view={view}").text
    found = re.search(r'<script type="application/json" id="answer-data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the scripts of the pages had been built."""
    monkeypatch.setattr("server.assets.script", lambda name: f"{name}.js")
    monkeypatch.setattr("server.assets.asset", lambda name: f"/static/{name}")


@pytest.mark.usefixtures("built")
def test_private_life_is_in_the_table_and_not_in_the_picture() -> None:
    client = make_client()
    query = "SELECT ?claim ?kind WHERE { ?claim a ?kind ; a <http://www.nanopub.org/nschema#Nanopublication> }"
    assert "Asya has children" in visit(client, f"/query?query={quote(query)}").words
    data = drawn(client, query, "chart")
    assert "Asya has children" not in json.dumps(data)
    assert {line["held"] for line in data["lines"]} == {"asserted", "believed", "reported", "predicted"}
    assert "2 rows are about private life" in visit(client, f"/query?query={quote(query)}&view=chart").words


@pytest.mark.usefixtures("built")
def test_hostile_names_stay_data() -> None:
    query = "SELECT ?s ?name WHERE { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?name }"
    data = drawn(make_client(), query, "chart")
    assert HOSTILE in {text for line in data["lines"] for text in line["texts"]}


@pytest.mark.usefixtures("built")
def test_a_graph_is_drawn_as_a_network_that_claims_nothing() -> None:
    data = drawn(
        make_client(), "CONSTRUCT WHERE { ?ban <https://w3id.org/samizdat/politics#bannedParty> ?party }", "network"
    )
    assert [line["held"] for line in data["lines"]] == [None] * len(data["lines"])


def test_a_view_that_there_is_not_is_a_mistake_and_one_that_does_not_fit_is_the_table(client: FlaskClient) -> None:
    assert client.get("/query?query=ASK {}&view=globe").status_code == 400
    query = quote("SELECT ?s ?k WHERE { ?s a ?k } LIMIT 3")
    page = visit(client, f"/query?query={query}&view=timeline")
    current = [attributes for tag, attributes in page.tags if tag == "a" and attributes.get("aria-current") == "true"]
    assert "view=" not in current[0]["href"]


def test_the_saved_questions_have_the_pictures_one_expects(seed_store: Store) -> None:
    client = make_app(FakeEngine(content=seed_store), catalogue=questions()).test_client()
    for name, view in {"timeline": "timeline", "media-control": "network", "election-results": "chart",
                       "claim-as-graph": "network", "said-of-party": "chart"}.items():  # fmt: skip
        query = quote(questions()[name].fill({}), safe="")
        links = visit(client, f"/query?query={query}").all("a", "href")
        assert any(f"view={view}" in link for link in links), name


def test_a_thing_with_a_column_for_its_name_is_there_once() -> None:
    found = kinds(party=A, partyLabel=[text("a"), text("b")], other=B)
    assert list(found) == ["partyLabel", "other"]
