"""Pages of what imported data sets say: a value has its row, an indicator its scale, a country its values."""

import re
from html import unescape

import pytest
from evidence_fixtures import LICENCE, app_of, publish
from flask.testing import FlaskClient
from pyoxigraph import Store
from server_fixtures import BROWSER, FakeEngine

from graph.asking import measurements
from graph.asking.measurements import Measurement
from graph.iris import ID
from graph.snapshot import Snapshot
from server.site.imported.curves import HEIGHT, WIDTH, curve
from server.site.imported.indicators import Indicator, short_names

SCORE = f"{ID}indicator/rsf/score"


@pytest.fixture(scope="module")
def snapshot(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return publish(seed_store, tmp_path_factory.mktemp("imported"))


@pytest.fixture(scope="module")
def client(snapshot: Snapshot) -> FlaskClient:
    return app_of(snapshot).test_client()


def page(client: FlaskClient, path: str) -> str:
    reply = client.get(f"/doc/{path}", headers={"Accept": BROWSER})
    assert reply.status_code == 200, reply.text[:300]
    return unescape(reply.text)


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def heading(text: str) -> str:
    return plain(text.partition("<h1")[2].partition(">")[2].partition("</h1>")[0])


def terms(text: str) -> dict[str, str]:
    return {plain(what): plain(value) for what, value in re.findall(r"<dt[^>]*>(.*?)</dt><dd[^>]*>(.*?)</dd>", text)}


def rows(text: str, section: str) -> list[list[str]]:
    part = text.partition(f'id="m-{section}"')[2].partition("</section>")[0]
    return [[plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in part.split("<tr")[1:]]


def test_a_measurement_is_called_by_what_it_says(client: FlaskClient) -> None:
    text = page(client, "measurement/rsf/2021/KAZ/score")
    assert heading(text) == "World Press Freedom Index, score: Kazakhstan, 2021: 49.72"
    told = terms(text)
    assert (told["value"], told["scale"], told["freest"]) == ("49.72", "from 0 to 100", "100")
    assert told["publisher"] == "Reporters Without Borders (RSF)"
    assert told["licence"] == LICENCE
    assert "2021;KAZ;155;49,72;Kazakhstan;EEAC" in text.partition('id="on-row"')[2].partition("</section>")[0]
    assert "Row 3 of 2021.csv" in text
    assert rows(text, "over-time")[1:] == [["2021", "49.72"], ["2014", "54.94"], ["2013", "55.08"]]


def test_an_indicator_tells_its_scale_and_its_values_where_claims_speak_of(client: FlaskClient) -> None:
    text = page(client, "indicator/rsf/rank")
    told = terms(text)
    assert told["what is measured"].startswith("The place of the country among those ranked")
    assert "caution" in told["to compare it"]
    assert told["freest"] == "1"
    assert rows(text, "over-time")[:2] == [["when", "Kazakhstan"], ["2021", "155"]]
    assert "Up is freer." in text
    assert rows(text, "latest")[1:] == [["Norway", "1"], ["Kyrgyzstan", "79"], ["Kazakhstan", "155"]]


def test_a_data_set_tells_whose_it_is_and_how_much(client: FlaskClient) -> None:
    text = page(client, "dataset/rsf")
    assert heading(text) == "World Press Freedom Index"
    told = terms(text)
    assert (told["rows"], told["measurements"], told["years"]) == ("5", "10", "2013–2021")
    assert "World Press Freedom Index, rank" in told["it measures"]
    assert re.search(r"2021\.csv · SHA-256 [0-9a-f]{64}", told["files read"])
    assert "No licence is stated" in terms(page(client, "dataset/popolo"))["licence"]


def test_a_country_shows_what_was_measured_beside_what_is_claimed(client: FlaskClient) -> None:
    text = page(client, "country/kazakhstan")
    assert rows(text, "rsf") == [
        ["when", "rank", "score"], ["2021", "155", "49.72"], ["2014", "161", "54.94"], ["2013", "160", "55.08"],
    ]  # fmt: skip
    assert "Measured by Reporters Without Borders (RSF); imported, not claimed." in text
    assert '/doc/measurement/rsf/2021/KAZ/score"' in text
    assert "nothing is claimed of it here" not in text
    assert text.index('id="m-rsf"') > text.index('id="on-recorded"')


@pytest.mark.parametrize("path", ["country/norway", "person/popolo-kazakhstan-assembly-1"])
def test_what_only_data_sets_know_says_so(path: str, client: FlaskClient) -> None:
    text = page(client, path)
    assert "nothing is claimed of it here" in text
    assert "Recorded in this graph" not in text
    assert "in the default graph" not in text
    assert 'class="switch' not in text


def test_a_page_without_measurements_is_as_it_was(client: FlaskClient) -> None:
    text = page(client, "person/asya-tulesova")
    assert "imported" not in text.partition("<main")[2].partition("</main>")[0]


def test_the_latest_are_of_one_time(snapshot: Snapshot, client: FlaskClient) -> None:
    engine = FakeEngine(content=Store.read_only(str(snapshot.store_path)))
    found = measurements.latest(engine, SCORE)
    assert [(one.country.rpartition("/")[2], one.value) for one in found] == [
        ("kazakhstan", "49.72"), ("kyrgyzstan", "69.63"), ("norway", "93.28"),
    ]  # fmt: skip
    assert not measurements.latest(engine, f"{ID}indicator/rsf/none")
    assert not measurements.of_party(engine, f"{ID}country/kazakhstan")
    assert len(measurements.of_country(engine, f"{ID}country/kazakhstan")) == 6


def series(*values: str) -> list[Measurement]:
    return [Measurement(f"m{at}", "s", "i", "c", "", str(2000 + at), value) for at, value in enumerate(values)]


def points(values: list[Measurement], of: Indicator) -> list[tuple[float, float]]:
    found = curve(values, of)
    assert found
    return [tuple(map(float, pair.split(","))) for pair in found.points.split()]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("of", "rises"),
    [
        (Indicator("i", "score", "0", "100", "100"), True),
        (Indicator("i", "rank", "1", "", "1"), False),
        (Indicator("i", "seats", "0", "", ""), True),
    ],
)
def test_up_is_freer(of: Indicator, rises: bool) -> None:
    found = points(series("1", "2", "9"), of)
    heights = [y for _x, y in found]
    assert (heights == sorted(heights, reverse=True)) is rises
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in found)
    told = curve(series("1", "2", "9"), of)
    assert told
    assert ("Up is freer" in told.words) is bool(of.freest)


def test_what_makes_no_line_has_none() -> None:
    of = Indicator("i", "status")
    assert curve(series("Free", "Not Free", "Free"), of) is None
    assert curve(series("1", "2"), of) is None
    assert curve(series("4", "4", "4"), of)


def test_columns_go_by_what_sets_them_apart() -> None:
    assert short_names(["Index, rank", "Index, score"]) == {"Index, rank": "rank", "Index, score": "score"}
    assert short_names(["Index, rank"]) == {"Index, rank": "Index, rank"}
    assert short_names(["One, a", "Two, b"]) == {"One, a": "One, a", "Two, b": "Two, b"}
    assert short_names([]) == {}
