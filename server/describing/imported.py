"""The imported data sets of the snapshot in force: whose they are, under which licence, and how much of each there is.

Asked of the engine once for each snapshot: a data set is described in its own named graph (graph/importing/sink.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from flask import current_app

from graph.errors import QueryRefused
from graph.iris import evidence_graph
from server.graph_counts import counts
from server.holdings import holdings
from server.reading import Row, select, text_of

KEY = "samizdat-imported"
MOST = 200
"""The most data sets that are told of."""
GRAPHS = evidence_graph("")
_asking = Lock()

DESCRIBED = """
SELECT ?set ?graph (SAMPLE(?titles) AS ?title) (SAMPLE(?publishers) AS ?publisher) (SAMPLE(?names) AS ?name)
    (SAMPLE(?pages) AS ?page) (SAMPLE(?licences) AS ?licence) (SAMPLE(?words) AS ?rights) WHERE {
  GRAPH ?graph { ?set a <http://www.w3.org/ns/dcat#Dataset> ; dcterms:title ?titles ; dcterms:publisher ?publishers .
    ?publishers schema:name ?names
    OPTIONAL { ?set dcat:landingPage ?pages } OPTIONAL { ?set dcterms:license ?licences }
    OPTIONAL { ?set dcterms:rights ?words } }
  FILTER(STRSTARTS(STR(?graph), "%s")) } GROUP BY ?set ?graph ORDER BY ?graph LIMIT %d"""
COUNTED = """
SELECT (COUNT(?it) AS ?number) WHERE { GRAPH <%s> { ?it a %s } }"""
YEARS = """
SELECT (MIN(?earliest) AS ?first) (MAX(?latest) AS ?last) WHERE { GRAPH <%s> {
  { SELECT DISTINCT ?date WHERE { ?it pol:date ?date } } ?date pol:earliest ?earliest ; pol:latest ?latest } }"""
PREFIXES = """PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX csvw: <http://www.w3.org/ns/csvw#>
"""


@dataclass(frozen=True)
class DataSet:
    """One imported data set: ``iri`` is what its own graph calls it, ``graph`` that graph; addresses may be empty.

    ``licence`` is the address of one, or else ``rights`` says in words what is known of it. ``triples``, ``rows`` and
    ``measurements`` are None where counting takes longer than a query may. ``years``: the first and the last that it
    has measurements of; empty texts where it has none.
    """

    iri: str
    graph: str
    title: str
    publisher: str
    publisher_name: str
    homepage: str
    licence: str
    rights: str
    triples: int | None
    rows: int | None
    measurements: int | None
    years: tuple[str, str]

    @property
    def name(self) -> str:
        """What it was imported as, such as ``rsf``."""
        return self.graph.removeprefix(GRAPHS)

    @property
    def terms(self) -> str:
        """Its licence: an address, or words."""
        return self.licence or self.rights


def imported() -> tuple[DataSet, ...]:
    """The data sets, at most MOST in the order of their names; none where asking for them takes too long, this time."""
    snapshot = holdings().snapshot.id
    kept: dict[str, tuple[DataSet, ...]] = current_app.extensions.setdefault(KEY, {})
    with _asking:
        if snapshot not in kept:
            try:
                found = tuple(map(_data_set, select(PREFIXES + DESCRIBED % (GRAPHS, MOST))))
            except QueryRefused:
                return ()
            kept.clear()  # nobody asks for those of an earlier snapshot again
            kept[snapshot] = found
        return kept[snapshot]


def _data_set(row: Row) -> DataSet:
    graph_name = text_of(row, "graph")
    measurements = _number(COUNTED % (graph_name, "pol:Measurement"))
    return DataSet(
        iri=text_of(row, "set"),
        graph=graph_name,
        title=text_of(row, "title"),
        publisher=text_of(row, "publisher"),
        publisher_name=text_of(row, "name"),
        homepage=text_of(row, "page"),
        licence=text_of(row, "licence"),
        rights=text_of(row, "rights"),
        triples=_sizes().get(graph_name),
        rows=_number(COUNTED % (graph_name, "csvw:Row")),
        measurements=measurements,
        years=_years(graph_name) if measurements else ("", ""),
    )


def _sizes() -> Mapping[str, int]:
    return dict(counts().named)


def _number(text: str) -> int | None:
    found = _asked(text)
    return int(text_of(found[0], "number")) if found else None


def _years(graph_name: str) -> tuple[str, str]:
    found = _asked(YEARS % graph_name)
    first, last = (text_of(found[0], name) if found else "" for name in ("first", "last"))
    return first.rpartition("-")[0].rpartition("-")[0], last.rpartition("-")[0].rpartition("-")[0]


def _asked(text: str) -> list[Row]:
    """The rows; none where they take longer than a query may."""
    try:
        return select(PREFIXES + text)
    except QueryRefused:
        return []
