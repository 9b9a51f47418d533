"""Entities in FollowTheMoney's JSON lines (https://followthemoney.tech/), as OpenSanctions publishes them.

Taken are people, organisations and posts with their names, countries and Wikidata identifiers, who holds which post,
and who owns what. Other schemata are counted and left out, and so are birth, address, contact and passport.
"""

from typing import Any

from pyoxigraph import Literal, NamedNode
from rdflib import FOAF, ORG, RDF, SKOS

from graph import iris
from graph.importing.dates import plain, span
from graph.importing.documents import Record, lines, shown, text, texts
from graph.importing.files import SourceFile
from graph.importing.reading import Reading
from graph.jsonld import node
from ontology.terms import POL

TITLE = "Entities in FollowTheMoney JSON"
PUBLISHER = "the source of the entities"
THINGS = {
    "Person": ("person", FOAF.Person),
    "Organization": ("group", ORG.Organization),
    "PublicBody": ("group", ORG.Organization),
    "Company": ("group", ORG.Organization),
    "LegalEntity": ("group", ORG.Organization),
    "Position": ("post", ORG.Post),
}
"""By schema, the kind of its IRIs and its class."""
TIES = {"Occupancy": ("holder", "post"), "Ownership": ("owner", "asset")}
"""By schema, the properties that name the two that are tied."""
KEYS = frozenset(
    ("id", "schema", "properties", "caption", "datasets", "referents", "target", "first_seen", "last_seen")
) | frozenset(("last_change", "origin"))
TAKEN = frozenset(
    ("name", "alias", "country", "wikidataId", "holder", "post", "owner", "asset", "startDate", "endDate")
)


def read_ftm(file: SourceFile, reading: Reading) -> None:
    """All entities of a file, in two passes over what is kept: ties name things that may come later."""
    kinds: dict[str, str] = {}
    ties: list[tuple[int, Record]] = []
    for number, record in lines(file):
        reading.rows += 1
        key, schema = text(record.get("id")), text(record.get("schema"))
        properties = record.get("properties")
        if strange := sorted(record.keys() - KEYS):
            reading.fault(file, number, f"not of FollowTheMoney: {', '.join(strange)[:80]}", "take it out")
        elif not key or not schema or not isinstance(properties, dict):
            reading.fault(file, number, "no id, schema or properties", "give all three")
        elif (before := reading.seen(("ftm", key), (file.name, number))) is not None:
            reading.fault(file, number, f"the id {key[:60]!r} a second time; first in line {before[1]}", "keep one")
        elif schema in THINGS:
            if iri := _thing(file, reading, number, record):
                kinds[key] = iri
        elif schema in TIES:
            ties.append((number, {"id": key, "schema": schema, "properties": _kept(properties)}))
        else:
            reading.skip(f"schema {schema[:40]} is not taken")
    for number, record in ties:
        _tie(file, reading, number, record, kinds)


def _kept(properties: Record) -> Record:
    return {key: texts(properties[key]) for key in sorted(properties) if key in TAKEN}


def _thing(file: SourceFile, reading: Reading, number: int, record: Record) -> str | None:
    properties, sink = _kept(record["properties"]), reading.sink
    reading.skip("properties that are not taken", len(record["properties"].keys() - TAKEN))
    kind, class_ = THINGS[text(record["schema"])]
    names = list(dict.fromkeys([*properties.get("name", ()), *properties.get("alias", ())]))
    if not names:
        reading.fault(file, number, "no name", "give one")
        return None
    countries = [_country(file, reading, number, code) for code in properties.get("country", ())]
    pairs = [("wikidata", value) for value in properties.get("wikidataId", ())]
    minted = iris.thing(f"{kind}/{sink.name}-{reading.slug(text(record['id']))}")
    where = countries[0].value if len(countries) == 1 and countries[0] else None
    subject = node(reading.reconciler.find(minted, names, pairs, where))
    if subject.value == minted:
        sink.say(subject, RDF.type, node(class_))
        for at, name in enumerate(names):
            sink.say(subject, SKOS.altLabel if at else SKOS.prefLabel, Literal(name))
        for country in countries:
            if country is not None:
                sink.say(subject, POL.country, country)
        for scheme, value in pairs:
            sink.identifier(subject, scheme, value, sink.name)
        kept = {"id": record["id"], "schema": record["schema"], "properties": properties}
        sink.derived(subject, sink.row(file.name, number, shown(kept), "entities"))
        reading.count("entities")
    return subject.value


def _country(file: SourceFile, reading: Reading, number: int, code: str) -> NamedNode | None:
    found = reading.countries.find(code.upper(), "")
    if found is None:
        reading.skip(f"countries that are none of ISO 3166-1 ({code[:12]})")
        return None
    return reading.sink.country(found)


def _tie(file: SourceFile, reading: Reading, number: int, record: Record, kinds: dict[str, str]) -> None:
    properties, sink = record["properties"], reading.sink
    ends = [properties.get(name, []) for name in TIES[record["schema"]]]
    if any(len(names) != 1 for names in ends):
        return reading.fault(file, number, f"not one {' and one '.join(TIES[record['schema']])}", "give one of each")
    first, second = (kinds.get(names[0]) for names in ends)
    if first is None or second is None:
        return reading.skip("ties to something that is not in the files, or not taken")
    if first == second:
        return reading.fault(file, number, "a tie of something to itself", "correct it")
    row = sink.row(file.name, number, shown(record), "entities")
    if record["schema"] == "Ownership":
        # The tie itself has no class of its own here; its row says where the statement comes from.
        sink.say(node(second), POL.ownedBy, node(first))
        sink.derived(node(second), row)
        return reading.count("ownerships")
    beginning, end = (next(iter(properties.get(key, [])), "") for key in ("startDate", "endDate"))
    try:
        span(beginning, end)
        dates: dict[Any, Any] = {term: plain(day) for term, day in ((POL.beginning, beginning), (POL.end, end)) if day}
    except ValueError as fault:
        return reading.fault(file, number, str(fault), "correct the date")
    tenure = node(iris.local(sink.iri, f"tenure-{reading.slug(record['id'])}"))
    sink.say(tenure, RDF.type, node(POL.Tenure))
    sink.say(tenure, ORG.member, node(first))
    sink.say(tenure, POL.post, node(second))
    for term, moment in dates.items():
        sink.say(tenure, term, sink.date(moment))
    sink.derived(tenure, row)
    return reading.count("tenures")
