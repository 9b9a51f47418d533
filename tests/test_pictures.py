"""Timeline and world map: what they are drawn from, the tables that say the same, and how they are narrowed."""

import csv
import json
import re
from collections import Counter
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
from dated_fixtures import dated_store
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Store
from repository import REPOSITORY
from seed_app import seed_app
from server_fixtures import BROWSER, HOSTILE, FakeEngine, make_app
from test_pages import Page, visit
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from graph.engine import Answer, Formats, Query
from graph.errors import QueryTimeout
from ontology.base import BASE
from ontology.terms import POL
from server import vocabulary
from server.site.pictures.dated import MOST, Dated, Moment
from server.site.pictures.lanes import ROWS, height, lanes
from server.site.pictures.world import tints

TIMELINE, MAP = "/pictures/timeline", "/pictures/map"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return make_app(FakeEngine(content=dated_store())).test_client()


@pytest.fixture(scope="module")
def seed(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return seed_app(seed_store, tmp_path_factory.mktemp("snapshots")).test_client()


def records(client: FlaskClient, path: str) -> list[dict[str, Any]]:
    reply = client.get(path, headers={"Accept": "application/json"})
    assert reply.status_code == 200, reply.text
    found: list[dict[str, Any]] = json.loads(reply.text)["records"]
    return found


def drawn(page: str, name: str) -> Any:
    """The data that the page gives to its script."""
    found = re.search(rf'<script type="application/json" id="{name}-data">(.*?)</script>', page, re.DOTALL)
    assert found, "the page has no data to draw"
    return json.loads(found[1])


def slugs(found: list[dict[str, Any]]) -> list[str]:
    return [record["claim"].rpartition("/")[2] for record in found]


def test_every_stated_date_comes_with_its_bounds_and_how_it_is_held(client: FlaskClient) -> None:
    found = {(slug, record["relation"]): record for record in records(client, TIMELINE)
             for slug in slugs([record])}  # fmt: skip
    assert found["announced", "date"] | {"date": "2020-12-18", "earliest": "2020-12-18"} == found["announced", "date"]
    ruled = found["ruled", "end"]
    assert (ruled["date"], ruled["latest"], ruled["inferred_from"]) == ("2021?-01", "2021-01-31", "the editorial")
    assert (ruled["modality"], ruled["kind"]) == ("reported", "Tenure")
    assert (found["aimed", "deadline"]["earliest"], found["began", "beginning"]["latest"]) == ("", "")


def test_private_life_is_in_no_form_of_the_timeline(client: FlaskClient) -> None:
    for path in (TIMELINE, f"{TIMELINE}?format=csv", f"{TIMELINE}?format=json"):
        reply = client.get(path, headers={"Accept": BROWSER})
        assert "announced" in reply.text
        assert "married" not in reply.text


def test_only_what_is_asserted_is_left_by_the_switch(client: FlaskClient) -> None:
    asserted = records(client, f"{TIMELINE}?held=asserted")
    assert sorted(slugs(asserted)) == ["announced", "began"]
    page = visit(client, f"{TIMELINE}?held=asserted").words
    assert "Something of ruled" not in page
    assert re.search(r"Everything 6 .*asserted 2", page)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("from=2020-12-01&until=2020-12-31", {"announced", "ruled", "began"}),
        ("from=2019&until=2019", {"founded", "ruled", "began"}),
        ("until=1995", {"began"}),
        ("kind=Tenure", {"ruled", "began"}),
        ("kind=Tenure&kind=Goal&held-as=predicted", {"aimed"}),
        ("about=editorial/one", {"announced", "founded", "ruled", "began", "aimed", "ancient"}),
        ("about=person/asya", set()),
    ],
)
def test_a_timeline_is_narrowed(client: FlaskClient, query: str, expected: set[str]) -> None:
    assert set(slugs(records(client, f"{TIMELINE}?{query}"))) == expected


def test_rows_out_of_view_stand_hidden_in_the_table(client: FlaskClient) -> None:
    text = client.get(f"{TIMELINE}?from=2019&until=2019", headers={"Accept": BROWSER}).text
    rows = re.findall(r"<tr [^>]*data-earliest=\"([^\"]*)\"[^>]*?( hidden)?>", text)
    assert dict(rows)["2020-12-18"] == " hidden"
    assert dict(rows)["2019-01-01"] == ""


