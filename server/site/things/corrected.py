"""The claims that a claim replaces or takes back: they stand in their own graphs alone, which no other page reads."""

from collections.abc import Iterator

from graph.jsonld import node
from ontology.terms import NPX
from server.links import page_of
from server.pieces import Link
from server.reading import iris, select, text_of
from server.site.patterns import N_
from server.words.language import gettext as _

HEADINGS = ((NPX.supersedes, N_("It replaces")), (NPX.retracts, N_("It takes back")))


def taken_back_by(claim: str) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """The sentences of these claims by heading, each leading to where it says what became of it; nothing private."""
    how = " ".join(str(node(term)) for term, _heading in HEADINGS)
    rows = select(f"""
        SELECT DISTINCT ?how ?other ?sentence WHERE {{
          VALUES ?how {{ {how} }} GRAPH ?g {{ {iris([claim])} ?how ?other }}
          FILTER NOT EXISTS {{ GRAPH ?provenance {{ ?other pol:sensitive true }} }}
          OPTIONAL {{ GRAPH ?information {{ ?other rdfs:label ?sentence }} }}
        }} ORDER BY ?other LIMIT 400""")
    for term, heading in HEADINGS:
        links = [
            Link(text_of(row, "sentence", text_of(row, "other").rpartition("/")[2]), page_of(text_of(row, "other")))
            for row in rows
            if text_of(row, "how") == str(term)
        ]
        if links:
            yield _(heading), tuple(links)
