"""The command line as a person and a script meet it: output, errors, exit codes."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

import queries
from graph.errors import InvalidInput, Place, Problem, SamizdatError
from graph.snapshot import Snapshots
from ontology.base import BASE, rebased
from server.cli import main

TURTLE = rebased("""
PREFIX pol: <https://w3id.org/samizdat/politics#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
BASE <https://w3id.org/samizdat/>
<id/party/nur-otan> a pol:RulingParty ; skos:prefLabel "Nur Otan"@en .
<id/party/el-tiregi> a pol:PoliticalParty ; skos:prefLabel "El Tiregi"@en .
""")
PARTY = """#+ summary: What is this party called?
#+ description: Its preferred label.
#+ tags: parties
#+ parameter: party iri id/party/nur-otan — the party asked about
#+ parameter: limit integer 10 — how many names at most
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?name WHERE { ?_party skos:prefLabel ?name } LIMIT ?_limit
"""
NAMES = "SELECT ?p ?name { ?p <http://www.w3.org/2004/02/skos/core#prefLabel> ?name } ORDER BY ?p"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"VALUES ?v{n} {{ {'1 ' * 40} }}" for n in range(12)) + " }"

Run = Callable[..., Result]


def quads(turtle: str) -> Iterator[Quad]:
    return (Quad(item.subject, item.predicate, item.object) for item in parse(turtle.encode(), RdfFormat.TURTLE))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with one published snapshot and one saved question; the current folder is its parent."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAMIZDAT_HOME", str(tmp_path / "home"))
    saved = tmp_path / "saved" / "questions"
    saved.mkdir(parents=True)
    (saved / "party-name.rq").write_text(PARTY, encoding="utf-8")
    monkeypatch.setattr(queries, "HERE", saved.parent)
    Snapshots(tmp_path / "home" / "snapshots").publish(quads(TURTLE), {"triples": 4})
    return tmp_path / "home"


@pytest.fixture
def run() -> Run:
    def invoke(*arguments: str, text: str = "") -> Result:
        return CliRunner().invoke(main, arguments, input=text, prog_name="samizdat")

    return invoke


def pretend(monkeypatch: pytest.MonkeyPatch, name: str, **contents: Any) -> None:
    """Puts contents in the place of a module that a command imports when it runs."""
    module = ModuleType(name)
    vars(module).update(contents)
    monkeypatch.setitem(sys.modules, name, module)


# --- query: what is asked ---


@pytest.mark.usefixtures("home")
def test_a_saved_question_is_answered_with_its_defaults(run: Run) -> None:
    result = run("query", "party-name")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Nur Otan" in result.stdout


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("party", ["id/party/el-tiregi", f"{BASE}id/party/el-tiregi", f"<{BASE}id/party/el-tiregi>"])
def test_a_parameter_takes_an_iri_in_any_form(run: Run, party: str) -> None:
    assert "El Tiregi" in run("query", "party-name", "-p", f"party={party}").stdout


@pytest.mark.usefixtures("home")
def test_a_query_comes_from_a_file_or_standard_input(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text(NAMES, encoding="utf-8")
    (tmp_path / "documented.rq").write_text(PARTY, encoding="utf-8")
    from_file = run("query", "mine.rq", "-f", "csv")
    assert from_file.exit_code == 0
    assert from_file.stdout == run("query", "-", "-f", "csv", text=NAMES).stdout
    assert "El Tiregi" in run("query", "documented.rq", "-p", "party=id/party/el-tiregi").stdout


@pytest.mark.usefixtures("home")
def test_relative_iris_of_a_query_mean_the_base(run: Run) -> None:
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
def test_a_mistake_is_told_in_one_line(run: Run, tmp_path: Path, arguments: list[str], code: int, message: str) -> None:
    (tmp_path / "bad.rq").write_text("#+ tags: x\nASK {}", encoding="utf-8")
    (tmp_path / "latin.rq").write_bytes("ASK {} # é".encode("latin-1"))
    (tmp_path / "syntax.rq").write_text("ASK {", encoding="utf-8")
    result = run("query", *arguments)
    assert result.stderr.startswith(message)
    assert len(result.stderr.splitlines()) <= 2
    assert (result.exit_code, result.stdout) == (code, "")


@pytest.mark.usefixtures("home")
def test_a_runaway_ends_at_its_timeout(run: Run) -> None:
    result = run("query", "-", "--timeout", "0.3", text=RUNAWAY)
    assert (result.exit_code, result.stdout) == (3, "")


def test_without_a_snapshot_the_hint_is_to_build(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMIZDAT_HOME", str(tmp_path / "empty"))
    result = run("query", "-", text="ASK {}")
    assert result.exit_code == 5
    assert "samizdat build" in result.stderr


def test_an_endpoint_that_is_not_there(run: Run) -> None:
    result = run("query", "-", "--endpoint", "http://127.0.0.1:9/sparql", text="ASK {}")
    assert (result.exit_code, result.stdout) == (4, "")


# --- query: how it is answered ---


@pytest.mark.usefixtures("home")
def test_a_table_has_short_names(run: Run) -> None:
    lines = run("query", "-", text=NAMES).stdout.splitlines()
    assert lines[0].split() == ["p", "name"]
    assert lines[2].split(maxsplit=1) == ["id/party/el-tiregi", "El Tiregi"]


@pytest.mark.usefixtures("home")
def test_csv_and_tsv(run: Run) -> None:
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
def test_described_things_are_rdf(run: Run, format_name: str) -> None:
    result = run("query", "-", "-f", format_name, text="DESCRIBE <id/party/nur-otan>")
    kind = RdfFormat.N_TRIPLES if format_name == "ntriples" else RdfFormat.TURTLE
    found = {item.object for item in parse(result.stdout.encode(), kind)}
    assert found == {Literal("Nur Otan", language="en"), NamedNode(f"{BASE}politics#RulingParty")}


@pytest.mark.usefixtures("home")
def test_no_rows_are_said_beside_the_results(run: Run) -> None:
    result = run("query", "-", text="SELECT ?x { ?x <http://example.org/no> ?y }")
    assert (result.stdout.split()[0], result.stderr) == ("x", "0 rows\n")


@pytest.mark.usefixtures("home")
def test_no_value_steers_the_terminal(run: Run) -> None:
    result = run("query", "-", text=r'SELECT ?x { BIND("\u001B[31mred" AS ?x) }')
    assert r"\x1b[31mred" in result.stdout


# --- questions ---


@pytest.mark.usefixtures("home")
def test_questions_are_listed_with_their_parameters(run: Run) -> None:
    result = run("questions")
    assert "party-name" in result.stdout
    assert "What is this party called?" in result.stdout
    assert "party=id/party/nur-otan, limit=10" in result.stdout


@pytest.mark.usefixtures("home")
def test_a_question_is_shown_whole(run: Run) -> None:
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


# --- check, locate, build ---


def problems(folder: Path) -> tuple[Problem, ...]:
    below = Problem(
        Place(folder / "claims" / "a.yaml", 12, 3), "the quote is not in the text", "did you mean “x”?", "q"
    )
    outside = Problem(Place(Path("/elsewhere/b.yaml"), 1, 1), "not YAML", "indent by two", "y")
    return below, outside


def test_check_prints_every_problem_then_notes_then_a_summary(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    checked = SimpleNamespace(problems=problems(tmp_path), notes=("quotes were not re-read",), counts={"claims": 36})
    pretend(monkeypatch, "graph.checking", check=lambda settings, files, on_stage: checked)
    result = run("check")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.splitlines() == [
        "/elsewhere/b.yaml:1:1: not YAML - indent by two",
        "claims/a.yaml:12:3: the quote is not in the text - did you mean “x”?",
        "note: quotes were not re-read",
        "2 problems in 36 claims",
    ]


def test_check_without_problems(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def check(settings: object, files: object, on_stage: object) -> object:
        asked.append(files)
        return SimpleNamespace(problems=(), notes=(), counts={"editorials": 1, "claims": 36})

    pretend(monkeypatch, "graph.checking", check=check)
    (tmp_path / "a.yaml").touch()
    result = run("check", str(tmp_path / "a.yaml"))
    assert (result.exit_code, result.stdout) == (0, "no problems in 1 editorials, 36 claims\n")
    assert asked == [(tmp_path / "a.yaml",)]
    assert run("check", "missing.yaml").exit_code == 2


def test_locate_says_how_many(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, "graph.locating", locate=lambda settings, files: 3)
    assert run("locate").stdout == "3 quotes located\n"


def built(changed: bool) -> SimpleNamespace:
    return SimpleNamespace(
        snapshot=SimpleNamespace(id="3f2a9c" + "0" * 58),
        changed=changed,
        notes=("quotes were not re-read",),
        seconds=1.25,
        counts={"claims": 36, "triples": 1234},
    )


def test_build_tells_what_was_published(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, "graph.build", build=lambda settings, on_stage, force: built(changed=force))
    published = run("build", "--force")
    assert published.stdout.startswith("published 3f2a9c000000 (1.2 s)\n")
    assert published.stderr == "note: quotes were not re-read\n"
    assert [line.split() for line in published.stdout.splitlines()[1:]] == [["claims", "36"], ["triples", "1,234"]]
    assert run("build").stdout.startswith("nothing has changed, 3f2a9c000000 stays published")


def test_build_with_problems_publishes_nothing_and_names_them(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(settings: object, on_stage: object, force: bool) -> object:
        raise InvalidInput(problems(tmp_path))

    monkeypatch.chdir(tmp_path)
    pretend(monkeypatch, "graph.build", build=build)
    result = run("build")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines()[1].startswith("claims/a.yaml:12:3: ")
    assert result.stderr.splitlines()[2].startswith("samizdat: 2 problems found - ")


# --- explain ---


@pytest.mark.usefixtures("home")
def test_explain_prints_the_tree_down_to_the_quote(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = SimpleNamespace(
        statement="Nur Otan - role - ruling", kind="claim", rule=None, iri=f"{BASE}id/claim/e/c", premises=(),
        quote="the ruling party",
    )  # fmt: skip
    derived = SimpleNamespace(
        statement="Nur Otan - is a - ruling party", kind="derived", rule="whoever rules is a ruling party",
        iri=f"{BASE}graph/inferred#1", quote=None, premises=(claim,),
    )  # fmt: skip
    asked: list[str] = []

    def explain(engine: object, iri: str) -> tuple[object, ...]:
        asked.append(iri)
        return (derived,)

    pretend(monkeypatch, "graph.explanation", explain=explain)
    lines = run("explain", "id/party/nur-otan").stdout.splitlines()
    assert asked == [f"{BASE}id/party/nur-otan"]
    assert lines[:3] == [
        "Nur Otan - is a - ruling party",
        "because whoever rules is a ruling party",
        "derived graph/inferred#1",
    ]
    assert [line.lstrip("└─│ ") for line in lines[3:]] == [
        "Nur Otan - role - ruling",
        "“the ruling party”",
        "claim id/claim/e/c",
    ]


# --- snapshots ---


def test_snapshots_are_listed_rolled_back_pruned_and_verified(run: Run, home: Path) -> None:
    held = Snapshots(home / "snapshots")
    first = held.current().id[:12]
    second = held.publish(quads(TURTLE.replace("Nur Otan", "Nur")), {"triples": 4}).id[:12]
    rows = run("snapshots").stdout.splitlines()[2:]
    assert [row.replace("*", "").split()[0] for row in rows] == [second, first]
    assert ["*" in row for row in rows] == [True, False]
    assert run("snapshots", "roll-back").stdout == f"{first} is current\n"
    assert run("snapshots", "roll-back", second).stdout == f"{second} is current\n"
    assert run("snapshots", "verify").exit_code == 0
    assert run("snapshots", "prune", "--keep", "1").stdout == f"{first} removed\n"
    assert run("snapshots", "roll-back", "abc").exit_code == 5
    assert run("snapshots", "prune").exit_code == 2


def test_verify_finds_damage(run: Run, home: Path) -> None:
    snapshot = Snapshots(home / "snapshots").current()
    snapshot.path.chmod(0o755)
    snapshot.nquads_path.chmod(0o644)
    snapshot.nquads_path.write_bytes(b"damaged")
    result = run("snapshots", "verify")
    assert result.exit_code == 5
    assert result.stderr.startswith("samizdat: ")


# --- serve ---


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    happened: list[Any] = []

    def build(settings: object, on_stage: object, force: bool) -> object:
        happened.append("built")
        return built(changed=True)

    pretend(monkeypatch, "graph.build", build=build)
    pretend(monkeypatch, "server.running", serve=happened.append)
    return happened


def test_serve_builds_first(run: Run, served: list[Any]) -> None:
    assert run("serve", "--port", "0", "--host", "::1").exit_code == 0
    assert served[0] == "built"
    assert (served[1].host, served[1].port) == ("::1", 0)


def test_serve_takes_the_environment_and_need_not_build(
    run: Run, served: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMIZDAT_PORT", "8123")
    assert run("serve", "--no-build").exit_code == 0
    assert served == [replace(served[0], port=8123)]


# --- errors in general ---


def test_an_unknown_command_names_the_nearest(run: Run) -> None:
    result = run("qury")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("samizdat: No such command 'qury'")


def test_an_unforeseen_error_keeps_its_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def locate(settings: object, files: object) -> int:
        raise RuntimeError("a fault of ours")

    pretend(monkeypatch, "graph.locating", locate=locate)
    assert isinstance(run("locate").exception, RuntimeError)


@pytest.mark.parametrize("code", range(1, 7))
def test_an_error_of_ours_ends_with_its_exit_code(run: Run, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    class Coded(SamizdatError):
        exit_code = code

    def locate(settings: object, files: object) -> int:
        raise Coded("what", "hint")

    pretend(monkeypatch, "graph.locating", locate=locate)
    result = run("locate")
    assert (result.exit_code, result.stderr) == (code, "samizdat: what - hint\n")
