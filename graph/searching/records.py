"""What can be searched for: each thing and each claim with its names, of a graph that is given statement by statement.

What ``pol:sensitive`` marks is left out, with its words; so is a thing of which only such claims speak.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from rdflib import RDF, SDO, SKOS

from graph.iris import ID
from graph.searching.facets import COUNTRY, DATE, EARLIEST, LATEST, MODALITY, STATED_IN, TELLING, FacetCollector, Values
from graph.searching.index import Record
from graph.searching.naming import LABELS, PRINTED, RANKS, Label, names, ranked
from graph.searching.told import Printed, Told
from graph.topics import SUBJECT
from ontology.terms import OA, POL

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


class Collector:
    """Takes statements in any order; ``ids`` is what the IRIs of things begin with."""

    def __init__(self, ids: str = ID) -> None:
        self._ids = ids
        self._claims = f"{ids}claim/"
        self._labels: defaultdict[str, set[Label]] = defaultdict(set)
        self._values: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._nodes: list[tuple[str, str, str]] = []
        self._mentions: dict[str, str] = {}
        self._printed: set[Printed] = set()
        self._spoken: Counter[str] = Counter()
        self._privately: Counter[str] = Counter()
        self._private: set[str] = set()
        self._named: frozenset[str] = frozenset()
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
            self._add(whole, predicate, value, language)
        elif predicate in (EARLIEST, LATEST):
            self._facets.bounds(subject, value)
        elif predicate == MENTION_OF:
            self._mentions[subject] = value
        elif predicate == PRINTED_NAME:
            self._nodes.append((subject, language, value))
        elif predicate == (EXACT if self._is_claim(whole) else VALUE):
            self._values[whole][predicate].add(value)

    def _add(self, thing: str, predicate: str, value: str, language: str) -> None:
        if predicate in RANKS:
            self._labels[thing].add((RANKS[predicate], language, value))
        else:
            self._values[thing][predicate].add(value)
            if predicate == SENSITIVE and value in ("true", "1"):
                self._private.add(thing)

    def add_all(self, statements: Iterable[tuple[str, str, str, str]]) -> None:
        """Several: subject, predicate, value and language of each."""
        for statement in statements:
            self.add(*statement)

    def speaks(self, claim: str, thing: str, times: int = 1) -> None:
        """The claim speaks of the thing, in so many statements."""
        if self._is_thing(thing):
            (self._privately if claim in self._private else self._spoken)[thing] += times
            self._facets.speaks(claim, thing)

    def states(self, claim: str, predicate: str, value: str) -> None:
        """The assertion of the claim has a statement with a property of STATED, and this value."""
        self._facets.states(claim, predicate, value)

    def told(self) -> Told:
        """What is known here of things."""
        return Told(
            {iri: tuple(sorted(labels)) for iri, labels in self._labels.items() if self._is_thing(iri)},
            {iri: _plain(values) for iri, values in self._values.items() if self._is_thing(iri)},
            *(tuple(sorted(self._private)), self._facets.moments(), tuple(sorted(self._names_printed()))),
            *(dict(self._spoken), dict(self._privately)),
        )

    def learn(self, told: Told) -> None:
        """What is known elsewhere of things."""
        for iri, labels in told.labels.items():
            self._labels[iri].update(labels)
        for iri, values in told.values.items():
            known = self._values[iri]
            for name, some in values.items():
                known[name].update(some)
        self._facets.learn(told.bounds)
        self._private.update(told.private)
        self._printed.update(told.printed)
        self._spoken.update(told.spoken)
        self._privately.update(told.privately)

    def records(self) -> tuple[list[Record], list[Record]]:
        """The things and the claims."""
        return self.things(), self.claims()

    def things(self) -> list[Record]:
        """The things: what is spoken of most first, then by IRI."""
        labels = {iri: known for iri, known in self._labels.items() if self._is_thing(iri)}
        printed: defaultdict[str, set[Label]] = defaultdict(set)
        for _, thing, language, text in self._names_printed():
            printed[thing].add((PRINTED, language, text))
        labels |= {thing: found | labels.get(thing, set()) for thing, found in printed.items()}
        self._named = frozenset(labels)
        records = [self._thing(iri, known) for iri, known in labels.items() if not self._is_private(iri)]
        return sorted(records, key=lambda record: (-record.get("weight", 0), record["id"]))

    def claims(self) -> list[Record]:
        """The claims, by IRI."""
        said = {iri: values for iri, values in self._values.items() if self._is_thing(iri)}
        named = sorted(iri for iri in self._labels if self._is_claim(iri) and iri not in self._private)
        return [self._claim(iri, said) for iri in named]

    def knows(self, iri: str) -> bool:
        """Whether a thing has a name here, or is one that only private claims speak of; after ``things``."""
        return iri in self._named or self._is_private(iri)

    def name(self, iris: Iterable[str]) -> str:
        """What one of these is called; empty if nobody says. What a text prints is what it is called there alone."""
        return next((ranked(self._labels[iri])[0][2] for iri in sorted(iris) if iri in self._labels), "")

    def _is_claim(self, iri: str) -> bool:
        return iri.startswith(self._claims)

    def _is_thing(self, iri: str) -> bool:
        return iri.startswith(self._ids) and not iri.startswith(self._claims)

    def _is_private(self, iri: str) -> bool:
        return iri in self._private or (self._privately[iri] > 0 and not self._spoken[iri])

    def _names_printed(self) -> Iterator[Printed]:
        """Those of things, without those in what is private."""
        found = ((node.partition("#")[0], self._mentions.get(node, ""), *name) for node, *name in self._nodes)
        for whole, thing, language, text in chain(found, self._printed):
            if whole not in self._private and self._is_thing(thing):
                yield whole, thing, language, text

    def _thing(self, iri: str, labels: Iterable[Label]) -> Record:
        values: Values = self._values.get(iri, {})
        return _without_nothing({
            "id": iri,
            "names": names(labels),
            "types": sorted(values.get(TYPE, ())),
            "weight": self._spoken[iri],
            "identifiers": sorted(values.get(VALUE, ())),
            "country": self.name(values.get(COUNTRY, ())),
            "note": " ".join(sorted(values.get(NOTE, ()))),
            "facets": self._facets.of_thing(iri, values),
            "until": self._facets.until(values),
        })  # fmt: skip

    def _claim(self, iri: str, said: Mapping[str, Values]) -> Record:
        values = self._values[iri]
        return _without_nothing({
            "id": iri,
            "names": names(self._labels[iri]),
            "types": sorted(values[TYPE]),
            "quotes": sorted(values[EXACT]),
            "modality": "".join(sorted(values[MODALITY])[:1]),
            "editorial": "".join(sorted(values[STATED_IN])[:1]),
            "attributedTo": self._others(values),
            "facets": self._facets.of_claim(iri, values, said),
        })  # fmt: skip

    def _others(self, values: Mapping[str, set[str]]) -> list[str]:
        """The names of those whom a claim is attributed to, beside its editorial."""
        others = sorted(filter(self._is_thing, values[HELD_BY] - values[STATED_IN]))
        return [name for other in others if (name := self.name({other}))]


def _without_nothing(record: Record) -> Record:
    return {name: value for name, value in record.items() if value}


def _plain(values: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(sorted(some)) for name, some in values.items()}
