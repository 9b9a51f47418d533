"""How long reasoning takes: ``python tests/bench/reasoning.py 10000 100000 1000000`` (facts).

Prints, for each size, seconds of the whole and of the rules alone, statements derived, quads written,
and the most memory used so far. Nothing here is asserted; run it by itself on a quiet machine.
"""

import random
import resource
import sys
from collections.abc import Iterator
from itertools import count, islice
from time import perf_counter

from pyoxigraph import Literal, NamedNode, Quad
from rdflib import FOAF, ORG, RDF, SKOS

from graph import iris
from graph.dataset import is_record, ontology_triples
from graph.jsonld import node
from graph.logic.facts import fact_of
from graph.logic.fixpoint import close
from graph.logic.rules import compile_rules
from graph.reasoning import derive
from ontology.base import BASE
from ontology.terms import POL

ENTITIES = NamedNode(iris.ENTITIES_GRAPH)


def facts() -> Iterator[Quad]:
    """Facts without end, in the mix of an editorial: about sixty claims, half of them statements."""
    chance = random.Random(1)
    for number in count():
        yield from _editorial(number, chance)


def _editorial(number: int, chance: random.Random) -> Iterator[Quad]:
    kinds = {
        "person": (FOAF.Person, 4), "party": (POL.PoliticalParty, 3), "government": (POL.Government, 1),
        "sector": (POL.MediaSector, 2), "outlet": (POL.MediaOutlet, 4), "company": (ORG.Organization, 2),
        "post": (ORG.Post, 1),
    }  # fmt: skip
    things = {kind: [f"{BASE}id/{kind}/e{number}-{n}" for n in range(many)] for kind, (_, many) in kinds.items()}
    for kind, names in things.items():
        for name in names:
            yield Quad(node(name), node(RDF.type), node(kinds[kind][0]), ENTITIES)
            yield Quad(node(name), node(SKOS.prefLabel), Literal(name[-9:], language="en"), ENTITIES)
    for outlet in things["outlet"]:
        yield Quad(node(outlet), node(POL.inSector), node(chance.choice(things["sector"])), ENTITIES)
    for place, (kind, said) in enumerate(_claims(things, chance)):
        claim = iris.claim(f"e{number}", f"c{place}")
        about, where = node(said.pop("subject", f"{claim}#it")), node(iris.part(claim, "assertion"))
        if kind:
            yield Quad(about, node(RDF.type), node(kind), where)
        for predicate, value in said.items():
            yield Quad(about, node(predicate), node(value) if ":" in value else Literal(value, language="en"), where)


def _claims(things: dict[str, list[str]], chance: random.Random) -> Iterator[tuple[str, dict[str, str]]]:
    people, (banned, ruling, opposed), (government,) = things["person"], things["party"], things["government"]
    for _ in range(3):
        yield POL.Tenure, {ORG.member: chance.choice(people), f"{ORG}post": things["post"][0]}
    for _ in range(2):
        yield POL.Detention, {POL.detained: chance.choice(people), POL.count: "several"}
    yield POL.PartyBan, {POL.bannedParty: banned, POL.ground: "deemed extremist"}
    yield POL.PoliticalAlignment, {POL.party: ruling, POL.role: POL.ruling}
    yield POL.PoliticalAlignment, {POL.party: opposed, POL.role: POL.opposition}
    yield POL.MediaControl, {POL.controller: government, POL.controlled: things["sector"][0], POL.extent: "most"}
    yield POL.MediaControl, {POL.controller: government, POL.wholeControlOf: things["sector"][1]}
    owned = [things["outlet"][0], *things["company"], government]
    for owner, subject in zip(owned[1:], owned, strict=False):
        yield "", {"subject": subject, POL.ownedBy: owner}
    for saying in range(25):
        yield POL.Statement, {POL.speaker: chance.choice(people), POL.content: f"saying {saying}"}


def main() -> None:
    ontology = ontology_triples()
    for size in map(int, sys.argv[1:] or ("1000", "10000", "100000")):
        given = list(islice(facts(), size))
        begun = perf_counter()
        close(compile_rules(ontology), (fact_of(fact.triple) for fact in given))
        ruled = perf_counter()
        quads = derive(ontology, given)
        ended = perf_counter()
        derived = sum(not is_record(quad) for quad in quads)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        times = f"{ended - ruled:6.2f} s in all, {ruled - begun:6.2f} s rules"
        print(f"{size:>8} facts: {times}, {derived:>7} derived, {len(quads):>8} quads, {memory} MB", flush=True)


if __name__ == "__main__":
    main()
