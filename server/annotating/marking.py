"""The text as the page shows it: its paragraphs, with what is quoted of it for claims and for drafts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.annotating.sheet import Item, Sheet
from graph.assertions import listed
from server.site.passages import Mark, Paragraph, of_text
from server.vocabulary import MARKS

DRAFT = "draft"
LANES = (*MARKS, DRAFT)


@dataclass(frozen=True)
class Words:
    """Words of the text: whose quotes cover them, the lines under them, and which quotes end here."""

    text: str
    items: tuple[str, ...] = ()
    lanes: tuple[tuple[str, int], ...] = ()
    ending: tuple["Ending", ...] = ()


@dataclass(frozen=True)
class Ending:
    """From the end of a quote to its claim or draft."""

    item: str
    number: int
    modality: str
    mark: str


@dataclass(frozen=True)
class Lines:
    """One paragraph; ``start`` is where it begins in the text, in code points."""

    start: int
    words: tuple[Words, ...]


def lines_of(text: str, sheet: Sheet) -> tuple[Lines, ...]:
    """The whole text, paragraph by paragraph."""
    marks = [*_marks("claim", sheet.claims), *_marks(DRAFT, sheet.drafts)]
    found, at = [], 0
    for paragraph in of_text(text, marks)[0]:
        joined = "".join(piece.text for piece in paragraph)
        at = text.index(joined, at)
        found.append(Lines(at, tuple(_words(paragraph))))
        at += len(joined)
    return tuple(found)


def _marks(kind: str, items: Sequence[Item]) -> Iterator[Mark]:
    for number, item in enumerate(items, start=1):
        modality = str(item.get("modality", "")) if kind == "claim" else DRAFT
        for order, quote in enumerate(listed(item.get("quote")), start=1):
            exact, start = (quote.get("exact"), quote.get("start")) if isinstance(quote, dict) else (None, None)
            if isinstance(exact, str) and exact:
                held = modality if modality in MARKS else DRAFT
                yield Mark(
                    f"{kind}:{item.get('id')}", number, order, held, exact, start if type(start) is int else None
                )


def _words(paragraph: Paragraph) -> Iterator[Words]:
    lanes: dict[str, int] = {}
    for piece in paragraph:
        held = {mark.modality for mark in piece.marks}
        lanes = {name: lane for name, lane in lanes.items() if name in held}
        for name in LANES:
            if name in held and name not in lanes:
                lanes[name] = next(lane for lane in range(len(LANES)) if lane not in lanes.values())
        yield Words(
            piece.text,
            tuple(dict.fromkeys(mark.claim for mark in piece.marks)),
            tuple(sorted(lanes.items(), key=lambda item: -item[1])),
            tuple(
                Ending(mark.claim, mark.number, mark.modality, MARKS.get(mark.modality, "✎")) for mark in piece.ending
            ),
        )
