"""The search page: what is found by kind, with the words that matched, and the facets that narrow it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from flask import Response, render_template

from graph.searching.marks import Span, excerpt, marks
from graph.searching.narrowing import FACETS
from server.claims import claims_by_iri
from server.links import page_of
from server.pieces import Claim, Link
from server.searching import description_of, name_of, searchable
from server.site.facet_words import facet_titles, imported_title, kind_titles, modality_of, value_name
from server.site.search_found import Result, Search
from server.site.search_request import MOST_VALUES, Wanted
from server.site.search_views import (
    Facet,
    FacetValue,
    FoundClaim,
    FoundThing,
    ResultGroup,
    SearchPage,
    Words,
)
from server.words.language import gettext as _

SHORT, LONG = 5, 20
"""Results of a kind among others, and of one kind alone."""
FIRST = 8
"""Values of a facet that are shown at once."""
QUOTED = 320
"""About so many characters of a quote are shown."""


def respond(asked: Wanted, limit: int, offset: int) -> Response:
    """The page; ``limit`` results of each kind at a time, or as many as are usual if it is 0."""
    return Response(render_template("search.html", view=search_page(asked, limit, offset)), content_type="text/html")


def search_page(asked: Wanted, limit: int = 0, offset: int = 0) -> SearchPage:
    """The page of one search."""
    found = Search(asked, searchable())
    kinds = dict(found.kinds())
    claims = found.number("claims") if "claims" in found.groups else 0
    imported = found.number("imported") if "imported" in found.groups else 0
    alone = len(kinds) + bool(claims) + bool(imported) <= 1
    limit = limit or (LONG if alone else SHORT)
    groups = [_things(found, asked, kind, number, slice(offset, offset + limit)) for kind, number in kinds.items()]
    if claims:
        groups.append(_claims(found, asked, claims, slice(offset, offset + (limit if alone else 2 * limit))))
    if imported:
        groups.append(_imported(found, asked, imported, slice(offset, offset + limit)))
    if alone:
        groups = [replace(group, more=None) for group in groups]
    largest = max((*kinds.values(), claims, imported)) if alone else 0
    return SearchPage(
        text=asked.text,
        groups=tuple(group for group in groups if group.things or group.claims),
        facets=tuple(_facets(found, asked)),
        chosen=tuple(_value(asked, facet, value, 0) for facet in FACETS for value in asked.chosen.get(facet, ())),
        wider=asked.address(**dict.fromkeys(FACETS)),
        fields=tuple((facet, value) for facet, values in asked.chosen.items() for value in values),
        asserted=found.number("claims", switched=False, **_asserted(asked)) if "claims" in found.groups else 0,
        everything=found.number("claims", switched=False),
        turns=tuple(_turns(asked, largest, offset, limit)),
    )


def _asserted(asked: Wanted) -> dict[str, tuple[str, ...]]:
    given = asked.chosen.get("held-as")
    return {"held-as": ("asserted",) if not given or "asserted" in given else ("",)}


def _things(found: Search, asked: Wanted, kind: str, number: int, part: slice) -> ResultGroup:
    results = found.results("things", part, kind=(kind,))
    more = asked.address(kind=(kind,)) if number > part.stop else None
    shown = tuple(_thing(one, asked.text) for one in results)
    return ResultGroup(kind, kind_titles().get(kind, kind), number, shown, more=more)


def _imported(found: Search, asked: Wanted, number: int, part: slice) -> ResultGroup:
    """What only imported data sets know, of every kind: it comes last, and apart from what something is claimed of."""
    shown = tuple(_thing(one, asked.text) for one in found.results("imported", part))
    alone = asked.address(imported=tuple(found.facets()["imported"])[:MOST_VALUES])
    return ResultGroup(
        "imported", imported_title(), number, shown, more=alone if number > part.stop else None
    )  # fmt: skip


def _claims(found: Search, asked: Wanted, number: int, part: slice) -> ResultGroup:
    results = found.results("claims", part)
    told = claims_by_iri(one.record["id"] for one in results)
    claims = (told[one.record["id"]] for one in results if one.record["id"] in told)
    shown = tuple(_claim(claim, asked.text) for claim in claims if not claim.private)
    more = asked.address(kind=("claims",)) if number > part.stop else None
    return ResultGroup("claims", kind_titles()["claims"], number, claims=shown, more=more)


def _thing(found: Result, text: str) -> FoundThing:
    record, features = found.record, found.features
    name = name_of(record)
    other = features.name if features and not marks(name, text) and features.name != name else None
    language = next((code for given, code, _kind in record["names"] if given == other), "")
    return FoundThing(
        href=page_of(record["id"]) or "",
        name=in_words(name, marks(name, text)),
        language=record["names"][0][1],
        description=description_of(record),
        known_as=in_words(other, marks(other, text)) if other else None,
        known_as_language=language,
    )


def _claim(claim: Claim, text: str) -> FoundClaim:
    shown = (excerpt(quote, text, QUOTED) for quote in claim.quotes)
    return FoundClaim(
        claim, in_words(claim.sentence, marks(claim.sentence, text)), tuple(in_words(*quote) for quote in shown)
    )


def in_words(text: str, spans: Iterable[Span]) -> Words:
    """The text in parts, each with whether it is one of these spans."""
    parts, at = [], 0
    for begin, end in spans:
        parts += [(text[at:begin], False), (text[begin:end], True)]
        at = end
    return tuple(part for part in (*parts, (text[at:], False)) if part[0])


def _facets(found: Search, asked: Wanted) -> Iterator[Facet]:
    counts = found.facets()
    titles = facet_titles()
    for facet in FACETS:
        chosen = asked.chosen.get(facet, ())
        values = {value: counts[facet].get(value, 0) for value in (*chosen, *counts[facet])}
        if chosen or len(values) > 1:
            shown = [_value(asked, facet, value, number) for value, number in values.items()]
            yield Facet(facet, titles[facet], tuple(shown[:FIRST]), tuple(shown[FIRST : 5 * FIRST]))


def _value(asked: Wanted, facet: str, value: str, number: int) -> FacetValue:
    name, language = value_name(facet, value)
    chosen = value in asked.chosen.get(facet, ())
    return FacetValue(name, language, number, asked.toggled(facet, value), chosen, modality_of(facet, value))


def _turns(asked: Wanted, number: int, offset: int, limit: int) -> Iterator[Link]:
    """To the results before and after, where one kind alone is shown."""
    if offset:
        yield Link(_("The ones before"), asked.address(offset=max(0, offset - limit) or None))
    if number > offset + limit:
        yield Link(_("The ones after"), asked.address(offset=offset + limit))
