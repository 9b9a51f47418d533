"""Who wrote an editorial and who published it stands wherever it is told of, as the text names them; else nowhere."""

import json
import re
from html import unescape
from typing import Any

import pytest
import rispy
import yaml
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store
from rdflib import SDO
from server_fixtures import BROWSER, FakeEngine, make_app

from graph.iris import ID

EDITORIAL = "editorial/2021-01-progress-kazakhstan"
CLAIM = "claim/2021-01-progress-kazakhstan/elections-rigged"
AUTHORS, PUBLISHER = ("Ann <Author>", "B & C"), "The “Daily” {Test}"


@pytest.fixture(scope="module")
def client(seed_store: Store) -> FlaskClient:
    content = Store()
    content.bulk_extend(seed_store)
    editorial = NamedNode(f"{ID}{EDITORIAL}")
    for term, names in ((SDO.author, AUTHORS), (SDO.publisher, (PUBLISHER,))):
        content.extend(Quad(editorial, NamedNode(str(term)), Literal(name), DefaultGraph()) for name in names)
    return make_app(FakeEngine(content=content)).test_client()


@pytest.fixture(scope="module")
def without(seed_store: Store) -> FlaskClient:
    return make_app(FakeEngine(content=seed_store)).test_client()


def page(client: FlaskClient, path: str) -> str:
    reply = client.get(f"/doc/{path}", headers={"Accept": BROWSER})
    assert reply.status_code == 200
    return reply.text


def structured(text: str) -> Any:
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    return json.loads(block)


def test_the_page_of_the_editorial_names_them(client: FlaskClient) -> None:
    text = page(client, EDITORIAL)
    top = unescape(re.sub(r"<[^>]+>", "", text.partition("<main")[2].partition("<h1")[0]))
    assert all(name in top for name in (*AUTHORS, PUBLISHER))
    assert "Ann <Author>" not in text
    source = unescape(re.sub(r"<[^>]+>", " ", text.partition('id="source"')[2]))
    assert re.search(r"Author\s+Ann <Author>", source)
    told = structured(text)
    assert told["@type"] == "OpinionNewsArticle"
    assert told["author"] == [{"name": name} for name in AUTHORS]
    assert told["publisher"] == {"name": PUBLISHER}


def test_a_page_of_its_claims_names_them_to_machines(client: FlaskClient) -> None:
    told = structured(page(client, CLAIM))["appearance"]
    assert (told["author"], told["publisher"]) == ([{"name": name} for name in AUTHORS], {"name": PUBLISHER})


def test_citations_name_them(client: FlaskClient) -> None:
    bib = client.get(f"/cite/{EDITORIAL}.bib").text
    assert "{Ann <Author>} and {B \\& C}" in bib
    assert "publisher = {The “Daily” \\{Test\\}}" in bib
    (record,) = rispy.loads(client.get(f"/cite/{EDITORIAL}.ris").text)
    assert (record["authors"], record["publisher"]) == (list(AUTHORS), PUBLISHER)
    (item,) = json.loads(client.get(f"/cite/{EDITORIAL}.csl.json").text)
    assert item["author"] == [{"literal": name} for name in AUTHORS]
    assert item["publisher"] == PUBLISHER
    preferred = yaml.safe_load(client.get(f"/cite/{EDITORIAL}.cff").text)["preferred-citation"]
    assert preferred["authors"] == [{"name": name} for name in AUTHORS]
    assert preferred["publisher"] == {"name": PUBLISHER}


def test_the_citation_of_a_claim_names_them_with_its_source(client: FlaskClient) -> None:
    (item,) = json.loads(client.get(f"/cite/{CLAIM}.csl.json").text)
    assert f"({'; '.join((*AUTHORS, PUBLISHER))})" in item["note"]
    assert {"literal": AUTHORS[0]} not in item["author"]


def test_where_the_text_names_nobody_nobody_is_named(without: FlaskClient) -> None:
    text = page(without, EDITORIAL)
    assert text.partition('id="source"')[2].count("not stated") >= 2
    assert not {"author", "publisher"} & set(structured(text))
    for ending in ("bib", "ris", "csl.json"):
        cited = without.get(f"/cite/{EDITORIAL}.{ending}").text
        assert not re.search(r"publisher|PB  -|AU  -|author", cited)
