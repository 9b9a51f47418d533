"""What is wrong with data of which a little has changed is told in the words of a check of everything."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from growth_fixtures import Folder, looked_at, restored

from graph.checking import check
from graph.dataset import Content
from graph.errors import Place, Problem
from graph.files import yaml_reader
from graph.growing.cache import Cache
from graph.growing.growth import check_grown, grow
from graph.growing.workers import Alone
from graph.settings import Settings


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with looked_at(tmp_path_factory.mktemp("data")) as found:
        yield found


@pytest.fixture
def settings(kept: Settings) -> Iterator[Settings]:
    """Data without problems, of which it is remembered what they say."""
    with restored(kept):
        yield kept


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


STRIKE: dict[str, object] = {"id": "event/a-strike", "type": "Event", "label": "a strike"}


def describe_a_party_in_claims_alone(folder: Folder) -> None:
    """A file that comes before the one that does it names the party, as if to say something of it."""
    said: dict[str, object] = {"type": "Statement", "content": "said"}
    folder.state(folder.claim_files()[0], [said, {"id": "party/of-nobody"}])
    folder.state(folder.claim_files()[3], [said, {"id": "party/of-nobody", "type": "PoliticalParty"}])


def give_a_party_a_country_that_is_none(folder: Folder) -> None:
    """The party has an entity file; a claim says of which country it is, and another what that is."""
    folder.entity_file("nobody", {"id": "party/of-nobody", "type": "PoliticalParty", "prefLabel": {"en": "Nobody"}})
    folder.state(folder.claim_files()[2], [{"id": "party/of-nobody", "country": "country/of-nobody"}])
    folder.state(folder.claim_files()[3], [{"id": "country/of-nobody", "type": "Government"}])


def begin_twice_and_call_otherwise(folder: Folder) -> None:
    """Of a tenure, which has labels and beginnings in two files, and more of both than it may have."""
    for file, label in zip(folder.claim_files()[4:6], ("a tenure", "the tenure"), strict=True):
        tenure: dict[str, object] = {"id": "event/one-tenure", "type": "Tenure", "label": label, "content": "in power"}
        folder.state(file, [tenure | {"beginning": {"edtf": "1999"}}])


def mix_up_bounds(folder: Folder) -> None:
    """Numbers are told as they are written."""
    folder.entity_file("nobody", {"id": "person/nobody", "type": "Person", "prefLabel": {"en": "Nobody"}})
    result: dict[str, object] = {
        "type": "ElectionResult",
        "winner": "person/nobody",
        "minValue": 70.50,
        "maxValue": 60.0,
    }
    folder.state(folder.claim_files()[1], [result])


def call_two_entities_the_same(folder: Folder) -> None:
    for name in ("a", "b"):
        thing: dict[str, object] = {"id": f"person/{name}-nobody", "type": "Person", "prefLabel": {"en": "Nobody"}}
        folder.entity_file(name, thing)


def change_an_entity_of_which_others_speak(folder: Folder) -> None:
    """What is written in the entity files is wrong for what a claim says of it."""
    folder.entity_file("zz", {"id": "event/a-strike", "type": "Event", "prefLabel": {"en": "A strike"}})
    folder.state(folder.claim_files()[5], [{"id": "event/a-strike", "type": "Tenure", "end": {"edtf": "1999"}}])


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


def pass_over_a_line_that_is_wrong(folder: Folder) -> None:
    """Its editorial has a file: nothing is taken of the line, whose quote is in no text either, but its structure."""
    file = folder.claim_files()[2]
    data = yaml_reader.read(file).data
    data["claims"][0] |= {"labell": "x", "quote": {"exact": "nowhere"}}
    file.with_name("more.jsonl").write_text(f"{json.dumps(data)}\n", encoding="utf-8")


def predict_nothing(folder: Folder) -> None:
    """A claim fulfils one of another file that predicts nothing."""
    first, second = folder.claim_files()[:2]
    folder.state(second, [{"type": "Statement", "content": "said"}])
    folder.correcting(first, second, "fulfils", at=-1)


FAULTS = (
    misspell_reference, name_twice, misspell_key, misquote, break_yaml, end_before_it_begins,
    give_a_value_of_another_class, take_back_in_a_circle, predict_nothing, describe_a_party_in_claims_alone,
    give_a_party_a_country_that_is_none,
    begin_twice_and_call_otherwise, mix_up_bounds, call_two_entities_the_same, change_an_entity_of_which_others_speak,
    name_in_three_files_and_twice_in_one, correct_in_circles_within_and_between,
    pass_over_a_line_that_is_wrong,
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


def test_an_event_that_a_file_dates_and_another_names_is_no_fault(settings: Settings) -> None:
    """The date is a part of one file's claim, of which the other says nothing."""
    folder = Folder(settings)
    folder.state(folder.claim_files()[0], [STRIKE | {"date": {"edtf": "1999"}}])
    folder.state(folder.claim_files()[5], [STRIKE])
    assert not check(settings, reason=False).problems
    assert not check_grown(settings).problems


def clash(folder: Folder) -> None:
    """What somebody is called who clashes stands in a file of others; some say the same, and some clash with more."""
    files = folder.claim_files()
    folder.entity_file("nobody", {"id": "party/of-nobody", "type": "PoliticalParty", "prefLabel": {"en": "Nobody"}})
    for file, kind in zip(files[:4], ("Tenure", "Announcement", "Announcement", "Tenure"), strict=True):
        folder.state(file, [{"id": "event/e", "type": kind, "content": "in power"}])
    folder.state(files[4], [{"id": "event/e", "type": "Tenure", "content": "in power", "label": "what was said"}])
    folder.state(files[5], [{"id": "party/of-nobody", "type": "MediaOutlet"}])
    folder.state(files[6], [{"id": "event/f", "type": "Tenure", "content": "in power", "label": "a word of some"}])
    for file in (files[7], files[2]):
        folder.state(file, [{"id": "event/f", "type": "Announcement", "content": "in power"}])


def test_what_clashes_is_told_as_by_a_check_of_everything(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shapes, which refuse nearly all that clashes, are not asked."""
    monkeypatch.setattr("graph.checking._validate", lambda *_: None)
    monkeypatch.setattr("graph.growing.growth.suspects", lambda *_: [])
    clash(Folder(settings))
    expected = check(settings)
    assert {problem.rule for problem in expected.problems} == {"owl"}
    with Cache(settings.home) as cache:
        assert grow(settings, "of a test", cache, Alone()).problems == expected.problems


def test_each_editorial_that_is_disproved_is_told_of_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """By HermiT; the entities that no editorial names, which are disproved too, are told of with any."""
    monkeypatch.setattr("graph.growing.proving.consistent", lambda *_: False)
    asked: list[str] = []

    def disproved(content: Content) -> list[Problem]:
        asked.extend(editorial.iri for editorial in content.editorials)
        return [Problem(Place(settings.data), "cannot be", "", "owl")]

    monkeypatch.setattr("graph.growing.growth.proof_problems", disproved)
    with Cache(None) as cache:
        found = grow(settings, "of a test", cache, Alone())
    assert [problem.what for problem in found.problems] == ["cannot be"]
    assert len(asked) == len(set(asked)) == len(Folder(settings).claim_files())
