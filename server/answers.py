"""An engine's answer as a page shows it: a table with names for IRIs, yes or no, or a document."""

from dataclasses import replace

from graph.engine import Answer as EngineAnswer
from graph.engine import Query
from graph.engine.results import ask, table
from ontology.base import BASE
from server.drawn_graph import drawn
from server.errors import asked
from server.holdings import holdings
from server.links import endpoint
from server.pieces import Answer, Download
from server.reading import READABLE
from server.tables import set_table

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
        shown_lines = lines[:LINES]
        text = "\n".join(shown_lines)
        return Answer(document=text, total=len(lines), shown=len(shown_lines), downloads=files, drawable=drawn(answer))
    return replace(set_table(table(answer)), downloads=files)


def _downloads(query: Query, kind: str, name: str) -> tuple[Download, ...]:
    return tuple(Download(item, endpoint(query, item), f"{name}.{ENDINGS.get(item, item)}") for item in DOWNLOADS[kind])
