"""Names as they are compared: in Latin letters, folded, so that one name written in several ways is one word.

``Назарбаев``, ``Nazarbaýev`` and ``NAZARBAYEV`` all become ``nazarbaev``; ``Тоқаев``, ``Tokayev`` and ``Toqaev`` all
``tokaev``. What is folded away are the differences between the usual ways to write Kazakh and Russian in Latin letters
(ISO 9, BGN/PCGN, the Kazakh alphabets of 2017 to 2021, what newspapers do). It may bring together what is not the same,
so nobody is found by it alone: names are compared as they were written too.
"""

import re
import unicodedata
from functools import lru_cache
from importlib.metadata import version

from anyascii import anyascii

RELEASE = version("anyascii")
"""Of the tables that decide what a word becomes: an index made with others is made anew."""
LONGEST = 60
"""Characters of one word that are compared."""

_WORD = re.compile(r"[a-z0-9]+")
_JOINED = re.compile(r"(?<=\w)['‘’ʻʼʹ`´](?=\w)")
"""An apostrophe inside a word, which is a soft sign in some alphabets and a part of a letter in others."""
_RULES = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"shch|sch", "sh"),
        (r"tch", "ch"),
        (r"dzh|dj|zh", "j"),
        (r"kh", "h"),
        (r"gh", "g"),
        (r"ph", "f"),
        (r"q|ck", "k"),
        (r"w", "v"),
        (r"x", "ks"),
        (r"ts|tz", "c"),
        (r"^ye", "e"),  # Yeltsin, Eltsin
        (r"[iy][iyj]+", "y"),
        (r"(?<=[aeiou])[yij](?=[aeiou])", ""),  # -baev, -bayev, -bajev
        (r"(?<=[^aeiou])[yij](?=[aeou])", ""),  # Asya, Asia; Kostyuk, Kostjuk
        (r"y", "i"),
        (r"([^aeiou0-9])\1+", r"\1"),
    )
)


def words(text: str) -> list[str]:
    """The words of a text, folded and in their order; nothing of it may be left."""
    latin = anyascii(_JOINED.sub("", unicodedata.normalize("NFKC", text).casefold())).lower()
    return [folded(word) for word in _WORD.findall(_JOINED.sub("", latin))]


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """One word of Latin letters and digits without what differs between the ways to write it."""
    if not word.isalpha():
        return word[:LONGEST]
    for pattern, written in _RULES:
        word = pattern.sub(written, word)
    return word[:LONGEST]


def plain(text: str) -> str:
    """The text as it was written, but for capitals, accents composed in one way or another, and blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
