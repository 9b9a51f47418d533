"""Names in a text that nobody is known by: who and what may have to be written into a file of entities first."""

import re
from collections.abc import Collection, Sequence

from graph.adding.names import Named
from graph.adding.sentences import Sentence

_NAME = re.compile(r"[^\W\d_][\w’'-]*(?:\s[^\W\d_][\w’'-]*)+")
_POSSESSIVE = re.compile(r"['’]s?$")
SHORT = 2
"""Letters of a word that is no name where it begins a sentence: "In Tbilisi"."""
MOST = 20
"""Names that are told, the first ones."""


def strangers(sentences: Sequence[Sentence], named: Sequence[Named]) -> tuple[str, ...]:
    """Two and more words in a row that begin with capitals and are no known name, in the order of the text.

    The first word of a sentence has its capital anyway: it counts only where it stands before one other word and the
    text never has it in small letters. Scripts without capitals have no such sign.
    """
    known = [(one.start, one.end) for one in named]
    small = {word for sentence in sentences for word in re.findall(r"\w+", sentence.text) if word[0].islower()}
    found: dict[str, None] = {}
    for sentence in sentences:
        for words in _NAME.finditer(sentence.text):
            for start, end in _capitals(words[0], words.start(), sentence, small):
                if not any(start < upto and at < end for at, upto in known):
                    name = sentence.text[start - sentence.start : end - sentence.start]
                    found.setdefault(_POSSESSIVE.sub("", " ".join(name.split())))
    return tuple(found)[:MOST]


def _capitals(text: str, offset: int, sentence: Sentence, small: Collection[str]) -> list[tuple[int, int]]:
    """Where two words or more in a row have capitals, by their places in the whole text."""
    runs: list[list[re.Match[str]]] = [[]]
    for word in re.finditer(r"\S+", text):
        if word[0][0].isupper():
            runs[-1].append(word)
        if not word[0][0].isupper() or _POSSESSIVE.search(word[0]):  # "Ann Lee's New Party" are two names
            runs.append([])
    if not offset and runs[0] and not _may_be_named(runs[0], small):
        del runs[0][0]
    begin = sentence.start + offset
    return [(begin + run[0].start(), begin + run[-1].end()) for run in runs if len(run) > 1]


def _may_be_named(run: Sequence[re.Match[str]], small: Collection[str]) -> bool:
    """Whether the first word of a sentence may belong to a name: "Ann Lee went", and not "Yesterday Ann Lee went"."""
    return len(run) == 2 and len(run[0][0]) > SHORT and run[0][0].casefold() not in small
