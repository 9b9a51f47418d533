"""The logic of what is asserted, as problems of the files: HermiT's word, and the claims that clash.

An inconsistent set of claims is reported at each claim of the clash, with what the others say.
"""

from collections.abc import Iterator

from pyoxigraph import Quad

from graph import iris
from graph.dataset import Content, ontology_triples
from graph.errors import Problem
from graph.jsonld import graph_of
from graph.logic import hermit
from graph.logic.clashes import Clash, rule_clashes

HINT = "take one of them back, or correct what it says"


def proof_problems(content: Content) -> list[Problem]:
    """What cannot be true of the ontology and of what is asserted; each editorial is proved on its own.

    Rules look through the whole first: what they see, they explain at once. Only what they find nothing
    wrong with is given to HermiT, which sees everything.
    """
    ontology = ontology_triples()
    found = list(rule_clashes(ontology, content.asserted()))
    if not found:
        for facts in _editorials(content):
            found += hermit.clashes(ontology, facts)
    return [problem for clash in found for problem in _problems(clash, content)]


def _editorials(content: Content) -> Iterator[list[Quad]]:
    """The entities with the asserted claims of one editorial, for each."""
    asserted = content.asserted()
    for editorial in content.editorials:
        own = {iris.ENTITIES_GRAPH, *(claim.part("assertion") for claim in editorial.claims)}
        yield [quad for quad in asserted if graph_of(quad) in own]


def _problems(clash: Clash, content: Content) -> Iterator[Problem]:
    what = f"cannot be true together: {clash}"
    claims = {
        claim.iri: (editorial.document, claim.steps) for editorial in content.editorials for claim in editorial.claims
    }
    places = [claims[source] for source in clash.sources if source in claims]
    if not places:  # the entity files clash by themselves: the first of them is as good a place as any
        places = [(entity.document, ()) for entity in content.entities[:1]]
    for document, steps in places:
        yield document.problem(steps, what, HINT, "owl")
