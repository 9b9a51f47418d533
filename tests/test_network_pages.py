"""The network with its path finder, and who controls which media, as pages and as data."""

import csv
import json
import re
from io import StringIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store
from seed_app import seed_app
from server_fixtures import BROWSER, TRIG, FakeEngine, claim, make_app

from ontology.base import BASE, rebased
from server import vocabulary
from server.site.pictures import tie_words

TV, PRINT, STATE = "sector/tv-stations-of-kazakhstan", "sector/print-media-of-kazakhstan", "government/kazakhstan"


@pytest.fixture(scope="module")
def client(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return seed_app(seed_store, tmp_path_factory.mktemp("snapshots")).test_client()


def get(client: FlaskClient, address: str, status: int = 200) -> str:
    response = client.get(address, headers={"Accept": BROWSER})
    assert response.status_code == status, response.text
    return response.text


def words(html: str) -> str:
    """The text of a page without its marks, data and doubled blanks."""
    return re.sub(r"\s+", " ", re.sub(r"<script.*?</script>|<[^>]+>", " ", html, flags=re.DOTALL))


def data(html: str, name: str) -> dict[str, Any]:
    """What the script of a page is given."""
    [found] = re.findall(rf'<script type="application/json" id="{name}-data">(.*?)</script>', html, re.DOTALL)
    value: dict[str, Any] = json.loads(found)
    return value


def records(client: FlaskClient, address: str) -> list[dict[str, Any]]:
    """The data of a picture, as programs get it."""
    found: list[dict[str, Any]] = json.loads(client.get(address).text)["records"]
    return found


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the front end had been built, whether it has or not: data is on pages whose script is there."""
    monkeypatch.setattr("server.assets.FOLDER", type("Folder", (), {"__truediv__": lambda self, name: self,
                        "is_file": lambda self: True, "read_bytes": lambda self: b""})())  # fmt: skip
    monkeypatch.setattr("server.assets.asset", lambda name: f"/static/{name}")


def test_the_network_is_a_table_with_claims(client: FlaskClient) -> None:
    text = words(get(client, "/pictures/network"))
    assert "Government of Kazakhstan controls (“most”) TV stations of Kazakhstan ■ asserted claim" in text
    assert "Progress has as a founder Asya Tulesova ■ asserted claim" in text
    assert "TV stations of Kazakhstan is controlled at least in part by Government of Kazakhstan ∴ derived" in text


def test_what_is_reported_says_by_whom(client: FlaskClient) -> None:
    text = words(get(client, "/pictures/network?about=person/aliya-zholboldina"))
    assert "has a goal for Progress ” reported attributed to Aliya Zholboldina and Asya Tulesova claim" in text
    assert "has a goal for" not in words(get(client, "/pictures/network?about=person/aliya-zholboldina&held=asserted"))


def test_the_switch_counts_what_each_of_its_sides_shows(client: FlaskClient) -> None:
    everything, asserted = map(int, re.findall(r'<span class="figure">(\d+)', get(client, "/pictures/network")))
    assert len(records(client, "/pictures/network?format=json")) == everything
    assert len(records(client, "/pictures/network?held=asserted&format=json")) == asserted
    assert 0 < asserted < everything


def test_a_way_has_each_step_in_its_exact_words(client: FlaskClient) -> None:
    html = get(client, f"/pictures/network?from={TV}&to={PRINT}")
    text = words(html)
    assert "2 steps lead from TV stations of Kazakhstan to print media of Kazakhstan, and all of them are" in text
    way = html[html.index('<ol class="way">') : html.index("</ol>")]
    assert way.count("the government has control over most TV stations and print media in the country") == 2
    assert way.count('class="quote held-asserted"') == 2
    assert re.search(r'<option value="sector/tv-stations-of-kazakhstan"[^>]* selected', html)


def test_one_step_says_so(client: FlaskClient) -> None:
    text = words(get(client, f"/pictures/network?from={STATE}&to={TV}"))
    assert "One step leads from Government of Kazakhstan to TV stations of Kazakhstan, and it is asserted." in text


def test_that_no_way_is_stated_is_no_denial(client: FlaskClient) -> None:
    text = words(get(client, f"/pictures/network?from={STATE}&to=person/asya-tulesova"))
    assert "Nothing that is stated here ties Government of Kazakhstan to Asya Tulesova. That is not a denial." in text


def test_a_thing_can_be_given_by_its_name(client: FlaskClient) -> None:
    assert "What ties Asya Tulesova to others" in words(get(client, "/pictures/network?about=Asya+Tulesova"))


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        (f"network?from={TV}&to={TV}", 400, "From and to are the same thing"),
        ("network?about=person/asya-tulesowa", 404, "asya-tulesova"),
        ("network?from=qqqqqqqqqq&to=zzzzzzzz", 400, "nothing that is known here"),
        ("control?country=party/progress", 400, "Country is the path of something else"),
        ("control?format=png", 406, ""),
    ],
)
def test_what_cannot_be_meant_is_refused(client: FlaskClient, address: str, status: int, said: str) -> None:
    assert said.lower() in words(get(client, f"/pictures/{address}", status)).lower()


def test_control_is_told_in_the_words_of_its_source(client: FlaskClient) -> None:
    text = words(get(client, "/pictures/control"))
    assert "Government of Kazakhstan “most” ■ asserted In the editorial’s own voice the government has control" in text
    assert "a ruling party (not named) not stated ■ asserted" in text
    assert "In tension with A ruling party controls the media in Kazakhstan." in text


def test_control_of_a_country(client: FlaskClient) -> None:
    assert "print media of Kazakhstan" in words(get(client, "/pictures/control?country=country/kazakhstan"))
    elsewhere = words(get(client, "/pictures/control?country=country/united-states"))
    assert "Nothing is stated of who controls these media." in elsewhere


def test_the_data_as_csv(client: FlaskClient) -> None:
    response = client.get(f"/pictures/network?from={TV}&to={PRINT}&format=csv")
    assert response.mimetype == "text/csv"
    rows = list(csv.DictReader(StringIO(response.text)))
    assert {(row["way"], row["step"], row["held"]) for row in rows} == {
        ("1", step, held) for step in "12" for held in ("asserted", "derived")
    }
    assert {row["extent"] for row in rows if row["held"] == "asserted"} == {"most"}
    assert all(row["claims"].startswith(f"{BASE}id/claim/") for row in rows)


def test_the_data_of_control_has_a_record_for_each_claim(client: FlaskClient) -> None:
    found = records(client, "/pictures/control?format=json")
    said = {(one["controller_name"], one["media_name"], one["extent"]) for one in found if one["claim"]}
    assert ("a ruling party (not named)", "media of Kazakhstan", "") in said
    assert all(one["quotes"] for one in found if one["claim"])


@pytest.mark.usefixtures("built")
def test_the_picture_has_what_the_table_has(client: FlaskClient) -> None:
    found = data(get(client, f"/pictures/network?from={TV}&to={PRINT}"), "network")
    assert found["ways"] == [[TV, STATE, PRINT]]
    assert {node["path"] for node in found["nodes"]} >= {TV, STATE, PRINT}
    assert set(found["held"]) == {link["held"] for link in found["links"]}
    shown = data(get(client, "/pictures/control"), "control")
    assert {one["extent"] for one in shown["controls"] if one["claim"]} == {"most", ""}


def test_mounted_below_a_path_and_in_an_old_snapshot_all_links_stay_there(client: FlaskClient) -> None:
    for address in ("/pictures/network", "/pictures/control"):
        html = client.get(address, headers={"Accept": BROWSER}, environ_overrides={"SCRIPT_NAME": "/kg"}).text
        assert not [link for link in re.findall(r'(?:href|action)="(/[^"]*)"', html) if not link.startswith("/kg/")]


def over(*claims: str) -> FlaskClient:
    content = Store()
    content.load((TRIG + rebased("".join(claims))).encode(), format=RdfFormat.TRIG)
    return make_app(FakeEngine(content=content)).test_client()


SECTOR = '<id/sector/press> a pol:MediaSector ; skos:prefLabel "the press"@en .'


def control(slug: str, modality: str, more: str = "", by: str = "<id/editorial/one>") -> str:
    iri = f"id/claim/one/{slug}"
    return (
        claim(slug, 9, modality, f"It controls {slug}", f"words of {slug}", by, more)
        + f"""
        GRAPH <{iri}#assertion> {{ <{iri}#it> a pol:MediaControl ;
            pol:controller <id/person/hostile> ; pol:controlled <id/sector/press> ; pol:extent "much"@en }}"""
    )


PAGES = ("/pictures/network", "/pictures/network?from=person/hostile&to=sector/press", "/pictures/control")


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("address", PAGES)
def test_hostile_names_break_out_of_nothing(address: str) -> None:
    html = get(over(SECTOR, control("taken", "asserted")), address)
    assert "&lt;script&gt;alert" in html
    assert "<script>alert" not in html
    assert "alert('x')" in json.dumps(data(html, "control" if "control" in address else "network"))


@pytest.mark.parametrize("address", PAGES)
def test_private_life_is_in_no_picture(address: str) -> None:
    html = get(over(SECTOR, control("secret", "asserted", "; pol:sensitive true")), address)
    assert "words of secret" not in html
    assert "It controls secret" not in html


OUTLET = """<id/outlet/channel> a pol:MediaOutlet ; skos:prefLabel "Channel One"@en .
    GRAPH <graph/entities> { <id/outlet/channel> a pol:MediaOutlet ; pol:inSector <id/sector/press> }"""


def test_an_outlet_is_tied_through_its_sector_and_what_no_source_asserts_says_so() -> None:
    address = "/pictures/network?from=outlet/channel&to=person/hostile"
    html = get(over(SECTOR, OUTLET, control("taken", "doubted")), address)
    text = words(html[html.index('<ol class="way">') : html.index("</ol>")])
    assert "Channel One is one of the press · in its description" in text
    assert re.search(r"controls \(“much”\) the press \? doubted .* words of taken", text)
    assert "2 steps lead from Channel One to" in words(html)
    assert "but not all of them are asserted." in words(html)
    firm = words(get(over(SECTOR, OUTLET, control("taken", "doubted")), f"{address}&held=asserted"))
    assert "Nothing that is stated here ties Channel One to" in firm


def test_each_source_of_the_same_control_stands_by_itself() -> None:
    said = control("first", "asserted"), control("second", "believed", by="<id/group/officials>")
    text = words(get(over(SECTOR, *said), "/pictures/control"))
    assert "■ asserted In the editorial’s own voice words of first" in text
    assert "≈ believed The editorial says that officials believe" in text


@pytest.mark.parametrize("address", PAGES)
def test_no_question_to_the_graph_is_without_bounds(address: str) -> None:
    engine = FakeEngine()
    engine.content = Store()
    engine.content.load((TRIG + rebased(SECTOR + control("taken", "asserted"))).encode(), format=RdfFormat.TRIG)
    get(make_app(engine).test_client(), address)
    texts = [query.text.partition("SELECT")[2] for query, _formats, _timeout in engine.seen if "SELECT" in query.text]
    assert texts
    assert [text for text in texts if "LIMIT" not in text and "VALUES" not in text and f"<{BASE}id/" not in text] == []


def test_where_not_all_things_can_be_offered_names_are_typed(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "<datalist" not in get(client, "/pictures/network")
    monkeypatch.setattr("server.site.pictures.network.EACH", 2)
    html = get(client, "/pictures/network?from=TV+stations+of+Kazakhstan&to=print+media")
    assert '<input id="from" name="from" value="sector/tv-stations-of-kazakhstan" list="things"' in html
    assert "2 steps lead from" in words(html)


def test_over_a_graph_without_ties_the_pages_say_so() -> None:
    client = make_app().test_client()
    assert "No tie is stated here." in words(get(client, "/pictures/network"))
    assert "Nothing is stated of who controls these media." in words(get(client, "/pictures/control"))


def test_words_are_for_terms_that_there_are() -> None:
    known = {iri.rpartition("#")[2].rpartition("/")[2] for iri in vocabulary.labels()}
    with make_app().test_request_context("/"):
        used = (
            {name for pair in tie_words.acts() for name in pair} | set(tie_words.properties()) | set(tie_words.others())
        )
        assert used <= known
        assert set(tie_words.held_words()) == set(tie_words.MARKS)
