"""What is known of a claim rests on more than its own lines: the context of a segment of claims.

That is what the things that they speak of are called, where and when they are, and what the graphs of the claims say of
things that are not their own. See graph/segments/content.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from graph.segments.cutting import Cutter, subject_of, whole


@cache
def properties() -> frozenset[bytes]:
    """The properties of a thing that what is known of a claim may rest on, as N-Quads write them."""
    # Who reads a snapshot goes without rdflib, which takes longer to load than most queries.
    from rdflib import FOAF, RDFS, SDO, SKOS

    from ontology.terms import POL

    names = (SKOS.prefLabel, SDO.headline, FOAF.name, RDFS.label, SKOS.altLabel, SKOS.hiddenLabel)
    bounds = (POL.country, POL.date, POL.earliest, POL.latest, POL.edtf)
    return frozenset(f"<{term}>".encode() for term in (*names, *bounds))


@dataclass(frozen=True)
class Spoken:
    """Of a segment of claims its ``roots``, the ``things`` that it names, and the lines that are of ``others``.

    The last stand in graphs of claims with other roots, by these; they are told with those, and what they name.
    """

    roots: tuple[bytes, ...]
    things: tuple[bytes, ...]
    others: Mapping[bytes, bytes]
    named: Mapping[bytes, tuple[bytes, ...]]


@dataclass(frozen=True)
class Known:
    """Of another segment what claims that name them rest on, by thing; and its lines in graphs of claims, as above."""

    known: Mapping[bytes, bytes]
    others: Mapping[bytes, bytes]
    named: Mapping[bytes, tuple[bytes, ...]]


def spoken_of(lines: bytes, ids: str) -> Spoken:
    """What a segment of claims rests on."""
    cutter = Cutter(ids)
    each = lines.splitlines(keepends=True)
    roots = dict.fromkeys(cutter.root(subject_of(line)) for line in each)
    others = _gathered((owner, line) for line in each if (owner := cutter.owner(line)) and owner not in roots)
    return Spoken(tuple(roots), _things(each, cutter), others, _named(others, cutter))


def known_of(lines: bytes, ids: str) -> Known:
    """What another segment says that claims rest on."""
    cutter = Cutter(ids)
    each = lines.splitlines(keepends=True)
    wanted = properties()
    telling = (line for line in each if line.split(b" ", 2)[1] in wanted and cutter.is_default(line))
    others = _gathered((owner, line) for line in each if (owner := cutter.owner(line)))
    return Known(_gathered((whole(subject_of(line)), line) for line in telling), others, _named(others, cutter))


def _named(others: Mapping[bytes, bytes], cutter: Cutter) -> dict[bytes, tuple[bytes, ...]]:
    return {root: _things(lines.splitlines(keepends=True), cutter) for root, lines in others.items()}


def _things(lines: Iterable[bytes], cutter: Cutter) -> tuple[bytes, ...]:
    return tuple(sorted({one for line in lines for one in cutter.things(line)}))


def _gathered(pairs: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    found: defaultdict[bytes, list[bytes]] = defaultdict(list)
    for key, line in pairs:
        found[key].append(line)
    return {key: b"".join(some) for key, some in found.items()}
