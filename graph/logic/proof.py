"""The logic of what is asserted, as problems of the files: HermiT's word, and the claims that clash.

An inconsistent set of claims is reported at each claim of the clash, with what the others say.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

from pyoxigraph import Quad

from graph import iris
from graph.claims import Editorial
from graph.dataset import Content, ontology_triples
from graph.entities import Entity
from graph.errors import Problem
from graph.jsonld import graph_of
from graph.logic import hermit
from graph.logic.clashes import Clash, rule_clashes
from graph.logic.consistency import TOGETHER, consistent, singled_out

HINT = "take one of them back, or correct what it says"


def proof_problems(content: Content) -> list[Problem]:
    """What cannot be true of the ontology and of what is asserted; each editorial is proved on its own.

    Rules look through the whole first: what they see, they explain at once. Only what they find nothing
    wrong with is given to HermiT, which sees everything.
    """
    ontology = ontology_triples()
    found = list(rule_clashes(ontology, content.asserted()))
    if not found:
        entities, editorials = _editorials(content)
        for some in _bundles(editorials):
            for facts in singled_out(some, partial(_consistent, entities)):
                found += hermit.clashes(ontology, [*entities, *facts])
    return [problem for clash in found for problem in clash_problems(clash, content.editorials, content.entities)]


def _editorials(content: Content) -> tuple[list[Quad], list[list[Quad]]]:
    """The facts of the entities, and the asserted claims of each editorial."""
    owners = {claim.part("assertion"): at for at, one in enumerate(content.editorials) for claim in one.claims}
    entities: list[Quad] = []
    editorials: list[list[Quad]] = [[] for _ in content.editorials]
    for quad in content.asserted():
        place = graph_of(quad)
        (entities if place == iris.ENTITIES_GRAPH else editorials[owners[place]]).append(quad)
    return entities, editorials


def _bundles(editorials: list[list[Quad]]) -> Iterator[list[list[Quad]]]:
    """The editorials in lists of about TOGETHER facts."""
    some: list[list[Quad]] = []
    size = 0
    for facts in editorials:
        some.append(facts)
        size += len(facts)
        if size > TOGETHER:
            yield some
            some, size = [], 0
    if some:
        yield some


def _consistent(entities: Sequence[Quad], editorials: Sequence[Sequence[Quad]]) -> bool:
    return consistent(ontology_triples(), [quad.triple for quad in chain(entities, *editorials)])


def clash_problems(clash: Clash, editorials: Iterable[Editorial], entities: Sequence[Entity]) -> Iterator[Problem]:
    """A clash at each of its claims, which are in these editorials, or at the first of all entities."""
    what = f"cannot be true together: {clash}"
    claims = {claim.iri: (editorial.document, claim.steps) for editorial in editorials for claim in editorial.claims}
    places = [claims[source] for source in clash.sources if source in claims]
    if not places:  # the entity files clash by themselves: the first of them is as good a place as any
        places = [(entity.document, ()) for entity in entities[:1]]
    for document, steps in places:
        yield document.problem(steps, what, HINT, "owl")
