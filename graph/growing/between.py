"""What is wrong between documents, in the words of ``graph.checking``: only those that it takes are read again."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from graph.consistency import duplicates, editorial_problems, entity_problems
from graph.corrections import correction_problems
from graph.drafts import draft_problems
from graph.errors import Problem
from graph.growing.editorial import Piece
from graph.growing.made import Made, parts_of
from graph.settings import Settings

TOGETHER = ("name-twice", "correction")
"""The rules of which a document that is read alone does not say what it says beside the others."""


def problems_of(made: Sequence[Made]) -> list[Problem]:
    """What is wrong with each of these documents, and with names and corrections that several share."""
    several = _several([one.piece for one in made])
    again = [parts_of(one) for one, shared in zip(made, several, strict=True) if shared]
    editorials = [editorial for parts in again for editorial in parts.editorials]
    entities = [entity for parts in again for entity in parts.entities]
    of_each = (
        problem
        for one, shared in zip(made, several, strict=True)
        for problem in one.piece.problems
        if not shared or problem.rule not in TOGETHER
    )
    return [*of_each, *duplicates(editorials, entities), *correction_problems(editorials)]


def unmatched(made: Sequence[Made], known: frozenset[str], settings: Settings) -> Iterator[Problem]:
    """References that lead nowhere, and what is wrong with the drafts beside claims; ``known``: all that is defined."""
    for one in made:
        if one.piece.references <= known and not one.piece.drafts:
            continue
        parts = parts_of(one)
        for editorial in parts.editorials:
            yield from editorial_problems(editorial, known)
        for entity in parts.entities:
            yield from entity_problems(entity, known)
        if one.piece.drafts and parts.document is not None:
            yield from draft_problems(parts.document, known, settings.text_folders)


def _several(pieces: Sequence[Piece]) -> list[bool]:
    """Of each document whether it gives a name that is given twice, or corrects a claim in a circle."""
    times = Counter(chain.from_iterable(one.names for one in pieces))
    twice = {name for name, number in times.items() if number > 1} if len(times) < times.total() else set()
    round_about = _circling({claim: others for one in pieces for claim, others in one.corrections.items()})
    wanted = twice | round_about
    return [bool(wanted) and not wanted.isdisjoint(one.names) for one in pieces]


def _circling(named: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The claims that correct themselves, in however many steps, and those that correct these."""
    left = {claim: set(others) & named.keys() for claim, others in named.items()}
    while ends := [claim for claim, others in left.items() if not others]:
        for claim in ends:
            del left[claim]
        for others in left.values():
            others.difference_update(ends)
    return set(left)
