"""Dates as the sources state them: EDTF text with the first and the last day it can mean.

EDTF is parsed by the ``edtf`` package (Library of Congress, levels 0 to 2,
https://www.loc.gov/standards/datetime/). What it guesses, this module does not pass on: it takes ten
years before the end for the start of "/2019", and the years 0 and 9999 for those of "XXXX-06".
"""

from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import StringIO
from time import struct_time
from typing import Any

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException


@dataclass(frozen=True)
class Moment:
    """An EDTF text with its bounds as ISO days; None where the date is open on that side."""

    edtf: str
    earliest: str | None
    latest: str | None


@lru_cache(maxsize=100_000)
def moment(edtf: str) -> Moment:
    """The bounds of an EDTF text; ``ValueError`` says what is wrong with a text that is none.

    Kept, for the parser takes a millisecond and editorials speak of the same days.
    """
    parsed = _parse(edtf)
    if "XXXX" in edtf:
        return Moment(edtf, None, None)
    earliest = None if edtf.startswith("/") else _day(edtf, parsed, "lower_strict")
    latest = None if edtf.endswith("/") else _day(edtf, parsed, "upper_strict")
    if earliest and latest and earliest > latest:
        raise ValueError(f"{edtf!r} ends before it begins")
    return Moment(edtf, earliest, latest)


def _parse(edtf: str) -> Any:
    try:
        with redirect_stdout(StringIO()):  # the parser prints before it gives up on an interval
            return parse_edtf(edtf)
    except EDTFParseException:
        raise ValueError(f"{edtf!r} is not a date in EDTF") from None
    except (TypeError, ValueError):
        raise ValueError(f"{edtf!r} is not a date that can be read") from None


def _day(edtf: str, parsed: Any, bound: str) -> str | None:
    try:
        value = getattr(parsed, bound)()
    except (TypeError, OverflowError):
        return None  # an open interval has no day on that side
    if not isinstance(value, struct_time) or not 1 <= value.tm_year <= 9999:
        return None
    try:
        return date(value.tm_year, value.tm_mon, value.tm_mday).isoformat()
    except ValueError:
        raise ValueError(f"{edtf!r} names a day that its month does not have") from None
