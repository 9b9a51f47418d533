"""What claims state, and what else of them a page about a thing needs: bounded by the claims that are asked about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import NamedNode, Triple

from graph.asking.selecting import select as asked
from graph.iris import part
from server.holdings import holdings
from server.reading import iris, select, text_of

AT_ONCE = 200
"""Claims asked about in one query."""
MOST = 5000
"""Statements of so many claims that are read; a claim has about five."""


def stated_in(claims: Sequence[str]) -> Mapping[str, list[Triple]]:
    """The statements of each claim's assertion, whatever its modality."""
    found: dict[str, list[Triple]] = defaultdict(list)
    for start in range(0, len(claims), AT_ONCE):
        graphs = {part(claim, "assertion"): claim for claim in claims[start : start + AT_ONCE]}
        rows = asked(
            holdings().engine,
            f"SELECT ?g ?s ?p ?o WHERE {{ VALUES ?g {{ {iris(graphs)} }} GRAPH ?g {{ ?s ?p ?o }} }} LIMIT {MOST}",
        )
        for row in rows:
            found[graphs[row["g"].value]].append(Triple(row["s"], row["p"], row["o"]))
    return {claim: sorted(triples, key=str) for claim, triples in found.items()}


def printed_in(claims: Sequence[str], thing: str = "") -> list[tuple[str, str, str, str]]:
    """The names that the words of these claims have of things (of one thing): thing, name, its language, claim."""
    only = f"VALUES ?thing {{ {iris([thing])} }}" if thing else ""
    rows = select(f"""
        SELECT DISTINCT ?thing ?name ?claim WHERE {{
          VALUES ?claim {{ {iris(claims[:AT_ONCE])} }} {only}
          ?claim pol:mention ?mention . ?mention pol:mentionOf ?thing ; pol:printedName ?name
        }} ORDER BY ?name ?claim LIMIT {MOST}""")
    return [
        (text_of(row, "thing"), text_of(row, "name"), row["name"].language or "", text_of(row, "claim")) for row in rows
    ]


def languages_of(editorials: Iterable[str]) -> Mapping[str, str]:
    """The language that each of these editorials is written in."""
    rows = select(
        f"SELECT ?it ?language WHERE {{ VALUES ?it {{ {iris(sorted(set(editorials)))} }} "
        "?it schema:inLanguage ?language } ORDER BY ?language"
    )
    return {text_of(row, "it"): text_of(row, "language") for row in rows}


def stated_anywhere(things: Iterable[str]) -> set[tuple[str, str]]:
    """Which of these have which properties in any graph: node and property."""
    kept = sorted(set(things))[:MOST]
    found: set[tuple[str, str]] = set()
    for start in range(0, len(kept), AT_ONCE):
        rows = asked(
            holdings().engine,
            f"""SELECT DISTINCT ?it ?p WHERE {{
                VALUES ?it {{ {iris(kept[start : start + AT_ONCE])} }} GRAPH ?g {{ ?it ?p ?value }} }} LIMIT {MOST}""",
        )
        found |= {(row["it"].value, row["p"].value) for row in rows}
    return found


def nodes_of(triples: Iterable[Triple]) -> dict[str, list[Triple]]:
    """Statements by their subject."""
    found: dict[str, list[Triple]] = defaultdict(list)
    for triple in triples:
        if isinstance(triple.subject, NamedNode):
            found[triple.subject.value].append(triple)
    return found
