"""Who is who: certain by an identifier, else decided by a person, and the graph says so only of what is decided."""

import json
from pathlib import Path
from typing import Any

import pytest
from importing import holds, imported, made, rows, stored, tree
from pyoxigraph import Store

from graph.errors import InvalidInput
from graph.evidence import evidence
from graph.importing import review
from graph.importing.reconciling import Candidate
from graph.iris import ID
from graph.settings import Settings

PERSON = {"id": "p", "name": "Somebody Else"}


def parliament(**party: Any) -> str:
    body = {"id": "house", "name": "The House"}
    member = {"person_id": "p", "organization_id": "house", "on_behalf_of_id": "1"}
    organizations = [body, {"id": "1", "name": "Nur Otan"} | party]
    return json.dumps({"persons": [PERSON], "organizations": organizations, "memberships": [member]})


def built(settings: Settings) -> Store:
    store = Store()
    for one in evidence(settings.evidence_folder):
        store.bulk_extend(one.quads())
    return store


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    return imported("popolo", settings, made(tmp_path, "kazakhstan-house.json", parliament())).folder


def decide(folder: Path, decision: str) -> None:
    file = folder / review.NAME
    text = file.read_text("utf-8").replace("decision: unsure", f"decision: {decision}")
    file.write_text(text, encoding="utf-8")


def test_a_like_name_is_asked_about_and_nothing_is_said(folder: Path, settings: Settings) -> None:
    text = (folder / review.NAME).read_text("utf-8")
    assert "known: party/nur-otan\n" in text
    assert "of the same country" in text
    assert not holds(built(settings), "?a owl:sameAs ?b")


@pytest.mark.parametrize("decision", ["same", "different", "unsure"])
def test_only_the_same_is_said_to_be_the_same(decision: str, folder: Path, settings: Settings) -> None:
    decide(folder, decision)
    pairs = [(f"{ID}party/popolo-kazakhstan-house-1", f"{ID}party/nur-otan")] if decision == "same" else []
    assert rows(built(settings), "?a ?b", "?a owl:sameAs ?b") == pairs
    [one] = evidence(settings.evidence_folder)
    assert sum(1 for _ in one.quads()) == one.size()


def test_a_decision_is_another_input_of_a_build(folder: Path, settings: Settings) -> None:
    [before] = evidence(settings.evidence_folder)
    digests = before.digests()
    decide(folder, "same")
    [after] = evidence(settings.evidence_folder)
    assert after.digests() != digests


def test_an_identifier_is_certain_and_nobody_is_asked(settings: Settings, tmp_path: Path) -> None:
    same = {"scheme": "V-Party party identifier", "identifier": "3748"}
    content = parliament(id="1", name="Quite Another Name", identifiers=[same])
    done = imported("popolo", settings, made(tmp_path, "kazakhstan-house.json", content))
    assert done.report["matched"] == {"V-Party party identifier 3748": "party/nur-otan"}
    assert holds(stored(done.folder), f"?t pol:party <{ID}party/nur-otan>")
    assert not (done.folder / review.NAME).exists()


@pytest.mark.parametrize(
    ("name", "country", "asked"),
    [
        ("Nur Otan", "kazakhstan", True),
        ("Нур Отан", "kazakhstan", True),
        ("Nur Ottan", "kazakhstan", True),
        ("Nur Otan", "uzbekistan", False),
        ("Ak Zhol", "kazakhstan", False),
    ],
)
def test_a_name_is_like_another_in_any_script_and_in_one_country(
    name: str, country: str, asked: bool, settings: Settings, tmp_path: Path
) -> None:
    done = imported("popolo", settings, made(tmp_path, f"{country}-house.json", parliament(name=name)))
    assert (done.folder / review.NAME).exists() == asked
    assert done.to_review == int(asked)


def test_another_import_keeps_every_line_of_the_review_file(folder: Path, settings: Settings, tmp_path: Path) -> None:
    decide(folder, "same  # the secretary confirmed it by telephone")
    before = (folder / review.NAME).read_bytes()
    again = imported("popolo", settings, tmp_path / "kazakhstan-house.json")
    assert (folder / review.NAME).read_bytes() == before
    assert again.to_review == 0
    assert holds(built(settings), "?a owl:sameAs ?b")


def test_what_is_new_comes_at_the_end(folder: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.mkdir()
    before = (folder / review.NAME).read_text("utf-8")
    fresh = Candidate("party/popolo-x-9", "party/progress", "Прогресс: «да»", "Progress", 90, "alike")
    assert review.carry(folder, new, [fresh]) == 2
    text = (new / review.NAME).read_text("utf-8")
    assert text.startswith(before)
    decide(new, "same")
    assert review.decided(new / review.NAME)[1] == (f"{ID}party/popolo-x-9", f"{ID}party/progress")


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
MATCH = "matches:\n  - evidence: party/a\n    known: party/b\n    decision: same\n"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (BOMB, "an anchor or alias"),
        ("matches: 1\n", "no list of matches"),
        ("- 1\n", "no list of matches"),
        ("matches: [1]\n", "not a match"),
        (MATCH.replace("same", "perhaps"), "no decision"),
        (MATCH.replace("party/b", "../../b"), "known names no thing"),
        (MATCH.replace("party/b", "https://evil.example/"), "known names no thing"),
        (MATCH + "    because: I say so\n", "an unknown key 'because'"),
        (MATCH + MATCH.removeprefix("matches:\n"), "stands here twice"),
        (MATCH.replace("party/a", "!!python/object:os.system"), "the tag"),
    ],
)
def test_a_wrong_review_file_stops_builds_and_imports_and_is_left_as_it_is(
    text: str, what: str, folder: Path, settings: Settings, tmp_path: Path
) -> None:
    made(folder, review.NAME, text)
    before = tree(settings.home)
    for attempt in (
        lambda: built(settings),
        lambda: imported("popolo", settings, tmp_path / "kazakhstan-house.json"),
    ):
        with pytest.raises(InvalidInput) as caught:
            attempt()
        assert what in caught.value.problems[0].what
        assert caught.value.problems[0].place.file.name == review.NAME
    assert tree(settings.home) == before
