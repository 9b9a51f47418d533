"""The claims in a register, by what their graphs say: see graph/snapshots/register.py."""

from collections import defaultdict
from dataclasses import dataclass
from io import BytesIO

from rdflib import PROV, RDFS, SKOS

from graph.iris import PARTS
from graph.snapshots.marking import Marks, terms, text
from graph.snapshots.register import CLAIM, Entry, line
from ontology.terms import CITO, NPX, OA, POL

_REVISES = terms(PROV.wasRevisionOf, NPX.supersedes)
_RETRACTS = terms(NPX.retracts)
_TAKES_BACK = terms(NPX.retracts, NPX.supersedes)
_ASPECTS = {
    term: aspect
    for aspect, some in {
        "sentence": terms(RDFS.label, SKOS.editorialNote),
        "words": terms(OA.exact, OA.prefix, OA.suffix),
        "position": terms(OA.start, OA.end),
        "modality": terms(POL.modality, POL.condition),
        "attribution": terms(POL.attributedTo),
        "source": terms(POL.statedIn),
        "relations": (
            *terms(POL.inTensionWith, CITO.supports, CITO.disputes, POL.mentionOf, POL.printedName),
            *terms(POL.fulfils, POL.belies),
            *(*_REVISES, *_RETRACTS),
        ),
        "privacy": terms(POL.sensitive),
    }.items()
    for term in some
}
"""What of a claim's provenance and publication info belongs to what it says."""
_LABEL, _EXACT, _MODALITY, _BY, _IN, _PRIVATE = terms(
    RDFS.label, OA.exact, POL.modality, POL.attributedTo, POL.statedIn, POL.sensitive
)


@dataclass(frozen=True)
class Claims:
    """Of some claims their ``lines`` in the register, and the IRIs of claims that they take back, of any segment."""

    lines: bytes
    taken_back: tuple[bytes, ...]


class _Found:
    """What is collected of one claim."""

    __slots__ = ("label", "marks", "quotes", "values")

    def __init__(self) -> None:
        self.marks = Marks()
        self.label = b""
        self.quotes: list[bytes] = []
        self.values: list[tuple[bytes, bytes]] = []


def claims_of(lines: bytes, ids: str) -> Claims:
    """The claims whose graphs stand in sorted lines, with those that others take back."""
    found = _read(lines, ids)
    gone = {value[1:-1] for one in found.values() for predicate, value in one.values if predicate in _TAKES_BACK}
    return Claims(b"".join(line(_claim(iri, one)) for iri, one in found.items()), tuple(sorted(gone)))


def _read(lines: bytes, ids: str) -> dict[bytes, _Found]:
    found: defaultdict[bytes, _Found] = defaultdict(_Found)
    root, ends = f"<{ids}{CLAIM}/".encode(), tuple(f"#{part}>".encode() for part in PARTS)
    for one in BytesIO(lines):
        rest, _, where = one[:-3].rpartition(b" ")
        if not where.endswith(ends) or not where.startswith(root):
            continue
        spoken = rest.split(b" ", 2)
        if len(spoken) == 3:  # else what stands last is the object of a triple in the default graph
            claim, _, part = where[1:-1].partition(b"#")
            _add(found[claim], claim, part, rest, *spoken)
    return found


def _add(
    found: _Found, claim: bytes, part: bytes, statement: bytes, subject: bytes, predicate: bytes, value: bytes
) -> None:
    own = subject[1:-1] == claim
    if part == b"assertion":
        found.marks.add("assertion", statement)
    elif predicate in _ASPECTS:
        found.marks.add(_ASPECTS[predicate], statement)
        if predicate == _LABEL and own:
            found.label = value
        elif predicate == _EXACT:
            found.quotes.append(value)
    if predicate in _RETRACTS or (own and predicate in (_MODALITY, _BY, _IN, _PRIVATE, *_REVISES)):
        found.values.append((predicate, value))


def _claim(iri: bytes, found: _Found) -> Entry:
    values = defaultdict(list)
    for predicate, value in found.values:
        values[predicate].append(value[1:-1].decode())
    return Entry(
        iri=iri.decode(),
        kind=CLAIM,
        label=text(found.label),
        marks=found.marks.told(),
        modality="".join(values[_MODALITY][:1]).removeprefix(str(POL)),
        editorial="".join(values[_IN][:1]),
        by=tuple(values[_BY]),
        quotes=tuple(map(text, found.quotes)),
        private=bool(values[_PRIVATE]),
        revises=tuple(sorted(iri for term in _REVISES for iri in values[term])),
        retracts=tuple(sorted(iri for term in _RETRACTS for iri in values[term])),
    )
