"""``samizdat diff``: what changed between two snapshots, on the command line."""

import json
from pathlib import Path

import pytest
from cli_fixtures import run
from time_fixtures import Past, make_past


@pytest.fixture
def past(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Past:
    monkeypatch.setenv("SAMIZDAT_HOME", str(tmp_path))
    return make_past(tmp_path)


def test_the_last_two_are_compared_if_nothing_is_said(past: Past) -> None:
    result = run("diff")
    assert result.exit_code == 0
    assert f"from {past.three[1].id[:12]} to {past.three[2].id[:12]}: 1 claim removed, 1 thing added" in result.stderr
    rows = [line.split() for line in result.stdout.splitlines()[2:]]
    assert [row[:2] for row in rows] == [["removed", "id/claim/one/a"], ["added", "id/party/q"]]


def test_two_are_compared_by_the_beginnings_of_their_names(past: Past) -> None:
    result = run("diff", past.three[0].id[:10], past.three[1].id[:10])
    assert "how it is held" in result.stdout
    assert "Has children (private life)" in result.stdout
    assert "its names" in result.stdout
    one = run("diff", past.three[0].id[:10])
    assert f"from {past.three[0].id[:12]} to {past.three[2].id[:12]}" in one.stderr


def test_changes_as_json_stand_one_on_a_line(past: Past) -> None:
    result = run("diff", past.three[0].id, past.three[1].id, "-f", "json")
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["how"] for one in told] == ["corrected", "added", "removed", "corrected"]
    assert told[0]["aspects"] == ["modality"]
    assert (told[0]["before"]["modality"], told[0]["after"]["modality"]) == ("asserted", "believed")


def test_after_a_roll_back_the_one_before_is_the_newer(past: Past) -> None:
    past.snapshots.roll_back()
    result = run("diff")
    assert f"from {past.three[2].id[:12]} to {past.three[1].id[:12]}" in result.stderr


def test_nothing_changed(past: Past) -> None:
    result = run("diff", past.three[0].id, past.three[0].id)
    assert result.exit_code == 0
    assert "no claim and no thing changed" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("arguments", [["ffff"], ["", "ffff"]])
def test_a_snapshot_that_there_is_not(past: Past, arguments: list[str]) -> None:
    assert run("diff", *arguments).exit_code == 5


def test_only_one_was_ever_current(past: Past) -> None:
    past.snapshots.prune(1)
    result = run("diff")
    assert result.exit_code == 5
    assert "no other snapshot was current before" in result.stderr


def test_a_snapshot_of_an_earlier_release_is_named(past: Past) -> None:
    past.three[0].path.chmod(0o755)
    past.three[0].register.path.unlink()
    result = run("diff", past.three[0].id)
    assert result.exit_code == 5
    assert "run `samizdat build`" in result.stderr
