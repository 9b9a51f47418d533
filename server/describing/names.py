"""What the dataset and its parts are called, and how its description is put together."""

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.jsonld import node
from ontology.base import BASE

Node = NamedNode | BlankNode

DATASET = f"{BASE}dataset"
SERIES = f"{DATASET}#series"
CATALOGUE = f"{DATASET}#catalogue"
PUBLISHER = f"{DATASET}#contributors"
OWN = f"{DATASET}#own"
RIGHTS = f"{DATASET}#rights"
SERVICE = f"{BASE}sparql"


def text(words: str) -> Literal:
    """Words in English."""
    return Literal(words, language="en")


def said(subject: Node, *pairs: tuple[str, Node | Literal]) -> Iterator[Triple]:
    """One triple for each property and value."""
    for property_, value in pairs:
        yield Triple(subject, node(property_), value)
