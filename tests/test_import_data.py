"""The public data sets at hand, whole: how much is read, what is left out, and that values are those of the files."""

import csv
import json
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import shacl
from importing import holds, rows, stored
from pyoxigraph import QuerySolutions, RdfFormat, Store
from repository import DATA, REPOSITORY

from graph.evidence import evidence
from graph.importing.importer import Imported, import_files
from graph.iris import ID
from graph.settings import Settings
from ontology.vocabulary import source

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the public data sets (../shared/data) are not at hand")

EMPTY = "values that the file leaves empty"
COUNTS: dict[str, tuple[str, dict[str, Any]]] = {
    "rsf": (
        "rsf/*.csv",
        {
            "rows": 2339,
            "read": {"measurements": 4674},
            "skipped": {"a score of five digits, without its decimal mark, in the publisher's file": 4},
            "matched": {},
            "uncertain": 0,
        },
    ),
    "freedom-house": (
        "freedom-house/*.csv",
        {"rows": 16749, "read": {"measurements": 30127}, "skipped": {}, "matched": {}, "uncertain": 0},
    ),
    "vparty": (
        "vparty/*.csv",
        {
            "rows": 11898,
            "read": {"measurements": 64554, "parties": 3328},
            "skipped": {"a technical category is no party": 37, "independents are no party": 483, EMPTY: 26470},
            "matched": {"V-Party party identifier 3748": "party/nur-otan"},
            "uncertain": 0,
        },
    ),
    "popolo": (
        "popolo/*.json",
        {
            "rows": 696,
            "read": {"parties": 20, "persons": 673, "tenures": 696},
            "skipped": {
                "constituencies": 392,
                "details of persons that are not taken (private life, pictures, addresses)": 1392,
                "no party given (“unknown”, “independent”)": 188,
            },
            "matched": {},
            "uncertain": 1,
        },
    ),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(data=REPOSITORY / "graph" / "data", texts=(), home=tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def done(home: Settings) -> dict[str, Imported]:
    return {kind: import_files(kind, sorted(DATA.glob(files)), home) for kind, (files, _) in COUNTS.items()}


@pytest.fixture(scope="module")
def stores(done: dict[str, Imported]) -> dict[str, Store]:
    return {kind: stored(one.folder) for kind, one in done.items()}


@pytest.mark.parametrize("kind", COUNTS)
def test_all_of_it_is_read_and_what_is_left_out_is_counted(kind: str, done: dict[str, Imported]) -> None:
    files, told = COUNTS[kind]
    assert {key: done[kind].report[key] for key in told} == told
    assert [file["name"] for file in done[kind].report["files"]] == sorted(path.name for path in DATA.glob(files))
    assert done[kind].report["licence"].startswith("No licence is stated")


def test_no_file_of_the_data_sets_at_hand_is_left_out(done: dict[str, Imported]) -> None:
    read = {file["name"]: file["sha256"] for one in done.values() for file in one.report["files"]}
    assert read == {path.name: sha256(path.read_bytes()).hexdigest() for path in DATA.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", COUNTS)
def test_every_row_is_made_of_or_counted_as_left_out(kind: str, done: dict[str, Imported]) -> None:
    """Rows below the header of each table, and memberships of each parliament: as many as were looked at."""
    paths = sorted(DATA.glob(COUNTS[kind][0]))
    if kind == "popolo":
        there = sum(len(json.loads(path.read_bytes())["memberships"]) for path in paths)
    else:
        there = sum(_rows(path) for path in paths)
    assert done[kind].report["rows"] == there


def _rows(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for row in csv.reader(file, delimiter=";" if path.parent.name == "rsf" else ",") if row) - 1


@pytest.mark.parametrize("kind", COUNTS)
def test_every_quad_is_written_once_and_stands_in_the_graph_of_its_data_set(
    kind: str, done: dict[str, Imported], stores: dict[str, Store]
) -> None:
    assert len(stores[kind]) == done[kind].report["quads"]
    assert [name.value.rpartition("/")[2] for name in stores[kind].named_graphs() if hasattr(name, "value")] == [kind]


@pytest.mark.parametrize("kind", COUNTS)
def test_it_has_the_form_that_the_shapes_ask_for(kind: str, stores: dict[str, Store]) -> None:
    quads = stores[kind].dump(format=RdfFormat.N_QUADS) or b""
    lines = b"\n".join(line.rpartition(b" <")[0] + b" ." for line in quads.splitlines())
    report = shacl.Shapes.from_text(source("evidence-shapes.ttl")).validate_text(lines.decode(), format="ntriples")
    assert [str(result.focus_node) for result in report.results][:5] == []


def test_every_value_of_the_index_is_that_of_its_row(stores: dict[str, Store]) -> None:
    pattern = f"""?m pol:indicator <{ID}indicator/rsf/score> ; rdf:value ?d ; pol:date/pol:edtf ?b ;
        prov:wasDerivedFrom ?row . ?row prov:value ?c ; csvw:rownum ?a ; dcterms:isPartOf/dcterms:title ?file"""
    found = rows(stores["rsf"], "?a ?b ?c ?d ?file", pattern)
    assert len(found) == 2339 - 4
    for number, year, words, value, file in found:
        cells = words.split(";")
        assert (DATA / "rsf" / file).read_text("utf-8").splitlines()[int(number)] == words
        assert cells[0] == year
        assert float(cells[3].replace(",", ".")) == float(value)


def test_a_country_has_the_values_of_its_own(stores: dict[str, Store]) -> None:
    pattern = "?m pol:country <{}> ; pol:date/pol:edtf '2021' ; pol:indicator/skos:notation ?a ; rdf:value ?b"
    base = f"{ID}country/"
    assert rows(stores["rsf"], "?a ?b", pattern.format(f"{base}kazakhstan")) == [("rank", "155"), ("score", "49.72")]
    ratings = {"civil-liberties": "5", "political-rights": "7", "status": "Not Free"}
    scores = {"B1": "0", "B2": "1", "D1": "0", "E1": "1"}
    answer = rows(stores["freedom-house"], "?a ?b", pattern.format(f"{base}kazakhstan"))
    found = {row[0]: row[1] for row in answer}
    assert found.keys() == ratings.keys() | scores.keys()
    assert {key: found[key] for key in ratings} == ratings
    with (DATA / "freedom-house" / "scores.csv").open(encoding="utf-8", newline="") as file:
        own = {
            row["question"]: row["score"]
            for row in csv.DictReader(file)
            if (row["year"], row["iso3"]) == ("2021", "KAZ")
        }
    assert {key: found[key] for key in scores} == own


def test_territories_are_not_measured_as_the_country_whose_code_they_are_given(stores: dict[str, Store]) -> None:
    store = stores["freedom-house"]
    for place in ("indian-kashmir", "northern-cyprus", "soviet-union", "gaza-strip"):
        assert holds(store, f"?m pol:country <{ID}country/{place}>")
    # One row a year: were Kashmir counted as India, the second would have been refused; were it first, India's.
    words = rows(store, "?a", f"?m pol:country <{ID}country/india> ; prov:wasDerivedFrom/prov:value ?a")
    assert {row[0].split(",")[1] for row in words} == {"India"}
    both = rows(store, "?m", "?m pol:country ?a . ?m pol:country ?b . FILTER(STR(?a) < STR(?b))")
    assert both == []


def test_countries_and_parties_of_the_graph_are_not_described_anew(stores: dict[str, Store]) -> None:
    for kind, path in (
        ("rsf", "country/kazakhstan"),
        ("freedom-house", "country/united-states"),
        ("vparty", "party/nur-otan"),
    ):
        thing = f"<{ID}{path}>"
        assert holds(stores[kind], f"?m pol:country|pol:party {thing}")
        assert not holds(stores[kind], f"{thing} ?p ?o")


def test_the_vote_shares_of_a_party_stand_at_the_day_of_the_election(stores: dict[str, Store]) -> None:
    pattern = f"""?m pol:party <{ID}party/nur-otan> ; pol:indicator/skos:notation 'v2pavote' ;
        pol:date/pol:edtf ?a ; rdf:value ?b"""
    shares = {"1999-10-10": 30.9, "2004-09-19": 60.6, "2007-08-18": 88.4, "2012-01-15": 81.0, "2016-03-20": 82.2}
    assert {date: float(value) for date, value in rows(stores["vparty"], "?a ?b", pattern)} == shares


def test_no_private_detail_of_a_deputy_is_taken(done: dict[str, Imported], stores: dict[str, Store]) -> None:
    words = " ".join(row[0] for row in rows(stores["popolo"], "?a", "?r prov:value ?a"))
    assert "Nazarbayeva".upper() in words.upper()
    for private in ("birth_date", "image", "gender", "http"):
        assert private not in words


def test_the_same_files_give_the_same_bytes(done: dict[str, Imported], home: Settings, tmp_path: Path) -> None:
    other = Settings(data=home.data, texts=(), home=tmp_path)
    again = import_files("rsf", sorted(DATA.glob("rsf/*.csv")), other)
    for name in ("evidence.nq.gz", "report.json"):
        assert (again.folder / name).read_bytes() == (done["rsf"].folder / name).read_bytes()


def test_what_was_imported_is_what_a_build_reads(done: dict[str, Imported], home: Settings, tmp_path: Path) -> None:
    copied = shutil.copytree(done["rsf"].folder.parent, tmp_path / "evidence")
    found = evidence(copied)
    assert [one.name for one in found] == sorted(COUNTS)
    small = next(one for one in found if one.name == "rsf")
    assert sum(1 for _ in small.quads()) == small.size() == done["rsf"].report["quads"]


def test_the_readme_asks_what_can_be_asked(stores: dict[str, Store]) -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    [query] = [text for text in readme.split("```sparql\n") if "pol:Measurement" in text or "?measurement" in text][-1:]
    for kind, count in (("rsf", 2), ("freedom-house", 7)):
        found = stores[kind].query(query.partition("```")[0])
        assert isinstance(found, QuerySolutions)
        assert sum(1 for _ in found) == count
