"""What this graph itself records of a thing, outside all claims: country, names, identifiers, links elsewhere."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, Triple
from rdflib import SKOS

from graph.asking.selecting import select as asked
from graph.description import Description
from graph.iris import ID
from ontology.base import BASE
from server import vocabulary
from server.holdings import holdings
from server.links import ELSEWHERE, page_of
from server.pieces import Link
from server.reading import iris
from server.site.sentences import Piece, Values, Writer, filled, listed, local, local_iri
from server.site.things.citing import Register
from server.site.things.claimed import printed_in
from server.site.things.sections import BELONGING, OTHERS
from server.site.things.views import Fact, Name, Said
from server.words.language import gettext as _

NAMES = ("prefLabel", "altLabel", "hiddenLabel", "label", "name", "headline")
PLAIN = ("type", *NAMES, "identifier", "editorialNote", "replaces", "mention", "sha256", "inLanguage", "datePublished")
MANY = 60
"""Things of one class that are listed on a page."""


def recorded_in(found: Description) -> list[Triple]:
    """The statements about the thing, in both directions, that no claim makes and no reasoning."""
    return [triple for triple in found.statements if triple not in found.grounds and not _is_of_claim(triple)]


def facts_of(thing: str, recorded: Sequence[Triple], values: Values) -> Iterator[Fact]:
    """What is recorded of the thing itself."""
    own = [triple for triple in recorded if local_iri(triple.subject) == thing and _is_told(triple)]
    for sentence in Writer(values).of(thing, own):
        yield Fact(None, (), Said(sentence.pieces))
    for triple in recorded:
        if local(triple.predicate) == "editorialNote" and isinstance(triple.object, Literal):
            yield Fact(None, (), Said((Piece(triple.object.value, language=triple.object.language or "en"),)))
    yield from _identifiers(thing, recorded)


def belonging(thing: str, recorded: Sequence[Triple], values: Values) -> Iterator[Fact]:
    """The things that are recorded as belonging to it, class by class."""
    others = [local_iri(t.subject) for t in recorded if local_iri(t.object) == thing and _is_thing(t.subject)]
    by_kind: dict[str, list[str]] = defaultdict(list)
    for other, kind in _kinds(sorted(set(others))).items():
        by_kind[kind].append(other)
    for kind in sorted(
        by_kind, key=lambda name: (name not in BELONGING, list(BELONGING).index(name) if name in BELONGING else 0)
    ):
        named = sorted((values.named(other) for other in by_kind[kind][:MANY]), key=str)
        pieces = filled(_(BELONGING.get(kind, OTHERS)), {"value": listed([(name,) for name in named])})
        yield Fact(None, (), Said(pieces))


def names_of(thing: str, recorded: Sequence[Triple], claims: Sequence[str], register: Register) -> tuple[Name, ...]:
    """Every name of the thing: as this graph calls it, otherwise, and as printed in the quotes."""
    ways = {
        str(SKOS.altLabel): _("also"),
        str(SKOS.hiddenLabel): _("misspelt"),
        str(SKOS.prefLabel): _("in this graph"),
    }
    found = [
        Name(triple.object.value, triple.object.language or "", ways[triple.predicate.value])
        for triple in recorded
        if triple.predicate.value in ways and isinstance(triple.object, Literal) and local_iri(triple.subject) == thing
    ]
    found.sort(key=lambda name: (list(ways.values())[::-1].index(name.how), name.language, name.text))
    sources = _name_sources(thing, recorded)
    found = [
        replace(name, how=_("also, from %(source)s") % {"source": sources[name.text, name.language]})
        if name.how == _("also") and (name.text, name.language) in sources
        else name
        for name in found
    ]
    printed: dict[tuple[str, str], list[str]] = defaultdict(list)
    for _thing, text, language, claim in printed_in(claims, thing) if claims else ():
        printed[text, language].append(claim)
    quoted = [Name(*name, _("as printed"), register.cite(rests)) for name, rests in printed.items()]
    kept = [name for name in found if not (name.how == _("misspelt") and name.text in {one.text for one in quoted})]
    return (*kept, *quoted) if len(kept) + len(quoted) > 1 else ()


def _name_sources(thing: str, recorded: Iterable[Triple]) -> dict[tuple[str, str], str]:
    """Whose data a name was taken from, by text and language: the beginning of what stands as its source."""
    parts: dict[str, dict[str, Literal]] = defaultdict(dict)
    for triple in recorded:
        if isinstance(triple.object, Literal) and local_iri(triple.subject).startswith(f"{thing}#"):
            parts[local_iri(triple.subject)][local(triple.predicate)] = triple.object
    return {
        (part["literalForm"].value, part["literalForm"].language or ""): part["source"].value.partition(",")[0]
        for part in parts.values()
        if {"literalForm", "source"} <= part.keys()
    }


def elsewhere(thing: str, recorded: Sequence[Triple]) -> tuple[Link, ...]:
    """Addresses of other sites that the graph has of the thing."""
    found = {
        t.object.value: Link(vocabulary.compact(t.object.value), page_of(t.object.value))
        for t in recorded
        if isinstance(t.object, NamedNode) and local_iri(t.subject) == thing and _is_elsewhere(t.object.value)
        and local(t.predicate) != "type"
    }  # fmt: skip
    return tuple(found[iri] for iri in sorted(found))


def _identifiers(thing: str, recorded: Iterable[Triple]) -> Iterator[Fact]:
    """Identifiers of other data sets, and which of these confirms them."""
    of: dict[str, dict[str, Piece]] = defaultdict(dict)
    for triple in recorded:
        if isinstance(triple.object, Literal) and local_iri(triple.subject).startswith(f"{thing}#"):
            of[local_iri(triple.subject)][local(triple.predicate)] = Piece(triple.object.value, is_value=True)
    for parts in of.values():
        if not {"propertyID", "value"} <= set(parts):
            continue
        fillings: Mapping[str, tuple[Piece, ...]] = {name: (piece,) for name, piece in parts.items()}
        said = (
            _("%(propertyID)s: %(value)s, confirmed by %(source)s.")
            if "source" in parts
            else _("%(propertyID)s: %(value)s.")
        )
        yield Fact(None, (), Said(filled(said, fillings)))


def _kinds(things: Sequence[str]) -> Mapping[str, str]:
    """The last part of the most specific class of each of these."""
    found: dict[str, set[str]] = defaultdict(set)
    for start in range(0, len(things), 200):
        text = (
            f"SELECT ?it ?kind WHERE {{ VALUES ?it {{ {iris(things[start : start + 200])} }} ?it a ?kind }} LIMIT 5000"
        )
        for row in asked(holdings().engine, text):
            found[row["it"].value].add(local_iri(row["kind"]))
    return {
        thing: next(
            (
                local(NamedNode(kind))
                for kind in vocabulary.most_specific(found[thing])
                if local(NamedNode(kind)) in BELONGING
            ),
            "",
        )
        for thing in things
    }


def _is_told(triple: Triple) -> bool:
    """Whether a statement is for a sentence: not a name, a part of a record, or an address elsewhere."""
    if local(triple.predicate) in PLAIN:
        return False
    return not (isinstance(triple.object, NamedNode) and _is_elsewhere(triple.object.value))


def _is_elsewhere(iri: str) -> bool:
    return iri.startswith(ELSEWHERE) and not iri.startswith(BASE)


def _is_thing(term: object) -> bool:
    """Whether this is a thing of the graph, not a claim, a part of one, or an event of a claim."""
    iri = local_iri(term)
    return iri.startswith(ID) and "#" not in iri and not iri.startswith((f"{ID}claim/", f"{ID}editorial/"))


def _is_of_claim(triple: Triple) -> bool:
    return any(local_iri(term).startswith(f"{ID}claim/") for term in (triple.subject, triple.object))
