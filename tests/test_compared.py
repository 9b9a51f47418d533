"""Where comparisons are seen: the page of a claim, the reader, its documents, the rules and the saved question."""

import json
from pathlib import Path

import pytest
from comparing import World, compared_store
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store, parse
from seed_app import seed_app
from server_fixtures import BROWSER, FakeEngine
from update_golden import GOLDEN, answer

from graph.asking.compared import compared, counted
from graph.comparing.comparisons import comparisons
from graph.evidence import evidence
from graph.iris import ID
from graph.segments.lines import canonical
from graph.settings import Settings
from ontology.terms import CITO
from queries import questions, rules

EDITORIAL = "2021-01-progress-kazakhstan"
CONTROL = f"claim/{EDITORIAL}/government-media-control"
BELIEVED = f"claim/{EDITORIAL}/elections-rigged"
HTML = {"Accept": BROWSER}


@pytest.fixture(scope="module")
def content(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    return compared_store(seed_store, tmp_path_factory.mktemp("compared"))


@pytest.fixture(scope="module")
def client(content: Store, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return seed_app(content, tmp_path_factory.mktemp("published")).test_client()


@pytest.fixture(scope="module")
def bare(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The same without evidence."""
    return seed_app(seed_store, tmp_path_factory.mktemp("bare")).test_client()


def told(client: FlaskClient, path: str = CONTROL, lang: str = "") -> str:
    """The section of a claim's page, from its heading to the next."""
    page = client.get(f"/doc/{path}" + (f"?lang={lang}" if lang else ""), headers=HTML)
    assert page.status_code == 200
    _before, mark, after = page.text.partition('id="on-measured"')
    return after.partition("</section>")[0] if mark else ""


# --- what is asked ---


def test_everything_that_a_reader_wants_to_know_is_found(content: Store) -> None:
    found = {one.indicator_label: one for one in compared(FakeEngine(content=content), [ID + CONTROL])}
    score = found["Freedom in the World, D1 (free and independent media)"]
    assert (score.relation, score.value, score.lowest, score.highest, score.freest) == ("supports", "0", "0", "4", "4")
    assert (score.covers, score.apart, score.category) == ("2021", 0, "smallest degree of freedom")
    assert (score.row_words, score.row_number, score.file) == ("2021,Kazakhstan,KAZ,D1,0", "1", "scores.csv")
    assert (score.publisher, score.rule) == ("Freedom House", "media-control-freedom-house")
    assert (score.claimed, score.is_own) == ("2021?-01", False)
    assert "the year is inferred" in score.inferred
    assert "No licence is stated" in score.rights


def test_what_is_beside_each_claim_is_counted(content: Store) -> None:
    party = f"{ID}claim/{EDITORIAL}/nur-otan-ruling"
    found = counted(FakeEngine(content=content), [ID + CONTROL, party, f"{ID}claim/{EDITORIAL}/independence"])
    assert {claim: dict(counts) for claim, counts in found.items()} == {
        ID + CONTROL: {"supports": 1, "beside": 4},
        party: {"beside": 1},
    }


# --- pages ---


def test_the_page_says_value_scale_direction_year_relation_row_and_licence(client: FlaskClient) -> None:
    section = told(client)
    assert "1 measurement supports it, 4 measurements stand beside." in section
    assert "(from 0 to 4, where 4 is the freest)" in section
    assert "For 2020, by the edition of 2021: 1 year before the claim." in section
    assert "(1 is the freest)" in section
    assert "49.72" in section
    assert "2021;KAZ;155;49,72;Kazakhstan;EEAC" in section
    assert "No licence is stated in the files that were imported" in section
    assert 'href="/doc/measurement/rsf/2021/KAZ/score"' in section
    assert 'href="/rules/media-control-rsf-score"' in section
    assert rules()["media-control-rsf-rank"].description[:60] in section
    assert f'href="/doc/{CONTROL}.pack.zip"' in section


def test_the_page_speaks_its_language(client: FlaskClient) -> None:
    assert "Рядом с другими измерениями" in told(client, lang="ru")
    assert "Басқа өлшемдермен қатар" in told(client, lang="kk")


def test_a_belief_is_compared_and_the_page_says_that_it_is_one(client: FlaskClient) -> None:
    section = told(client, BELIEVED)
    assert "1 measurement stands beside." in section  # the year of the election is not stated
    assert "The editorial does not say this in its own voice." in section
    assert "does not say this in its own voice" not in told(client)


def test_a_claim_beside_which_nothing_was_measured_has_no_section(client: FlaskClient, bare: FlaskClient) -> None:
    assert not told(client, f"claim/{EDITORIAL}/independence")
    assert not told(bare)
    assert "measured" not in bare.get(f"/doc/editorial/{EDITORIAL}", headers=HTML).text.partition("<main")[2]


def test_the_reader_leads_to_it(client: FlaskClient) -> None:
    page = client.get(f"/doc/editorial/{EDITORIAL}", headers=HTML).text
    assert f'href="/doc/{CONTROL}#on-measured"' in page
    assert page.count("#on-measured") == 8


def test_a_measurement_leads_to_the_claims_that_it_stands_beside(client: FlaskClient) -> None:
    page = client.get("/doc/measurement/freedom-house/2021/KAZ/D1", headers=HTML).text
    section = page.partition('id="on-claims"')[2].partition("</section>")[0]
    assert section.index("supports it") < section.index(f'href="/doc/{CONTROL}"') < section.index("beside it")
    assert f'href="/doc/claim/{EDITORIAL}/ruling-party-media-control"' in section
    other = client.get("/doc/measurement/freedom-house/2020/KAZ/D1", headers=HTML)
    assert other.status_code == 200
    assert "on-claims" not in other.text


def test_every_rule_has_a_page_that_leads_to_its_query(client: FlaskClient) -> None:
    index = client.get("/rules/", headers=HTML).text
    for name, rule in rules().items():
        assert f'href="/rules/{name}"' in index
        page = client.get(f"/rules/{name}", headers=HTML)
        assert page.status_code == 200
        assert rule.summary in page.text.replace("&#39;", "'")
    assert client.get("/rules/media-control-rsf-scores").status_code == 404


# --- documents ---


@pytest.mark.parametrize(
    ("ending", "syntax"), [("ttl", RdfFormat.TURTLE), ("nt", RdfFormat.N_TRIPLES), ("jsonld", None)]
)
def test_the_documents_have_the_comparisons(ending: str, syntax: RdfFormat | None, client: FlaskClient) -> None:
    body = client.get(f"/doc/{CONTROL}.{ending}").data
    if syntax is None:
        included = {node["id"]: node for node in json.loads(body)["@included"]}
        records = [node for node in included.values() if node.get("type") == "Comparison"]
        assert len(records) == 5
        assert {"category", "covers", "date", "object", "predicate", "restsOn", "rule", "subject"} < records[0].keys()
        return
    said = [triple for triple in parse(body, syntax) if triple.predicate.value == str(CITO.supports)]
    measured = f"<{ID}measurement/freedom-house/2021/KAZ/D1>"
    assert [str(triple.object) for triple in said if str(triple.subject) == measured] == [f"<{ID}{CONTROL}>"]


def test_the_nanopublication_stays_as_it_was(client: FlaskClient, bare: FlaskClient) -> None:
    assert client.get(f"/doc/{CONTROL}.trig").data == bare.get(f"/doc/{CONTROL}.trig").data


# --- the question ---


def test_the_question_over_evidence_has_the_recorded_answer(content: Store) -> None:
    file = GOLDEN.parent / "compared" / "media-control-compared.tsv"
    assert answer(content, questions()["media-control-compared"].fill({})) == file.read_bytes().decode()


def test_the_question_may_be_narrowed(content: Store) -> None:
    asked = questions()["media-control-compared"]
    assert answer(content, asked.fill({"country": "id/country/united-states"})).count("\n") == 1
    assert answer(content, asked.fill({"since": "2021"})).count("\n") == 7


def test_the_question_says_where_nothing_is_imported(client: FlaskClient, bare: FlaskClient) -> None:
    honest = "No data set has been imported into this snapshot"
    assert honest in bare.get("/questions/media-control-compared", headers=HTML).text
    page = client.get("/questions/media-control-compared", headers=HTML).text
    assert honest not in page
    assert "supports the claim" in page


# --- the bytes ---


def test_the_same_claims_and_evidence_give_the_same_bytes(
    seed_store: Store, settings: Settings, tmp_path: Path
) -> None:
    world = World(settings, tmp_path)
    world.rsf(y2022="48.28", y2021="49.72")
    found, quads = evidence(settings.evidence_folder), sorted(seed_store, key=str)
    first = canonical(comparisons(quads, found))
    assert first
    assert canonical(comparisons(reversed(quads), found)) == first
