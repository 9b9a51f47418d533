"""RDF as something to draw: its first triples, each between two names."""

from itertools import islice

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from graph.engine import Answer
from ontology.base import BASE
from server import vocabulary
from server.claims import claims_by_iri, is_claim
from server.labels import Names
from server.pieces import Column, Drawable, Line

TRIPLES = 150
"""Triples that are drawn: of more nobody could read the names."""
COLUMNS = (Column("subject", "subject", "thing"), Column("property", "property", "text"),
           Column("object", "object", "thing"))  # fmt: skip
LONG = 60
"""Characters of a literal that are shown as a node."""


def drawn(answer: Answer) -> Drawable:
    """What can be drawn of a graph in Turtle; nothing of what claims about private life say."""
    first = [quad.triple for quad in islice(parse(answer.body, format=RdfFormat.TURTLE, base_iri=BASE), TRIPLES)]
    private = _private(first)
    kept = [triple for triple in first if not private & {_whole(triple.subject), _whole(triple.object)}]
    names = Names(term.value for triple in kept for term in (triple.subject, triple.object)
                  if isinstance(term, NamedNode))  # fmt: skip
    lines = tuple(Line((_text(t.subject, names), vocabulary.in_words(t.predicate.value), _text(t.object, names)))
                  for t in kept)  # fmt: skip
    return Drawable(COLUMNS, lines, len(first) - len(kept), is_graph=True)


def _private(triples: list[Triple]) -> set[str]:
    """The claims about private life that these triples name, or name a part of."""
    whole = {_whole(term) for triple in triples for term in (triple.subject, triple.object)}
    return {iri for iri, claim in claims_by_iri(filter(is_claim, whole)).items() if claim.private}


def _whole(term: object) -> str:
    return term.value.partition("#")[0] if isinstance(term, NamedNode) else ""


def _text(term: object, names: Names) -> str:
    if isinstance(term, NamedNode):
        return names.of(term.value)
    text = term.value if isinstance(term, Literal) else str(term)
    return text if len(text) <= LONG else f"{text[: LONG - 1]}…"
