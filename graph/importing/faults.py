"""What is wrong with the files of an import: collected, up to a bound, and raised together."""

from pathlib import Path

from graph.errors import InvalidInput, Place, Problem

MOST = 100
"""Problems after which the rest is not read: a file of another kind has one in each row."""


class Faults:
    """The problems found so far."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def add(self, file: Path, line: int, what: str, hint: str, column: int = 1) -> None:
        """One more; raises all of them when there are too many."""
        self._problems.append(Problem(Place(file, line, column), what, hint, "import"))
        if len(self._problems) >= MOST:
            self.raise_any()

    def raise_any(self) -> None:
        """``InvalidInput`` with all problems, if there are any."""
        if self._problems:
            raise InvalidInput(self._problems)


def refusal(file: Path, what: str, hint: str, line: int = 1, column: int = 1) -> InvalidInput:
    """The one problem for which a file is not read at all."""
    return InvalidInput([Problem(Place(file, line, column), what, hint, "import")])
