"""EDTF dates in words of the page's language: ``2021-01~`` as "about January 2021", "примерно январь 2021 г."."""

import re
from datetime import date, datetime

from babel.dates import format_date, format_skeleton

from server.words import dates
from server.words.language import gettext as _
from server.words.language import language
from server.words.languages import ENGLISH


def date_in_words(edtf: str) -> str:
    """The date as a reader says it; what this does not know how to say stays EDTF."""
    if language() == ENGLISH:
        return dates.in_words(edtf)
    start, slash, end = edtf.partition("/")
    if not slash:
        return _one(edtf)
    if start in ("", ".."):
        return _("until %(end)s", end=_one(end))
    if end in ("", ".."):
        return _("from %(start)s", start=_one(start))
    return _("%(start)s to %(end)s", start=_one(start), end=_one(end))


def moment_in_words(moment: datetime) -> str:
    """The moment, in UTC, to the minute."""
    return f"{date_in_words(moment.date().isoformat())}, {moment:%H:%M} UTC"


def _one(edtf: str) -> str:
    """A day, month or year; a mark inside it (``2021?-01``) is about the year alone."""
    marks = dates.MARK.findall(edtf)
    plain = dates.MARK.sub("", edtf)
    match = dates.DAY.fullmatch(plain)
    said = _said(match) if match and len(marks) < 2 else ""
    if not match or not said:
        return edtf
    if match["year"] == "XXXX":
        return _("%(date)s, year not stated", date=said)
    if marks == ["?"] and not edtf.endswith("?"):
        return _("%(date)s, the year uncertain", date=said)
    if not marks:
        return said
    return {
        "?": _("%(date)s, uncertain", date=said),
        "~": _("about %(date)s", date=said),
        "%": _("about %(date)s, uncertain", date=said),
    }[marks[0]]


def _said(match: "re.Match[str]") -> str:
    """A date without marks in the language of the page; empty for a day that no calendar has."""
    code = language().code
    year = 2000 if match["year"] == "XXXX" else int(match["year"])
    try:
        day = date(year, int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:
        return ""
    if match["year"] == "XXXX" and not match["day"]:
        return format_date(day, "LLLL", locale=code).lower() if match["month"] else ""
    if match["year"] == "XXXX":
        return format_skeleton("MMMMd", day, locale=code)
    if match["day"]:
        return format_date(day, "long", locale=code)
    return format_skeleton("yMMMM", day, locale=code) if match["month"] else match["year"]
