"""The things that a picture's address names, and those that its form offers."""

from collections.abc import Iterable

from flask import request

from graph.description import exists
from graph.errors import ParameterError
from graph.iris import ID, is_path, path_of
from graph.searching.search import LONGEST, search
from server.holdings import holdings
from server.labels import Names
from server.links import page_of
from server.reading import select, text_of
from server.searching import searchable
from server.site.pictures.network_views import Thing
from server.site.pictures.tie_words import kind_of, kind_words
from server.suggestions import unknown

CLASSES = {
    "government": "pol:Government",
    "party": "pol:PoliticalParty",
    "outlet": "pol:MediaOutlet",
    "sector": "pol:MediaSector",
    "platform": "pol:SocialPlatform",
    "person": "foaf:Person",
    "group": "pol:AgentGroup",
    "post": "org:Post",
    "country": "schema:Country",
}
"""The kinds that can be chosen, and the class of each."""
LEAST = 60.0
"""The score of a name that is taken for what was meant."""


def asked_thing(parameter: str) -> str:
    """The IRI of the thing that a parameter names by its path, its IRI or its name; empty if it names none.

    UnknownName for a thing that nothing is said of, ParameterError for a name that nothing has.
    """
    given = request.args.get(parameter, "").strip()
    if not given:
        return ""
    path = path_of(given)
    if not is_path(path) or path.startswith(("claim/", "editorial/")):
        path = path_of(_named(parameter, given))
    if not exists(holdings().engine, ID + path):
        unknown(ID + path)
    return ID + path


def _named(parameter: str, name: str) -> str:
    """The thing whose name this is, or is most like."""
    hits = search(searchable().things, name[:LONGEST], prefix=True)
    found = [str(hit.record["id"]) for hit in hits if hit.score >= LEAST]
    kept = [iri for iri in found if is_path(path_of(iri)) and kind_of(iri) in CLASSES]
    if not kept:
        hint = "give a path, as person/asya-tulesova"
        raise ParameterError(f"{parameter}={name!r} is nothing that is known here", hint)
    return kept[0]


def of_kind(kind: str, most: int) -> list[str]:
    """Some things of a kind, as many as can be offered; never all of a large graph."""
    known = holdings().statistics
    if known and known.ids == ID:
        return list(known.things.get(kind, ())[:most])
    start = f'STRSTARTS(STR(?thing), "{ID}{kind}/")'
    rows = select(f"SELECT ?thing WHERE {{ ?thing a {CLASSES[kind]} FILTER({start}) }} LIMIT {most}")
    return sorted({iri for row in rows if is_path(path_of(iri := text_of(row, "thing")))})


class Shown:
    """Things as pages show them, their names asked for together."""

    def __init__(self, wanted: Iterable[str]) -> None:
        self._names = Names(wanted)
        self._kinds = kind_words()

    def of(self, iri: str) -> Thing:
        """One of them."""
        kind = kind_of(iri)
        return Thing(path_of(iri), self._names.of(iri), page_of(iri) or "", kind, self._kinds.get(kind, kind))
