"""What cannot be true together with the claim at hand, by the rules that a build proves with."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path

from graph.annotating.beside import speaking_of
from graph.claims import Claim, Editorial, read_editorial
from graph.dataset import Content, encode, ontology_triples
from graph.errors import InvalidInput
from graph.files.sources import sources
from graph.iris import path_of
from graph.logic.clashes import rule_clashes

MOST = 50
"""Other files whose claims are looked at together with the one at hand: those that speak of the same things."""


def clashes(content: Content, claim: Claim, files: Iterable[Path]) -> list[str]:
    """Each clash that the claim takes part in, in the words of `samizdat check`; ``files`` are other claim files."""
    if claim.modality != "asserted":
        return []
    here = {editorial.iri for editorial in content.editorials}
    others = [editorial for editorial in _speaking(files, claim) if editorial.iri not in here]
    both = encode([*content.editorials, *others], content.entities)
    found = rule_clashes(ontology_triples(), both.asserted())
    return [f"cannot be true together: {clash}" for clash in found if claim.iri in clash.sources]


def _speaking(files: Iterable[Path], claim: Claim) -> Iterator[Editorial]:
    """The editorials with those of their asserted claims that name a thing that the claim names."""
    things = {reference.iri for reference in claim.resolver.references}
    for file in islice(speaking_of(files, {path_of(thing) for thing in things}), MOST):
        for editorial in _read(file, file.stat().st_mtime_ns):
            said = (
                one for one in editorial.claims if {reference.iri for reference in one.resolver.references} & things
            )
            if asserted := tuple(one for one in said if one.modality == "asserted"):
                yield replace(editorial, claims=asserted)


@lru_cache(maxsize=MOST)
def _read(file: Path, _time: int) -> tuple[Editorial, ...]:
    found = []
    for source in sources(file):
        with suppress(InvalidInput, KeyError, TypeError, AttributeError):  # its own check says what is wrong with it
            found.append(read_editorial(source.read()))
    return tuple(found)
