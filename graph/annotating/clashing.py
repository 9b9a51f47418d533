"""What cannot be true together with the claim at hand, by the rules that a build proves with."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from graph.claims import Claim, Editorial, read_editorial
from graph.dataset import Content, encode, ontology_triples
from graph.errors import InvalidInput
from graph.files.yaml_reader import read
from graph.logic.clashes import rule_clashes

MOST = 50
"""Other files whose claims are looked at together with the one at hand: those that speak of the same things."""


def clashes(content: Content, claim: Claim, files: Iterable[Path]) -> list[str]:
    """Each clash that the claim takes part in, in the words of `samizdat check`; ``files`` are other claim files."""
    if claim.modality != "asserted":
        return []
    things = {reference.iri for reference in claim.resolver.references}
    others = list(_speaking(files, things, {editorial.iri for editorial in content.editorials}))
    both = encode([*content.editorials, *others], content.entities)
    found = rule_clashes(ontology_triples(), both.asserted())
    return [f"cannot be true together: {clash}" for clash in found if claim.iri in clash.sources]


def _speaking(files: Iterable[Path], things: Collection[str], without: Collection[str]) -> Iterator[Editorial]:
    """The editorials with those of their asserted claims that name one of these things."""
    count = 0
    for file in files:
        try:
            editorial = read_editorial(read(file))
        except (InvalidInput, KeyError, TypeError, AttributeError):
            continue  # its own check says what is wrong with it
        claims = tuple(
            claim
            for claim in editorial.claims
            if claim.modality == "asserted" and {reference.iri for reference in claim.resolver.references} & set(things)
        )
        if claims and editorial.iri not in without and count < MOST:
            count += 1
            yield replace(editorial, claims=claims)
