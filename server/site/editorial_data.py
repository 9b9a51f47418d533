"""What the reader asks the graph of one editorial: bounded patterns about the claims on the page."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.asking import claims_about
from graph.iris import ID, local_name, part
from server.claims import claims
from server.pieces import Claim
from server.reading import Row, iris, select, text_of
from server.site.passages import Mark

SPOKEN_OF = 4000
"""Claims with a thing each that are read."""
RELATED = 400
"""Relations between claims that are read."""
STATED = 100
"""Statements about the editorial itself that are read."""
ASSERTION = "#assertion"


@dataclass(frozen=True)
class Relation:
    """Two claims by IRI, and how the first is related to the second: ``inTensionWith``, ``disputes``, ``supports``."""

    one: str
    name: str
    other: str


def claims_on(editorial: str, page: int) -> list[Claim]:
    """The claims of one page of an editorial, those about private life too, in the order of the text."""
    most = claims_about.CLAIMS
    return claims(
        f"{{ SELECT ?claim WHERE {{ ?claim pol:statedIn {iris([editorial])} "
        f"OPTIONAL {{ ?claim schema:position ?at }} }} ORDER BY ?at ?claim LIMIT {most} OFFSET {most * (page - 1)} }}"
    )


def held_in(editorial: str) -> dict[str, int]:
    """How many claims of an editorial are held in each way, by the modality's IRI; private life is left out."""
    rows = select(f"""
        SELECT ?modality (COUNT(?claim) AS ?number) WHERE {{
          ?claim pol:statedIn {iris([editorial])} ; pol:modality ?modality .
          FILTER NOT EXISTS {{ ?claim pol:sensitive true }}
        }} GROUP BY ?modality""")
    return {text_of(row, "modality"): int(text_of(row, "number", "0")) for row in rows}


def withheld_in(editorial: str) -> int:
    """How many claims of an editorial are about private life."""
    rows = select(f"""
        SELECT (COUNT(?claim) AS ?number) WHERE {{
          ?claim pol:statedIn {iris([editorial])} ; pol:sensitive true }}""")
    return int(text_of(rows[0], "number", "0")) if rows else 0


def marks_of(shown: Sequence[Claim]) -> list[Mark]:
    """Every quote of these claims, with its place in the text."""
    by_claim = {claim.iri: claim for claim in shown}
    rows = select(f"""
        SELECT DISTINCT ?claim ?exact ?start WHERE {{
          VALUES ?claim {{ {iris(by_claim)} }}
          ?claim pol:quote ?quote . ?quote oa:hasSelector/oa:exact ?exact
          OPTIONAL {{ ?quote oa:hasSelector/oa:start ?start }}
        }} ORDER BY ?claim ?start ?exact""")
    orders: defaultdict[str, int] = defaultdict(int)
    found = []
    for row in rows:
        claim = by_claim[text_of(row, "claim")]
        orders[claim.iri] += 1
        start = text_of(row, "start")
        place = int(start) if start.isdecimal() else None
        found.append(
            Mark(claim.anchor, claim.number, orders[claim.iri], claim.modality.name, text_of(row, "exact"), place)
        )
    return found


def things_in(shown: Iterable[str]) -> dict[str, list[str]]:
    """By claim the things that its assertion names or its words mention; nothing that is part of a thing."""
    wanted = sorted(shown)
    said = iris(part(claim, "assertion") for claim in wanted)
    rows = select(f"""
        SELECT DISTINCT ?claim ?said ?thing WHERE {{
          {{ VALUES ?claim {{ {iris(wanted)} }} ?claim pol:mention/pol:mentionOf ?thing }}
          UNION {{ VALUES ?said {{ {said} }} GRAPH ?said {{ ?thing ?by ?value }} }}
          UNION {{ VALUES ?said {{ {said} }} GRAPH ?said {{ ?other ?by ?thing }} }}
          FILTER(isIRI(?thing) && STRSTARTS(STR(?thing), "{ID}") && !CONTAINS(STR(?thing), "#"))
        }} LIMIT {SPOKEN_OF}""")
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        claim = text_of(row, "claim") or text_of(row, "said").removesuffix(ASSERTION)
        found[claim].add(text_of(row, "thing"))
    kept = {claim: {thing for thing in things if not _is_text(thing)} for claim, things in found.items()}
    return {claim: sorted(things) for claim, things in kept.items()}


def relations_of(shown: Iterable[str]) -> list[Relation]:
    """How these claims contradict or dispute others, and others these."""
    wanted = iris(sorted(shown))
    rows = select(f"""
        SELECT DISTINCT ?one ?how ?other WHERE {{
          {{ VALUES ?one {{ {wanted} }} ?one ?how ?other FILTER(?how IN (pol:inTensionWith, cito:disputes)) }}
          UNION {{ VALUES ?other {{ {wanted} }} ?one ?how ?other FILTER(?how IN (pol:inTensionWith, cito:disputes)) }}
        }} LIMIT {RELATED}""")
    found = {Relation(text_of(row, "one"), local_name(text_of(row, "how")), text_of(row, "other")) for row in rows}
    return sorted(found, key=lambda relation: (relation.one, relation.name, relation.other))


def stated_of(editorial: str) -> dict[str, list[Row]]:
    """What the graph says of the editorial itself, by the last part of the property; values with their dates."""
    rows = select(f"""
        SELECT ?property ?value ?edtf ?inferred WHERE {{
          VALUES ?editorial {{ {iris([editorial])} }}
          ?editorial ?property ?value
          OPTIONAL {{ ?value pol:edtf ?edtf OPTIONAL {{ ?value pol:inferredFrom ?inferred }} }}
        }} ORDER BY ?property ?value LIMIT {STATED}""")
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[local_name(text_of(row, "property"))].append(row)
    return found


def _is_text(iri: str) -> bool:
    return iri.startswith((f"{ID}claim/", f"{ID}editorial/"))
