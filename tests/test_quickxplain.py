"""QuickXplain finds a smallest clashing set, within its tests."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from graph.logic.quickxplain import Search

PARTS = list(range(12))
conflicts = st.lists(st.frozensets(st.sampled_from(PARTS), min_size=1, max_size=4), min_size=1, max_size=3)


@given(conflicts)
def test_what_is_found_clashes_and_nothing_in_it_can_be_spared(of: list[frozenset[int]]) -> None:
    def clashes(parts: Sequence[int]) -> bool:
        return any(conflict <= set(parts) for conflict in of)

    search = Search(clashes, tests=1000)
    found = search.smallest(PARTS)
    assert clashes(found)
    assert not any(clashes([part for part in found if part != spared]) for spared in found)
    assert not search.exhausted


@given(conflicts, st.integers(0, 20))
def test_with_too_few_tests_the_answer_still_clashes(of: list[frozenset[int]], tests: int) -> None:
    asked = 0

    def clashes(parts: Sequence[int]) -> bool:
        nonlocal asked
        asked += 1
        return any(conflict <= set(parts) for conflict in of)

    found = Search(clashes, tests).smallest(PARTS)
    assert asked <= tests
    assert any(conflict <= set(found) for conflict in of)


def test_two_of_sixty_take_few_tests() -> None:
    asked = 0

    def clashes(parts: Sequence[int]) -> bool:
        nonlocal asked
        asked += 1
        return {17, 43} <= set(parts)

    assert Search(clashes, tests=1000).smallest(range(60)) == [17, 43]
    assert asked <= 20


def test_what_clashes_on_its_own_needs_none_of_the_parts() -> None:
    search = Search[int](lambda parts: True, tests=10)
    assert search.smallest(PARTS) == []
