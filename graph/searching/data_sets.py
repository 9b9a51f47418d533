"""What can be searched for of imported data sets: they themselves, what they measure, and what nobody else knows.

Measurements are not: there are too many, and each is found by its country and its indicator. A thing that the default
graph names is not either, for it is found there; nor is one of which only claims about private life speak.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from rdflib import DCTERMS, FOAF, RDF, RDFS, SDO, SKOS

from graph.jsonld import graph_of
from graph.searching.facets import COUNTRY
from graph.searching.index import Record

GRAPHS = "graph/evidence/"
"""How the names of their graphs go on after the base."""
LABELS = tuple(map(str, (SKOS.prefLabel, DCTERMS.title, FOAF.name, RDFS.label, SKOS.altLabel, SKOS.hiddenLabel)))
"""The properties that name a thing, the best first; those before the alternative names are preferred."""
OTHER_NAMES = {str(SKOS.altLabel): "alternative", str(SKOS.hiddenLabel): "hidden"}
TYPE, VALUE, NOTATION = str(RDF.type), str(SDO.value), str(SKOS.notation)
WANTED = frozenset((*LABELS, TYPE, VALUE, NOTATION, COUNTRY))
"""The properties that are read."""
UNTOLD = ("measurement/", "claim/")
"""How the paths begin of what is not searched for."""
FIRST = ("dataset/", "indicator/")
"""How the paths begin of what comes first."""
AT_ONCE = 50_000
"""Lines that are read as quads together."""
MOST = 40
"""Names of one thing that are kept, the first ones."""

Imported = Mapping[str, tuple[tuple[tuple[int, str, str], ...], Mapping[str, tuple[str, ...]], tuple[str, ...]]]
"""What data sets say of things, by their IRIs: names with rank and language, values by property, the data sets."""


class Own(Protocol):
    """What is known of the default graph."""

    def knows(self, iri: str) -> bool:
        """Whether a thing is found there, or is not to be found at all."""

    def name(self, iris: Iterable[str]) -> str:
        """What one of these is called there; empty if nobody says."""


@dataclass
class _Known:
    names: set[tuple[int, str, str]] = field(default_factory=set)
    values: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    sets: set[str] = field(default_factory=set)


class DataSets:
    """Takes the lines of their graphs; ``ids`` is what the IRIs of things begin with."""

    def __init__(self, ids: str) -> None:
        self._ids = ids
        self._graphs = f"{ids.removesuffix('id/')}{GRAPHS}"
        self.start = f"<{self._graphs}".encode()
        self._subjects = f"<{ids}".encode()
        self._untold = tuple(f"<{ids}{kind}".encode() for kind in UNTOLD)
        self._wanted = frozenset(f"<{name}>".encode() for name in WANTED)
        self._known: defaultdict[str, _Known] = defaultdict(_Known)
        self._kept: list[bytes] = []

    def take(self, line: bytes, subject: bytes, predicate: bytes) -> None:
        """One line of one of their graphs, and its first two terms."""
        if predicate not in self._wanted or not subject.startswith(self._subjects) or subject.startswith(self._untold):
            return
        # Rows are parts of a data set, and most of what it has.
        if b"#" not in subject or predicate[1:-1] == VALUE.encode():
            self._kept.append(line)
            if len(self._kept) == AT_ONCE:
                self._read()

    def told(self) -> Imported:
        """What is known here."""
        self._read()
        return {
            iri: (
                tuple(sorted(known.names)),
                {name: tuple(sorted(values)) for name, values in known.values.items()},
                tuple(sorted(known.sets)),
            )
            for iri, known in self._known.items()
        }

    def learn(self, told: Imported) -> None:
        """What is known elsewhere."""
        for iri, (names, values, sets) in told.items():
            known = self._known[iri]
            known.names.update(names)
            known.sets.update(sets)
            for name, some in values.items():
                known.values[name].update(some)

    def records(self, own: Own) -> list[Record]:
        """The records: data sets, what they measure, then the rest, each by IRI."""
        self._read()
        found = [(iri, known) for iri, known in self._known.items() if known.names and not own.knows(iri)]
        return [self._record(iri, known, own) for iri, known in sorted(found, key=lambda item: self._place(item[0]))]

    def _place(self, iri: str) -> tuple[bool, str]:
        return not iri.removeprefix(self._ids).startswith(FIRST), iri

    def _read(self) -> None:
        for quad in parse(b"".join(self._kept), format=RdfFormat.N_QUADS):
            self._add(quad)
        self._kept.clear()

    def _add(self, quad: Quad) -> None:
        if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, Literal | NamedNode):
            return
        whole, _, part = quad.subject.value.partition("#")
        known, value = self._known[whole], quad.object.value
        known.sets.add(graph_of(quad).removeprefix(self._graphs))
        if quad.predicate.value in LABELS:
            language = (quad.object.language if isinstance(quad.object, Literal) else None) or ""
            known.names.add((LABELS.index(quad.predicate.value), language, value))
        elif not part or "identifier" in part:
            known.values[VALUE if quad.predicate.value == NOTATION else quad.predicate.value].add(value)

    def _record(self, iri: str, known: _Known, own: Own) -> Record:
        kind = iri.removeprefix(self._ids).partition("/")[0]
        countries = {iri} if kind == "country" else known.values[COUNTRY]
        facets = {"kind": [kind], "country": sorted(map(_slug, countries)), "imported": sorted(known.sets)}
        record = {
            "id": iri,
            "names": [[text, language, _how(rank)] for rank, language, text in self._names(known)],
            "types": sorted(known.values[TYPE]),
            "identifiers": sorted({*known.values[VALUE], *(known.sets if kind == "dataset" else ())}),
            "country": "" if kind == "country" else own.name(countries) or self._name(countries),
            "imported": [self._name([f"{self._ids}dataset/{one}"]) or one for one in sorted(known.sets)],
            "facets": {name: values for name, values in facets.items() if values},
        }
        return {name: value for name, value in record.items() if value}

    def _names(self, known: _Known) -> list[tuple[int, str, str]]:
        """The best first, each text once."""
        best: dict[str, tuple[int, str, str]] = {}
        for name in sorted(known.names):
            best.setdefault(name[2], name)
        return list(best.values())[:MOST]

    def _name(self, iris: Iterable[str]) -> str:
        named = (self._names(self._known[iri]) for iri in sorted(iris) if iri in self._known)
        return next((names[0][2] for names in named if names), "")


def _how(rank: int) -> str:
    return OTHER_NAMES.get(LABELS[rank], "preferred")


def _slug(iri: str) -> str:
    return iri.rpartition("/")[2]
