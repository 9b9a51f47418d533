"""The order of snapshots: rolling back, pruning, and the log of what was current when."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from graph.errors import UnknownSnapshot
from graph.snapshot import Snapshot, Snapshots


def publish(snapshots: Snapshots, word: str) -> Snapshot:
    name = NamedNode("http://example.org/x")
    return snapshots.publish([Quad(name, name, Literal(word), DefaultGraph())], {})


@pytest.fixture
def snapshots(tmp_path: Path) -> Snapshots:
    return Snapshots(tmp_path)


@pytest.fixture
def three(snapshots: Snapshots) -> list[Snapshot]:
    """Three snapshots, oldest first."""
    return [publish(snapshots, word) for word in ("one", "two", "three")]


def test_all_lists_the_newest_first(snapshots: Snapshots, three: list[Snapshot]) -> None:
    assert snapshots.all() == three[::-1]


def test_rolling_back_goes_to_the_one_before_and_again_further(snapshots: Snapshots, three: list[Snapshot]) -> None:
    assert snapshots.roll_back() == three[1]
    assert snapshots.current() == three[1]
    assert snapshots.roll_back() == three[0]
    assert snapshots.current() == three[0]
    with pytest.raises(UnknownSnapshot, match="no other snapshot was current before"):
        snapshots.roll_back()
    assert snapshots.current() == three[0]


def test_publishing_after_a_roll_back_goes_on_from_there(snapshots: Snapshots, three: list[Snapshot]) -> None:
    snapshots.roll_back()
    publish(snapshots, "four")
    assert snapshots.roll_back() == three[1]


def test_rolling_back_to_a_name_may_go_forward(snapshots: Snapshots, three: list[Snapshot]) -> None:
    snapshots.roll_back(three[0].id[:8])
    assert snapshots.current() == three[0]
    snapshots.roll_back(three[2].id)
    assert snapshots.current() == three[2]
    assert snapshots.roll_back() == three[0]


def test_rolling_back_does_not_make_a_snapshot_newer(snapshots: Snapshots, three: list[Snapshot]) -> None:
    snapshots.roll_back()
    assert snapshots.all() == three[::-1]


def test_rolling_back_passes_over_what_was_pruned(snapshots: Snapshots, three: list[Snapshot]) -> None:
    snapshots.roll_back(three[0].id)
    assert snapshots.prune(1) == [three[1]]
    snapshots.roll_back(three[2].id)
    assert snapshots.roll_back() == three[0]


def test_nothing_to_roll_back_to(snapshots: Snapshots) -> None:
    publish(snapshots, "only")
    with pytest.raises(UnknownSnapshot):
        snapshots.roll_back()
    with pytest.raises(UnknownSnapshot):
        snapshots.roll_back("ffff")


@pytest.mark.parametrize("keep", [0, 1, 2, 3, 4])
def test_pruning_keeps_the_newest(snapshots: Snapshots, three: list[Snapshot], keep: int) -> None:
    removed = snapshots.prune(keep)
    assert snapshots.all() == three[::-1][: max(keep, 1)]
    assert set(removed) == set(three) - set(snapshots.all())
    assert snapshots.current() == three[2]


def test_pruning_never_removes_the_current_one(snapshots: Snapshots, three: list[Snapshot]) -> None:
    snapshots.roll_back(three[0].id)
    assert snapshots.prune(1) == [three[1]]
    snapshots.current().verify()
    assert snapshots.all() == [three[2], three[0]]


def test_pruning_nothing_and_keeping_less_than_nothing(snapshots: Snapshots) -> None:
    assert snapshots.prune(1) == []
    with pytest.raises(ValueError, match="keep is -1"):
        snapshots.prune(-1)


def test_pruning_leaves_what_is_not_ours(snapshots: Snapshots, three: list[Snapshot]) -> None:
    (snapshots.root / "notes").mkdir()
    (snapshots.root / ".building-plans").mkdir()
    snapshots.prune(1)
    assert (snapshots.root / "notes").exists()
    assert (snapshots.root / ".building-plans").exists()


def test_the_history_says_what_was_current_when(snapshots: Snapshots, three: list[Snapshot]) -> None:
    snapshots.roll_back()
    history = snapshots.history()
    assert [(entry.snapshot, entry.how) for entry in history] == [
        *((snapshot.id, "published") for snapshot in three),
        (three[1].id, "rolled back"),
    ]
    moments = [datetime.fromisoformat(entry.at) for entry in history]
    assert moments == sorted(moments)
    assert {moment.utcoffset() for moment in moments} == {timedelta(0)}


def test_a_lost_log_costs_the_order_and_nothing_else(snapshots: Snapshots, three: list[Snapshot]) -> None:
    (snapshots.root / "publications.jsonl").unlink()
    assert snapshots.current() == three[2]
    assert set(snapshots.all()) == set(three)
    assert [entry.snapshot for entry in snapshots.history()] == [three[2].id]
    publish(snapshots, "four")
    assert snapshots.roll_back() == three[2]


def test_a_torn_line_is_passed_over(snapshots: Snapshots, three: list[Snapshot]) -> None:
    log = snapshots.root / "publications.jsonl"
    log.write_text(log.read_text()[:-20])
    assert [entry.snapshot for entry in snapshots.history()] == [snapshot.id for snapshot in three]
    four = publish(snapshots, "four")
    assert [entry.snapshot for entry in snapshots.history()] == [*(snapshot.id for snapshot in three), four.id]
    assert snapshots.roll_back() == three[2]
