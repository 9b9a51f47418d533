"""A search index made of fragments is the one that is made of all records at once."""

from typing import Any

import pytest

from graph.searching.fragments import fragment, records_of
from graph.searching.index import Record, SearchIndex
from graph.searching.making import joined, made

KINDS: tuple[list[str], ...] = (["A"], ["B"], ["A", "B"], [])
YEARS: tuple[dict[str, list[str]], ...] = ({"year": ["1991", "1992"]}, {"year": ["1991"], "topic": ["bans"]}, {})


def record(number: int) -> Record:
    known: dict[str, Any] = {
        "id": f"claim/{number:03}",
        "names": [[f"Name {number % 5} of {number}", "en", "label"]],
        "types": KINDS[number % 4],
        "facets": YEARS[number % 3],
        "quotes": [f"words {number // 7} «и» {number}"],
    }
    return {name: value for name, value in known.items() if value}


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return [record(number) for number in range(40)]


@pytest.mark.parametrize("size", [1, 3, 39])
def test_where_the_records_are_cut_makes_no_difference(size: int, records: list[Record]) -> None:
    some = [fragment(records[at : at + size]) for at in range(0, len(records), size)]
    index = b"".join(joined(some, "claim/"))
    assert index == made(records, "claim/")
    assert list(SearchIndex(index).records()) == list(SearchIndex(made(records, "claim/")).records())


def test_every_record_is_found_by_its_words_and_values(records: list[Record]) -> None:
    index = SearchIndex(b"".join(joined([fragment(records[:11]), fragment([]), fragment(records[11:])], "")))
    place = index.place("vords")
    assert place is not None
    assert list(index.postings(place)) == list(range(40))
    assert list(index.having("topic", "bans")) == list(range(1, 40, 3))
    assert index.sizes("year") == {"1991": 27, "1992": 14}
    assert [index.number(known["id"]) for known in records] == list(range(40))


def test_fragments_that_do_not_follow_each_other_are_brought_into_order(records: list[Record]) -> None:
    some = [fragment(records[1::2]), fragment(records[::2])]
    assert b"".join(joined(some, "claim/")) == made(records, "claim/")


def test_nothing_makes_an_empty_index() -> None:
    assert b"".join(joined([], "x")) == b"".join(joined([fragment([])], "x")) == made([], "x")
    assert not len(SearchIndex(made([], "x")))


def test_a_fragment_has_the_records_that_it_was_made_of(records: list[Record]) -> None:
    assert records_of(fragment(records)) == records
