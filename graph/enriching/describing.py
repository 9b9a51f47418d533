"""What the things that were found are called, how they are described, and which identifiers they have elsewhere.

What cannot be a name is left out and told: it hides something, is longer than any name, or runs in another direction.
"""

from collections import defaultdict
from collections.abc import Sequence

from rdflib import Literal, URIRef

from graph.engine.results import Term
from graph.enriching.asking import Endpoint
from graph.enriching.labels import canonical, fault
from graph.enriching.matches import Identifier, Match, Matches, Name, value
from graph.enriching.profile import Profile
from graph.enriching.templates import Row

MOST_NAMES = 60
"""Names of one thing that are shown."""
_NONE = Term("literal", "")


def names(found: Matches, endpoint: Endpoint, languages: Sequence[str]) -> None:
    """Add what each thing is called in these languages and their scripts, and how it is described."""
    items: list[Row] = [{"item": URIRef(item)} for item in found.items()]
    ranges: list[Row] = [{"language": Literal(language)} for language in languages]
    for told in endpoint.ask_in_parts("names", items, ranges):
        by_item: defaultdict[str, set[tuple[int, str, str, str]]] = defaultdict(set)
        for row in told.rows:
            text, tag = row.get("name", _NONE).value, canonical(row.get("name", _NONE).language or "")
            rank = _rank(tag, languages)
            if rank < len(languages):
                by_item[value(row, "item")].add((rank, tag, value(row, "kind"), text))
        for match in found:
            if texts := by_item.get(match.item):
                _describe(match, texts)
                _name(match, texts, told.day, found)


def identifiers(found: Matches, endpoint: Endpoint, profile: Profile) -> None:
    """Add the identifiers that each thing has elsewhere, as far as the profile knows their schemes."""
    schemes = {iri: scheme for scheme, iri in profile.identifiers.items()}
    properties: list[Row] = [{"property": URIRef(iri)} for iri in schemes]
    items: list[Row] = [{"item": URIRef(item)} for item in found.items()]
    for told in endpoint.ask_in_parts("identifiers", items if properties else (), properties):
        by_item: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for row in told.rows:
            if scheme := schemes.get(value(row, "property")):
                by_item[value(row, "item")].add((scheme, value(row, "value")))
        for match in found:
            for scheme, text in sorted(by_item.get(match.item, ())):
                _identify(match, Identifier(scheme, text, told.day), found)


def _rank(tag: str, languages: Sequence[str]) -> int:
    """Which of the languages that were asked for a tag is (RFC 4647, basic filtering); their number if it is none."""
    wanted = [language.lower() for language in languages]
    return next((at for at, one in enumerate(wanted) if f"{tag.lower()}-".startswith(f"{one}-")), len(wanted))


def _describe(match: Match, texts: set[tuple[int, str, str, str]]) -> None:
    usable = [text for _, tag, kind, text in sorted(texts) if kind == "description" and not fault(text, tag)]
    match.description = match.description or next(iter(usable), "")


def _name(match: Match, texts: set[tuple[int, str, str, str]], day: str, found: Matches) -> None:
    match.retrieved = match.retrieved or day
    held = {(name, language.lower()) for name, language in match.subject.names()}
    for _, tag, kind, text in sorted(texts, key=lambda one: (one[0], one[1], one[2] != "name", one[3])):
        if kind not in ("name", "alias") or (text, tag.lower()) in held:
            continue
        held.add((text, tag.lower()))
        if (wrong := fault(text, tag)) or len(match.names) >= MOST_NAMES:
            what = wrong or f"it has more than {MOST_NAMES}"
            found.refuse(f"{match.item}: a name in {tag[:40]!r} is left out: {what}")
        else:
            match.names.append(Name(text, tag, day))


def _identify(match: Match, found_there: Identifier, found: Matches) -> None:
    scheme, text = found_there.scheme, found_there.value
    held = match.subject.identifiers().get(scheme)
    if wrong := fault(text, "und"):
        found.refuse(f"{match.item}: its {scheme} is left out: {wrong}")
    elif held is None:
        match.identifiers.append(found_there)
    elif held == text:
        match.because(f"the same {scheme}, {text}")
    else:
        match.because(f"another {scheme}: {text} there, {held} here")
