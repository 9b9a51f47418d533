"""The sentences of a text, each just where it stands.

``sentencex`` splits (https://github.com/wikimedia/sentencex: abbreviations and quotations of some 300 languages); what
it breaks at initials ("К.-Ж. Токаев", "M. Dupont") is put together again, because a quote that is too long can be
shortened, while half a sentence misleads.
"""

import re
from dataclasses import dataclass

from sentencex import get_sentence_boundaries

_INITIAL = re.compile(r"(?:^|[\s(«“\"'-])[^\W\d_a-zа-яё]\.-?$")
"""One capital letter with a full stop, at the end of what was taken for a sentence."""
_WORD = re.compile(r"\w+")
_ENDS = frozenset(".!…。！:;" + "।۔։።")
_CLOSING = "”’\"'»)]›“"
_ASKS = frozenset("?？؟;՞")
LEAST_WORDS = 3
"""A sentence of fewer words states nothing by itself."""


@dataclass(frozen=True)
class Sentence:
    """A sentence; positions count Unicode code points from 0, the end exclusive."""

    text: str
    start: int
    end: int


def sentences(text: str, language: str) -> list[Sentence]:
    """All sentences in their order, without the blanks around them."""
    found: list[tuple[int, int]] = []
    for part in get_sentence_boundaries(language.partition("-")[0], text):
        start, end = part["start_index"], part["end_index"]
        if not part["is_paragraph_break"]:
            if found and _belongs(text[found[-1][0] : found[-1][1]], text[start:end], found[-1][1] == start):
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
    return [sentence for start, end in found if (sentence := _trimmed(text, start, end)).text]


def may_state(sentence: Sentence) -> bool:
    """Whether it may state something: a full sentence that is no question; headings and captions have no end."""
    bare = sentence.text.rstrip(_CLOSING)
    if len(_WORD.findall(bare)) < LEAST_WORDS or bare[-1:] in _ASKS - {";"}:
        return False
    return bare[-1:] in _ENDS or (bare != sentence.text and bare[-1:] == ",")


def _belongs(before: str, after: str, adjacent: bool) -> bool:
    return adjacent and "\n\n" not in before[-2:] + after[:2] and bool(_INITIAL.search(before.rstrip()))


def _trimmed(text: str, start: int, end: int) -> Sentence:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    return Sentence(part.strip(), start, start + len(part.strip()))
