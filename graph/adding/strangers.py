"""Names in a text that nobody is known by: who and what may have to be written into a file of entities first."""

import re
from collections.abc import Sequence

from graph.adding.names import Named
from graph.adding.sentences import Sentence

_NAME = re.compile(r"[^\W\d_][\w’'-]*(?:\s[^\W\d_][\w’'-]*)+")
_POSSESSIVE = re.compile(r"['’]s?$")
MOST = 20
"""Names that are told, the first ones."""


def strangers(sentences: Sequence[Sentence], named: Sequence[Named]) -> tuple[str, ...]:
    """Two and more words in a row that begin with capitals and are no known name, in the order of the text.

    The first word of a sentence has its capital anyway, and so is left out; scripts without capitals have no such sign.
    """
    known = [(one.start, one.end) for one in named]
    found: dict[str, None] = {}
    for sentence in sentences:
        for words in _NAME.finditer(sentence.text):
            for start, end in _capitals(words[0], words.start(), sentence):
                if not any(start < upto and at < end for at, upto in known):
                    name = sentence.text[start - sentence.start : end - sentence.start]
                    found.setdefault(_POSSESSIVE.sub("", " ".join(name.split())))
    return tuple(found)[:MOST]


def _capitals(text: str, offset: int, sentence: Sentence) -> list[tuple[int, int]]:
    """Where two words or more in a row have capitals, by their places in the whole text."""
    runs: list[list[re.Match[str]]] = [[]]
    for word in re.finditer(r"\S+", text):
        if word[0][0].isupper() and offset + word.start() > 0:
            runs[-1].append(word)
        if not word[0][0].isupper() or _POSSESSIVE.search(word[0]):  # "Ann Lee's New Party" are two names
            runs.append([])
    begin = sentence.start + offset
    return [(begin + run[0].start(), begin + run[-1].end()) for run in runs if len(run) > 1]
