"""Dates of public tables: a year, a month or a day, and nothing else; their bounds without parsing EDTF."""

import re
from calendar import monthrange
from datetime import date

from graph.dates import Moment

_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def plain(text: str) -> Moment:
    """The moment of a text such as 2021, 2021-01 or 2021-01-18; ``ValueError`` says what is wrong with another."""
    found = _PLAIN.fullmatch(text) if text.isascii() else None
    if found is None:
        raise ValueError(f"{text[:40]!r} is not a date such as 2021 or 2021-01-18")
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last = date(first.year, month or 12, day or monthrange(first.year, month or 12)[1])
    except ValueError:
        raise ValueError(f"{text!r} is no day of the calendar") from None
    return Moment(text, first.isoformat(), last.isoformat())


def span(beginning: str, end: str) -> None:
    """``ValueError`` if what ends does so before it can have begun."""
    if beginning and end and plain(beginning).earliest > plain(end).latest:  # type: ignore[operator]
        raise ValueError(f"it ends ({end}) before it begins ({beginning})")
