"""The content of a snapshot, put together from what each document states and from what follows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from graph import executables
from graph.dataset import ontology_quads
from graph.growing.cache import Cache, key
from graph.growing.editorial import Piece
from graph.growing.growth import Grown
from graph.growing.made import Made, lines_of
from graph.growing.stated import root_of
from graph.segments.content import Content, Kept, Segment
from graph.segments.cutting import Cutter, Place
from graph.segments.lines import canonical, joined
from graph.snapshots.manifest import class_name
from queries import questions


@dataclass(frozen=True)
class Said:
    """Of a root (see graph/segments/cutting.py) the documents that state its claims, and lines from elsewhere."""

    root: bytes
    made: tuple[Made, ...]
    more: bytes

    @property
    def key(self) -> bytes:
        """What stands for the lines."""
        return key("said", self.root, *(one.key for one in self.made), self.more)


def assembled(
    made: Sequence[Made], derived: Iterable[tuple[bytes, bytes]], parts: Iterable[bytes], cache: Cache, kept: Kept
) -> Content:
    """The content, of which the lines of claims are read only where something new is made of them.

    ``derived``: the blocks of ``Closure.blocks``. ``parts``: what there is beside that and the claims, as N-Quads.
    """
    cutter = Cutter()
    more: defaultdict[bytes, list[bytes]] = defaultdict(list)
    lines = sorted({line for part in parts for line in part.splitlines(keepends=True)})
    for root, block in chain(((cutter.root(subject), block) for subject, block in derived), cutter.blocks(lines)):
        more[root].append(block)
    stating: defaultdict[bytes, list[Made]] = defaultdict(list)
    for one in made:
        if one.piece.iri and one.piece.stated is not None:
            stating[root_of(one.piece.iri)].append(one)
    said = ((root, Said(root, tuple(stating[root]), joined(*more[root]))) for root in sorted({*stating, *more}))
    return Content((_segment(place, some, cache) for place, some in cutter.cut(said)), kept)


def others() -> bytes:
    """What is in every graph, whatever is stated: the ontology, and the saved questions."""
    return canonical(chain(ontology_quads(), executables.quads(questions())))


def besides(pieces: Sequence[Piece]) -> bytes:
    """What some documents state beside their claims."""
    return b"".join(one.stated.rest for one in pieces if one.stated is not None)


def _segment(place: Place, said: Sequence[Said], cache: Cache) -> Segment:
    if place == Place.CLAIMS:
        return Segment(place, key(*(one.key for one in said)), partial(_lines, said, cache))
    lines = b"".join(one.more for one in said)
    return Segment(place, key(lines), lambda: lines)


def _lines(said: Sequence[Said], cache: Cache) -> bytes:
    return b"".join(joined(one.more, *(_of(one.root, lines) for lines in lines_of(one.made, cache))) for one in said)


def _of(root: bytes, lines: bytes) -> bytes:
    return b"".join(line for line in lines.splitlines(keepends=True) if line.startswith(root))


def counts(grown: Grown, derived: int, quads: int, in_default: int) -> dict[str, Any]:
    """How much there is, in all, by modality and by class (of what is stated, not of what is derived).

    Claims that others supersede or retract are ``taken back`` and none of the ``claims``; they keep their graphs, so
    that what they state is counted by class. ``derived``: how many statements are; ``quads``: how many there are in
    all, ``in_default`` in the default graph.
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
        "derived": derived,
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
