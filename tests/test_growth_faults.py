"""What is wrong with data of which a little has changed is told in the words of a check of everything."""

from collections.abc import Callable
from pathlib import Path

import pytest
from growth_fixtures import Folder, grown, made

from graph.checking import check
from graph.growing.cache import Cache
from graph.growing.growth import check_grown, grow
from graph.growing.workers import Alone
from graph.settings import Settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Data without problems, which has been looked at once."""
    monkeypatch.setattr("graph.growing.proving.consistent", lambda *_: True)
    monkeypatch.setattr("graph.growing.lots.SIZE", 2)
    found = made(tmp_path)
    found.home.mkdir()
    grown(found)
    return found


def replaced(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def misspell_reference(folder: Folder) -> None:
    replaced(folder.claim_files()[2], "group/samizdat-team", "group/samizdat-taem")


def name_twice(folder: Folder) -> None:
    first, second = folder.claim_files()[:2]
    second.write_text(first.read_text(encoding="utf-8"), encoding="utf-8")


def misspell_key(folder: Folder) -> None:
    replaced(folder.claim_files()[1], '"label"', '"labell"')


def misquote(folder: Folder) -> None:
    replaced(folder.claim_files()[0], '"exact": "In point 1', '"exact": "In punkt 1')


def break_yaml(folder: Folder) -> None:
    folder.claim_files()[3].write_text("claims: [", encoding="utf-8")


def end_before_it_begins(folder: Folder) -> None:
    """One file says when a tenure begins, another that it ended before: only together they are wrong."""
    for file, when in zip(folder.claim_files(), ({"beginning": "1999"}, {"end": "1990"}), strict=False):
        dates = {key: {"edtf": year} for key, year in when.items()}
        folder.state(file, [{"id": "event/a-tenure", "type": "Tenure", "label": "a tenure", **dates}])


def give_a_value_of_another_class(folder: Folder) -> None:
    folder.state(folder.claim_files()[0], [{"type": "PartyBan", "bannedParty": "group/samizdat-team"}])


def share_a_name(folder: Folder) -> None:
    for file in folder.claim_files()[:2]:
        event: dict[str, object] = {"id": f"event/strike-{file.stem}", "type": "Event"}
        folder.state(file, [event | {"prefLabel": {"en": "The strike"}}])


def clash(folder: Folder) -> None:
    """What a range says of somebody in one file contradicts what another says of him."""
    folder.state(folder.claim_files()[0], [{"id": "event/e", "type": "Event"}])
    folder.state(folder.claim_files()[1], [{"id": "event/e", "type": "Country", "prefLabel": {"en": "E"}}])


def take_back_in_a_circle(folder: Folder) -> None:
    first, second = folder.claim_files()[:2]
    for file, other in ((first, second), (second, first)):
        folder.correcting(file, other)


def name_in_three_files_and_twice_in_one(folder: Folder) -> None:
    files = folder.claim_files()
    double(files[3])
    for file in files[4:6]:
        file.write_text(files[3].read_text(encoding="utf-8"), encoding="utf-8")
    double(files[6])  # by itself
    replaced(files[7], "group/samizdat-team", "group/samizdat-taem")


def double(file: Path) -> None:
    """A file comes to have its first claim twice."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.startswith("  - "))
    file.write_text("".join([*lines[: at + 1], *lines[at:]]), encoding="utf-8")


def correct_in_circles_within_and_between(folder: Folder) -> None:
    """Claims of one file correct each other in a long circle, of which another file knows a shorter way back."""
    first, second, third, *_ = folder.claim_files()
    for at in range(3):
        folder.correcting(first, first, at=(at, (at + 1) % 3))
    folder.correcting(second, first, "revisionOf")
    folder.correcting(third, second, "retracts", at=1)
    folder.correcting(first, second, "revisionOf", at=(1, 0))
    double(third)


def predict_nothing(folder: Folder) -> None:
    """A claim fulfils one of another file that predicts nothing."""
    first, second = folder.claim_files()[:2]
    folder.state(second, [{"type": "Statement", "content": "said"}])
    folder.correcting(first, second, "fulfils", at=-1)


FAULTS = (
    misspell_reference, name_twice, misspell_key, misquote, break_yaml, end_before_it_begins, share_a_name, clash,
    give_a_value_of_another_class, take_back_in_a_circle, predict_nothing,
    name_in_three_files_and_twice_in_one, correct_in_circles_within_and_between,
)  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_as_by_a_check_of_everything(settings: Settings, fault: Callable[[Folder], None]) -> None:
    fault(Folder(settings))
    expected = check(settings, reason=False)
    assert expected.problems
    with Cache(settings.home) as cache:
        assert grow(settings, "of a test", cache, Alone()).problems == expected.problems


def test_a_check_without_problems_counts_and_notes_as_a_check_of_everything(settings: Settings) -> None:
    for text in sorted(settings.texts[0].iterdir())[:2]:
        text.unlink()
    found, expected = check_grown(settings), check(settings, reason=False)
    assert (found.problems, found.counts) == ((), expected.counts)
    assert sorted(found.notes) == sorted(expected.notes)
    assert len(found.notes) == 2


def test_who_only_looks_leaves_nothing_behind(settings: Settings, tmp_path: Path) -> None:
    elsewhere = Settings(data=settings.data, texts=settings.texts, home=tmp_path / "elsewhere")
    assert not check_grown(elsewhere).problems
    assert not elsewhere.home.exists()
