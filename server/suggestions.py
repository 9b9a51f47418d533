"""What was probably meant by the IRI of a thing that nothing is said of, or nothing any more."""

from difflib import get_close_matches
from typing import NoReturn

from graph.asking.retractions import retraction_of
from graph.asking.selecting import select
from graph.errors import QueryRefused, Retracted, UnknownName
from graph.iris import ID, is_path
from graph.jsonld import node
from graph.searching.search import LONGEST, search
from ontology.terms import POL
from server.errors import suggest
from server.holdings import holdings
from server.labels import Names
from server.reading import iris

MOST = 5000
"""Names that are compared."""
PATIENCE = 2.0
"""Seconds for finding them: a wrong address is not worth more."""
NEAR = 0.7


def must_stand(iri: str) -> None:
    """Raise Retracted if the claim was taken back."""
    found = retraction_of(holdings().engine, iri)
    if found:
        reason = f": {found.reason}" if found.reason else ""
        when = f" on {found.when}" if found.when else ""
        other = found.successor or (found.by if found.by.startswith(ID) else None)
        if other:
            suggest(Names([other]).link(other))
        kept = "its own named graphs still have it" if found.is_kept else "an earlier snapshot has it"
        hint = f"read <{other}>; {kept} as it was" if other else f"{kept} as it was"
        raise Retracted(f"{iri.removeprefix(ID)} was taken back{when}{reason}", hint)


def unknown(iri: str) -> NoReturn:
    """Raise UnknownName for the IRI of a thing, with what is nearest among those of its kind."""
    near = get_close_matches(iri, _candidates(iri.removeprefix(ID)), n=1, cutoff=NEAR)
    if near:
        suggest(Names(near).link(near[0]))
    hint = f"did you mean {near[0].removeprefix(ID)}?" if near else "ask a saved question to find what there is"
    raise UnknownName(f"the graph says nothing of {iri.removeprefix(ID)}", hint)


def _candidates(path: str) -> list[str]:
    """The other claims of an editorial, but for those about private life; of anything else the things of its kind."""
    kind, _, rest = path.partition("/")
    editorial = f"editorial/{rest.partition('/')[0]}"
    if kind == "claim" and is_path(editorial):
        public = f"FILTER NOT EXISTS {{ ?thing {node(POL.sensitive)} true }}"
        return _found(f"?thing {node(POL.statedIn)} <{ID}{editorial}> {public}")
    start = f"{ID}{kind}/"
    index = holdings().snapshot.search
    if index is not None and index.things.ids == ID:
        hits = search(index.things, rest.replace("-", " ")[:LONGEST], prefix=True)
        return [str(hit.record["id"]) for hit in hits if str(hit.record["id"]).startswith(start)]
    text = f'STRSTARTS(STR(?thing), STR({iris([start])})) && !CONTAINS(STR(?thing), "#")'
    return _found(f"?thing a ?any FILTER({text})")


def _found(pattern: str) -> list[str]:
    try:
        rows = select(holdings().engine, f"SELECT DISTINCT ?thing WHERE {{ {pattern} }} LIMIT {MOST}", timeout=PATIENCE)
    except QueryRefused:
        return []
    return [row["thing"].value for row in rows]
