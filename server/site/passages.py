"""A text cut up by the quotes in it, however these overlap; where the text is not at hand, what its quotes have of it.

Positions count code points from 0, the end exclusive, as in the claim files.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from graph.quotes import Quote, QuoteFault, locate


@dataclass(frozen=True)
class Mark:
    """A quote of a claim: ``number`` is the claim's, ``order`` counts its quotes from 1; None for no known position."""

    claim: str
    number: int
    order: int
    modality: str
    exact: str
    start: int | None = None


@dataclass(frozen=True)
class Piece:
    """Words that the same quotes cover: those, and which of them end here."""

    text: str
    marks: tuple[Mark, ...] = ()
    ending: tuple[Mark, ...] = ()


Paragraph = tuple[Piece, ...]


def of_text(text: str, marks: Sequence[Mark]) -> tuple[list[Paragraph], list[Mark]]:
    """The paragraphs of a text, and the quotes that do not stand in it as they are recorded."""
    placed = [_placed(text, mark) for mark in marks]
    standing = [mark for mark in placed if mark]
    lost = [mark for mark, found in zip(marks, placed, strict=True) if found is None]
    return [tuple(_pieces(text[start:end], start, standing)) for start, end in _lines(text)], lost


def of_quotes(marks: Sequence[Mark]) -> list[Paragraph]:
    """What the quotes themselves have of a text: overlapping ones made one, each passage by itself, in order."""
    passages: list[_Passage] = []
    for mark in sorted(marks, key=_order):
        if not (passages and passages[-1].takes(mark)):
            passages.append(_Passage(mark))
    return [tuple(_pieces(passage.text, passage.start, passage.marks)) for passage in passages]


class _Passage:
    """A stretch of a text, known from quotes of it."""

    def __init__(self, mark: Mark) -> None:
        self.start = mark.start or 0
        self.text = mark.exact
        self.marks = [replace(mark, start=self.start)]
        self._is_placed = mark.start is not None

    def takes(self, mark: Mark) -> bool:
        """Make a quote a part of it; False for one that stands apart, or says other words at the same place."""
        if mark.start is None or not self._is_placed or mark.start > self.start + len(self.text):
            return False
        here = self.text[mark.start - self.start :]
        if not (mark.exact.startswith(here) or here.startswith(mark.exact)):
            return False
        self.text += mark.exact[len(here) :]
        self.marks.append(mark)
        return True


def _order(mark: Mark) -> tuple[bool, int, int, int]:
    """By place; what has none last, by claim."""
    return mark.start is None, mark.start or 0, mark.number, mark.order


def _placed(text: str, mark: Mark) -> Mark | None:
    """The quote where the text has it; None if it has it nowhere, or in several places."""
    if mark.start is not None and text.startswith(mark.exact, mark.start):
        return mark
    try:
        return replace(mark, start=locate(text, Quote(mark.exact)).start)
    except QuoteFault:
        return None


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Where each paragraph begins and ends: a line that is not empty, without the blanks around it."""
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            yield start, start + len(line.strip())
        at += len(line)


def _pieces(text: str, offset: int, marks: Iterable[Mark]) -> Iterator[Piece]:
    """The words from ``offset`` cut wherever a quote begins or ends."""
    whole = range(offset, offset + len(text) + 1)
    here = [mark for mark in marks if _spans(mark)[0] < whole[-1] and _spans(mark)[1] > offset]
    cuts = sorted({offset, whole[-1], *(place for mark in here for place in _spans(mark) if place in whole)})
    for start, end in pairwise(cuts):
        over = sorted((m for m in here if _spans(m)[0] <= start and _spans(m)[1] >= end), key=_by_claim)
        ending = tuple(mark for mark in over if _spans(mark)[1] == end)
        yield Piece(text[start - offset : end - offset], tuple(over), ending)


def _spans(mark: Mark) -> tuple[int, int]:
    start = mark.start or 0
    return start, start + len(mark.exact)


def _by_claim(mark: Mark) -> tuple[int, int]:
    return mark.number, mark.order
