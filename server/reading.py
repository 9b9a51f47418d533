"""How pages read the graph: SPARQL through the engine, like everybody else."""

import re
from collections.abc import Iterable

from graph.engine import Formats, Query
from graph.engine.results import Term, table
from ontology.base import BASE, rebased
from server.holdings import holdings

PREFIXES = rebased("""
PREFIX pol: <https://w3id.org/samizdat/politics#>
PREFIX cito: <http://purl.org/spar/cito/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX np: <http://www.nanopub.org/nschema#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
""").lstrip()
"""The prefixes of the pages' own queries, and of the query form."""

READABLE = Formats(bindings="application/sparql-results+json", graph="text/turtle")
"""What a page can turn into HTML."""

PLANES = "".join(f"\\U{plane:04x}fffe-\\U{plane:04x}ffff" for plane in range(1, 15))
CHARACTERS = (
    r'\x00-\x20<>"{}|^`\\\[\]\x7f-\x9f\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff'
    rf"{PLANES}\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
FORBIDDEN = re.compile(rf"[{CHARACTERS}]|%(?![0-9A-Fa-f]{{2}})")
"""What the path of an IRI cannot hold as it is (RFC 3987, section 2.2, to which engines keep)."""

Row = dict[str, Term]
Rows = list[Row]


def select(text: str) -> Rows:
    """The rows of a SELECT without its prefixes; an unbound variable is missing from its row."""
    return table(holdings().engine.evaluate(Query(PREFIXES + text, base=BASE), READABLE)).rows


def iris(values: Iterable[str]) -> str:
    """The IRIs as they stand in a VALUES block; ValueError for one that would not be an IRI there."""
    kept = list(values)
    for value in kept:
        if FORBIDDEN.search(value):
            raise ValueError(f"{value!r} is not an IRI")
    return " ".join(f"<{value}>" for value in kept)


def text_of(row: Row, name: str, default: str = "") -> str:
    """The text of one value of a row: an IRI, a blank node's name or a literal's characters."""
    term = row.get(name)
    return default if term is None else term.value
