"""Who of an endpoint's things an entity may be: by an identifier that both have, and where there is none, by name.

A name proves nothing, and an identifier may be wrong there or here: neither is taken for granted.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rdflib import Literal, URIRef

from graph.engine.results import Term
from graph.enriching.asking import Endpoint
from graph.enriching.matches import Matches, value
from graph.enriching.profile import Profile
from graph.enriching.subjects import Subject
from graph.enriching.templates import Row


def by_identifier(asked: Sequence[Subject], endpoint: Endpoint, profile: Profile, found: Matches) -> None:
    """Find those of which the endpoint's own identifier is known here, or one that it has too."""
    bearers: defaultdict[tuple[str, str], list[tuple[Subject, str]]] = defaultdict(list)
    for subject in asked:
        held = subject.identifiers()
        if own := held.get(profile.scheme):
            found.add(subject, profile.items + own, f"it has the {profile.scheme} {own} here", "")
            continue
        for scheme, property_iri in profile.identifiers.items():
            if scheme in held:
                bearers[property_iri, held[scheme]].append((subject, scheme))
    rows: list[Row] = [{"property": URIRef(iri), "value": Literal(text)} for iri, text in sorted(bearers)]
    for told in endpoint.ask_in_parts("identified", rows):
        for row in told.rows:
            for subject, scheme in bearers.get((value(row, "property"), value(row, "value")), ()):
                found.add(subject, value(row, "item"), f"the same {scheme}, {row['value'].value}", told.day)


def by_name(asked: Sequence[Subject], endpoint: Endpoint, profile: Profile, found: Matches) -> None:
    """Find those that something of their kind is called like there, in the same letters."""
    bearers: defaultdict[tuple[str, str], list[Subject]] = defaultdict(list)
    rows: list[Row] = []
    for subject in asked:
        for name, language in subject.names(("prefLabel", "altLabel")):
            if "(" not in name:  # “many (people not named)” is a description, and nobody's name
                bearers[name, language.lower()].append(subject)
                rows += _rows(subject, Literal(name, lang=language), profile)
    for told in endpoint.ask_in_parts("candidates", rows):
        for row in told.rows:
            called = row.get("name", Term("literal", ""))
            for subject in bearers.get((called.value, (called.language or "").lower()), ()):
                if not profile.classes or value(row, "class") in profile.classes.get(subject.kind, ()):
                    why = f"“{called.value}” ({called.language}) is a name of it there"
                    found.add(subject, value(row, "item"), why, told.day)


def _rows(subject: Subject, name: Literal, profile: Profile) -> Iterator[Row]:
    if not profile.classes:
        yield {"name": name}
    for iri in profile.classes.get(subject.kind, ()):
        yield {"name": name, "class": URIRef(iri)}
