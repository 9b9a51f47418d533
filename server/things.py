"""What the default graph says of one thing, in both directions; of a claim, its four graphs too."""

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from itertools import groupby

from graph.errors import UnknownName
from graph.iris import ID, PARTS, part
from server import vocabulary
from server.claims import claims, claims_by_iri, is_claim
from server.errors import suggest
from server.labels import Names, named_in
from server.links import page_of, query_page
from server.pieces import Cell, Claim, Fact, Link, NamedGraph, Subject
from server.reading import FORBIDDEN, PREFIXES, Row, Rows, iris, select, text_of
from server.views import ThingPage

STATEMENTS = 500
"""Statements shown in each direction; the query page has the rest."""
TITLES = {
    "parts": "Its parts",
    "head": "Head: what belongs together",
    "assertion": "Assertion: what is claimed",
    "provenance": "Provenance: where it comes from",
    "pubinfo": "Publication: who encoded it, and when",
}


def thing_page(iri: str) -> ThingPage:
    """The page for an IRI; UnknownName, with what is nearest, if nothing is said of it."""
    if FORBIDDEN & set(iri):
        raise UnknownName(f"{iri!r} is not an IRI", "see that the address is whole")
    outgoing, incoming = _statements(f"<{iri}> ?property ?value"), _statements(f"?value ?property <{iri}>")
    if not outgoing and not incoming:
        raise _unknown(iri)
    claim = claims_by_iri([iri]).get(iri) if is_claim(iri) else None
    inside = _named_graphs(iri) if claim else {"parts": _parts(iri)}
    rows = [*outgoing, *incoming, *(row for found in inside.values() for row in found)]
    names = Names({iri, *named_in(rows)}, inside=iri if claim else "")
    about = [] if claim else _claims_about(iri)
    kinds = {text_of(row, "value") for row in outgoing if text_of(row, "property") == vocabulary.RDF_TYPE}
    return ThingPage(
        iri=iri,
        label=claim.sentence if claim else names.of(iri),
        kinds=tuple(Link(vocabulary.in_words(kind), page_of(kind)) for kind in vocabulary.most_specific(kinds)),
        facts=(*_facts(outgoing, names), *_facts(incoming, names, inverse=True)),
        claim=claim,
        named_graphs=tuple(_all_named_graphs(inside, names)),
        mentions=tuple(found for found in about if not found.private),
        withheld=sum(found.private for found in about),
        query_href=query_page(f"{PREFIXES}\nDESCRIBE <{iri}>\n"),
    )


def _statements(pattern: str) -> Rows:
    """What fits a pattern of ?property and ?value."""
    return select(f"SELECT ?property ?value WHERE {{ {pattern} }} ORDER BY ?property ?value LIMIT {STATEMENTS}")


def _facts(rows: Rows, names: Names, *, inverse: bool = False) -> Iterable[Fact]:
    """One fact a property, in the order of their names; the kinds of a thing stand in its heading instead."""
    by_property: dict[str, Rows] = defaultdict(list)
    for row in rows:
        if text_of(row, "property") != vocabulary.RDF_TYPE:
            by_property[text_of(row, "property")].append(row)
    for iri, found in sorted(by_property.items(), key=lambda item: vocabulary.in_words(item[0])):
        cells = tuple(names.cell(row["value"]) for row in found)
        yield Fact(Link(vocabulary.in_words(iri), page_of(iri)), cells, inverse)


def _claims_about(iri: str) -> list[Claim]:
    """The claims that mention the thing, name it in their assertion, are its own words, or stand in it."""
    return claims(f"""
        {{ ?claim pol:mention/pol:mentionOf <{iri}> }} UNION {{ ?claim pol:attributedTo <{iri}> }}
        UNION {{ ?claim pol:statedIn <{iri}> }}
        UNION {{ GRAPH ?said {{ <{iri}> ?by ?value }} ?claim np:hasAssertion ?said }}
        UNION {{ GRAPH ?said {{ ?value ?by <{iri}> }} ?claim np:hasAssertion ?said }}""")


def _named_graphs(claim: str) -> dict[str, list[Row]]:
    """The statements of each of a claim's four graphs."""
    wanted = {part(claim, name): name for name in PARTS}
    rows = select(
        f"SELECT ?where ?subject ?property ?value WHERE {{ VALUES ?where {{ {iris(wanted)} }} "
        "GRAPH ?where { ?subject ?property ?value } } ORDER BY ?subject ?property ?value"
    )
    found: dict[str, list[Row]] = {name: [] for name in PARTS}
    for row in rows:
        found[wanted[text_of(row, "where")]].append(row)
    return found


def _parts(iri: str) -> Rows:
    """The statements about what belongs to the thing alone: nodes whose names are fragments of its own."""
    return select(f"""
        SELECT DISTINCT ?subject ?property ?value WHERE {{
          <{iri}> ?by ?subject FILTER(STRSTARTS(STR(?subject), CONCAT(STR(<{iri}>), "#")))
          ?subject ?property ?value
        }} ORDER BY ?subject ?property ?value LIMIT {STATEMENTS}""")


def _all_named_graphs(inside: dict[str, Rows], names: Names) -> Iterable[NamedGraph]:
    """The four graphs, or the parts, to read; the first that is said of something is where links to it lead."""
    taken = {*PARTS, ""}
    for name, rows in inside.items():
        subjects = []
        for iri, found in groupby(rows, key=lambda row: text_of(row, "subject")):
            anchor = iri.partition("#")[2]
            stated = tuple((names.cell(row["property"]), names.cell(row["value"])) for row in found)
            subjects.append(Subject(Cell(names.of(iri), page_of(iri)), "" if anchor in taken else anchor, stated))
            taken.add(anchor)
        if subjects or name in PARTS:
            yield NamedGraph(name, TITLES[name], tuple(subjects))


def _unknown(iri: str) -> UnknownName:
    kind = iri.removeprefix(ID).partition("/")[0]
    rows = select(f"""
        SELECT DISTINCT ?thing WHERE {{
          ?thing a ?any FILTER(STRSTARTS(STR(?thing), STR({iris([f"{ID}{kind}/"])})) && !CONTAINS(STR(?thing), "#"))
        }}""")
    near = get_close_matches(iri, [text_of(row, "thing") for row in rows], n=1, cutoff=0.7)
    if near:
        suggest(Names(near).link(near[0]))
    hint = f"did you mean {near[0].removeprefix(ID)}?" if near else "ask a saved question to find what there is"
    return UnknownName(f"the graph says nothing of {iri.removeprefix(ID)}", hint)
