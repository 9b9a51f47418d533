"""The functions beyond SPARQL 1.1 that the engine in force answers: each is called once to see."""

from collections.abc import Iterable

from flask import current_app

from graph.errors import SamizdatError
from server.holdings import holdings
from server.reading import select

KEY = "samizdat-extension-functions"
XSD = "http://www.w3.org/2001/XMLSchema#"
GEOF = "http://www.opengis.net/def/function/geosparql/"
CASTS = ("date", "time", "duration", "yearMonthDuration", "dayTimeDuration")
MEASURES = (
    *("area", "asGeoJSON", "boundary", "buffer", "centroid", "convexHull", "coordinateDimension", "difference"),
    *("dimension", "distance", "envelope", "getSRID", "intersection", "isEmpty", "isSimple", "length", "perimeter"),
    *("relate", "spatialDimension", "symDifference", "union"),
)
RELATIONS = {
    "sf": ("Contains", "Crosses", "Disjoint", "Equals", "Intersects", "Overlaps", "Touches", "Within"),
    "eh": ("Contains", "CoveredBy", "Covers", "Disjoint", "Equals", "Inside", "Meet", "Overlap"),
    "rcc8": ("dc", "ec", "eq", "ntpp", "ntppi", "po", "tpp", "tppi"),
}
"""GeoSPARQL's families of relations between two geometries."""


def _named(prefix: str, names: Iterable[str]) -> list[str]:
    return [prefix + name for name in names]


KNOWN = (
    *_named(XSD, CASTS),
    *_named(GEOF, MEASURES),
    *(GEOF + family + name for family, names in RELATIONS.items() for name in names),
)
"""Functions that engines have: casts (https://www.w3.org/TR/xpath-functions/) and GeoSPARQL."""


def extension_functions() -> tuple[str, ...]:
    """Those of KNOWN that the engine in force takes; asked once for each snapshot."""
    snapshot, kept = holdings().snapshot.id, current_app.extensions.setdefault(KEY, {})
    found: tuple[str, ...] | None = kept.get(snapshot)
    if found is None:
        found = tuple(filter(_is_answered, KNOWN))
        kept.clear()
        kept[snapshot] = found
    return found


def _is_answered(function: str) -> bool:
    """Whether a call of it is evaluated: one with what is no value of its own is refused only if it is unknown."""
    try:
        select(f'SELECT (<{function}>("") AS ?value) WHERE {{}}')
    except SamizdatError:
        return False
    return True
