"""All documents of the data folder together: what each gives, and what is wrong between them.

Only documents that changed are read again, and those between which something is wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from graph.errors import Problem
from graph.growing.between import problems_of
from graph.growing.editorial import Piece
from graph.growing.made import Made, parts_of
from graph.growing.reading import Reader


@dataclass(frozen=True)
class Whole:
    """The documents that count, and what is wrong with each and with names and corrections that several share.

    ``unsure``: there may be too few of them, which ``graph.checking`` puts into words. ``known``: every thing that is
    defined.
    """

    made: tuple[Made, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    unsure: bool
    known: frozenset[str]


def whole(reader: Reader) -> Whole:
    """Every document, read or remembered, with what others take back left out of what it says."""
    made, notes, passed_over = _counted(reader.read())
    pieces = [one.piece for one in made]
    known = frozenset().union(*(one.defined for one in pieces))
    unsure = not any(one.iri for one in pieces)
    problems = (*problems_of(made), *(problem for one in passed_over for problem in parts_of(one).problems))
    if not problems and not unsure:
        made = reader.again(made, _without(pieces))
    told = tuple(chain(notes, *(one.notes for one in pieces)))
    return Whole(tuple(made), problems, told, unsure, known)


def _counted(made: Sequence[Made]) -> tuple[list[Made], list[str], list[Made]]:
    """Without the lines whose editorial has a file of its own; and those of these lines that have problems."""
    written: dict[str, Path] = {}
    kept, notes, wrong = [], [], []
    for one in made:
        if one.piece.iri and not one.line:
            written[one.piece.iri] = one.file
        elif one.piece.iri in written:
            notes.append(f"{one.file}:{one.line}: passed over, for {written[one.piece.iri]} has this editorial")
            wrong += [one] if one.piece.problems else []
            continue
        kept.append(one)
    return kept, notes, wrong


def _without(pieces: Sequence[Piece]) -> dict[str, frozenset[str]]:
    """By editorial those of its claims that other documents take back."""
    gone = frozenset[str]().union(*(one.taken_back for one in pieces))
    if not gone:
        return {}
    found = {one.iri: gone.intersection(one.names) - one.taken_back for one in pieces if one.iri}
    return {iri: claims for iri, claims in found.items() if claims}
