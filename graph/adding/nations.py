"""Countries in a text that nobody is known by, by Unicode's CLDR (``Babel``) and ISO 3166-1 (``pycountry``)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pycountry
from anyascii import anyascii
from babel import Locale, UnknownLocaleError

from graph.adding.names import Named

_WORD = re.compile(r"[^\W\d_]{5,}")
_ENDING = 4
"""Letters that a case adds to the name of a country, in scripts other than Latin."""


@dataclass(frozen=True)
class Nation:
    """A country of ISO 3166-1: its codes, its English name, and its name in the language of the text."""

    alpha_2: str
    alpha_3: str
    name: str
    printed: str


def nations(text: str, language: str, named: Sequence[Named]) -> tuple[Nation, ...]:
    """The countries that a text names and that are no known thing, in the order of the text."""
    known = [(one.start, one.end) for one in named]
    found: dict[str, Nation] = {}
    for at, nation in sorted(_found(text, language), key=lambda pair: (pair[0], pair[1].alpha_2)):
        if not any(start <= at < end for start, end in known):
            found.setdefault(nation.alpha_2, nation)
    return tuple(found.values())


def _found(text: str, language: str) -> Iterator[tuple[int, Nation]]:
    for code, printed in _territories(language).items():
        yield from ((match.start(), _nation(code, printed)) for match in _pattern(printed).finditer(text))
    english = {anyascii(name).casefold(): code for code, name in _territories("en").items()}
    for word in _WORD.finditer(text):
        if word[0][0].isupper() and not word[0].isascii():  # Кыргызстана: Kyrgyzstana
            latin = anyascii(word[0]).casefold()
            for end in range(len(latin), max(len(latin) - _ENDING, 5), -1):
                if short := english.get(latin[:end]):
                    yield word.start(), _nation(short, "")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    if anyascii(name[0]) == name[0] or len(name) < 5:
        return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    return re.compile(rf"(?<!\w){re.escape(name[:-1])}\w{{0,{_ENDING}}}(?!\w)")


@cache
def _territories(language: str) -> dict[str, str]:
    """The names of countries in a language by their codes; none for a language without data."""
    try:
        names = Locale.parse(language.replace("-", "_")).territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {str(code): str(name) for code, name in names.items() if pycountry.countries.get(alpha_2=code)}


def _nation(code: str, printed: str) -> Nation:
    found: Any = pycountry.countries.get(alpha_2=code)
    return Nation(code, found.alpha_3, getattr(found, "common_name", found.name), printed)
