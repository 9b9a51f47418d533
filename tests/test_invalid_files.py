"""One fault a file: its name states the fault, the file beside it the message that must come, place and all."""

from pathlib import Path

import pytest

from graph.checking import check
from graph.settings import Settings

DATA = Path(__file__).parent / "data"
INVALID = sorted((DATA / "invalid").glob("*.yaml"))
PROVEN = {"person-who-is-also-a-party"}
"""Faults that need HermiT's word; the others are found without it."""


def messages(file: Path, *, reason: bool, home: Path) -> str:
    """The problems of a file, a line each, without its name; notes are not problems."""
    settings = Settings(data=DATA, texts=(DATA / "texts",), home=home)
    problems = check(settings, [file], reason=reason).problems
    assert {problem.place.file for problem in problems} <= {file, DATA / "entities" / "harbour.yaml"}
    return "".join(f"{str(problem).replace(str(DATA) + '/', '').partition(':')[2]}\n" for problem in problems)


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_each_fault_is_found_and_worded_as_expected(file: Path, tmp_path: Path) -> None:
    expected = file.with_suffix(".expected").read_text(encoding="utf-8")
    assert messages(file, reason=file.stem in PROVEN, home=tmp_path) == expected


def test_there_are_at_least_thirty_faults_each_with_a_message() -> None:
    assert len(INVALID) >= 30
    for file in INVALID:
        expected = file.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
        assert expected, file
        assert all(" - " in line for line in expected), file


@pytest.mark.parametrize("file", sorted((DATA / "valid").glob("*.yaml")), ids=lambda file: file.stem)
def test_valid_files_have_no_problem(file: Path, tmp_path: Path) -> None:
    assert messages(file, reason=True, home=tmp_path) == ""


def test_all_problems_are_reported_at_once(tmp_path: Path) -> None:
    files = [DATA / "invalid" / f"{name}.yaml" for name in ("key-unknown", "date-not-edtf", "quote-near-miss")]
    settings = Settings(data=DATA, texts=(DATA / "texts",), home=tmp_path)
    problems = check(settings, files, reason=False).problems
    assert {problem.place.file for problem in problems} >= set(files)


def test_without_the_text_a_note_says_that_quotes_were_not_reread(tmp_path: Path) -> None:
    checked = check(Settings(data=DATA, texts=(), home=tmp_path), [DATA / "valid" / "harbour.yaml"], reason=False)
    assert checked.problems == ()
    assert len(checked.notes) == 1
    assert "not re-read" in checked.notes[0]
