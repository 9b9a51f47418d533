"""Parliaments in Popolo's JSON (https://www.popoloproject.com/specs/), as EveryPolitician publishes them.

A membership becomes a tenure: who, in which post, for which party, between the days of the membership or else of its
legislative period. What concerns somebody's private life (birth, gender, pictures, addresses) is not taken.
"""

from collections.abc import Iterator
from typing import Any

import pycountry
from pyoxigraph import Literal, NamedNode
from rdflib import FOAF, ORG, RDF, SKOS

from graph import iris
from graph.importing.countries import Country
from graph.importing.dates import plain, span
from graph.importing.documents import Record, parse, records, shown, text, unknown
from graph.importing.faults import refusal
from graph.importing.files import SourceFile
from graph.importing.reading import Reading
from graph.importing.sink import LANGUAGE
from graph.importing.slugs import slug
from graph.jsonld import node
from ontology.terms import POL

TITLE = "Parliaments in Popolo JSON"
PUBLISHER = "EveryPolitician"
HOMEPAGE = "http://everypolitician.org/"
_SHARED = "id name identifiers other_names image images links sources contact_details created_at updated_at"
PRIVATE = (
    *("birth_date", "death_date", "gender", "image", "images"),
    *("email", "phone", "contact_details", "national_identity"),
)
KEYS = {
    "persons": f"{_SHARED} family_name given_name additional_name honorific_prefix honorific_suffix patronymic_name "
    "sort_name email gender birth_date death_date summary biography national_identity phone memberships",
    "organizations": f"{_SHARED} classification parent_id area_id abstract description founding_date dissolution_date "
    "seats type srgb",
    "memberships": f"{_SHARED} label role person_id organization_id post_id on_behalf_of_id area_id "
    "legislative_period_id start_date end_date",
    "events": f"{_SHARED} classification organization_id start_date end_date description type slug csv",
    "areas": f"{_SHARED} type classification parent_id geometry",
    "posts": f"{_SHARED} label role organization_id area_id start_date end_date",
}
LISTS = {*KEYS, "motions", "vote_events", "meta"}
NAMING = ("id", "name", "other_names", "identifiers")
NO_PARTY = ("unknown", "independent")


def read_popolo(file: SourceFile, reading: Reading, country: str = "") -> None:
    """All memberships of a file; ``country`` is a code of ISO 3166-1, else the name of the file begins with it."""
    data = parse(file, file.document())
    if not isinstance(data, dict) or not isinstance(data.get("memberships"), list):
        raise refusal(file.path, "not Popolo: no list of memberships", "give the JSON that its publisher offers")
    if strange := unknown(data, LISTS):
        raise refusal(file.path, f"not of Popolo: {', '.join(strange)}", "give the JSON that its publisher offers")
    _Parliament(file, data, reading, _country(file, reading, country)).read()


def _country(file: SourceFile, reading: Reading, code: str) -> Country:
    if code:
        found = reading.countries.find(code, "")
    else:
        words = slug(file.path.stem).split("-")
        starts = {"-".join(words[:count]) for count in range(1, len(words) + 1)}
        names = (c for c in pycountry.countries if slug(getattr(c, "common_name", c.name)) in starts)
        found = next((reading.countries.find(c.alpha_3, "") for c in names), None)
    if found is None:
        hint = "name the file COUNTRY-CHAMBER.json, as kazakhstan-assembly.json, or give --country KAZ"
        raise refusal(file.path, "nobody says which country this parliament is of", hint)
    return found


