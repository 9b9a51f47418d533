"""Values of public tables: a number in its scale, or one of the words that a publisher uses."""

import re
from decimal import Decimal

from pyoxigraph import Literal
from rdflib import XSD

from graph.importing.mapping import Indicator
from graph.jsonld import node

_NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?")
_INTEGER, _DECIMAL = node(XSD.integer), node(XSD.decimal)


def literal(text: str, indicator: Indicator, decimal: str) -> Literal:
    """The value as RDF; ``ValueError`` says what is wrong with it."""
    if indicator.kind == "text":
        if text not in indicator.words:
            raise ValueError(f"{text[:40]!r} is none of {', '.join(indicator.words)}")
        return Literal(text, language="en")
    number = _number(text, decimal)
    if indicator.lowest is not None and number < indicator.lowest:
        raise ValueError(f"{text} is below {indicator.lowest}, the lowest value of {indicator.label}")
    if indicator.highest is not None and number > indicator.highest:
        raise ValueError(f"{text} is above {indicator.highest}, the highest value of {indicator.label}")
    if indicator.kind == "integer":
        if number != number.to_integral_value():
            raise ValueError(f"{text} is no whole number")
        return Literal(str(int(number)), datatype=_INTEGER)
    return Literal(format(number, "f"), datatype=_DECIMAL)


def _number(text: str, decimal: str) -> Decimal:
    written = text if decimal == "." else text.replace(".", "?").replace(decimal, ".")
    if not _NUMBER.fullmatch(written):
        raise ValueError(f"{text[:40]!r} is no number (its decimal mark should be “{decimal}”)")
    return Decimal(written)
