"""Dates in a sentence as EDTF (https://www.loc.gov/standards/datetime/), no more precise than they are printed.

The names of months are those of Unicode's CLDR, by ``Babel``, so any language that it has is read; what is relative
("recently", "last week") is left to a person.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError

from graph.dates import moment

_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|-го|-е|\.)?"
_BEFORE = r"(?<![\w.,$€£%-])"
_AFTER = r"(?![\w%]|[.,]\d|-\w)"
_STEM = 4
"""Letters of a month's name in Cyrillic, from which on it may have other endings: "июне" for "июнь"."""


@dataclass(frozen=True)
class Dated:
    """A date, where it stands in the text and how it was read."""

    edtf: str
    start: int
    end: int
    why: str


def dates(text: str, language: str) -> list[Dated]:
    """The dates of a text in their order, the longest where several readings overlap."""
    found = [dated for pattern, why in _patterns(language) for dated in _read(pattern, why, text, language)]
    kept: list[Dated] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _read(pattern: re.Pattern[str], why: str, text: str, language: str) -> Iterator[Dated]:
    for match in pattern.finditer(text):
        parts = {name: value for name, value in match.groupdict().items() if value}
        month = parts.get("number") or _number(parts.get("month", ""), language)
        edtf = _edtf(parts, str(month).zfill(2) if month else "")
        try:
            moment(edtf)
        except ValueError:
            continue  # the 31st of February, or a number that only looks like a date
        yield Dated(edtf, *match.span(), why)


def _edtf(parts: dict[str, str], month: str) -> str:
    if "decade" in parts:
        return f"{parts['decade']}X"
    if "until" in parts:
        return f"{parts['year']}/{parts['until']}"
    day = parts.get("day", "")
    return "-".join(part for part in (parts.get("year", "XXXX"), month, day.zfill(2) if day else "") if part)


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    months = "|".join(map(_inflected, sorted(_months(language), key=len, reverse=True)))
    month = f"(?P<month>{months})\\.?"
    numbered = [
        (rf"{_YEAR}-(?P<number>0[1-9]|1[0-2])-(?P<day>[0-3]\d)", "a date in figures"),
        (rf"(?P<day>0?[1-9]|[12]\d|3[01])\.(?P<number>0?[1-9]|1[0-2])\.{_YEAR}", "day, month and year in figures"),
        (rf"{_YEAR}[–-](?P<until>1[5-9]\d\d|20\d\d)", "from one year to another"),
        (r"(?P<decade>1[5-9]\d|20\d)0(?:s|-[хе]\w*)", "a decade"),
        (_YEAR, "a year"),
    ]
    named = [
        (rf"{_DAY}\s+(?:de\s+)?{month},?\s+(?:de\s+)?{_YEAR}", "day, month and year"),
        (rf"{month}\s+{_DAY},?\s+{_YEAR}", "month, day and year"),
        (rf"{_YEAR}\s+\w+\s+{_DAY}\s+{month}", "year, day and month"),
        (rf"{month},?\s+(?:of\s+|de\s+)?{_YEAR}", "month and year"),
        (rf"{_DAY}\s+{month}", "day and month; the year is not printed here"),
        (rf"{month}\s+{_DAY}", "month and day; the year is not printed here"),
        (month, "a month; the year is not printed here"),
    ]
    flags = re.IGNORECASE if not language.startswith("en") else 0  # "may" and "march" are words
    return tuple(
        (re.compile(_BEFORE + pattern + _AFTER, flags), why) for pattern, why in (*numbered, *(named if months else ()))
    )


@cache
def _months(language: str) -> dict[str, int]:
    """The names of months, small letters and as printed, to their numbers; none for a language without data."""
    try:
        months = Locale.parse(language.replace("-", "_")).months
    except (UnknownLocaleError, ValueError):
        return {}
    found: dict[str, int] = {}
    for form in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in months[form][width].items():
                bare = name.rstrip(".")
                if len(bare) >= 3 and not bare.isdigit():
                    found[bare if language.startswith("en") else bare.casefold()] = number
    return found


def _number(name: str, language: str) -> int | str:
    known = _months(language)
    whole = known.get(name) or known.get(name.casefold())
    return whole or next((number for month, number in known.items() if re.fullmatch(_inflected(month), name, re.I)), "")


def _inflected(month: str) -> str:
    if len(month) >= _STEM and "а" <= month[0].casefold() <= "я":
        return re.escape(month[:-1]) + r"\w{1,2}"
    return re.escape(month)
