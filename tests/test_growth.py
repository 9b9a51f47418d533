"""What is made of data of which a little has changed, and what is made of it from nothing: the same, to the byte."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from growth_fixtures import Folder, at_once, files, grown, made
from pyoxigraph import Store

from graph.build import build
from graph.segments.lines import sorted_lines
from graph.settings import Settings

CHANGES = 9


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return made(tmp_path)


@pytest.fixture
def unproved(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without HermiT, which takes a second each time and changes nothing."""
    monkeypatch.setattr("graph.growing.proving.consistent", lambda *_: True)


@pytest.mark.usefixtures("unproved")
@pytest.mark.parametrize("seed", range(3))
def test_after_any_changes_it_is_what_it_would_be_from_nothing(
    settings: Settings, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.growing.lots.SIZE", seed + 1)
    rng, folder = Random(seed), Folder(settings)
    done = ["nothing"]
    for _ in range(CHANGES):
        assert grown(settings) == at_once(settings), f"seed {seed}, after {', '.join(done)}"
        done.append(folder.change(rng))
    assert grown(settings) == at_once(settings), f"seed {seed}, after {', '.join(done)}"


@pytest.mark.usefixtures("unproved")
def test_a_snapshot_after_a_change_has_the_files_of_one_from_nothing(settings: Settings, tmp_path: Path) -> None:
    first = build(settings).snapshot
    folder, rng = Folder(settings), Random(0)
    folder.correct(rng)
    folder.name_another(rng)
    changed = build(settings).snapshot
    anew = build(replace(settings, home=tmp_path / "elsewhere")).snapshot
    assert first.id != changed.id == anew.id
    assert files(changed) == files(anew)
    held, expected = (sorted_lines(Store.read_only(str(one.store_path))) for one in (changed, anew))
    assert held == expected == changed.content()
    first.verify()
    ours = {file.stat().st_ino for file in first.store_path.iterdir()}
    assert ours & {file.stat().st_ino for file in changed.store_path.iterdir()}