class _Parliament:
    def __init__(self, file: SourceFile, data: Record, reading: Reading, country: Country) -> None:
        self._file, self._data, self._reading, self._country = file, data, reading, country
        self._sink = reading.sink
        self._stem = slug(file.path.stem)
        self._numbers: dict[str, dict[str, int]] = {name: {} for name in KEYS}
        self._by_id = {name: dict(self._identified(name)) for name in KEYS if name != "memberships"}

    def read(self) -> None:
        """Everything."""
        self._no_circles()
        memberships = records(self._data["memberships"])
        reading = self._reading
        for number, record in enumerate(memberships, start=1):
            reading.rows += 1
            self._strange("memberships", number, record)
            first = reading.seen(("membership", self._stem, shown(record)), (self._file.name, number))
            if first is not None:
                self._fault("memberships", number, f"the same as number {first[1]}", "keep one of the two")
            else:
                self._membership(number, record)
        for name in ("persons", "organizations"):
            private = sum(bool(record.get(key)) for record in self._by_id[name].values() for key in PRIVATE)
            reading.skip(f"details of {name} that are not taken (private life, pictures, addresses)", private)
        reading.skip("constituencies", len(self._by_id["areas"]))

    def _identified(self, name: str) -> Iterator[tuple[str, Record]]:
        given = self._data.get(name, [])
        for number, record in enumerate(records(given), start=1):
            self._strange(name, number, record)
            key = text(record.get("id"))
            if not key or not (text(record.get("name")) or name == "posts"):
                self._fault(name, number, "no id or no name", "give both")
            elif self._reading.seen((self._stem, name, key), (self._file.name, number)) is not None:
                self._fault(name, number, f"the id {key[:60]!r} a second time", "keep one of the two")
            else:
                self._numbers[name][key] = number
                yield key, record
        if not isinstance(given, list) or len(records(given)) != len(given):
            self._fault(name, 1, "not a list of objects", "give the JSON that its publisher offers")

    def _no_circles(self) -> None:
        organizations = self._by_id["organizations"]
        for key in organizations:
            passed, at = {key}, text(organizations[key].get("parent_id"))
            while at in organizations and at not in passed:
                passed.add(at)
                at = text(organizations[at].get("parent_id"))
            if at == key:
                self._fault("organizations", 1, f"{key[:60]!r} is part of itself", "correct parent_id")

    def _membership(self, number: int, record: Record) -> None:
        person = self._named("persons", record, "person_id", number)
        body = self._named("organizations", record, "organization_id", number)
        period = self._named("events", record, "legislative_period_id", number, needed=False) or {}
        party = self._named("organizations", record, "on_behalf_of_id", number, needed=False)
        if person is None or body is None:
            return
        beginning = text(record.get("start_date")) or text(period.get("start_date"))
        end = text(record.get("end_date")) or text(period.get("end_date"))
        try:
            span(beginning, end)
            dates = {POL.beginning: beginning and plain(beginning), POL.end: end and plain(end)}
        except ValueError as fault:
            return self._fault("memberships", number, str(fault), "correct the date")
        sink, role = self._sink, text(record.get("role")) or "member"
        row = sink.row(self._file.name, number, shown(record), "memberships")
        tenure = node(iris.local(sink.iri, f"tenure-{self._stem}-{number}"))
        sink.say(tenure, RDF.type, node(POL.Tenure))
        sink.say(tenure, ORG.member, self._person(person))
        sink.say(tenure, POL.post, self._post(role, body))
        sink.say(tenure, POL.country, sink.country(self._country))
        if party and text(party["name"]).casefold() not in NO_PARTY:
            sink.say(tenure, POL.party, self._party(party))
        else:
            self._reading.skip("no party given (“unknown”, “independent”)")
        for term, moment in dates.items():
            if moment:
                sink.say(tenure, str(term), sink.date(moment))
        sink.derived(tenure, row)
        self._reading.count("tenures")

    def _person(self, record: Record) -> NamedNode:
        return self._described("persons", "person", FOAF.Person, record, "persons")

    def _party(self, record: Record) -> NamedNode:
        return self._described("organizations", "party", POL.PoliticalParty, record, "parties")

    def _post(self, role: str, body: Record) -> NamedNode:
        sink, name = self._sink, f"{role}, {text(body['name'])}"
        organization = node(iris.local(sink.iri, f"organization-{self._stem}-{self._reading.slug(text(body['id']))}"))
        subject = node(iris.thing(f"post/{sink.name}-{self._stem}-{self._reading.slug(role)}"))
        if sink.first(subject.value):
            sink.say(subject, RDF.type, node(ORG.Post))
            sink.say(subject, SKOS.prefLabel, Literal(name, language="en"))
            sink.say(subject, ORG.postIn, organization)
            sink.say(subject, POL.country, sink.country(self._country))
        if sink.first(organization.value):
            sink.say(organization, RDF.type, node(ORG.Organization))
            sink.say(organization, SKOS.prefLabel, Literal(text(body["name"])))
            for scheme, value in self._identifiers(body):
                sink.identifier(organization, scheme, value, self._file.name)
        return subject

    def _described(self, name: str, kind: str, type_: Any, record: Record, counted: str) -> NamedNode:
        sink = self._sink
        minted = iris.thing(f"{kind}/{sink.name}-{self._stem}-{self._reading.slug(text(record['id']))}")
        names = dict.fromkeys([(text(record["name"]), ""), *self._other_names(record)])
        pairs = list(self._identifiers(record))
        subject = node(self._reading.reconciler.find(minted, [n for n, _ in names], pairs, self._country.iri))
        if subject.value == minted and sink.first(minted):
            sink.say(subject, RDF.type, node(type_))
            for at, (written, language) in enumerate(names):
                label = Literal(written, language=language) if language else Literal(written)
                sink.say(subject, SKOS.altLabel if at else SKOS.prefLabel, label)
            if kind == "party":
                sink.say(subject, POL.country, sink.country(self._country))
            for scheme, value in pairs:
                sink.identifier(subject, scheme, value, self._file.name)
            number = self._numbers[name][text(record["id"])]
            kept: Record = {key: record[key] for key in NAMING if key in record}
            sink.derived(subject, sink.row(self._file.name, number, shown(kept), name))
            self._reading.count(counted)
        return subject

    @staticmethod
    def _other_names(record: Record) -> Iterator[tuple[str, str]]:
        for item in records(record.get("other_names")):
            if name := text(item.get("name")):
                language = text(item.get("lang"))
                yield name, language if LANGUAGE.fullmatch(language) else ""

    @staticmethod
    def _identifiers(record: Record) -> Iterator[tuple[str, str]]:
        for item in records(record.get("identifiers")):
            scheme, value = text(item.get("scheme")), text(item.get("identifier"))
            if scheme and value:
                yield scheme, value

    def _named(self, name: str, record: Record, key: str, number: int, *, needed: bool = True) -> Record | None:
        wanted = text(record.get(key))
        if not wanted and not needed:
            return None
        found = self._by_id[name].get(wanted)
        if found is None:
            what = f"{key} {wanted[:60]!r} is in no list of {name}" if wanted else f"no {key}"
            self._fault("memberships", number, what, "correct it, or add what it names")
        return found

    def _strange(self, name: str, number: int, record: Record) -> None:
        if strange := unknown(record, KEYS[name].split()):
            self._fault(name, number, f"not of Popolo: {', '.join(strange)}", "take it out, or teach the reader")

    def _fault(self, name: str, number: int, what: str, hint: str) -> None:
        self._reading.fault(self._file, 1, f"{name}, number {number}: {what}", hint)
