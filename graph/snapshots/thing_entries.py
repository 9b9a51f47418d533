"""The things in a register, by what the entity files and the editorials say: see graph/snapshots/register.py.

A thing and its parts may lie in two segments, for in the order of lines ``<…/person/a#part>`` comes first, then
``<…/person/a-b>``, and ``<…/person/a>`` last.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO

from rdflib import RDF, RDFS, SDO, SKOS

from graph.segments.cutting import subject_of
from graph.snapshots.marking import Marks, terms, text
from graph.snapshots.register import Entry, line

Known = tuple[Mapping[str, int], tuple[tuple[bytes, bytes], ...]]
"""Of a thing the sums of its marks, and the name that it is called by: a property and a literal, or none."""
_TYPE = f"<{RDF.type}>".encode()
_NAMES = terms(SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, RDFS.label, SDO.headline)
_LABELS = terms(SKOS.prefLabel, SDO.headline, RDFS.label)
"""What a thing is called by, the best first."""


@dataclass(frozen=True)
class Things:
    """Of a segment the ``lines`` in the register of things that lie in it whole, and what it says of ``others``."""

    lines: bytes
    others: Mapping[bytes, Known]


class _Found:
    """What is collected of one thing."""

    __slots__ = ("labels", "marks")

    def __init__(self) -> None:
        self.marks = Marks()
        self.labels: list[tuple[bytes, bytes]] = []

    def known(self) -> Known:
        """As plain data."""
        return dict(self.marks.sums), tuple(sorted(self.labels, key=_rank)[:1])


def things_of(lines: bytes, ids: str) -> Things:
    """The things that are spoken of in sorted lines."""
    if not lines:
        return Things(b"", {})
    first, last = subject_of(lines), subject_of(lines[lines.rfind(b"\n", 0, -1) + 1 :])
    known = {iri: found.known() for iri, found in _read(lines, ids).items()}
    whole = {iri for iri in known if first < b"<%b#" % iri and b"<%b>" % iri <= last}
    return Things(
        b"".join(thing_line(iri, [known[iri]], ids) for iri in known if iri in whole),
        {iri: one for iri, one in known.items() if iri not in whole},
    )


def thing_line(iri: bytes, known: Iterable[Known], ids: str) -> bytes:
    """A thing's line in the register, of all that is known of it."""
    marks, labels = Marks(), list[tuple[bytes, bytes]]()
    for sums, label in known:
        marks.join(sums)
        labels += label
    kind = iri[len(ids.encode()) :].partition(b"/")[0].decode()
    name = text(min(labels, key=_rank)[1]) if labels else ""
    return line(Entry(iri.decode(), kind, name, marks.told()))


def _read(lines: bytes, ids: str) -> dict[bytes, _Found]:
    start, end = f"<{ids}".encode(), f" <{ids.removesuffix('id/')}graph/entities> .\n".encode()
    found: defaultdict[bytes, _Found] = defaultdict(_Found)
    for one in BytesIO(lines):
        if one.endswith(end) and one.startswith(start):
            statement = one[: -len(end)]
            subject, predicate, value = statement.split(b" ", 2)
            thing = found[subject[1:-1].partition(b"#")[0]]
            thing.marks.add(_trait(predicate), statement)
            if predicate in _LABELS and b"#" not in subject:
                thing.labels.append((predicate, value))
    return found


def _rank(label: tuple[bytes, bytes]) -> tuple[int, bool, bytes]:
    predicate, value = label
    return _LABELS.index(predicate), not value.endswith(b"@en"), value


def _trait(predicate: bytes) -> str:
    return "kind" if predicate == _TYPE else "names" if predicate in _NAMES else "statements"
