"""The measurements of a pack: a table of all, and the same as RDF with the graphs that they come from."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from io import StringIO

from pyoxigraph import NamedNode, Quad, serialize
from rdflib import DCAT

from graph.asking.compared import FOLLOWED, Compared
from graph.asking.evidence_statements import GRAPHS
from graph.asking.selecting import select
from graph.engine import Engine
from graph.engine.prefixes import PREFIXES
from graph.iris import COMPARISONS_GRAPH, ID
from graph.jsonld import node
from server.documents import written
from server.negotiation import JSONLD, TRIG
from server.syntaxes import SYNTAX

LONGEST = 4000
"""Quads of one step: a claim has a few hundred."""
LEFT_OUT = node(DCAT.distribution)
"""Files that no measurement of the pack comes from."""


def table(found: Sequence[Compared]) -> bytes:
    """One row for each measurement, with every field of ``Compared``; UTF-8 with a header, lines ended by CRLF."""
    text = StringIO()
    rows = csv.DictWriter(text, list(Compared.__dataclass_fields__))
    rows.writeheader()
    rows.writerows({name: _safe(value) for name, value in asdict(one).items()} for one in found)
    return text.getvalue().encode()


def _safe(value: object) -> object:
    """A text that a spreadsheet would run as a formula begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "@", "\t", "\r") else value


def quads_of(engine: Engine, found: Sequence[Compared]) -> list[Quad]:
    """The records of the comparisons and what the data sets say of the measurements, in the graphs they stand in."""
    records = " ".join(str(NamedNode(one.record)) for one in found)
    quads = _asked(engine, f"VALUES ?s {{ {records} }} GRAPH ?g {{ ?s ?p ?o }} FILTER(?g = <{COMPARISONS_GRAPH}>)")
    waiting, seen = {one.measurement for one in found}, set[str]()
    for _step in range(3):
        wanted = " ".join(str(NamedNode(thing)) for thing in sorted(waiting))
        evidence = f'FILTER(STRSTARTS(STR(?g), "{GRAPHS}"))'
        said = _asked(engine, f"VALUES ?s {{ {wanted} }} GRAPH ?g {{ ?s ?p ?o }} {evidence}") if waiting else []
        quads += said
        seen |= waiting
        waiting = set(_followed(said)) - seen
    return sorted(set(quads), key=str)


def _followed(quads: Iterable[Quad]) -> Iterator[str]:
    for quad in quads:
        if quad.predicate.value in FOLLOWED and isinstance(quad.object, NamedNode) and quad.object.value.startswith(ID):
            yield quad.object.value


def _asked(engine: Engine, pattern: str) -> list[Quad]:
    rows = select(engine, f"SELECT ?g ?s ?p ?o WHERE {{ {pattern} }} LIMIT {LONGEST}")
    return [Quad(row["s"], row["p"], row["o"], row["g"]) for row in rows if row["p"] != LEFT_OUT]


def trig(quads: Sequence[Quad]) -> bytes:
    """The quads as TriG."""
    return written(quads, TRIG)


def jsonld(quads: Sequence[Quad]) -> bytes:
    """The quads as JSON-LD, expanded."""
    return serialize(quads, format=SYNTAX[JSONLD], prefixes=PREFIXES) or b""
