"""A claim as it is typed, as the RDF that a build would make of it."""

from pyoxigraph import Store

from graph.annotating.sheet import Sheet
from graph.claim_graphs import claim_quads
from graph.claims import Claim, Editorial, read_editorial
from graph.files import structure
from graph.forms.nanopubs import in_store, trig


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
