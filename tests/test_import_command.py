"""``samizdat import``: what it prints, and how it says what is wrong."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from importing import KAZAKHSTAN, RSF, made

from server.cli import main


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("SAMIZDAT_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SAMIZDAT_EVIDENCE", raising=False)
    return CliRunner()


def test_it_prints_what_was_read_and_where_it_is(runner: CliRunner, tmp_path: Path) -> None:
    file = made(tmp_path, "2021.csv", RSF + KAZAKHSTAN)
    result = runner.invoke(main, ["import", "rsf", str(file)])
    assert result.exit_code == 0, result.output
    assert f"imported rsf: 59 quads in {tmp_path / 'home' / 'evidence' / 'rsf'}" in result.stdout
    assert "measurements  2" in result.stdout


def test_the_folder_may_be_set(runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMIZDAT_EVIDENCE", str(tmp_path / "elsewhere"))
    file = made(tmp_path, "2021.csv", RSF + KAZAKHSTAN)
    assert runner.invoke(main, ["import", "rsf", str(file), "--dataset", "press-freedom"]).exit_code == 0
    assert (tmp_path / "elsewhere" / "press-freedom" / "evidence.nq.gz").exists()


def test_it_tells_who_has_to_be_decided(runner: CliRunner, tmp_path: Path) -> None:
    content = """{"persons": [{"id": "p", "name": "P"}], "organizations": [{"id": "h", "name": "H"},
        {"id": "1", "name": "Nur Otan"}], "memberships": [{"person_id": "p", "organization_id": "h",
        "on_behalf_of_id": "1"}]}"""
    result = runner.invoke(main, ["import", "popolo", str(made(tmp_path, "kazakhstan-h.json", content))])
    assert "1 undecided in" in result.stderr
    assert "review.yaml" in result.stderr


def test_a_fault_is_one_line_with_its_place_and_exit_code_1(runner: CliRunner, tmp_path: Path) -> None:
    file = made(tmp_path, "2021.csv", RSF + KAZAKHSTAN.replace("49,72", "x"))
    result = runner.invoke(main, ["import", "rsf", str(file)])
    assert result.exit_code == 1
    assert f"{file}:2:1: 'x' is no number" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("arguments", [["import"], ["import", "rsf"], ["import", "nothing", "x.csv"]])
def test_a_command_line_that_cannot_be_read_is_exit_code_2(arguments: list[str], runner: CliRunner) -> None:
    assert runner.invoke(main, arguments).exit_code == 2
