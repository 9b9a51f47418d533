"""Claims as pages show them: modality, attribution, exact words, in the order of the text."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from graph.iris import ID, ONTOLOGY
from server import vocabulary
from server.labels import Names
from server.links import page_of
from server.pieces import Attribution, Claim, Editorial
from server.reading import Row, iris, select, text_of
from server.words.dates import in_words

ROOT = f"{ID}claim/"

SINGULAR = {
    "asserted": "states",
    "reported": "claims",
    "believed": "believes",
    "predicted": "expects",
    "doubted": "doubts",
    "conditional": "says",
    "evaluated": "finds",
}
PLURAL = {name: verb.removesuffix("s") for name, verb in SINGULAR.items()}


def is_claim(iri: str) -> bool:
    """Whether this names a claim itself, not one of its parts."""
    return iri.startswith(ROOT) and "#" not in iri


def claims(pattern: str = "") -> list[Claim]:
    """The claims whose ``?claim`` fits a SPARQL pattern (all if it is empty), by editorial and place in the text."""
    rows = select(f"""
        SELECT DISTINCT ?claim ?editorial ?position ?sentence ?modality ?condition ?private WHERE {{
          {pattern}
          ?claim a pol:Claim ; pol:modality ?modality ; pol:statedIn ?editorial .
          OPTIONAL {{ ?claim rdfs:label ?sentence }}
          OPTIONAL {{ ?claim schema:position ?position }}
          OPTIONAL {{ ?claim pol:condition ?condition }}
          OPTIONAL {{ ?claim pol:sensitive ?private }}
        }}""")
    found = {text_of(row, "claim"): row for row in rows}
    relations = _relations(found)
    made = [_claim(iri, row, relations) for iri, row in found.items()]
    return sorted(made, key=lambda claim: (claim.editorial.href or "", claim.number, claim.iri))


def claims_by_iri(wanted: Iterable[str]) -> dict[str, Claim]:
    """These claims by their IRIs; what is not a claim is left out."""
    kept = sorted(set(wanted))
    return {claim.iri: claim for claim in claims(f"VALUES ?claim {{ {iris(kept)} }}")} if kept else {}


def editorials() -> list[Editorial]:
    """Every editorial with its claims, the newest first."""
    rows = select("""
        SELECT ?editorial ?headline ?date ?latest WHERE {
          ?editorial a pol:Editorial .
          OPTIONAL { ?editorial schema:headline ?headline }
          OPTIONAL { ?editorial pol:date ?when . ?when pol:edtf ?date OPTIONAL { ?when pol:latest ?latest } }
        } ORDER BY DESC(?latest) ?editorial""")
    by_editorial = defaultdict(list)
    for claim in claims():
        by_editorial[claim.editorial.href].append(claim)
    found = {text_of(row, "editorial"): row for row in reversed(rows)}
    return [_editorial(iri, row, by_editorial[page_of(iri)]) for iri, row in reversed(found.items())]


def only(editorial: Editorial, modality: str | None) -> Editorial:
    """The editorial with the claims of one modality; all of them for None."""
    kept = (claim for claim in editorial.claims if modality in (None, claim.modality.name))
    return replace(editorial, claims=tuple(kept))


def _editorial(iri: str, row: Row, claims_in_it: list[Claim]) -> Editorial:
    headline = text_of(row, "headline", vocabulary.compact(iri))
    return Editorial(iri, page_of(iri) or "", headline, in_words(text_of(row, "date")), tuple(claims_in_it))


@dataclass(frozen=True)
class _Relations:
    """By claim its quotes; by claim and relation the things it is related to; which are groups; all names."""

    quotes: dict[str, list[str]]
    of: dict[tuple[str, str], list[str]]
    crowds: set[str]
    names: Names


def _relations(found: dict[str, Row]) -> _Relations:
    """Whom these claims are attributed to and which claims they are in tension with."""
    # A filter, for with the relations in VALUES too Oxigraph looks at far more than these claims.
    rows = select(f"""
        SELECT DISTINCT ?claim ?relation ?other ?crowd WHERE {{
          VALUES ?claim {{ {iris(found)} }}
          ?claim ?relation ?other FILTER(?relation IN (pol:attributedTo, pol:inTensionWith))
          OPTIONAL {{ ?other a ?crowd FILTER(?crowd = pol:AgentGroup) }}
        }} ORDER BY ?claim ?relation ?other""")
    related: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        relation = text_of(row, "relation").removeprefix(f"{ONTOLOGY}#")
        related[text_of(row, "claim"), relation].append(text_of(row, "other"))
    crowds = {text_of(row, "other") for row in rows if "crowd" in row}
    named = {text_of(row, "other") for row in rows} | {text_of(row, "editorial") for row in found.values()}
    return _Relations(_quotes(found), related, crowds, Names(named))


def _quotes(found: Iterable[str]) -> dict[str, list[str]]:
    """The exact words of each claim, in the order of the text."""
    rows = select(f"""
        SELECT DISTINCT ?claim ?exact ?start WHERE {{
          VALUES ?claim {{ {iris(found)} }}
          ?claim pol:quote ?quote . ?quote oa:hasSelector/oa:exact ?exact
          OPTIONAL {{ ?quote oa:hasSelector/oa:start ?start }}
        }} ORDER BY ?claim ?start""")
    quotes: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        quotes[text_of(row, "claim")].append(text_of(row, "exact"))
    return quotes


def _claim(iri: str, row: Row, relations: _Relations) -> Claim:
    held = vocabulary.modality(text_of(row, "modality"))
    editorial = text_of(row, "editorial")
    return Claim(
        iri=iri,
        href=page_of(iri) or "",
        number=int(text_of(row, "position", "0")),
        sentence=text_of(row, "sentence", vocabulary.compact(iri)),
        modality=held,
        quotes=tuple(relations.quotes[iri]),
        attribution=_attribution(iri, editorial, held.name, relations),
        editorial=relations.names.link(editorial),
        condition=text_of(row, "condition") or None,
        private=text_of(row, "private") in ("true", "1"),
        tensions=tuple(relations.names.link(other) for other in relations.of[iri, "inTensionWith"]),
    )


def _attribution(iri: str, editorial: str, held: str, relations: _Relations) -> Attribution | None:
    """Who else than the editorial holds the claim, None if nobody."""
    others = [other for other in relations.of[iri, "attributedTo"] if other != editorial]
    if not others:
        return None
    several = len(others) > 1 or others[0] in relations.crowds
    verbs = PLURAL if several else SINGULAR
    return Attribution(tuple(relations.names.link(other) for other in others), verbs.get(held, "say"))
