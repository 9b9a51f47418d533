"""A claim as it is typed, as the RDF that a build would make of it, and what it is on."""

from pyoxigraph import NamedNode, Store
from rdflib import RDF

from graph import iris
from graph.annotating.sheet import Sheet
from graph.claim_graphs import claim_quads
from graph.claims import Claim, Editorial, read_editorial
from graph.files import structure
from graph.forms.nanopubs import in_store, trig
from graph.jsonld import graph_of
from graph.topics import SUBJECT, topics


def one_claim(sheet: Sheet, index: int) -> tuple[Editorial, Claim] | None:
    """The editorial with this claim alone; None while the structure of either does not allow to read it."""
    broken = {steps[:2] for steps, _ in structure.faults(sheet.document)}
    if any(len(steps) < 2 or steps[0] not in ("claims", "drafts") for steps in broken) or ("claims", index) in broken:
        return None
    without = [other for other in range(len(sheet.document.data["claims"])) if other != index]
    editorial = read_editorial(sheet.document, without)
    return editorial, editorial.claims[0]


def nanopublication(editorial: Editorial) -> str:
    """The four graphs of the claim of an editorial that has one, in TriG: the same as a build and an export write."""
    store = Store()  # which puts numbers and dates into one spelling, as a snapshot's does
    store.bulk_extend(claim_quads(editorial))
    return "".join(trig(iri, quads).decode() for iri, quads in in_store(store))


def topics_of(editorial: Editorial) -> list[str]:
    """What the claim of an editorial that has one is on: that follows from what it states."""
    (claim,) = editorial.claims
    stated = [quad for quad in claim_quads(editorial) if graph_of(quad) == claim.part("assertion")]
    values = [quad.object.value for quad in stated if isinstance(quad.object, NamedNode)]
    kinds = [
        iris.path_of(quad.object.value).partition("/")[0]
        for quad in stated
        if quad.predicate.value == SUBJECT and isinstance(quad.object, NamedNode)
    ]
    predicates = [quad.predicate.value for quad in stated if quad.predicate.value != str(RDF.type)]
    return topics([*predicates, *values], kinds)
