"""``samizdat query`` and ``samizdat questions``: what is asked, of whom, and how it is answered."""

from pathlib import Path

import pytest
from cli_fixtures import NAMES, PARTY, RUNAWAY, make_home, run
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ontology.base import BASE


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return make_home(tmp_path, monkeypatch)


# --- query: what is asked ---


@pytest.mark.usefixtures("home")
def test_a_saved_question_is_answered_with_its_defaults() -> None:
    result = run("query", "party-name")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Nur Otan" in result.stdout


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("party", ["id/party/el-tiregi", f"{BASE}id/party/el-tiregi", f"<{BASE}id/party/el-tiregi>"])
def test_a_parameter_takes_an_iri_in_any_form(party: str) -> None:
    assert "El Tiregi" in run("query", "party-name", "-p", f"party={party}").stdout


@pytest.mark.usefixtures("home")
def test_a_query_comes_from_a_file_or_standard_input(tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text(NAMES, encoding="utf-8")
    (tmp_path / "documented.rq").write_text(PARTY, encoding="utf-8")
    from_file = run("query", "mine.rq", "-f", "csv")
    assert from_file.exit_code == 0
    assert from_file.stdout == run("query", "-", "-f", "csv", text=NAMES).stdout
    assert "El Tiregi" in run("query", "documented.rq", "-p", "party=id/party/el-tiregi").stdout


@pytest.mark.usefixtures("home")
def test_relative_iris_of_a_query_mean_the_base() -> None:
    assert run("query", "-", text="ASK { <id/party/nur-otan> ?p ?o }").stdout == "true\n"


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["party-nam"], 1, "samizdat: there is no saved question 'party-nam' - did you mean party-name?"),
        (["SELECT * {}"], 1, "samizdat: SPARQL text is not taken as an argument - pipe it: echo"),
        (["missing.rq"], 1, "samizdat: missing.rq: No such file or directory - "),
        (["bad.rq"], 2, "samizdat: bad.rq:1: the summary is missing - "),
        (["latin.rq"], 1, "samizdat: latin.rq is not UTF-8 text - "),
        (["syntax.rq"], 2, "samizdat: "),
        (["party-name", "-p", "party"], 2, "samizdat: -p party has no value - write -p name=value"),
        (["party-name", "-p", "limit=1", "-p", "limit=2"], 2, "samizdat: -p limit is given twice - "),
        (["party-name", "-p", "limit=ten"], 2, "samizdat: parameter limit: 'ten' is not an integer - "),
        (["party-name", "-p", "partie=id/x"], 2, "samizdat: the query party-name has no parameter partie - did you"),
        (["party-name", "-p", "party=nope:x"], 1, "samizdat: the prefix nope: is unknown - known are "),
        (["party-name", "-f", "turtle"], 3, "samizdat: "),
        (["party-name", "-f", "xml"], 2, "samizdat: Invalid value for '-f' / '--format'"),
        (
            ["party-name", "--endpoint", "ftp://x"],
            2,
            "samizdat: Invalid value for '--endpoint': an endpoint is an http(s)",
        ),
        (["party-name", "--timeout", "0"], 2, "samizdat: Invalid value for '--timeout'"),
        ([], 2, "samizdat: Missing argument 'NAME|FILE.rq|-' - see `samizdat query --help`"),
    ],
)
def test_a_mistake_is_told_in_one_line(tmp_path: Path, arguments: list[str], code: int, message: str) -> None:
    (tmp_path / "bad.rq").write_text("#+ tags: x\nASK {}", encoding="utf-8")
    (tmp_path / "latin.rq").write_bytes("ASK {} # é".encode("latin-1"))
    (tmp_path / "syntax.rq").write_text("ASK {", encoding="utf-8")
    result = run("query", *arguments)
    assert result.stderr.startswith(message)
    assert len(result.stderr.splitlines()) <= 2
    assert (result.exit_code, result.stdout) == (code, "")


@pytest.mark.usefixtures("home")
def test_a_runaway_ends_at_its_timeout() -> None:
    result = run("query", "-", "--timeout", "0.3", text=RUNAWAY)
    assert (result.exit_code, result.stdout) == (3, "")


def test_without_a_snapshot_the_hint_is_to_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMIZDAT_HOME", str(tmp_path / "empty"))
    result = run("query", "-", text="ASK {}")
    assert result.exit_code == 5
    assert "samizdat build" in result.stderr


def test_an_endpoint_that_is_not_there() -> None:
    result = run("query", "-", "--endpoint", "http://127.0.0.1:9/sparql", text="ASK {}")
    assert (result.exit_code, result.stdout) == (4, "")


# --- query: how it is answered ---


@pytest.mark.usefixtures("home")
def test_a_table_has_short_names() -> None:
    lines = run("query", "-", text=NAMES).stdout.splitlines()
    assert lines[0].split() == ["p", "name"]
    assert lines[2].split(maxsplit=1) == ["id/party/el-tiregi", "El Tiregi"]


@pytest.mark.usefixtures("home")
def test_csv_and_tsv() -> None:
    csv = run("query", "-", "--format", "csv", text=NAMES).stdout_bytes
    assert csv.splitlines() == [
        b"p,name",
        f"{BASE}id/party/el-tiregi,El Tiregi".encode(),
        f"{BASE}id/party/nur-otan,Nur Otan".encode(),
    ]
    tsv = run("query", "-", "--format", "tsv", text=NAMES).stdout
    assert tsv.splitlines()[1] == f'<{BASE}id/party/el-tiregi>\t"El Tiregi"@en'


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("format_name", ["table", "turtle", "ntriples"])
def test_described_things_are_rdf(format_name: str) -> None:
    result = run("query", "-", "-f", format_name, text="DESCRIBE <id/party/nur-otan>")
    kind = RdfFormat.N_TRIPLES if format_name == "ntriples" else RdfFormat.TURTLE
    found = {item.object for item in parse(result.stdout.encode(), kind)}
    assert found == {Literal("Nur Otan", language="en"), NamedNode(f"{BASE}politics#RulingParty")}


@pytest.mark.usefixtures("home")
def test_no_rows_are_said_beside_the_results() -> None:
    result = run("query", "-", text="SELECT ?x { ?x <http://example.org/no> ?y }")
    assert (result.stdout.split()[0], result.stderr) == ("x", "0 rows\n")


@pytest.mark.usefixtures("home")
def test_no_value_steers_the_terminal() -> None:
    result = run("query", "-", text=r'SELECT ?x { BIND("\u001B[31mred" AS ?x) }')
    assert r"\x1b[31mred" in result.stdout


# --- questions ---


@pytest.mark.usefixtures("home")
def test_questions_are_listed_with_their_parameters() -> None:
    result = run("questions")
    assert "party-name" in result.stdout
    assert "What is this party called?" in result.stdout
    assert "party, limit" in result.stdout


@pytest.mark.usefixtures("home")
def test_a_question_is_shown_whole() -> None:
    output = run("questions", "party-name").stdout
    for part in (
        "What is this party called?",
        "Its preferred label.",
        "parties",
        "the party asked about",
        "SELECT ?name",
    ):
        assert part in output
    assert "#+" not in output
    assert run("questions", "party-nam").exit_code == 1
