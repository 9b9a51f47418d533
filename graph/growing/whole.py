"""All documents of the data folder together: what each gives, and what is wrong between them.

Only documents that changed are read again. Where something is wrong that takes several documents to see, they are all
read again, by ``graph.checking``: its words hold.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from graph.errors import Problem
from graph.growing.editorial import Piece
from graph.growing.made import Made
from graph.growing.reading import Reader


@dataclass(frozen=True)
class Whole:
    """The documents that count, and what is wrong with each. ``unsure``: something may be wrong between them, which
    ``graph.checking`` puts into words. ``known``: every thing that is defined.
    """

    made: tuple[Made, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    unsure: bool
    known: frozenset[str]


def whole(reader: Reader) -> Whole:
    """Every document, read or remembered, with what others take back left out of what it says."""
    made, notes = _counted(reader.read())
    pieces = [one.piece for one in made]
    known = frozenset().union(*(one.defined for one in pieces))
    unsure = (
        not any(one.iri for one in pieces)
        or max(Counter(chain.from_iterable(one.names for one in pieces)).values(), default=0) > 1
        or _comes_round({claim: others for one in pieces for claim, others in one.corrections.items()})
    )
    problems = tuple(problem for one in pieces for problem in one.problems)
    if not problems and not unsure:
        made = reader.again(made, _without(pieces))
    told = tuple(chain(notes, *(one.notes for one in pieces)))
    return Whole(tuple(made), problems, told, unsure, known)


def _counted(made: Sequence[Made]) -> tuple[list[Made], list[str]]:
    """Without the lines whose editorial has a file of its own."""
    written: dict[str, Path] = {}
    kept, notes = [], []
    for one in made:
        if one.piece.iri and not one.line:
            written[one.piece.iri] = one.file
        elif one.piece.iri in written:
            notes.append(f"{one.file}:{one.line}: passed over, for {written[one.piece.iri]} has this editorial")
            continue
        kept.append(one)
    return kept, notes


def _without(pieces: Sequence[Piece]) -> dict[str, frozenset[str]]:
    """By editorial those of its claims that other documents take back."""
    gone = frozenset[str]().union(*(one.taken_back for one in pieces))
    if not gone:
        return {}
    found = {one.iri: gone.intersection(one.names) - one.taken_back for one in pieces if one.iri}
    return {iri: claims for iri, claims in found.items() if claims}


def _comes_round(named: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether any claim corrects itself, in however many steps."""
    left = {claim: set(others) & named.keys() for claim, others in named.items()}
    while ends := [claim for claim, others in left.items() if not others]:
        for claim in ends:
            del left[claim]
        for others in left.values():
            others.difference_update(ends)
    return bool(left)
