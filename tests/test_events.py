"""The log of events: every change of a claim once, through crashes, roll-backs and pruning; nothing private in it."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from test_register import claim, iri, quads, thing

from graph.errors import SnapshotDamaged
from graph.snapshot import Snapshot, Snapshots
from graph.snapshots.event import PAGE, Event, outcome_of
from graph.snapshots.events import Events
from graph.snapshots.register import Entry, written


@pytest.fixture
def snapshots(tmp_path: Path) -> Snapshots:
    return Snapshots(tmp_path / "snapshots")


def publish(snapshots: Snapshots, *parts: str) -> Snapshot:
    return snapshots.publish(quads(*parts), {})


def every(events: Events) -> list[Event]:
    total = events.recorded()[-1].total if events.recorded() else 0
    return [event for page in range(1, total // PAGE + 2) for event in events.page(page, total)]


def told(events: Events) -> list[tuple[int, str, str]]:
    return [(event.number, event.how, event.entry.iri.rpartition("/")[2]) for event in every(events)]


def words(snapshots: Snapshots) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in (snapshots.root / "events").iterdir())


def test_claims_come_are_corrected_and_go(snapshots: Snapshots) -> None:
    first = publish(snapshots, claim("a"), claim("b"), thing("party/p", "P"))
    second = publish(snapshots, claim("b", "Otherwise"), claim("c"), thing("party/p", "Q"))
    expected = [(1, "added", "a"), (2, "added", "b"), (3, "removed", "a"), (4, "corrected", "b"), (5, "added", "c")]
    assert told(snapshots.events) == expected
    found = every(snapshots.events)
    assert [event.snapshot for event in found] == [first.id] * 2 + [second.id] * 3
    assert [event.previous for event in found] == [None] * 2 + [first.id] * 3
    assert found[3].aspects == ("sentence",)
    assert found[3].entry.label == "Otherwise"
    recorded = snapshots.events.recorded()
    assert [(one.snapshot, one.previous, one.total) for one in recorded] == [
        (first.id, None, 2),
        (second.id, first.id, 5),
    ]
    assert recorded[1].counts == {"added": 1, "corrected": 1, "removed": 1}
    assert [one.at for one in recorded] == [entry.at for entry in snapshots.history()]


def test_nothing_new_is_no_event(snapshots: Snapshots) -> None:
    publish(snapshots, claim("a"))
    publish(snapshots, claim("a"))
    publish(snapshots, claim("a"), thing("party/p", "P"))
    assert told(snapshots.events) == [(1, "added", "a")]
    assert [one.total for one in snapshots.events.recorded()] == [1, 1]


def test_a_roll_back_is_told_too(snapshots: Snapshots) -> None:
    publish(snapshots, claim("a"))
    publish(snapshots, claim("a", "Otherwise"), claim("b"))
    snapshots.roll_back()
    assert told(snapshots.events)[3:] == [(4, "corrected", "a"), (5, "removed", "b")]
    assert every(snapshots.events)[3].entry.label == "It was so"


def test_pruning_loses_nothing(snapshots: Snapshots) -> None:
    publish(snapshots, claim("a"))
    publish(snapshots, claim("b"))
    snapshots.prune(1)
    publish(snapshots, claim("b"), claim("c"))
    assert told(snapshots.events) == [(1, "added", "a"), (2, "removed", "a"), (3, "added", "b"), (4, "added", "c")]


def test_full_pages_stay_as_they_are(snapshots: Snapshots) -> None:
    many = [claim(f"c{number:03}") for number in range(PAGE + 3)]
    publish(snapshots, *many)
    kept = (snapshots.root / "events" / "00000001.jsonl").read_bytes()
    publish(snapshots, *many[1:], claim("new"))
    assert (snapshots.root / "events" / "00000001.jsonl").read_bytes() == kept
    total = snapshots.events.recorded()[-1].total
    assert total == PAGE + 5
    assert [event.number for event in every(snapshots.events)] == list(range(1, total + 1))
    assert {event.page for event in snapshots.events.page(2, total)} == {2}
    assert snapshots.events.page(3, total) == snapshots.events.page(0, total) == ()


TRICKY = 'so ,"entry":{"iri":"x" and \\\\,"gone":[],"how": \\ Так \u2028'
EVENT = Event(
    *(1, "2026-11-22", "s", None, "corrected"),
    replace(Entry(f"{iri('claim/one/a')}", "claim", TRICKY, {"words": "1"}, "believed", TRICKY), quotes=(TRICKY,)),
    (TRICKY,),
    TRICKY,
)


@pytest.mark.parametrize("gone", [(), (iri("claim/one/b"),), (iri("claim/one/a"), TRICKY)])
def test_what_there_is_after_an_event_is_told_by_its_line_as_by_itself(gone: tuple[str, ...]) -> None:
    event = replace(EVENT, gone=gone)
    line = event.line().encode()
    assert Event.of(line) == event
    assert (
        outcome_of(line) == event.outcome == (event.entry.iri.encode(), written(event.entry), (*map(str.encode, gone),))
    )


def test_pages_of_an_earlier_release_count_as_they_are(snapshots: Snapshots) -> None:
    """They had blanks between keys and values."""
    publish(snapshots, claim("a"), claim("b"))
    page = snapshots.root / "events" / "00000001.jsonl"
    earlier = [
        json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True) for line in page.read_bytes().splitlines()
    ]
    page.write_text("".join(f"{line}\n" for line in earlier))
    publish(snapshots, claim("b"), claim("c"))
    assert told(snapshots.events) == [(1, "added", "a"), (2, "added", "b"), (3, "removed", "a"), (4, "added", "c")]


def test_a_damaged_page_is_told(snapshots: Snapshots) -> None:
    publish(snapshots, claim("a"), claim("b"))
    page = snapshots.root / "events" / "00000001.jsonl"
    page.write_bytes(page.read_bytes()[:-200])
    with pytest.raises(SnapshotDamaged, match="is no log of changes"):
        publish(snapshots, claim("b"))


@pytest.mark.parametrize("lost", ["index", "line", "torn", "all"])
def test_what_a_killed_process_left_out_is_made_up_for(snapshots: Snapshots, lost: str) -> None:
    publish(snapshots, claim("a"))
    publish(snapshots, claim("b"))
    whole = told(snapshots.events)
    index = snapshots.root / "events" / "index.jsonl"
    lines = index.read_text().splitlines(keepends=True)
    if lost == "all":
        shutil.rmtree(index.parent)
    elif lost == "index":
        index.unlink()
    else:
        index.write_text(lines[0] + (lines[1][:20] if lost == "torn" else ""))
        assert told(snapshots.events) == whole[:1]
    publish(snapshots, claim("b"), claim("c"))
    assert told(snapshots.events) == [*whole, (4, "added", "c")]


def test_a_superseded_claim_that_stays_is_no_news_later(snapshots: Snapshots) -> None:
    better = claim("b", "Better", pubinfo="; npx:supersedes <id/claim/one/a>")
    publish(snapshots, claim("a"))
    publish(snapshots, claim("a"), better)
    publish(snapshots, claim("a"), better, claim("c"))
    assert told(snapshots.events) == [(1, "added", "a"), (2, "corrected", "b"), (3, "added", "c")]
    assert every(snapshots.events)[1].cause == iri("claim/one/b")


def test_a_superseded_claim_that_goes_is_gone(snapshots: Snapshots) -> None:
    better = claim("b", "Better", pubinfo="; prov:wasRevisionOf <id/claim/one/a>")
    publish(snapshots, claim("a"))
    publish(snapshots, better)
    publish(snapshots, better, claim("a"))
    assert told(snapshots.events) == [(1, "added", "a"), (2, "corrected", "b"), (3, "added", "a")]


def test_no_word_of_a_private_claim_is_kept(snapshots: Snapshots) -> None:
    private = claim("a", "Has children", words="two children", provenance="; pol:sensitive true")
    publish(snapshots, private)
    publish(snapshots, private, claim("b"))
    assert told(snapshots.events) == [(1, "added", "a"), (2, "added", "b")]
    assert "hildren" not in words(snapshots)


def test_words_that_turn_out_private_are_taken_out(snapshots: Snapshots) -> None:
    publish(snapshots, claim("a", "Has children", words="two children"), claim("b"))
    assert "hildren" in words(snapshots)
    private = claim("a", "Has children", words="two children", provenance="; pol:sensitive true")
    publish(snapshots, private, claim("b"))
    assert "hildren" not in words(snapshots)
    assert [(event.entry.private, event.how) for event in every(snapshots.events)] == [
        (True, "added"),
        (False, "added"),
        (True, "corrected"),
    ]
    publish(snapshots, claim("b"))
    assert told(snapshots.events)[3:] == [(4, "removed", "a")]
    assert every(snapshots.events)[3].entry.private
