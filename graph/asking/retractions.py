"""Claims that were taken back: by a retraction, or by a claim that took their place.

As in nanopublications: a retraction says in its assertion that somebody ``npx:retracts`` another, and what replaces
another says in its publication info that it ``npx:supersedes`` it. Nothing has to be left of what was taken back.
"""

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode
from rdflib import DCTERMS, RDFS

from graph import iris
from graph.asking.selecting import select
from graph.engine import Engine
from graph.jsonld import node
from ontology.terms import NP, NPX

RETRACTS, SUPERSEDES = node(NPX.retracts), node(NPX.supersedes)


@dataclass(frozen=True)
class Retraction:
    """That a claim was taken back: ``by`` the claim that says so, in the words of ``reason``, on the day ``when``.

    ``successor`` is the claim to read instead, if there is one; ``is_kept``: whether the claim still has graphs of its
    own. What is not known is empty.
    """

    by: str
    reason: str
    when: str
    successor: str | None
    is_kept: bool = False


def retraction_of(engine: Engine, iri: str) -> Retraction | None:
    """What took a claim back; None if nothing did, or if this names no claim."""
    if not iri.startswith(f"{iris.ID}claim/"):
        return None
    claim = NamedNode(iri)
    text = f"""SELECT ?how ?by ?claim ?reason ?when WHERE {{
        VALUES ?how {{ {RETRACTS} {SUPERSEDES} }} GRAPH ?g {{ ?by ?how {claim} }}
        OPTIONAL {{ ?claim {node(NP.hasAssertion)}|{node(NP.hasPublicationInfo)} ?g
            OPTIONAL {{ ?claim {node(RDFS.label)} ?reason }}
            OPTIONAL {{ ?claim {node(DCTERMS.created)} ?when }} }} }}"""
    rows = sorted(select(engine, text), key=lambda row: (row["how"] != RETRACTS, str(row)))
    if not rows:
        return None
    row = rows[0]
    others = [found["by"].value for found in rows if found["how"] == SUPERSEDES and isinstance(found["by"], NamedNode)]
    by: NamedNode = row["claim"] if "claim" in row else row["by"]
    kept = bool(
        select(engine, f"SELECT ?s WHERE {{ GRAPH {node(iris.part(iri, 'assertion'))} {{ ?s ?p ?o }} }} LIMIT 1")
    )
    return Retraction(by.value, _text(row.get("reason")), _text(row.get("when")), others[0] if others else None, kept)


def _text(literal: Literal | None) -> str:
    return literal.value if literal is not None else ""
