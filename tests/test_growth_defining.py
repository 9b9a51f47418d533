"""What is remembered of claim files spares a check of one the reading of all others, and changes nothing in it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from growth_fixtures import Folder, looked_at, restored
from test_growth_faults import (
    describe_a_party_in_claims_alone,
    end_before_it_begins,
    misspell_key,
    misspell_reference,
    name_twice,
)

from graph import checking
from graph.checking import check
from graph.growing.cache import Cache
from graph.growing.defining import defined
from graph.growing.growth import grow
from graph.growing.release import release
from graph.growing.workers import Alone
from graph.settings import Settings


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with looked_at(tmp_path_factory.mktemp("data"), release()) as found:
        yield found


@pytest.fixture
def settings(kept: Settings) -> Iterator[Settings]:
    """Data without problems, of which it is remembered what they say."""
    with restored(kept):
        yield kept


def as_read(file: Path) -> frozenset[str]:
    return checking._defined_in(file, object())


def test_what_claim_files_define_is_remembered(settings: Settings) -> None:
    files = Folder(settings).claim_files()
    assert defined(settings) == {file: as_read(file) for file in files}


def test_what_has_changed_or_has_problems_is_not(settings: Settings) -> None:
    folder = Folder(settings)
    files = folder.claim_files()
    misspell_key(folder)
    with Cache(settings.home) as cache:
        assert grow(settings, release(), cache, Alone()).problems
    folder.state(files[4], [{"type": "Statement", "content": "said"}])
    assert defined(settings).keys() == {*files} - {files[1], files[4]}


def test_to_look_is_no_run_and_makes_nothing(settings: Settings, tmp_path: Path) -> None:
    runs = Cache(settings.home)._run
    defined(settings)
    assert Cache(settings.home)._run == runs
    assert defined(Settings(data=settings.data, texts=(), home=tmp_path / "elsewhere")) == {}
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize(
    "fault", [misspell_reference, end_before_it_begins, name_twice, describe_a_party_in_claims_alone]
)
def test_one_file_is_checked_as_without_what_is_remembered(
    settings: Settings, fault: Callable[[Folder], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Folder(settings)
    fault(folder)
    known, read = defined(settings), set()
    of_file = checking._defined_in
    expected = [check(settings, (file,), reason=False) for file in folder.claim_files()]
    assert any(one.problems for one in expected) == (fault != name_twice)

    def noted(file: Path, stamp: object) -> frozenset[str]:
        read.add(file)
        return of_file(file, stamp)

    monkeypatch.setattr(checking, "_defined_in", noted)
    for file, one in zip(folder.claim_files(), expected, strict=True):
        found = check(settings, (file,), reason=False, defined=known)
        assert (found.problems, found.notes, found.counts) == (one.problems, one.notes, one.counts)
    assert read == {*folder.claim_files()} - known.keys()
    assert len(read) < len(known)
