"""The evidence pack of a claim: all that it rests on in one ZIP, with the same bytes each time."""

import csv
import hashlib
import json
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from cli_fixtures import run
from comparing import compared_store
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store, parse
from seed_app import seed_app

from graph.iris import ID, evidence_graph
from graph.snapshot import Snapshots

NAME = "2021-01-progress-kazakhstan/government-media-control"
BELIEVED = "2021-01-progress-kazakhstan/elections-rigged"
PRIVATE = "2021-01-progress-kazakhstan/zholboldina-children"
FOLDER = NAME.replace("/", "--")


@pytest.fixture(scope="module")
def home(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Snapshots of the seed with a few rows of indices."""
    home = tmp_path_factory.mktemp("home")
    content = compared_store(seed_store, tmp_path_factory.mktemp("compared"))
    Snapshots(home / "snapshots").publish(list(content), {"counts": {}})
    return home


@pytest.fixture(scope="module")
def client(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    content = compared_store(seed_store, tmp_path_factory.mktemp("compared"))
    return seed_app(content, tmp_path_factory.mktemp("published")).test_client()


@pytest.fixture(scope="module")
def bare(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return seed_app(seed_store, tmp_path_factory.mktemp("bare")).test_client()


def files_in(body: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(body)) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def files(client: FlaskClient, name: str = NAME) -> dict[str, bytes]:
    response = client.get(f"/doc/claim/{name}.pack.zip")
    assert (response.status_code, response.mimetype) == (200, "application/zip")
    return files_in(response.data)


# --- what is in it ---


def test_every_file_is_in_it_and_is_what_the_manifest_says(client: FlaskClient) -> None:
    found = files(client)
    rules = [f"rules/media-control-{name}.rq" for name in ("freedom-house", "rsf-rank", "rsf-score")]
    assert sorted(found) == sorted([
        *("README.txt", "SHA256SUMS", "annotation.jsonld", "nanopub.trig", "proof.json", "proof.txt", "quote.json"),
        *("citation.bib", "citation.cff", "citation.csl.json", "citation.ris", "summary.html"),
        *("measurements.csv", "measurements.jsonld", "measurements.trig", *rules),
    ])  # fmt: skip
    sums = found["SHA256SUMS"].decode()
    listed = {line.split("  ")[1]: line.split("  ")[0] for line in sums.splitlines()}
    assert listed == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in found.items()
        if name not in ("README.txt", "SHA256SUMS")
    }
    assert sums in found["README.txt"].decode()
    assert "Freedom in the World (Freedom House): No licence is stated" in found["README.txt"].decode()


def test_the_quote_has_its_selectors_and_the_hash_of_its_text(client: FlaskClient) -> None:
    quote = json.loads(files(client)["quote.json"])
    [words] = quote["quotes"]
    assert words["exact"] == "the government has control over most TV stations and print media in the country"
    assert words["end"] - words["start"] == len(words["exact"])
    assert quote["source"]["sha256OfItsText"].startswith("19f2b330")


def test_the_measurements_have_their_rows_as_a_table_and_as_rdf(client: FlaskClient) -> None:
    found = files(client)
    rows = list(csv.DictReader(StringIO(found["measurements.csv"].decode())))
    assert [row["value"] for row in rows] == ["0", "155", "155", "49.72", "48.28"]
    assert rows[3]["row_words"] == "2021;KAZ;155;49,72;Kazakhstan;EEAC"
    assert {row["licence"] or row["rights"] for row in rows} == {rows[0]["rights"]}
    for name, syntax in (("measurements.trig", RdfFormat.TRIG), ("measurements.jsonld", RdfFormat.JSON_LD)):
        quads = list(parse(found[name], syntax))
        graphs = {str(quad.graph_name)[1:-1] for quad in quads}
        assert {evidence_graph("rsf"), evidence_graph("freedom-house")} < graphs
        assert any(str(quad.object) == '"2021;KAZ;155;49,72;Kazakhstan;EEAC"' for quad in quads), name


def test_the_proof_goes_down_to_quotes_and_rows(client: FlaskClient) -> None:
    proof = json.loads(files(client)["proof.json"])
    assert proof["claim"][0]["quote"].startswith("the government has control")
    assert any("controlled by" in one["statement"] for one in proof["derivedFromIt"])
    supports = next(one for one in proof["comparisons"] if one["relation"] == "supports")
    assert supports["rule"] == "rules/media-control-freedom-house.rq"
    assert supports["premises"]["claim"] == f"{ID}claim/{NAME}"
    assert supports["premises"]["row"]["words"] == "2021,Kazakhstan,KAZ,D1,0"
    words = files(client)["proof.txt"].decode()
    assert "“the government has control" in words
    assert "D1 (free and independent media): 0, for 2021, supports the claim" in words
    assert "row 1 of scores.csv: 2021,Kazakhstan,KAZ,D1,0" in words


def test_a_pack_names_its_snapshot_wherever_it_is_cited(client: FlaskClient) -> None:
    found = files(client)
    snapshot = client.get("/healthz").json["snapshot"]  # type: ignore[index]
    assert snapshot in found["README.txt"].decode()
    assert snapshot in found["summary.html"].decode()
    assert snapshot[:12] in found["citation.bib"].decode()


def test_without_evidence_a_pack_has_no_measurements_and_says_so(bare: FlaskClient) -> None:
    found = files(bare)
    assert not [name for name in found if name.startswith(("measurements", "rules"))]
    for name in ("README.txt", "summary.html"):
        assert "none was imported" in found[name].decode()


def test_a_belief_does_not_turn_into_a_fact(client: FlaskClient) -> None:
    found = files(client, BELIEVED)
    assert "believed, attributed to many (people not named)" in found["summary.html"].decode()
    assert "It is no fact of this graph." in found["summary.html"].decode()
    assert "neither does this pack" in found["README.txt"].decode()


# --- its bytes ---


def test_the_same_claim_gives_the_same_bytes_in_every_language(client: FlaskClient) -> None:
    first = client.get(f"/doc/claim/{NAME}.pack.zip")
    again = client.get(f"/doc/claim/{NAME}.pack.zip", headers={"Accept-Language": "ru"})
    assert first.data == again.data
    assert first.headers["Content-Disposition"] == f"attachment; filename={FOLDER}.zip"
    with ZipFile(BytesIO(first.data)) as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert {(item.date_time, item.compress_type) for item in archive.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), ZIP_STORED)
        }
        assert all(name.startswith(f"{FOLDER}/") and ".." not in name for name in names)


def test_private_life_is_kept_from_search_engines(client: FlaskClient) -> None:
    response = client.get(f"/doc/claim/{PRIVATE}.pack.zip")
    assert response.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("path", ["x/y", "2021-01-progress-kazakhstan/no-such", "..%2f..%2fetc/passwd", "A/%00"])
def test_an_unknown_claim_has_no_pack(path: str, client: FlaskClient) -> None:
    assert client.get(f"/doc/claim/{path}.pack.zip").status_code == 404


# --- the command ---


@pytest.fixture
def here(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAMIZDAT_HOME", str(home))
    return tmp_path


def test_the_command_writes_what_is_served(here: Path, client: FlaskClient) -> None:
    assert run("pack", NAME).exit_code == 0
    first = (here / f"{FOLDER}.zip").read_bytes()
    assert run("pack", f"id/claim/{NAME}", "-o", "other.zip").exit_code == 0
    assert (here / "other.zip").read_bytes() == first
    assert files_in(first).keys() == files(client).keys()
    assert not list(here.glob(".*"))


def test_nothing_is_overwritten_unless_forced(here: Path) -> None:
    (here / "mine.zip").write_text("mine")
    refused = run("pack", NAME, "-o", "mine.zip")
    assert refused.exit_code == 1
    assert "is there already" in " ".join(refused.output.split())
    assert (here / "mine.zip").read_text() == "mine"
    assert run("pack", NAME, "-o", "mine.zip", "--force").exit_code == 0
    assert (here / "mine.zip").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("2021-01-progress-kazakhstan/government-media-contrl", "did you mean claim/2021-01-progress-kazakhstan/gov"),
        ("../../etc/passwd", "is not an IRI"),
        ("party/nur-otan", "the graph says nothing of"),
        ("pol:BannedParty", "is not the name of a claim"),
        ("\x1b[31m/x", "is not an IRI"),
    ],
)
def test_an_unknown_claim_is_refused_with_a_hint(name: str, said: str, here: Path) -> None:
    refused = run("pack", name)
    assert refused.exit_code == 1
    assert said in " ".join(refused.output.split())
    assert not list(here.iterdir())


def test_a_folder_that_is_not_there_is_said(here: Path) -> None:
    refused = run("pack", NAME, "-o", "nowhere/x.zip")
    assert refused.exit_code == 1
    assert "cannot be written" in " ".join(refused.output.split())
