"""Making a snapshot's register in one pass over its sorted N-Quads: see graph/snapshots/register.py for what it is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from io import BytesIO

from pyoxigraph import Literal, Quad, RdfFormat, parse
from rdflib import PROV, RDF, RDFS, SDO, SKOS

from graph.iris import ID, PARTS
from graph.snapshots.register import CLAIM, Entry, header, line
from ontology.terms import CITO, NPX, OA, POL

BITS = (1 << 64) - 1


def _terms(*iris: object) -> tuple[bytes, ...]:
    return tuple(f"<{iri}>".encode() for iri in iris)


_REVISES = _terms(PROV.wasRevisionOf, NPX.supersedes)
_RETRACTS = _terms(NPX.retracts)
_TAKES_BACK = _terms(NPX.retracts, NPX.supersedes)
_ASPECTS = {
    term: aspect
    for aspect, terms in {
        "sentence": _terms(RDFS.label, SKOS.editorialNote),
        "words": _terms(OA.exact, OA.prefix, OA.suffix),
        "position": _terms(OA.start, OA.end),
        "modality": _terms(POL.modality, POL.condition),
        "attribution": _terms(POL.attributedTo),
        "source": _terms(POL.statedIn),
        "relations": (
            *_terms(POL.inTensionWith, CITO.supports, CITO.disputes, POL.mentionOf, POL.printedName),
            *_terms(POL.fulfils, POL.belies),
            *(*_REVISES, *_RETRACTS),
        ),
        "privacy": _terms(POL.sensitive),
    }.items()
    for term in terms
}
"""What of a claim's provenance and publication info belongs to what it says."""
_NAMES = _terms(SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, RDFS.label, SDO.headline)
_TYPE, _LABEL, _EXACT, _MODALITY, _BY, _IN, _PRIVATE = _terms(
    RDF.type, RDFS.label, OA.exact, POL.modality, POL.attributedTo, POL.statedIn, POL.sensitive
)
_LABELS = _terms(SKOS.prefLabel, SDO.headline, RDFS.label)


def collect(content: bytes, ids: str = ID) -> bytes:
    """The register of sorted N-Quads, each line once; ``ids`` is what the IRIs of things begin with."""
    entries = {**_Claims(ids).read(content), **_Things(ids).read(content)}
    return header(ids) + b"".join(line(entries[iri]) for iri in sorted(entries))


class _Marks:
    """Digests of sets of statements, whatever their order."""

    def __init__(self) -> None:
        self._sums: defaultdict[str, int] = defaultdict(int)

    def add(self, aspect: str, statement: bytes) -> None:
        digest = blake2b(statement, digest_size=8).digest()
        self._sums[aspect] = (self._sums[aspect] + int.from_bytes(digest)) & BITS

    def told(self) -> dict[str, str]:
        return {aspect: f"{total:016x}" for aspect, total in sorted(self._sums.items())}


class _Found:
    """What is collected of one claim or thing."""

    __slots__ = ("label", "marks", "quotes", "values")

    def __init__(self) -> None:
        self.marks = _Marks()
        self.label = b""
        self.quotes: list[bytes] = []
        self.values: list[tuple[bytes, bytes]] = []


class _Claims:
    """The claims, by what their graphs say; without those that others take back, which keep their graphs alone."""

    def __init__(self, ids: str) -> None:
        self._root = f"<{ids}{CLAIM}/".encode()
        self._ends = tuple(f"#{part}>".encode() for part in PARTS)

    def read(self, content: bytes) -> dict[bytes, Entry]:
        found: defaultdict[bytes, _Found] = defaultdict(_Found)
        for one in BytesIO(content):
            rest, _, where = one[:-3].rpartition(b" ")
            if not where.endswith(self._ends) or not where.startswith(self._root):
                continue
            terms = rest.split(b" ", 2)
            if len(terms) == 3:  # else what stands last is the object of a triple in the default graph
                claim, _, part = where[1:-1].partition(b"#")
                _read(found[claim], claim, part, rest, *terms)
        gone = {value[1:-1] for one in found.values() for predicate, value in one.values if predicate in _TAKES_BACK}
        return {claim: _claim(claim, one) for claim, one in found.items() if claim not in gone}


def _read(
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
        label=_text(found.label),
        marks=found.marks.told(),
        modality="".join(values[_MODALITY][:1]).removeprefix(str(POL)),
        editorial="".join(values[_IN][:1]),
        by=tuple(values[_BY]),
        quotes=tuple(map(_text, found.quotes)),
        private=bool(values[_PRIVATE]),
        revises=tuple(sorted(iri for term in _REVISES for iri in values[term])),
        retracts=tuple(sorted(iri for term in _RETRACTS for iri in values[term])),
    )


class _Things:
    """What the entity files and the editorials say of each thing."""

    def __init__(self, ids: str) -> None:
        self._start = f"<{ids}".encode()
        self._end = f" <{ids.removesuffix('id/')}graph/entities> .\n".encode()

    def read(self, content: bytes) -> dict[bytes, Entry]:
        found: defaultdict[bytes, _Found] = defaultdict(_Found)
        for one in BytesIO(content):
            if one.endswith(self._end) and one.startswith(self._start):
                statement = one[: -len(self._end)]
                subject, predicate, value = statement.split(b" ", 2)
                thing = found[subject[1:-1].partition(b"#")[0]]
                thing.marks.add(_trait(predicate), statement)
                if predicate in _LABELS and b"#" not in subject:
                    thing.values.append((predicate, value))
        start = len(self._start) - 1
        return {iri: _thing(iri, iri[start:].partition(b"/")[0].decode(), one) for iri, one in found.items()}


def _trait(predicate: bytes) -> str:
    return "kind" if predicate == _TYPE else "names" if predicate in _NAMES else "statements"


def _thing(iri: bytes, kind: str, found: _Found) -> Entry:
    labels = sorted(found.values, key=lambda pair: (_LABELS.index(pair[0]), not pair[1].endswith(b"@en"), pair[1]))
    return Entry(iri.decode(), kind, _text(labels[0][1]) if labels else "", found.marks.told())


def _text(literal: bytes) -> str:
    """The characters of a literal as N-Quads writes it; empty for no literal."""
    if not literal:
        return ""
    return next(_literals(parse(b"<a:a> <a:a> %b ." % literal, format=RdfFormat.N_QUADS)), "")


def _literals(quads: Iterable[Quad]) -> Iterator[str]:
    return (quad.object.value for quad in quads if isinstance(quad.object, Literal))