@pytest.mark.parametrize("query", ["from=soon", "from=2020&until=2019", "about=nobody", "held-as=true", "held=all"])
def test_what_cannot_be_meant_is_refused_with_a_hint(client: FlaskClient, query: str) -> None:
    reply = client.get(f"{TIMELINE}?{query}", headers={"Accept": "application/json"})
    assert reply.status_code == 400
    assert (reply.json or {})["hint"]


@pytest.mark.parametrize("path", [TIMELINE, MAP])
def test_a_picture_comes_as_page_json_or_csv_and_as_nothing_else(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers={"Accept": BROWSER}).mimetype == "text/html"
    assert client.get(path, headers={"Accept": "text/csv"}).mimetype == "text/csv"
    assert client.get(f"{path}?format=pdf").status_code == 406
    assert client.get(path, headers={"Accept": "image/png"}).status_code == 406


def test_hostile_words_stay_words(client: FlaskClient) -> None:
    text = client.get(TIMELINE, headers={"Accept": BROWSER}).text
    sentences = {entry["sentence"] for lane in drawn(text, "timeline")["lanes"] for entry in lane["entries"]}
    assert HOSTILE in sentences
    assert "<script>alert" not in text
    rows = list(csv.DictReader(StringIO(client.get(f"{TIMELINE}?format=csv").text)))
    assert HOSTILE in {row["sentence"] for row in rows}


def test_a_mark_says_when_what_and_how_it_is_held(client: FlaskClient) -> None:
    text = client.get(TIMELINE, headers={"Accept": BROWSER}).text
    entries = {entry["id"]: entry for lane in drawn(text, "timeline")["lanes"] for entry in lane["entries"]}
    assert entries["one/ruled"]["when"] == "from 2019 to January 2021, the year uncertain"
    assert entries["one/began"]["when"].endswith("no end stated")
    assert "reported" in entries["one/ruled"]["voice"]
    assert entries["one/ruled"]["qualified"]
    assert not entries["one/announced"]["qualified"]
    assert (entries["one/ruled"]["begin"], entries["one/ruled"]["end"]) == (
        ["2019-01-01", "2019-12-31"],
        ["2021-01-01", "2021-01-31"],
    )


def test_the_timeline_reads_no_more_than_it_shows() -> None:
    engine = FakeEngine(content=dated_store())
    make_app(engine).test_client().get(TIMELINE, headers={"Accept": BROWSER})
    asked = [query.text for query, _, _ in engine.seen if "pol:edtf ?edtf" in query.text]
    assert asked
    assert all(re.search(r"\} LIMIT \d+ \}", " ".join(text.split())) for text in asked)


def test_what_could_not_be_read_in_time_is_not_said_to_be_unstated() -> None:
    class Slow(FakeEngine):
        def evaluate(self, query: Query, formats: Formats, *, timeout: float | None = None) -> Answer:
            if "pol:edtf ?edtf" in query.text:
                raise QueryTimeout("this took too long", "ask for less")
            return super().evaluate(query, formats, timeout=timeout)

    words = visit(make_app(Slow(content=dated_store())).test_client(), TIMELINE).words
    assert "more dated statements than one picture can show" in words
    assert "No date is stated" not in words


