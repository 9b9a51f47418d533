"""The command line as a person and a script meet it: output, errors, exit codes."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cli_fixtures import TURTLE, make_home, pretend, quads, run

from graph.errors import InvalidInput, Place, Problem, SamizdatError
from graph.snapshot import Snapshots
from ontology.base import BASE


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return make_home(tmp_path, monkeypatch)


# --- check, locate, build ---


def problems(folder: Path) -> tuple[Problem, ...]:
    below = Problem(
        Place(folder / "claims" / "a.yaml", 12, 3), "the quote is not in the text", "did you mean “x”?", "q"
    )
    outside = Problem(Place(Path("/Elsewhere/b.yaml"), 1, 1), "not YAML", "indent by two", "y")
    return below, outside


def test_check_prints_every_problem_then_notes_then_a_summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    checked = SimpleNamespace(problems=problems(tmp_path), notes=("quotes were not re-read",), counts={"claims": 36})
    pretend(monkeypatch, "graph.growing.growth", check_grown=lambda settings, on_stage: checked)
    result = run("check")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.splitlines() == [
        "/Elsewhere/b.yaml:1:1: not YAML - indent by two",
        "claims/a.yaml:12:3: the quote is not in the text - did you mean “x”?",
        "note: quotes were not re-read",
        "2 problems in 36 claims",
    ]


def test_of_ten_thousand_notes_a_few_are_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = tuple(f"note {number}" for number in range(10_000))
    checked = SimpleNamespace(problems=(), notes=notes, counts={"claims": 1})
    pretend(monkeypatch, "graph.growing.growth", check_grown=lambda settings, on_stage: checked)
    lines = run("check").stdout.splitlines()
    assert lines[:2] == ["note: note 0", "note: note 1"]
    assert lines[-2:] == ["… and 9,980 notes more", "no problems in 1 claim"]
    assert len(lines) == 22


def test_check_without_problems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def check(settings: object, files: object, **more: object) -> object:
        asked.append(files)
        return SimpleNamespace(problems=(), notes=(), counts={"editorials": 1, "claims": 36})

    pretend(monkeypatch, "graph.checking", check=check)
    (tmp_path / "a.yaml").touch()
    result = run("check", str(tmp_path / "a.yaml"))
    assert (result.exit_code, result.stdout) == (0, "no problems in 1 editorial, 36 claims\n")
    assert asked == [(tmp_path / "a.yaml",)]
    assert run("check", "missing.yaml").exit_code == 2


def test_locate_says_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_build_tells_what_was_published(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, "graph.build", build=lambda settings, force, **more: built(changed=force))
    published = run("build", "--force")
    assert published.stdout.startswith("published 3f2a9c000000 (1.2 s)\n")
    assert published.stderr == "note: quotes were not re-read\n"
    assert [line.split() for line in published.stdout.splitlines()[1:]] == [["claims", "36"], ["triples", "1,234"]]
    assert run("build").stdout.startswith("nothing has changed, 3f2a9c000000 stays published")


def test_build_with_problems_publishes_nothing_and_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(settings: object, **more: object) -> object:
        raise InvalidInput(problems(tmp_path))

    monkeypatch.chdir(tmp_path)
    pretend(monkeypatch, "graph.build", build=build)
    result = run("build")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines()[1].startswith("claims/a.yaml:12:3: ")
    assert result.stderr.splitlines()[2].startswith("samizdat: 2 problems found - ")


# --- explain ---


@pytest.mark.usefixtures("home")
def test_explain_prints_the_tree_down_to_the_quote(monkeypatch: pytest.MonkeyPatch) -> None:
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

    pretend(monkeypatch, "graph.asking.explanation", explain=explain)
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


def test_snapshots_are_listed_rolled_back_pruned_and_verified(home: Path) -> None:
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


def test_verify_finds_damage(home: Path) -> None:
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

    def build(settings: object, **more: object) -> object:
        happened.append("built")
        return built(changed=True)

    pretend(monkeypatch, "graph.build", build=build)
    pretend(monkeypatch, "server.running", serve=happened.append)
    return happened


def test_serve_builds_first(served: list[Any]) -> None:
    assert run("serve", "--port", "0", "--host", "::1").exit_code == 0
    assert served[0] == "built"
    assert (served[1].host, served[1].port) == ("::1", 0)


def test_serve_takes_the_environment_and_need_not_build(served: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMIZDAT_PORT", "8123")
    assert run("serve", "--no-build").exit_code == 0
    assert served == [replace(served[0], port=8123)]


# --- errors in general ---


def test_an_unknown_command_names_the_nearest() -> None:
    result = run("qury")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("samizdat: No such command 'qury'")


def test_an_unforeseen_error_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def locate(settings: object, files: object) -> int:
        raise RuntimeError("a fault of ours")

    pretend(monkeypatch, "graph.locating", locate=locate)
    assert isinstance(run("locate").exception, RuntimeError)


@pytest.mark.parametrize("code", range(1, 7))
def test_an_error_of_ours_ends_with_its_exit_code(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    class Coded(SamizdatError):
        exit_code = code

    def locate(settings: object, files: object) -> int:
        raise Coded("what", "hint")

    pretend(monkeypatch, "graph.locating", locate=locate)
    result = run("locate")
    assert (result.exit_code, result.stderr) == (code, "samizdat: what - hint\n")
