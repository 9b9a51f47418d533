"""What imported data sets have measured of a country, of a party, or by one indicator: the values alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode
from rdflib import QB, RDF

from graph.asking.evidence_statements import GRAPHS
from graph.asking.selecting import select
from graph.engine import Engine
from graph.jsonld import node
from ontology.terms import POL

MOST = 4000
"""Values that are given at once: of no country are there as many, of every party of a large one there may be."""
_VALUE = (
    f"{node(POL.country)} ?country ; {node(POL.indicator)} ?indicator ; {node(QB.dataSet)} ?set ; "
    f"{node(POL.date)}/{node(POL.edtf)} ?date ; {node(RDF.value)} ?value"
)
_PARTY = node(POL.party)


@dataclass(frozen=True)
class Measurement:
    """One value: ``date`` is EDTF, ``party`` empty where it is of the whole country; the others are IRIs."""

    iri: str
    data_set: str
    indicator: str
    country: str
    party: str
    date: str
    value: str


def of_country(engine: Engine, country: str) -> list[Measurement]:
    """Of the country itself, not of its parties; in the order of time."""
    bound = f"VALUES ?country {{ {NamedNode(country)} }}"
    return _asked(engine, f"{bound} ?it {_VALUE} FILTER NOT EXISTS {{ ?it {_PARTY} ?party }}")


def of_party(engine: Engine, party: str) -> list[Measurement]:
    """Of a party; in the order of time."""
    return _asked(engine, f"VALUES ?party {{ {NamedNode(party)} }} ?it {_PARTY} ?party ; {_VALUE}")


def by_indicator(engine: Engine, indicator: str, countries: Iterable[str]) -> list[Measurement]:
    """By one indicator, of some countries and their parties; in the order of time."""
    wanted = " ".join(str(NamedNode(country)) for country in countries)
    bound = f"VALUES ?country {{ {wanted} }} VALUES ?indicator {{ {NamedNode(indicator)} }}"
    return _asked(engine, f"{bound} ?it {_VALUE} OPTIONAL {{ ?it {_PARTY} ?party }}")


def latest(engine: Engine, indicator: str) -> list[Measurement]:
    """By one indicator, of every country at the last date that it has values of; nothing where parties are measured."""
    measured = f"?it {node(POL.indicator)} {NamedNode(indicator)} ; {node(POL.date)} ?moment"
    parties = f"?it {node(POL.indicator)} {NamedNode(indicator)} ; {_PARTY} ?party"
    if select(engine, f"SELECT ?it WHERE {{ GRAPH ?graph {{ {parties} }} }} LIMIT 1"):
        return []
    dates = f"{{ SELECT DISTINCT ?moment WHERE {{ GRAPH ?held {{ {measured} }} }} }}"
    found = select(engine, f"SELECT ?moment ?when WHERE {{ {dates} GRAPH ?g {{ ?moment {node(POL.edtf)} ?when }} }}")
    if not found:
        return []
    last = max(row["when"].value for row in found)
    moments = " ".join(str(row["moment"]) for row in found if row["when"].value == last)
    return _asked(engine, f"VALUES ?moment {{ {moments} }} {measured} . ?it {_VALUE}")


def _asked(engine: Engine, pattern: str) -> list[Measurement]:
    text = f"""SELECT ?it ?set ?indicator ?country ?party ?date ?value WHERE {{
        GRAPH ?graph {{ {pattern} }} FILTER(STRSTARTS(STR(?graph), "{GRAPHS}")) }} LIMIT {MOST}"""
    found = [
        Measurement(
            iri=row["it"].value,
            data_set=row["set"].value,
            indicator=row["indicator"].value,
            country=row["country"].value,
            party=row["party"].value if "party" in row else "",
            date=row["date"].value,
            value=row["value"].value,
        )
        for row in select(engine, text)
    ]
    return sorted(found, key=lambda one: (one.date, one.indicator, one.party, one.country, one.iri))
