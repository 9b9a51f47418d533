"""``samizdat export``: what is published, in files."""

from pathlib import Path

import pytest
from cli_fixtures import make_home, run
from pyoxigraph import Store

from graph.forms.trusty import CODE
from graph.snapshot import Snapshots


@pytest.fixture
def home(seed_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose current snapshot is the project's own data."""
    made = make_home(tmp_path, monkeypatch)
    Snapshots(made / "snapshots").publish(list(seed_store), {})
    return made


def test_each_claim_is_a_file(home: Path, tmp_path: Path) -> None:
    done = run("export", "nanopubs", str(tmp_path / "out"))
    snapshot = Snapshots(home / "snapshots").current().id
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == f"61 nanopublications of {snapshot[:12]} in {tmp_path / 'out'}\n"
    assert len(list((tmp_path / "out" / "2021-01-progress-kazakhstan").glob("*.trig"))) == 61


def test_trusty_files_bear_their_code(home: Path, tmp_path: Path) -> None:
    assert run("export", "nanopubs", "--trusty", str(tmp_path / "out")).exit_code == 0
    codes = [file.name.split(".")[1] for file in (tmp_path / "out").rglob("*.trig")]
    assert len(set(codes)) == 61
    assert all(CODE.fullmatch(code) for code in codes)


def test_another_snapshot_than_the_current_one(home: Path, tmp_path: Path) -> None:
    snapshots = Snapshots(home / "snapshots")
    [earlier] = [found for found in snapshots.all() if found.id != snapshots.current().id]
    done = run("export", "nanopubs", "--snapshot", earlier.id[:8], str(tmp_path / "out"))
    assert done.stdout.startswith(f"0 nanopublications of {earlier.id[:12]}")
    assert run("export", "nanopubs", "--snapshot", "0000", str(tmp_path / "out")).exit_code == 5


def test_a_folder_that_cannot_be_written_is_named(home: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("taken")
    done = run("export", "nanopubs", str(tmp_path / "file"))
    assert done.exit_code == 2
    assert "file" in done.stderr
