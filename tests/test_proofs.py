"""Why something holds: the proof of a derived statement, down to the words of the claims."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad, Store
from rdflib import RDF
from server_fixtures import BROWSER, FakeEngine, make_app
from test_thing_pages import Read

from graph.iris import ID, INFERRED_GRAPH
from ontology.terms import POL

GRAPH = NamedNode(INFERRED_GRAPH)
SUBJECT, TYPE = NamedNode(str(RDF.subject)), NamedNode(str(RDF.type))


@pytest.fixture(scope="module")
def client(seed_store: Store) -> FlaskClient:
    return make_app(FakeEngine(content=seed_store)).test_client()


def codes(store: Store) -> Iterator[str]:
    for quad in store.quads_for_pattern(None, TYPE, NamedNode(str(POL.Derivation)), GRAPH):
        yield str(quad.subject).rpartition("#")[2].rstrip(">")


def code_of(store: Store, thing: str, value: str) -> str:
    """The code of what is derived of a thing with this value."""
    for code in codes(store):
        record = NamedNode(f"{INFERRED_GRAPH}#{code}")
        said = {str(quad.object) for quad in store.quads_for_pattern(record, None, None, GRAPH)}
        if {f"<{ID}{thing}>", f"<{value}>"} <= said:
            return code
    raise AssertionError(f"nothing is derived of {thing}")


def proof(client: FlaskClient, code: str) -> Read:
    response = client.get("/why", query_string={"of": code}, headers={"Accept": BROWSER})
    assert response.status_code == 200, response.text[:300]
    return Read(response.text)


def test_a_proof_goes_down_to_the_words(client: FlaskClient, seed_store: Store) -> None:
    page = proof(client, code_of(seed_store, "party/democratic-choice-party", str(POL.BannedParty)))
    assert page.of("h1") == ["Democratic Choice Party is a banned party."]
    assert "banned party when" in page.of("rule")[0]
    assert "which was banned after being deemed an extremist group" in " ".join(page.of("quote"))
    assert "from what is said in one claim" in page.of("lead")[0]


def test_a_step_that_is_itself_derived_is_proved_too(client: FlaskClient, seed_store: Store) -> None:
    page = proof(client, code_of(seed_store, "sector/tv-stations-of-kazakhstan", str(POL.StateControlledMedia)))
    assert len(page.of("steps")) > 1
    assert "the government has control over most TV stations" in " ".join(page.of("quote"))


def test_everything_derived_has_a_proof_that_ends_in_words_or_in_a_record(
    client: FlaskClient, seed_store: Store
) -> None:
    for code in codes(seed_store):
        page = proof(client, code)
        assert page.of("ground") or "recorded in this graph" in page.words, code


@pytest.mark.parametrize(("code", "status"), [("", 400), ("x", 400), ("0" * 64, 404), ("A" * 64, 400)])
def test_what_names_nothing_derived_is_told_so(client: FlaskClient, code: str, status: int) -> None:
    response = client.get("/why", query_string={"of": code})
    assert response.status_code == status
    assert "page of" in (response.json or {})["hint"]


def test_a_proof_that_rests_on_itself_ends(seed_store: Store) -> None:
    content = Store()
    content.extend(seed_store.quads_for_pattern(None, None, None, None))
    code = code_of(seed_store, "party/nur-otan", str(POL.RulingParty))
    record = NamedNode(f"{INFERRED_GRAPH}#{code}")
    content.add(Quad(record, NamedNode(str(POL.premise)), record, GRAPH))
    page = proof(make_app(FakeEngine(content=content)).test_client(), code)
    assert [href for href in page.hrefs if href.endswith(f"/why?of={code}")]


def test_private_life_is_no_ground_that_is_shown(seed_store: Store) -> None:
    content = Store()
    content.extend(seed_store.quads_for_pattern(None, None, None, None))
    claim = NamedNode(f"{ID}claim/2021-01-progress-kazakhstan/tulesova-detained")
    boolean = NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
    content.add(Quad(claim, NamedNode(str(POL.sensitive)), Literal("true", datatype=boolean)))
    client = make_app(FakeEngine(content=content)).test_client()
    page = proof(client, code_of(seed_store, "person/asya-tulesova", str(POL.DetainedPerson)))
    assert "has been detained several times" not in page.words
    thing = client.get("/doc/person/asya-tulesova", headers={"Accept": BROWSER}).text
    assert "is a person who has been detained" not in thing
