"""What is found across editorials: recorded answers over three of our own, in tests/data/across."""

from collections.abc import Mapping

import pytest
from pyoxigraph import QuerySolutions, Store
from repository import REPOSITORY
from update_golden import ACROSS, GOLDEN, answer, recorded_across, store_of

from graph.iris import ID
from queries import questions

CASES = [(name, given) for name, cases in ACROSS.items() for given in cases]


@pytest.fixture(scope="module")
def store() -> Store:
    return store_of(REPOSITORY / "tests" / "data" / "across")


def rows(store: Store, name: str, columns: str, **given: str) -> set[tuple[str, ...]]:
    """Some columns of an answer, IRIs of claims as editorial/claim."""
    found = store.query(questions()[name].fill(given))
    assert isinstance(found, QuerySolutions)
    return {
        tuple("" if row[c] is None else row[c].value.removeprefix(f"{ID}claim/") for c in columns.split())
        for row in found
    }


@pytest.mark.parametrize(("name", "given"), CASES)
def test_the_answer_is_the_recorded_one(store: Store, name: str, given: Mapping[str, str]) -> None:
    assert answer(store, questions()[name].fill(given)) == recorded_across(name, given).read_bytes().decode()


def test_every_recorded_answer_is_asked_for() -> None:
    recorded = {recorded_across(name, given) for name, given in CASES}
    assert set((GOLDEN.parent / "across").iterdir()) == recorded


def test_what_two_editorials_say_alike(store: Store) -> None:
    found = rows(store, "corroborations", "what claim otherClaim", thing="id/party/tide-party")
    assert ("PartyBan, ground", "gazette-2005/banned-for-debts", "mirror-2001/banned-for-debts") in found
    assert ("PoliticalAlignment, role", "gazette-2001/in-opposition", "mirror-2001/in-opposition") in found


def test_one_editorial_does_not_corroborate_itself(store: Store) -> None:
    for thing in ("id/party/tide-party", "id/post/head-of-the-harbour-council"):
        found = rows(store, "corroborations", "claim otherClaim", thing=thing)
        assert found
        assert all(one.partition("/")[0] != other.partition("/")[0] for one, other in found)


def test_what_is_doubted_contradicts_what_is_said_and_confirms_nothing(store: Store) -> None:
    pair = ("gazette-2001/venn-detained", "mirror-2001/venn-detained")
    thing = "id/person/mara-venn"
    assert rows(store, "contradictions", "claim otherClaim", thing=thing) == {pair}
    assert not rows(store, "corroborations", "claim otherClaim", thing=thing)


def test_what_was_taken_back_contradicts_nothing(store: Store) -> None:
    slots = rows(store, "claims-by-slot", "thing value")
    assert not {value for thing, value in slots if thing.endswith("ilo-strand")}


def test_different_words_of_one_time_contradict_and_of_two_times_are_a_change(store: Store) -> None:
    media, party = "id/sector/radio-stations", "id/party/tide-party"
    assert rows(store, "contradictions", "value otherValue", thing=media) == {("Harbour Council", "Ilo Strand")}
    assert not rows(store, "changes-over-time", "value", thing=media)
    assert rows(store, "changes-over-time", "value otherValue", thing=party) == {("opposition", "ruling")}
    assert "opposition" not in {value for (value,) in rows(store, "contradictions", "value", thing=party)}


def test_an_event_does_not_change_with_the_day_on_which_it_is_told(store: Store) -> None:
    party = "id/party/tide-party"
    told = rows(store, "contradictions", "claim otherClaim", thing=party)
    assert ("gazette-2001/banned-for-order", "gazette-2005/banned-for-debts") in told
    assert {what for (what,) in rows(store, "changes-over-time", "what", thing=party)} == {"PoliticalAlignment, role"}


def test_the_ledger_tells_what_became_of_each_prediction(store: Store) -> None:
    found = {(claim.partition("/")[2], state) for claim, state in rows(store, "prediction-ledger", "claim state")}
    assert found == {
        ("will-win", "came about"),
        ("docks-by-june", "did not come about"),
        ("lighthouse-by-may", "overdue"),
        ("seats-if-docks-reopen", "open"),
        ("council-will-fall", "open"),
    }


def test_a_deadline_is_over_after_its_last_day(store: Store) -> None:
    for day, state in (("2001-05-31", "open"), ("2001-06-01", "overdue")):
        assert ("gazette-2001/lighthouse-by-may", state) in rows(store, "prediction-ledger", "claim state", day=day)