def test_entries_of_a_row_do_not_cover_each_other() -> None:
    def entry(year: int, end: int) -> Dated:
        moment = Moment(str(year), f"{year}-01-01", f"{end}-12-31", "")
        return Dated(claim=None, kind="Tenure", moments={"date": moment})  # type: ignore[arg-type]

    given = [entry(1900 + step, 1900 + step + step % 7) for step in range(0, MOST // 4, 9)]
    (lane,) = lanes(given)
    by_row: dict[int, list[Dated]] = {}
    for one, row in lane.placed:
        by_row.setdefault(row, []).append(one)
    assert max(by_row) + 1 == lane.rows > 1
    for standing in by_row.values():
        assert all((one.latest or "") < (other.earliest or "") for one, other in pairwise(standing))
    assert height([lane]) > height(lanes(given[:1]))
    (crowded,) = lanes([entry(1990, 1990)] * (ROWS + 5))
    assert (crowded.rows, len(crowded.placed), len(crowded.rest), len(crowded.entries)) == (ROWS, ROWS, 5, ROWS + 5)


def speaks_of(store: Store, country: str) -> set[str]:
    """The claims that are not private in whose graphs the country stands, or a thing that is of it."""
    of_it = {f"<{country}>"} | {
        str(quad.subject) for quad in store.quads_for_pattern(None, NamedNode(str(POL.country)), NamedNode(country))
        if "#" not in str(quad.subject)
    }  # fmt: skip
    private = {quad.subject.value for quad in store.quads_for_pattern(None, NamedNode(str(POL.sensitive)), None)
               if isinstance(quad.subject, NamedNode)}  # fmt: skip
    found = set()
    for quad in store:
        place = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
        if "/id/claim/" in place and of_it & {str(quad.subject), str(quad.object)}:
            found.add(place.partition("#")[0])
    return found - private


def test_the_map_counts_what_speaks_of_a_country_by_how_it_is_held(seed: FlaskClient, seed_store: Store) -> None:
    found = [record for record in records(seed, MAP) if record["name"] == "Kazakhstan"]
    assert {record["code"] for record in found} == {"398"}
    assert sum(record["claims"] for record in found) == len(speaks_of(seed_store, found[0]["country"]))
    assert len({record["modality"] for record in found}) == len(found) > 3


def test_a_number_on_the_map_is_that_of_the_page_it_leads_to(seed: FlaskClient) -> None:
    page = visit(seed, MAP)
    links = [href for href in page.all("a", "href") if "country=kazakhstan" in href and "held-as=reported" in href]
    (number,) = {record["claims"] for record in records(seed, MAP)
                 if (record["name"], record["modality"]) == ("Kazakhstan", "reported")}  # fmt: skip
    listed = visit(seed, links[0])
    assert re.search(rf"\b{number}\b", listed.words)


def test_tints_take_every_number_once() -> None:
    for largest in (1, 2, 3, 7, 8, 49, 5000):
        found = tints(largest)
        assert (found[0].least, found[-1].most) == (1, largest)
        assert all(one.most + 1 == other.least and one.level < other.level for one, other in pairwise(found))
    assert tints(0) == ()


def test_the_map_leaves_only_what_is_asserted_too(seed: FlaskClient) -> None:
    held = Counter(record["modality"] for record in records(seed, f"{MAP}?held=asserted"))
    assert set(held) == {"asserted"}


def test_the_legend_has_the_lines_that_are_drawn() -> None:
    script = (REPOSITORY / "server/frontend/src/pictures/theme.js").read_text(encoding="utf-8")
    sheet = (REPOSITORY / "server/static/pictures.css").read_text(encoding="utf-8")
    drawn_as = dict(re.findall(r'(\w+): \{ mark: "[^"]+", dash: (?:"([\d ]+)"|null)', script))
    listed = dict(re.findall(r"\.line-(\w+) \{ stroke-dasharray: ([\d ]+);", sheet))
    assert set(drawn_as) == set(vocabulary.MARKS)
    assert {name: dash for name, dash in drawn_as.items() if dash} == listed


def test_every_picture_is_in_the_index_and_leads_somewhere(client: FlaskClient) -> None:
    page = visit(client, "/pictures/")
    found = [href for href in page.all("a", "href") if re.fullmatch(r"/pictures/\w+", href)]
    assert {"/pictures/timeline", "/pictures/map"} <= set(found)
    for href in found:
        visit(client, href)


def test_links_stay_below_where_the_site_is_mounted() -> None:
    mounted = DispatcherMiddleware(make_app(), {"/press": make_app(FakeEngine(content=dated_store()))})
    text = Client(mounted).get(f"/press{TIMELINE}", headers={"Accept": BROWSER}).text
    local = [href for href in Page(text).all("a", "href") if href.startswith("/")]
    assert local
    assert all(href.startswith("/press/") for href in local)
    entries = [entry for lane in drawn(text, "timeline")["lanes"] for entry in lane["entries"]]
    assert all(entry["href"].startswith("/press/") for entry in entries)


def test_iris_in_the_data_are_of_the_base_in_force(client: FlaskClient) -> None:
    assert all(record["claim"].startswith(BASE) for record in records(client, TIMELINE))
