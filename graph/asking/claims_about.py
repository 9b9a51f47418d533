"""The claims that speak of a thing, asserted or not, some at a time."""

from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.asking.selecting import select
from graph.engine import Engine
from graph.errors import QueryTimeout
from graph.jsonld import node
from ontology.terms import NP, POL

CLAIMS = 100
"""Claims on one page."""
PATIENCE = 3.0
"""Seconds. Of a thing that stands in a million graphs, the claims are left to whoever asks for them."""


@dataclass(frozen=True)
class ClaimsAbout:
    """One page of them by IRI: ``listed``, and apart from these the ``private`` ones, which are about private life.

    ``more``: whether there is another page. ``too_many``: whether they were not looked for to the end.
    """

    listed: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    more: bool = False
    too_many: bool = False


def named_in_assertion(thing: NamedNode) -> str:
    """The pattern of a ``?claim`` in whose assertion the thing stands."""
    places = f"{{ {thing} ?by ?any }} UNION {{ ?any ?by {thing} }}"
    return f"{{ GRAPH ?said {{ {places} }} ?claim {node(NP.hasAssertion)} ?said }}"


def claims_about(engine: Engine, iri: str, page: int = 1) -> ClaimsAbout:
    """The claims that mention a thing, name it in their assertion, are its own words, or stand in it."""
    thing = NamedNode(iri)
    # What is private is asked of the page alone: joined with everything, an engine may begin at the other end.
    text = f"""SELECT ?claim ?private WHERE {{
        {{ SELECT DISTINCT ?claim WHERE {{
            {{ ?named {node(POL.mentionOf)} {thing} . ?claim {node(POL.mention)} ?named }}
            UNION {{ ?claim {node(POL.attributedTo)} {thing} }}
            UNION {{ ?claim {node(POL.statedIn)} {thing} }}
            UNION {named_in_assertion(thing)}
        }} LIMIT {CLAIMS + 1} OFFSET {CLAIMS * (page - 1)} }}
        OPTIONAL {{ ?claim {node(POL.sensitive)} ?private }} }}"""
    try:
        rows = select(engine, text, timeout=PATIENCE)
    except QueryTimeout:
        return ClaimsAbout(too_many=True)
    shown = rows[:CLAIMS]
    private = {row["claim"].value for row in shown if "private" in row and row["private"].value in ("true", "1")}
    listed = {row["claim"].value for row in shown} - private
    return ClaimsAbout(tuple(sorted(listed)), tuple(sorted(private)), len(rows) > CLAIMS)
