"""Dated claims of every sort: beliefs, private life, hostile words, dates without a year, dates open on a side."""

from functools import cache

from pyoxigraph import RdfFormat, Store
from server_fixtures import CLAIMS, HOSTILE, TRIG, claim

from ontology.base import rebased

DATES = {
    "day": '; pol:edtf "2020-12-18" ; pol:earliest "2020-12-18"^^xsd:date ; pol:latest "2020-12-18"^^xsd:date',
    "year": '; pol:edtf "2019" ; pol:earliest "2019-01-01"^^xsd:date ; pol:latest "2019-12-31"^^xsd:date',
    "doubt": '; pol:edtf "2021?-01" ; pol:inferredFrom "the editorial" ; '
    'pol:earliest "2021-01-01"^^xsd:date ; pol:latest "2021-01-31"^^xsd:date',
    "yearless": '; pol:edtf "XXXX-06"',
    "odd": '; pol:edtf "-0043" ; pol:earliest "-0043-01-01"^^xsd:date ; pol:latest "-0043-12-31Z"^^xsd:date',
    "open": '; pol:edtf "1990/.." ; pol:earliest "1990-01-01"^^xsd:date',
}


def dated(slug: str, number: int, held: str, kind: str, more: str = "", sentence: str = "", **dates: str) -> str:
    """A claim that states something of a kind, with a date of ``DATES`` by relation."""
    iri = f"id/claim/one/{slug}"
    moments = {relation: f"<{iri}#{relation}>" for relation in dates}
    said = " ".join(f"<{iri}#it> pol:{relation} {node} ." for relation, node in moments.items())
    times = " ".join(f"{moments[relation]} a pol:Moment {DATES[name]} ." for relation, name in dates.items())
    stated = f"<{iri}#it> a pol:{kind} . {said} {times}"
    words = sentence or f"Something of {slug}"
    return claim(slug, number, held, words, words, more=more) + f"GRAPH <{iri}#assertion> {{ {stated} }}"


DATED = "".join((
    dated("announced", 11, "asserted", "Announcement", date="day"),
    dated("founded", 12, "believed", "PartyFounding", sentence=HOSTILE, date="year"),
    dated("ruled", 13, "reported", "Tenure", beginning="year", end="doubt"),
    dated("began", 14, "asserted", "Tenure", beginning="open"),
    dated("aimed", 15, "predicted", "Goal", deadline="yearless"),
    dated("ancient", 17, "doubted", "Election", date="odd"),
    dated("married", 16, "asserted", "Announcement", more="; pol:sensitive true", date="day"),
))  # fmt: skip


@cache
def dated_store() -> Store:
    """The graph of ``server_fixtures`` with these claims in it; nobody writes to it."""
    loaded = Store()
    loaded.load(rebased(TRIG + CLAIMS + DATED).encode(), format=RdfFormat.TRIG)
    return loaded
