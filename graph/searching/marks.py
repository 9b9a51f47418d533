"""Which words of a text are those that were looked for, to be marked where it is shown."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from graph.searching.search import LIKE, LONGEST, MOST_WORDS, SHORTEST
from graph.searching.text import words

Span = tuple[int, int]
"""Where a marked word begins and ends, in Unicode code points."""
_WORD = re.compile(r"[\w'’ʻʼʹ-]+")
READ = 2000
"""Characters of a text that are looked through."""


def marks(text: str, query: str) -> list[Span]:
    """The words of the text that are one of the query's, nearly one, or begin as its last one; in their order."""
    asked = words(query[:LONGEST])[:MOST_WORDS]
    return [found.span() for found in _WORD.finditer(text[:READ]) if asked and _is_asked(words(found[0]), asked)]


def excerpt(text: str, query: str, length: int) -> tuple[str, list[Span]]:
    """At most about so many characters of a text, around the first word that was looked for, and the marks in it."""
    found = marks(text, query)
    if len(text) <= length:
        return text, found
    begin = _word_start(text, max(0, found[0][0] - length // 3)) if found else 0
    end = text.rfind(" ", begin, begin + length) if begin + length < len(text) else len(text)
    end = end if end > begin else begin + length
    before = "… " if begin else ""
    shown = f"{before}{text[begin:end]}{' …' if end < len(text) else ''}"
    moved = len(before) - begin
    return shown, [(start + moved, stop + moved) for start, stop in found if begin <= start and stop <= end]


def _word_start(text: str, at: int) -> int:
    """Where the word begins that follows this place."""
    return at if at == 0 else text.find(" ", at) + 1


def _is_asked(found: Sequence[str], asked: Sequence[str]) -> bool:
    """Whether a word, folded (into several where it is joined by hyphens), is one of those."""
    return any(_like(part, word, last=word is asked[-1]) for part in found for word in asked)


def _like(found: str, word: str, *, last: bool) -> bool:
    if found == word or (last and found.startswith(word)):
        return True
    if min(len(found), len(word)) < SHORTEST:
        return False
    return bool(OSA.normalized_similarity(found, word, score_cutoff=LIKE))
