"""EDTF dates in words: ``2020-12-18`` as "18 December 2020", ``2021-01~`` as "about January 2021"."""

import re

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
DAY = re.compile(r"(?P<year>\d{4}|XXXX)(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d\d))?)?")
MARK = re.compile(r"[?~%]")
MARKS = {"": "{}", "?": "{}, uncertain", "~": "about {}", "%": "about {}, uncertain"}


def in_words(edtf: str) -> str:
    """The date as a reader says it; what this does not know how to say stays EDTF."""
    start, slash, end = edtf.partition("/")
    if not slash:
        return _one(edtf)
    if start in ("", ".."):
        return f"until {_one(end)}"
    return f"from {_one(start)}" if end in ("", "..") else f"{_one(start)} to {_one(end)}"


def _one(edtf: str) -> str:
    """A day, month or year; a mark inside it (``2021?-01``) is about the year alone."""
    marks = MARK.findall(edtf)
    match = DAY.fullmatch(MARK.sub("", edtf))
    if not match or len(marks) > 1:
        return edtf
    month = MONTHS[int(match["month"]) - 1] if match["month"] else ""
    day = str(int(match["day"])) if match["day"] else ""
    year = "" if match["year"] == "XXXX" else match["year"]
    said = " ".join(part for part in (day, month, year) if part)
    if not year:
        return f"{said}, year not stated"
    if marks == ["?"] and not edtf.endswith("?"):
        return f"{said}, the year uncertain"
    return MARKS[marks[0] if marks else ""].format(said)
