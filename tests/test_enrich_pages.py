"""What was taken from elsewhere, as others see it: found by search and reconciliation, and told with its source."""

import json
import re
from dataclasses import replace
from urllib.parse import quote

import pytest
from enriching import Still, playing
from flask.testing import FlaskClient
from pyoxigraph import Store
from seed_app import seed_app

from graph.checking import check
from graph.dataset import ontology_triples, published_quads
from graph.enriching.applying import apply
from graph.enriching.enriching import enrich
from graph.enriching.profile import profile
from graph.enriching.review import read
from graph.iris import ID
from graph.reasoning import derive
from graph.settings import Settings

ENTITIES = """\
"@context": https://w3id.org/samizdat/context.jsonld
entities:
  - id: country/kazakhstan
    type: Country
    prefLabel: { en: Kazakhstan }
  - id: party/nur-otan
    type: PoliticalParty
    prefLabel: { en: Nur Otan }
    country: country/kazakhstan
"""
PARTY = f"{ID}party/nur-otan"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """An application over two entities, one of which was enriched."""
    folder = tmp_path_factory.mktemp("enriched")
    (folder / "data" / "entities").mkdir(parents=True)
    file = folder / "data" / "entities" / "all.yaml"
    file.write_text(ENTITIES, encoding="utf-8")
    settings = Settings(data=folder / "data", texts=(), home=folder / "home", contact="team@example.org")
    with playing() as there:
        found = replace(profile("wikidata"), endpoint=there.url, rate=1000.0)
        done = enrich(
            settings, found, kinds=("party",), languages=("ka", "kk"), allow_private=True, clock=Still()
        )  # fmt: skip
    text = re.sub(r"(Q200\n(?:    .*\n)*?    decision: )unsure", r"\1same", done.file.read_text(encoding="utf-8"))
    done.file.write_text(text, encoding="utf-8")
    assert apply(settings, read(done.file)).names == 2
    checked = check(settings, (file,), reason=False)
    assert checked.content is not None
    store = Store()
    store.bulk_extend(published_quads(checked.content, derive(ontology_triples(), checked.content.asserted())))
    return seed_app(store, folder / "published").test_client()


@pytest.mark.parametrize("name", ["ნურ ოთანი", "Нұр Отан", "Q200"])
def test_search_finds_it(name: str, client: FlaskClient) -> None:
    response = client.get(f"/search?q={quote(name)}", headers={"Accept": "application/json"})
    assert response.json is not None
    assert [thing["id"] for thing in response.json["things"]] == [PARTY]


@pytest.mark.parametrize("name", ["ნურ ოთანი", "Нұр Отан"])
def test_reconciliation_finds_it(name: str, client: FlaskClient) -> None:
    response = client.post("/reconcile", data={"queries": json.dumps({"q0": {"query": name}})})
    assert response.json is not None
    best = response.json["q0"]["result"][0]
    assert (best["id"], best["match"]) == ("party/nur-otan", True)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "also, from Wikidata"), ("ru", "по данным Wikidata"), ("kk", "дереккөзі: Wikidata")]
)
def test_its_page_tells_whose_name_it_is(language: str, said: str, client: FlaskClient) -> None:
    page = client.get(
        f"/doc/party/nur-otan?lang={language}", headers={"Accept": "text/html", "Accept-Language": language}
    )
    names = page.text.partition('class="names"')[2].partition("</dl>")[0]
    assert re.search(rf"<dt[^>]*>ნურ ოთანი</dt><dd>[^<]*{said}", names)
    assert re.search(r"<dt[^>]*>Nur Otan</dt>", names)


def test_its_page_leads_to_the_same_elsewhere(client: FlaskClient) -> None:
    assert 'href="http://www.wikidata.org/entity/Q200"' in client.get("/doc/party/nur-otan").text


def test_its_document_has_the_source_the_day_and_the_licence(client: FlaskClient) -> None:
    text = client.get("/doc/party/nur-otan", headers={"Accept": "text/turtle"}).text
    assert 'skosxl:literalForm "ნურ ოთანი"@ka' in text
    assert 'pav:retrievedOn "2026-11-23"^^xsd:date' in text
    assert 'dcterms:rights "https://creativecommons.org/publicdomain/zero/1.0/"' in text
    assert "skos:exactMatch <http://www.wikidata.org/entity/Q200>" in text
