"""What can be searched for: each thing and each claim with its names, of a graph that is given quad by quad.

What ``pol:sensitive`` marks is left out, with its words; so is a thing of which only such claims speak.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO

from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, parse
from rdflib import FOAF, RDF, RDFS, SDO, SKOS

from graph.iris import ID
from graph.searching.data_sets import DataSets
from graph.searching.facets import COUNTRY, DATE, EARLIEST, LATEST, MODALITY, STATED_IN, TELLING, FacetCollector, Values
from graph.searching.index import Record
from graph.topics import SUBJECT
from ontology.terms import OA, POL

LABELS = {
    str(SKOS.prefLabel): "preferred",
    str(SDO.headline): "headline",
    str(FOAF.name): "name",
    str(RDFS.label): "label",
    str(SKOS.altLabel): "alternative",
    str(SKOS.hiddenLabel): "hidden",
}
"""The properties that name a thing, the best first, and what a name by each is called."""
PRINTED = "printed"
"""A name as a source prints it."""
TYPE, SENSITIVE = str(RDF.type), str(POL.sensitive)
EXACT, MENTION_OF, PRINTED_NAME = str(OA.exact), str(POL.mentionOf), str(POL.printedName)
NOTE, VALUE, HELD_BY = str(SKOS.editorialNote), str(SDO.value), str(POL.attributedTo)
WANTED = frozenset({
    *LABELS,
    *(TYPE, SENSITIVE, MODALITY, STATED_IN, EXACT, MENTION_OF, PRINTED_NAME, NOTE, COUNTRY, VALUE),
    *(HELD_BY, DATE, EARLIEST, LATEST),
})  # fmt: skip
"""The properties that are read, in the default graph."""
STATED = frozenset({TYPE, SUBJECT, *TELLING})
"""The properties that are read in the assertions of claims."""
MOST = 40
"""Names of one thing that are kept, the first ones."""
ASSERTED = b"#assertion> .\n"
"""How a line of the assertion of a claim ends."""
AT_ONCE = 50_000
"""Lines that are read as quads together."""


@dataclass
class _Known:
    """What is said of one thing: labels as ``(rank, language, text)``, and values by property."""

    labels: list[tuple[int, str, str]] = field(default_factory=list)
    values: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


class Collector:
    """Takes statements in any order; ``ids`` is what the IRIs of things begin with."""

    def __init__(self, ids: str = ID) -> None:
        self._ids = ids
        self._claims = f"{ids}claim/"
        self._known: defaultdict[str, _Known] = defaultdict(_Known)
        self._printed: list[tuple[str, str, str]] = []
        self._mentions: dict[str, str] = {}
        self._weights: Counter[tuple[str, bool]] = Counter()
        self._private: set[str] = set()
        self._facets = FacetCollector(ids)

    def make_private(self, claims: Iterable[str]) -> None:
        """These claims are sensitive: to be said before ``speaks``."""
        self._private.update(claims)

    def add(self, subject: str, predicate: str, value: str, language: str = "") -> None:
        """One statement of the default graph with a property of WANTED: an IRI or the text of a literal."""
        whole, _, part = subject.partition("#")
        if not whole.startswith(self._ids):
            return
        if not part:
            self._add(self._known[whole], predicate, value, language)
        elif predicate in (EARLIEST, LATEST):
            self._facets.bounds(subject, value)
        elif predicate == MENTION_OF:
            self._mentions[subject] = value
        elif predicate == PRINTED_NAME:
            self._printed.append((subject, value, language))
        elif predicate == (EXACT if whole.startswith(self._claims) else VALUE):
            self._known[whole].values[predicate].add(value)

    def add_all(self, statements: Iterable[tuple[str, str, str, str]]) -> None:
        """Several: subject, predicate, value and language of each."""
        for statement in statements:
            self.add(*statement)

    def _add(self, known: _Known, predicate: str, value: str, language: str) -> None:
        if predicate in LABELS:
            known.labels.append((list(LABELS).index(predicate), language, value))
        else:
            known.values[predicate].add(value)

    def speaks(self, claim: str, thing: str, times: int = 1) -> None:
        """The claim speaks of the thing, in so many statements."""
        if thing.startswith(self._ids) and not thing.startswith(self._claims):
            self._weights[thing, claim in self._private] += times
            self._facets.speaks(claim, thing)

    def states(self, claim: str, predicate: str, value: str) -> None:
        """The assertion of the claim has a statement with a property of STATED, and this value."""
        self._facets.states(claim, predicate, value)

    def records(self) -> tuple[list[Record], list[Record]]:
        """The things and the claims, each what is spoken of most first, then by IRI."""
        self._private.update(iri for iri, known in self._known.items() if known.values[SENSITIVE] & {"true", "1"})
        for node, text, language in self._printed:
            if node in self._mentions and node.partition("#")[0] not in self._private:
                self._known[self._mentions[node]].labels.append((len(LABELS), language, text))
        said = {iri: known.values for iri, known in self._known.items() if not iri.startswith(self._claims)}
        things: list[tuple[str, _Known]] = []
        claims: list[tuple[str, _Known]] = []
        for iri, known in self._known.items():
            if self._is_private(iri) or not known.labels:
                continue
            (claims if iri.startswith(self._claims) else things).append((iri, known))
        return self._sorted(self._thing(*thing) for thing in things), self._sorted(
            self._claim(*claim, said) for claim in claims
        )

    def knows(self, iri: str) -> bool:
        """Whether a thing has a name here, or is one that only private claims speak of; after ``records``."""
        return (iri in self._known and bool(self._known[iri].labels)) or self._is_private(iri)

    def _is_private(self, iri: str) -> bool:
        return iri in self._private or (self._weights[iri, True] > 0 and not self._weights[iri, False])

    def _sorted(self, records: Iterable[Record]) -> list[Record]:
        return sorted(records, key=lambda record: (-record.get("weight", 0), record["id"]))

    def _thing(self, iri: str, known: _Known) -> Record:
        record = {
            "id": iri,
            "names": [[text, language, _kind(rank)] for rank, language, text in _ranked(known.labels)[:MOST]],
            "types": sorted(known.values[TYPE]),
            "weight": self._weights[iri, False],
            "identifiers": sorted(known.values[VALUE]),
            "country": self.name(known.values[COUNTRY]),
            "note": " ".join(sorted(known.values[NOTE])),
            "facets": self._facets.of_thing(iri, known.values),
            "until": self._facets.until(known.values),
        }
        return {name: value for name, value in record.items() if value}

    def _claim(self, iri: str, known: _Known, said: Mapping[str, Values]) -> Record:
        record = {
            "id": iri,
            "names": [[text, language, _kind(rank)] for rank, language, text in _ranked(known.labels)[:MOST]],
            "types": sorted(known.values[TYPE]),
            "quotes": sorted(known.values[EXACT]),
            "modality": "".join(sorted(known.values[MODALITY])[:1]),
            "editorial": "".join(sorted(known.values[STATED_IN])[:1]),
            "attributedTo": self._others(known),
            "facets": self._facets.of_claim(iri, known.values, said),
        }
        return {name: value for name, value in record.items() if value}

    def _others(self, known: _Known) -> list[str]:
        """The names of those whom a claim is attributed to, beside its editorial."""
        others = sorted(known.values[HELD_BY] - known.values[STATED_IN])
        return [name for other in others if (name := self.name({other}))]

    def name(self, iris: Iterable[str]) -> str:
        """What one of these is called; empty if nobody says."""
        named = (self._known[iri].labels for iri in sorted(iris) if iri in self._known)
        return next((_ranked(labels)[0][2] for labels in named if labels), "")


def _ranked(labels: Iterable[tuple[int, str, str]]) -> list[tuple[int, str, str]]:
    """Best first: by property, then English or no language before others; each text once."""
    best: dict[str, tuple[int, str, str]] = {}
    for label in sorted(set(labels), key=lambda label: (label[0], (label[1] or "en") != "en", label[1], label[2])):
        best.setdefault(label[2], label)
    return list(best.values())


def _kind(rank: int) -> str:
    return (*LABELS.values(), PRINTED)[rank]


def of_content(content: bytes, ids: str = ID) -> tuple[list[Record], list[Record], list[Record]]:
    """The records of sorted N-Quads, each line once: things, claims, and what only imported data sets know."""
    collector, data_sets = Collector(ids), DataSets(ids)
    collector.make_private(_sensitive(content))
    wanted, stated = (frozenset(f"<{name}>".encode() for name in names) for names in (WANTED, STATED))
    kept: list[bytes] = []
    start, claim = f"<{ids}".encode(), f"<{ids}claim/".encode()
    of_type = f"<{TYPE}>".encode()
    for line in BytesIO(content):
        subject, predicate, rest = line.split(b" ", 2)
        if not subject.startswith(start) and not rest.startswith(start):
            continue
        owner = subject if subject.startswith(claim) else _graph(rest)
        if owner.startswith(data_sets.start):
            data_sets.take(line, subject, predicate)
            continue
        if owner.startswith(claim):
            for term in (subject, rest[: rest.find(b">") + 1]):
                if term.startswith(start) and not term.startswith(claim) and b"#" not in term:
                    collector.speaks(_whole(owner), term[1:-1].decode())
            if predicate in stated and rest.endswith(ASSERTED):
                collector.states(_whole(owner), predicate[1:-1].decode(), rest[1 : rest.find(b">")].decode())
        if predicate in wanted and subject.startswith(start) and (predicate != of_type or b"#" not in subject):
            kept.append(line)
            if len(kept) == AT_ONCE:
                collector.add_all(_statements(kept))
                kept.clear()
    collector.add_all(_statements(kept))
    return *collector.records(), data_sets.records(collector)


def _sensitive(content: bytes) -> Iterator[str]:
    """The claims that are sensitive, found without taking every line apart."""
    mark, at = f'> <{SENSITIVE}> "'.encode(), 0
    while (at := content.find(mark, at)) >= 0:
        begin = content.rfind(b"\n", 0, at) + 1
        at += len(mark)
        if content[at : at + 5].startswith((b"true", b'1"')):
            yield content[begin + 1 : at - len(mark)].decode()


def _graph(rest: bytes) -> bytes:
    """The graph that a line ends with; empty for the default graph."""
    object_, _, last = rest[:-3].rpartition(b" ")
    return last if object_ and last.startswith(b"<") and b'"' not in last else b""


def _whole(term: bytes) -> str:
    return term.strip(b"<>").partition(b"#")[0].decode()


def _statements(lines: Iterable[bytes]) -> Iterator[tuple[str, str, str, str]]:
    """Subject, predicate, value and language of each of these lines that is of the default graph."""
    for quad in parse(b"".join(lines), format=RdfFormat.N_QUADS):
        if isinstance(quad.graph_name, DefaultGraph) and isinstance(quad.subject, NamedNode):
            if isinstance(quad.object, Literal):
                yield quad.subject.value, quad.predicate.value, quad.object.value, quad.object.language or ""
            elif isinstance(quad.object, NamedNode):
                yield quad.subject.value, quad.predicate.value, quad.object.value, ""
