"""A claim file as it would be, looked at by `samizdat check` without being written.

The same functions with the same words; each problem is led back to the field of the form that it is about.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.annotating.sheet import Sheet
from graph.checking import Checked, check
from graph.errors import Problem
from graph.files.yaml_reader import Document, Steps
from graph.settings import Settings


@dataclass(frozen=True)
class Trial:
    """What a check says of the file; ``steps`` lead from each problem of the item at hand to its field."""

    problems: tuple[tuple[Problem, Steps | None], ...]
    """Each with the steps below the item, or None where it is about something else."""
    notes: tuple[str, ...]
    checked: Checked

    @property
    def of_item(self) -> tuple[Problem, ...]:
        """The problems of the item at hand."""
        return tuple(problem for problem, steps in self.problems if steps is not None)


def tried(settings: Settings, sheet: Sheet, item: Steps, *, reason: bool = False) -> Trial:
    """What `samizdat check` would say of the sheet if it were saved; ``item`` are the steps of what is at hand."""
    unsaved = {sheet.file: sheet.text}
    checked = check(settings, [sheet.file], reason=reason, unsaved=unsaved)
    found = tuple((problem, below(sheet.document, problem, item)) for problem in checked.problems)
    return Trial(found, checked.notes, checked)


def below(document: Document, problem: Problem, item: Steps) -> Steps | None:
    """The steps from the item to what the problem is about; None if it is about something else."""
    if problem.place.file != document.file:
        return None
    at = (problem.place.line, problem.place.column)
    inside = [steps for steps in (*document.values, *document.keys) if steps[: len(item)] == item]
    standing = [steps for steps in inside if at in (document.values.get(steps), document.keys.get(steps))]
    return min(standing, key=len)[len(item) :] if standing else None


def new_problems(before: Iterable[Problem], after: Sequence[Problem]) -> list[Problem]:
    """Those of ``after`` that were not there before; a problem that only stands on another line is the same."""
    known = [_said(problem) for problem in before]
    found = []
    for problem in after:
        if _said(problem) in known:
            known.remove(_said(problem))
        else:
            found.append(problem)
    return found


def _said(problem: Problem) -> tuple[Path, str, str, str]:
    return problem.place.file, problem.what, problem.hint, problem.rule
