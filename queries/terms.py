"""A value somebody typed, as one SPARQL term that cannot be read as anything else."""

import re
import warnings
from collections.abc import Callable
from datetime import date
from typing import Literal

from ontology.base import BASE
from queries.errors import BadParameter

Type = Literal["iri", "string", "integer", "date"]

_XSD_DATE = "<http://www.w3.org/2001/XMLSchema#date>"
_PLANES = "".join(f"{chr(n << 16)}-{chr((n << 16) + 0xFFFD)}" for n in range(1, 14))
_LETTERS = f"\\w\\-.~\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef{_PLANES}"
_ASCII_MARKS = "!$&'()*+,;="
_CHARACTER = f"(?:[{_LETTERS}{_ASCII_MARKS}:@]|%[0-9A-Fa-f]{{2}})"
_IRI = re.compile(
    f"(?P<authority>https?://(?:[{_LETTERS}{_ASCII_MARKS}]|%[0-9A-Fa-f]{{2}})+(?::[0-9]{{1,5}})?(?=[/?#]|$))?"
    f"(?:{_CHARACTER}|/)*(?:\\?(?:{_CHARACTER}|[/?])*)?(?:\\#(?:{_CHARACTER}|[/?])*)?"
)
"""RFC 3987, sections 2.2 and 3.1, without user names, IP literals and private-use characters."""


def iri(value: str) -> str:
    """``<IRI>`` from a full http(s) IRI, or from one relative to the base such as ``id/party/nur-otan``."""
    found = _IRI.fullmatch(value)
    if not found or not value:
        raise BadParameter(f"{_short(value)} is not an IRI", _IRI_HINT)
    if found["authority"]:
        return f"<{value}>"
    if ":" in re.split("[/?#]", value)[0] or value.startswith("/") or {".", ".."} & set(value.split("/")):
        raise BadParameter(f"{_short(value)} is not an IRI of http(s), nor relative to {BASE}", _IRI_HINT)
    return f"<{BASE}{value}>"


_IRI_HINT = f"write it whole, or relative to {BASE}, such as id/party/nur-otan"


def string(value: str) -> str:
    r"""A plain literal.

    A backslash before ``u`` would start a code point escape in engines that undo those before parsing (SPARQL 1.1,
    section 19.2), so that ``u`` is written as an escape itself, in the one form every parser reads alike.
    """
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise BadParameter(f"{_short(value)} holds half a character", "give text that can be written as UTF-8")
    escaped = value.translate(_ESCAPES)
    escaped = re.sub(r"(?<=\\\\)[uU]|[\x00-\x1f\x7f-\x9f]", lambda found: f"\\U{ord(found[0]):08X}", escaped)
    return f'"{escaped}"'


_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t"})


def integer(value: str) -> str:
    """An xsd:integer within 64 bits, which is what engines compute with."""
    if not re.fullmatch(r"[+-]?[0-9]{1,19}", value) or abs(int(value)) >= 2**63:
        raise BadParameter(f"{_short(value)} is not an integer", "write digits only, such as 2019")
    return str(int(value))


def day(value: str) -> str:
    """An xsd:date. A date less exact than a day is refused: which of its days is meant is for the asker to say."""
    if _is_day(value):
        return f'"{value}"^^{_XSD_DATE}'
    try:
        first, last = _bounds(value)
    except ValueError:
        raise BadParameter(f"{_short(value)} is not a day", "write it as 2020-12-18") from None
    raise BadParameter(f"{_short(value)} is not one day", f"write {first}, its first day, or {last}, its last")


def _is_day(value: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _bounds(value: str) -> tuple[date, date]:
    """The first and last day of an EDTF date; ValueError if it is none or is open at one end."""
    with warnings.catch_warnings():  # edtf's grammar draws warnings from newer pyparsing on import
        warnings.simplefilter("ignore")
        from edtf import EDTFParseException, parse_edtf
    try:
        found = parse_edtf(value)
        return date(*found.lower_strict()[:3]), date(*found.upper_strict()[:3])
    except (EDTFParseException, TypeError, OverflowError) as error:  # TypeError: an open interval has no day there
        raise ValueError(value) from error


def _short(value: str) -> str:
    return repr(value) if len(value) <= 60 else f"{value[:60]!r}…"


TYPES: dict[Type, Callable[[str], str]] = {"iri": iri, "string": string, "integer": integer, "date": day}
"""Each type a parameter can have, and how its values become terms."""
