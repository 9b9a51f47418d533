"""Review files: who may be who, match by match, for a person to decide. What a person wrote stays, comments too.

    matches:
      - entity: country/kazakhstan
        item: http://www.wikidata.org/entity/Q232
        decision: unsure

``decision`` is ``same``, ``different`` or ``unsure``. Imports (``graph/importing/review.py``) and enrichments
(``graph/enriching/review.py``) each have their own ``Form``: which two keys make a match, and what else stands there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph import iris
from graph.editing import edits, layout
from graph.errors import InvalidInput, Problem, SamizdatError
from graph.files.yaml_reader import Document, Steps, parse

DECISIONS = ("same", "different", "unsure")
Match = dict[str, Any]
Fits = Callable[[Any], bool]


def _nothing(_document: Document, _steps: Steps, _match: Match) -> Iterable[Problem]:
    return ()


@dataclass(frozen=True)
class Form:
    """What a review file holds: ``fits`` says of keys that must fit how they do, with an example."""

    head: str
    pair: tuple[str, str]
    """The two keys whose values make a match: no two matches share them."""
    keys: frozenset[str]
    """Every key that a match may have."""
    fits: Mapping[str, tuple[Fits, str]]
    top: tuple[str, ...] = ()
    """Keys of the file beside ``matches``."""
    more: Callable[[Document, Steps, Match], Iterable[Problem]] = field(default=_nothing)
    """What else may be wrong with a match."""


def is_path(value: Any) -> bool:
    """Whether this is the path of a thing, known or not."""
    return isinstance(value, str) and iris.is_path(value)


def matches(document: Document, form: Form) -> list[Match]:
    """The matches of a review file; InvalidInput with everything that is wrong with it."""
    data = document.data
    found = data.get("matches") if isinstance(data, dict) and data.keys() == {*form.top, "matches"} else None
    if not isinstance(found, list):
        hint = f"write {' and '.join(f'{key}:' for key in (*form.top, 'matches'))} and the list below it"
        raise InvalidInput([document.problem((), "no list of matches", hint, "review")])
    problems = [problem for at, match in enumerate(found) for problem in _problems(document, at, match, form)]
    if problems := problems or list(_twice(document, found, form)):
        raise InvalidInput(problems)
    return found


def undecided(found: Iterable[Match]) -> int:
    """How many of these nobody has decided."""
    return sum(match["decision"] == "unsure" for match in found)


def new_ones(found: Iterable[Match], known: Iterable[Match], form: Form) -> list[Match]:
    """Those of ``found`` that are not among the known, in their order."""
    held = {_pair(match, form) for match in known}
    return [match for match in found if _pair(match, form) not in held]


def fresh(form: Form, found: Sequence[Match], beside: Mapping[str, Any]) -> str:
    """The text of a new file with these matches; ``beside`` are its other keys."""
    lines = [line for key, value in beside.items() for line in (f"{key}:", *layout.block(value, 2))]
    lines.append("matches:")
    for number, match in enumerate(found):
        lines += [*([""] if number else []), *layout.item(match, 2)]
    return form.head + "\n".join(lines) + "\n"


def changed(file: Path, text: str, new: Any) -> str:
    """The text of the file as one that says ``new``, every other byte as it is; SamizdatError if that cannot be."""
    written = edits.edited(text, parse(file, text.encode()).data, new)
    if parse(file, written.encode()).data != new:
        raise SamizdatError(f"{file} is laid out in a way that cannot be added to", "write each match on its lines")
    return written


def _pair(match: Match, form: Form) -> tuple[str, str]:
    return match[form.pair[0]], match[form.pair[1]]


def _problems(document: Document, at: int, match: Any, form: Form) -> Iterator[Problem]:
    steps: Steps = ("matches", at)
    if not isinstance(match, dict):
        yield document.problem(steps, "not a match", f"write {', '.join(form.pair)} and decision", "review")
        return
    for key in match:
        if key not in form.keys:
            yield document.problem((*steps, key), f"an unknown key {key!r}", "take it out", "review", key=True)
    for key, (fits, example) in form.fits.items():
        if (key in match or key in form.pair) and not fits(match.get(key)):
            what = f"{key} names no thing" if key in form.pair else f"{key} is not as it must be"
            yield document.problem((*steps, key), what, f"write {example}", "review")
    if match.get("decision") not in DECISIONS:
        hint = f"write one of {', '.join(DECISIONS)}"
        yield document.problem((*steps, "decision"), "no decision", hint, "review")
    yield from form.more(document, steps, match)


def _twice(document: Document, found: Sequence[Match], form: Form) -> Iterator[Problem]:
    seen = set()
    for at, match in enumerate(found):
        if _pair(match, form) in seen:
            yield document.problem(("matches", at), "this match stands here twice", "keep one of the two", "review")
        seen.add(_pair(match, form))
