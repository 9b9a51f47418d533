"""A claim file as it would be, looked at by `samizdat check` without being written.

The same functions with the same words; each problem is led back to the field of the form that it is about.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.annotating.sheet import Sheet
from graph.checking import Checked, check
from graph.errors import Problem
from graph.files.yaml_reader import Document, Steps
from graph.settings import Settings

_MISSING = re.compile(r"without “(\w+)”|^“(\w+)” of .* is missing$")


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
    """The steps from the item to what the problem is about; None if it is about something else.

    What is missing has no place of its own: it is said of the mapping that it is missing in.
    """
    if problem.place.file != document.file:
        return None
    at = (problem.place.line, problem.place.column)
    inside = [steps for steps in (*document.values, *document.keys) if steps[: len(item)] == item]
    standing = [steps for steps in inside if at in (document.values.get(steps), document.keys.get(steps))]
    if not standing:
        return None
    found = min(standing, key=len)[len(item) :]
    missing = _MISSING.search(problem.what)
    return (*found, missing[1] or missing[2]) if missing else found


def faults(settings: Settings, sheet: Sheet, made: Sheet, item: Steps) -> list[Problem]:
    """What stands in the way of saving: all that is wrong with the item, and what it makes wrong elsewhere."""
    trial = tried(settings, made, item, reason=True)
    if not trial.problems:
        return []
    clashing = any(problem.rule == "owl" for problem, _ in trial.problems)  # else there is nothing to be proved of it
    before = check(settings, [sheet.file], reason=clashing, unsaved={sheet.file: sheet.text}).problems
    new = new_problems(before, trial.checked.problems)
    if trial.of_item or new:
        return sorted({*trial.of_item, *new})
    # Others are broken, and were before. They hide from shapes and proof what is wrong with this one.
    alone, steps = _without_broken(made, trial, item)
    return list(tried(settings, alone, steps, reason=True).of_item)


def _without_broken(sheet: Sheet, trial: Trial, item: Steps) -> tuple[Sheet, Steps]:
    name = sheet.claims[int(item[1])]["id"]
    lines = {problem.place.line for problem, _ in trial.problems if problem.place.file == sheet.file}
    places = [sheet.document.place(("claims", at)).line for at in range(len(sheet.claims))]
    broken = {max((at for at, line in enumerate(places) if line <= wrong), default=-1) for wrong in lines}
    kept = [claim for at, claim in enumerate(sheet.claims) if at not in broken or claim.get("id") == name]
    made = sheet.saying({"claims": kept, "drafts": []})
    return made, ("claims", next(at for at, claim in enumerate(made.claims) if claim.get("id") == name))


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
