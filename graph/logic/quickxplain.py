"""QuickXplain: a smallest set of parts that clash, found with few tests.

Ulrich Junker, "QuickXplain: Preferred Explanations and Relaxations for Over-Constrained Problems",
AAAI 2004. About 2k log2(n/k) + 2k tests for k clashing parts out of n.
"""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Part = TypeVar("Part")


class Search(Generic[Part]):
    """A search with a bounded number of tests; ``clashes`` is asked with parts, and says whether they clash.

    Once the tests are used up the answer still clashes, but may hold more than is needed (``exhausted``).
    """

    def __init__(self, clashes: Callable[[Sequence[Part]], bool], tests: int) -> None:
        self._clashes = clashes
        self._left = tests
        self.exhausted = False

    def smallest(self, parts: Sequence[Part]) -> list[Part]:
        """A smallest clashing set out of ``parts``, which clash; empty if nothing at all does so too."""
        return self._within([], parts, grown=True)

    def _within(self, held: list[Part], parts: Sequence[Part], *, grown: bool) -> list[Part]:
        """What of ``parts`` is needed beside those held."""
        if grown and self._test(held):
            return []
        if len(parts) < 2:
            return list(parts)
        first, second = parts[: len(parts) // 2], parts[len(parts) // 2 :]
        of_second = self._within([*held, *first], second, grown=True)
        of_first = self._within([*held, *of_second], first, grown=bool(of_second))
        return [*of_first, *of_second]

    def _test(self, parts: Sequence[Part]) -> bool:
        if not self._left:
            self.exhausted = True
            return False
        self._left -= 1
        return self._clashes(parts)
