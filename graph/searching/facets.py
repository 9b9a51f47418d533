"""What a search can be narrowed by, for each thing and claim: kind, country, modality, topic, editorial and year.

    kind       the kind of thing, or ``claim``
    country    its own; of a claim, those of what it speaks of; by slug
    held-as    the modality of a claim
    topic      of a claim: see graph/topics.py
    editorial  in which a claim stands; by slug
    imported   of what only imported data sets know, the data sets: see graph/searching/data_sets.py
    year       of an editorial and its claims, when it appeared; of another thing, when it was

What does not say a thing of itself is not found by it: a person is of no country unless somebody says so.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rdflib import RDF

from graph.topics import SUBJECT, TOPIC_OF, topics
from ontology.terms import POL

DATE, EARLIEST, LATEST = str(POL.date), str(POL.earliest), str(POL.latest)
COUNTRY, MODALITY, STATED_IN = str(POL.country), str(POL.modality), str(POL.statedIn)
TYPE = str(RDF.type)
TELLING = frozenset(TOPIC_OF) - {TYPE}
"""The properties that tell a topic when an assertion has them, beside those of TYPE and SUBJECT."""
MOST_YEARS = 5
"""A date that may lie in more years than these is known by its first and last."""
YEAR = re.compile(r"-?\d{4,}")

Values = Mapping[str, set[str]]
"""What is said of a thing, by property."""
Facets = dict[str, list[str]]
"""The values by facet, those that it has."""


class FacetCollector:
    """Takes what claims speak of and state, and when things were; then tells the facets of each."""

    def __init__(self, ids: str) -> None:
        self._ids = ids
        self._names: dict[str, str] = {}
        self._spoken: defaultdict[str, set[str]] = defaultdict(set)
        self._terms: defaultdict[str, set[str]] = defaultdict(set)
        self._kinds: defaultdict[str, set[str]] = defaultdict(set)
        self._bounds: defaultdict[str, set[str]] = defaultdict(set)

    def speaks(self, claim: str, thing: str) -> None:
        """The claim speaks of the thing."""
        self._spoken[claim].add(self._names.setdefault(thing, thing))  # each name is kept once

    def states(self, claim: str, predicate: str, value: str) -> None:
        """The assertion of the claim has a statement with this property and value."""
        if predicate == SUBJECT:
            self._kinds[claim].add(self._kind(value))
        elif (term := value if predicate == TYPE else predicate) in TOPIC_OF:
            self._terms[claim].add(self._names.setdefault(term, term))

    def bounds(self, moment: str, day: str) -> None:
        """The moment begins or ends on this day."""
        if YEAR.match(day):
            self._bounds[moment].add(day)

    def moments(self) -> dict[str, tuple[str, ...]]:
        """The days that moments begin and end on."""
        return {moment: tuple(sorted(days)) for moment, days in self._bounds.items()}

    def learn(self, moments: Mapping[str, Iterable[str]]) -> None:
        """Such days as somebody else knows."""
        for moment, days in moments.items():
            self._bounds[moment].update(days)

    def until(self, values: Values) -> str:
        """The last day that a thing may be of; empty if nobody says."""
        return max((day for moment in values.get(DATE, ()) for day in self._bounds.get(moment, ())), default="")

    def of_thing(self, iri: str, values: Values) -> Facets:
        """The facets of a thing."""
        kind = self._kind(iri)
        return _kept({
            "kind": {kind},
            "country": {iri} if kind == "country" else values.get(COUNTRY, ()),
            "year": self._years(values),
        }, self._ids)  # fmt: skip

    def of_claim(self, iri: str, values: Values, known: Mapping[str, Values]) -> Facets:
        """The facets of a claim; ``known`` is what is said of other things."""
        spoken = self._spoken.get(iri, set())
        countries = {place for thing in spoken if thing in known for place in known[thing].get(COUNTRY, ())}
        editorials = values.get(STATED_IN, set())
        return _kept({
            "kind": {"claim"},
            "country": countries | {thing for thing in spoken if self._kind(thing) == "country"},
            "held-as": {modality.rpartition("#")[2] for modality in values.get(MODALITY, ())},
            "topic": topics(self._terms.get(iri, ()), self._kinds.get(iri, ())),
            "editorial": editorials,
            "year": {year for one in editorials if one in known for year in self._years(known[one], f"{one}#")},
        }, self._ids)  # fmt: skip

    def _years(self, values: Values, owner: str = "") -> set[str]:
        """Those of its moments, or of those alone whose IRIs begin so: claims may date what is not their own."""
        found: set[int] = set()
        for moment in values.get(DATE, ()):
            if moment.startswith(owner) and (bounds := self._bounds.get(moment)):
                years = [int(year[0]) for day in bounds if (year := YEAR.match(day))]
                first, last = min(years), max(years)
                found.update(range(first, last + 1) if last - first < MOST_YEARS else (first, last))
        return {str(year) for year in found}

    def _kind(self, iri: str) -> str:
        return iri.removeprefix(self._ids).partition("/")[0] if iri.startswith(self._ids) else ""


def _kept(found: Mapping[str, Iterable[str]], ids: str) -> Facets:
    """The facets that have values; things by their slugs."""
    short = {name: sorted({_slug(value, ids) for value in values if value}) for name, values in found.items() if values}
    return {name: values for name, values in short.items() if values}


def _slug(value: str, ids: str) -> str:
    return value.rpartition("/")[2] if value.startswith(ids) else value
