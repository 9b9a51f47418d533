"""Making a snapshot's register: see graph/snapshots/register.py for what it is.

The lines of the claims and things of each segment are made on their own, and then put in their order.
"""

from collections.abc import Iterable, Iterator

from graph.segments.content import Content
from graph.segments.cutting import THINGS, Place
from graph.segments.gathering import by_name
from graph.snapshots.claim_entries import Claims, claims_of
from graph.snapshots.register import header
from graph.snapshots.thing_entries import Things, thing_line, things_of


def registered(content: Content) -> bytes:
    """The register of a content."""
    return _joined(content.claims(claims_of), content.each(things_of, (Place.CLAIMS, *THINGS)), content.ids)


def _joined(claims: Iterable[Claims], things: Iterable[Things], ids: str) -> bytes:
    """All lines in their order, without claims that others take back, which keep their graphs alone."""
    entries: dict[bytes, bytes] = {}
    taken_back: set[bytes] = set()
    for some in claims:
        entries.update(_by_iri(some.lines))
        taken_back.update(some.taken_back)
    for iri in taken_back:
        entries.pop(iri, None)
    entries.update(_things(things, ids))
    return header(ids) + b"".join(entries[iri] for iri in sorted(entries))


def _things(things: Iterable[Things], ids: str) -> Iterator[tuple[bytes, bytes]]:
    parts = list(things)
    for some in parts:
        yield from _by_iri(some.lines)
    yield from ((iri, thing_line(iri, known, ids)) for iri, known in by_name(one.others for one in parts).items())


def _by_iri(lines: bytes) -> Iterator[tuple[bytes, bytes]]:
    return ((one[: one.index(b"\t")], one) for one in lines.splitlines(keepends=True))
