"""What is made of data of which a little has changed, and what is made of it from nothing: the same, to the byte."""

from pathlib import Path
from random import Random

import pytest
from growth_fixtures import Folder, at_once, grown, made

from graph.settings import Settings

CHANGES = 12


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return made(tmp_path)


@pytest.fixture
def unproved(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without HermiT, which takes a second each time and changes nothing."""
    monkeypatch.setattr("graph.growing.proving.consistent", lambda *_: True)


@pytest.mark.usefixtures("unproved")
@pytest.mark.parametrize("seed", range(3))
def test_after_any_changes_it_is_what_it_would_be_from_nothing(settings: Settings, seed: int) -> None:
    rng, folder = Random(seed), Folder(settings)
    done = ["nothing"]
    for _ in range(CHANGES):
        assert grown(settings) == at_once(settings), f"seed {seed}, after {', '.join(done)}"
        done.append(folder.change(rng))
    assert grown(settings) == at_once(settings), f"seed {seed}, after {', '.join(done)}"
