"""An engine's answer as a page shows it: a table with names for IRIs, yes or no, or a document."""

from graph.engine import Answer as EngineAnswer
from graph.engine import Query
from graph.engine.results import Table, ask, table
from ontology.base import BASE
from server.claims import claims_by_iri, is_claim
from server.errors import asked
from server.holdings import holdings
from server.links import endpoint
from server.naming import Names, named_in
from server.reading import READABLE
from server.views import Answer, Download, Row

ROWS = 200
"""Rows shown on a page; the downloads have them all."""
LINES = 2000
"""Lines of an RDF document shown on a page."""
DOWNLOADS = {
    "bindings": ("csv", "tsv", "json", "xml"),
    "boolean": ("json", "xml"),
    "graph": ("turtle", "ntriples", "jsonld"),
}
"""The formats offered for each form of answer, by the names that ``format=`` takes."""
ENDINGS = {"turtle": "ttl", "ntriples": "nt"}


def answered(sparql: str, name: str = "answer") -> Answer:
    """The answer to a query, ready to show; ``name`` is what its downloads are called."""
    query = Query(asked(sparql), base=BASE)
    return shown(holdings().engine.evaluate(query, READABLE), query, name)


def shown(answer: EngineAnswer, query: Query, name: str = "answer") -> Answer:
    """An answer in the READABLE formats, ready to show."""
    files = _downloads(query, answer.kind, name)
    if answer.kind == "boolean":
        return Answer(boolean=ask(answer), downloads=files)
    if answer.kind == "graph":
        lines = answer.body.decode().splitlines()
        return Answer(document="\n".join(lines[:LINES]), total=len(lines), downloads=files)
    found = table(answer)
    return Answer(found.variables, _rows(found), len(found.rows), downloads=files)


def _rows(found: Table) -> tuple[Row, ...]:
    """The first rows, each with the claims it names."""
    rows = found.rows[:ROWS]
    names = Names(named_in(rows))
    quoted = claims_by_iri(iri for iri in named_in(rows) if is_claim(iri))
    return tuple(
        Row(
            cells=tuple(names.cell(row.get(variable)) for variable in found.variables),
            claims=tuple({iri: quoted[iri] for iri in named_in([row]) if iri in quoted}.values()),
        )
        for row in rows
    )


def _downloads(query: Query, kind: str, name: str) -> tuple[Download, ...]:
    return tuple(Download(item, endpoint(query, item), f"{name}.{ENDINGS.get(item, item)}") for item in DOWNLOADS[kind])
