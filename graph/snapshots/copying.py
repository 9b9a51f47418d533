"""What a segment of the content adds to each dump: see graph/snapshots/dumping.py.

Each function is of a module and knows nothing but its arguments, so that what it makes can be kept (``Make`` in
graph/segments/content.py).
"""

import csv
import io
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse, serialize
from rdflib import RDF

from graph.forms.claims_table import PROPERTIES, Place, guarded, rows
from graph.iris import evidence_graph
from graph.segments.cutting import Cutter, graph_in
from graph.segments.packing import Packed, packed
from ontology.terms import POL
from ontology.vocabulary import context

_IMPORTED = f"<{evidence_graph('')}".encode()
_TOLD = frozenset(f"<{property_}>".encode() for property_ in PROPERTIES)
_TYPE, _SENSITIVE = (f"<{term}>".encode() for term in (RDF.type, POL.sensitive))


Row = tuple[Place, str]
"""Of a claim the place of its row in the table, and the row as it is written."""


def forms(lines: bytes, ids: str) -> tuple[Packed, Packed]:
    """As TriG without its prefixes (``trig_head``), and as the inside of an array of JSON-LD: graph by graph.

    Blank nodes keep their labels.
    """
    quads = sorted(parse(lines, format=RdfFormat.N_QUADS), key=_graph_of)
    return packed(_trig(quads).removeprefix(trig_head())), packed(_written(quads, RdfFormat.JSON_LD)[1:-1])


@cache
def trig_head() -> bytes:
    """The prefixes of the published context, as every TriG begins with them."""
    bare = NamedNode("urn:x")
    quad = Quad(bare, bare, bare)
    return _trig([quad]).removesuffix(_written([quad], RdfFormat.TRIG))


def own(lines: bytes, ids: str) -> Packed | None:
    """The lines without those of imported data sets; None if there are none of these.

    Who wants ours alone need not know the names of the data sets.
    """
    if _IMPORTED not in lines:
        return None
    ours = b"".join(line for line in lines.splitlines(keepends=True) if not is_imported(line))
    return packed(ours) if ours != lines else None


def is_imported(line: bytes) -> bool:
    """Whether the graph that a line of N-Quads ends with is one of an imported data set."""
    return graph_in(line.split(b" ", 2)[2]).startswith(_IMPORTED)


def things(lines: bytes, ids: str) -> bytes:
    """The paths of what has a page of its own that search engines may know, a line for each.

    What is somebody's private life is asked for, and not come upon.
    """
    cutter, beginning = Cutter(ids), f"<{ids}".encode()
    said: dict[bytes, set[bytes]] = {_TYPE: set(), _SENSITIVE: set()}
    for line in lines.splitlines(keepends=True):
        subject, property_, _ = line.split(b" ", 2)
        if property_ in said and subject.startswith(beginning) and b"#" not in subject and cutter.is_default(line):
            said[property_].add(subject)
    found = sorted(said[_TYPE] - said[_SENSITIVE])
    return b"".join(b"%b\n" % subject[len(beginning) : -1] for subject in found)


def claim_rows(lines: bytes, ids: str) -> tuple[Row, ...]:
    """The rows of the claims in a segment, by what is known of the things that they name; in their order."""
    cutter, each = Cutter(ids), lines.splitlines(keepends=True)
    known = b"".join(line for line in each if line.split(b" ", 2)[1] in _TOLD and cutter.is_default(line))
    return tuple((place, as_line(row)) for place, row in rows(parse(known, format=RdfFormat.N_QUADS)))


def as_line(row: Iterable[str]) -> str:
    """A row of the table as RFC 4180 has it; no cell is a formula."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow(map(guarded, row))
    return text.getvalue()


def _graph_of(quad: Quad) -> str:
    return "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name)


def _trig(quads: list[Quad]) -> bytes:
    return _written(quads, RdfFormat.TRIG, _prefixes())


def _written(quads: list[Quad], format_: RdfFormat, prefixes: Mapping[str, str] = MappingProxyType({})) -> bytes:
    return serialize(quads, format=format_, prefixes=dict(prefixes)) or b""  # None is for who names a file


@cache
def _prefixes() -> dict[str, str]:
    """Those of the published context."""
    return {
        key: value
        for key, value in context().items()
        if isinstance(value, str) and value.endswith(("#", "/")) and not key.startswith("@")
    }
