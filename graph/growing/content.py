"""The content of a snapshot, put together from what each document states and from what follows."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from pyoxigraph import DefaultGraph, Quad

from graph import executables
from graph.dataset import is_record, ontology_quads
from graph.growing.cache import Cache
from graph.growing.editorial import Piece
from graph.growing.growth import Grown
from graph.growing.whole import Made, lines_of
from graph.snapshots.content import canonical
from graph.snapshots.manifest import class_name
from queries import questions

AT_ONCE = 500
"""Documents whose lines are taken from the cache together."""


def own_lines(made: Sequence[Made], derived: Iterable[Quad], cache: Cache) -> bytes:
    """The sorted N-Quads of everything but imported evidence, each line once."""
    some = (made[at : at + AT_ONCE] for at in range(0, len(made), AT_ONCE))
    stated = (lines for part in some for lines in lines_of(part, cache))
    parts = chain(stated, (canonical(chain(_twice(derived), ontology_quads(), executables.quads(questions()))),))
    return b"".join(sorted({line for part in parts for line in part.splitlines(keepends=True)}))


def _twice(derived: Iterable[Quad]) -> Iterator[Quad]:
    """What is derived, in its graph and in the default graph; the records of it in their graph alone."""
    for quad in derived:
        yield quad
        if not is_record(quad):
            yield Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())


def counts(grown: Grown, derived: Sequence[Quad], quads: int, in_default: int) -> dict[str, Any]:
    """How much there is, in all, by modality and by class (of what is stated, not of what is derived).

    Claims that others supersede or retract are ``taken back`` and none of the ``claims``; they keep their graphs, so
    that what they state is counted by class. ``quads``: how many there are in all, ``in_default`` in the default graph.
    """
    pieces = list(grown.pieces)
    claims = {claim: modality for one in pieces for claim, modality in one.modalities.items()}
    gone = frozenset[str]().union(*(one.taken_back for one in pieces)) & claims.keys()
    modalities = Counter(modality for claim, modality in claims.items() if claim not in gone)
    return {
        "editorials": sum(bool(one.iri) for one in pieces),
        "entities": sum(one.entities for one in pieces),
        "claims": modalities.total(),
        **({"taken back": len(gone)} if gone else {}),
        "modalities": dict(sorted(modalities.items())),
        "classes": dict(sorted(_classes(pieces).items())),
        "derived": sum(not is_record(quad) for quad in derived),
        "default graph": in_default,
        "quads": quads,
    }


def sources(pieces: Iterable[Piece]) -> dict[str, str]:
    """SHA-256 of the text of each editorial."""
    return {one.iri: one.sha256 for one in pieces if one.iri}


def _classes(pieces: Sequence[Piece]) -> Counter[str]:
    found: Counter[str] = Counter()
    stated = [one.stated for one in pieces if one.stated is not None]
    for one in stated:
        for kind, count in one.classes.items():
            found[class_name(kind)] += count
    found.update(class_name(kind) for _, kind in {pair for one in stated for pair in one.typed})
    return found
