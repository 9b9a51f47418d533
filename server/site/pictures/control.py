"""Who controls how much of which media, by source and by how it is held; extents in words, never invented numbers."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from flask import url_for

from graph.errors import ParameterError
from graph.iris import ID, ONTOLOGY
from server.reading import iris, select, text_of
from server.site.held import asserted_only
from server.site.pictures import wording
from server.site.pictures.asked_things import CLASSES, Shown, asked_thing, of_kind
from server.site.pictures.frame import frame
from server.site.pictures.network_views import ControlPage, ControlShown, MediaGroup, Thing, TieShown
from server.site.pictures.shown_ties import Writer
from server.site.pictures.tabular import Record
from server.site.pictures.tie_words import MARKS, held_words, kind_of
from server.site.pictures.ties import DERIVED, FIRM, HELD, Tie, ties_of
from server.words.language import gettext as _

MEDIA = ("sector", "outlet")
"""The kinds of things whose control is looked at."""
OVER = (f"{ONTOLOGY}#controlled", f"{ONTOLOGY}#wholeControlOf")
"""What leads from a control to the media."""
UNDER = tuple(f"{ONTOLOGY}#{name}" for name in ("ownedBy", "whollyControlledBy", "controlledBy"))
"""What leads from media to whoever controls them."""
MOST = 30
"""Media on one page; a country chooses others."""
ROWS = 60
"""Statements on one page; the data has all of the same media."""
COUNTRIES = 250
"""Countries that can be chosen."""
CLAIMS = 20
"""Claims that are listed of those that say the same of the same."""
ROW, MARGIN = 52, 54
"""Pixels: for each line of the picture, and above and below."""
COLUMNS = (
    *("media", "media_name", "relation", "controller", "controller_name", "extent", "held"),
    *("claim", "sentence", "quotes", "source"),
)


def control_page() -> ControlPage:
    """The page as its address asks for it."""
    country = _country()
    media, controls, silent, left_out = _found(country)
    countries = of_kind("country", COUNTRIES)
    names = Shown({*countries, *([country] if country else [])})
    firm = [one for one in controls if one.held.name in FIRM]
    chosen = firm if asserted_only() else controls
    shown = chosen[:ROWS]
    return ControlPage(
        frame=frame("control", _label(country, names), _height(shown), _drawn(shown)),
        groups=tuple(_groups(media, shown)),
        silent=silent,
        country=names.of(country) if country else None,
        countries=tuple(sorted(map(names.of, countries), key=lambda thing: thing.name.casefold())),
        asserted=len(firm),
        everything=len(controls),
        left_out=left_out or len(shown) < len(chosen),
        all_href=url_for("pictures.control"),
    )


def control_records() -> list[Record]:
    """One record for each statement that the page shows: see COLUMNS. Several quotes stand on a line each."""
    _media, controls, _silent, _left_out = _found(_country())
    return [
        {
            "media": ID + one.media.path,
            "media_name": one.media.name,
            "relation": one.relation,
            "controller": ID + one.controller.path,
            "controller_name": one.controller.name,
            "extent": one.extent,
            "held": one.held.name,
            "claim": one.claim.iri if one.claim else "",
            "sentence": one.claim.sentence if one.claim else "",
            "quotes": "\n".join(one.claim.quotes) if one.claim else "",
            "source": one.claim.editorial.text if one.claim else "",
        }
        for one in controls
        if not asserted_only() or one.held.name in FIRM
    ]


def _country() -> str:
    country = asked_thing("country")
    if country and kind_of(country) != "country":
        raise ParameterError("country is the path of something else", "give a country, as country/kazakhstan")
    return country


def _found(country: str) -> tuple[list[str], list[ControlShown], tuple[Thing, ...], bool]:
    """The media, what is said of their control, of which of them nothing is, and whether there is more."""
    media = _media(country)
    read = ties_of(media[:MOST])
    kept = [tie for tie in read.found if _is_control(tie, set(media))]
    writer = Writer(kept, media, claims=CLAIMS)
    controls = [one for tie in kept if writer.may_show(tie) for one in _controls(tie, writer.of(tie))]
    controls.sort(key=lambda one: (one.media.name, one.controller.name, HELD.index(one.held.name), one.extent))
    told = {one.media for one in controls}
    silent = tuple(thing for thing in map(writer.thing, media[:MOST]) if thing not in told)
    return media[:MOST], controls, silent, len(media) > MOST or not read.all_read


def _media(country: str) -> list[str]:
    """Media of a country, or of any; one more than are shown where there are more."""
    if not country:
        return [iri for kind in MEDIA for iri in of_kind(kind, MOST + 1)][: MOST + 1]
    found: list[str] = []
    for kind in MEDIA:
        where = f"?media pol:country {iris([country])} . ?media a {CLASSES[kind]}"
        rows = select(f"SELECT ?media WHERE {{ {where} }} ORDER BY ?media LIMIT {MOST + 1}")
        found += [text_of(row, "media") for row in rows]
    return [iri for iri in found if iri.startswith(ID) and "#" not in iri][: MOST + 1]


def _is_control(tie: Tie, media: set[str]) -> bool:
    return (tie.how in OVER and tie.target in media) or (tie.how in UNDER and tie.source in media)


def _controls(tie: Tie, shown: TieShown) -> Iterator[ControlShown]:
    """One for each claim that says so: sources are not added up."""
    controller, media = (shown.source, shown.target) if tie.how in OVER else (shown.target, shown.source)
    said = shown.claims if tie.held != DERIVED else ()
    for claim in said or (None,):
        under = shown.claims if tie.held == DERIVED else ()
        yield ControlShown(media, controller, shown.relation, tie.extent, shown.held, claim, under, shown.why)


def _groups(media: Iterable[str], controls: Sequence[ControlShown]) -> Iterator[MediaGroup]:
    for path in dict.fromkeys(iri.removeprefix(ID) for iri in media):
        some = tuple(one for one in controls if one.media.path == path)
        if some:
            yield MediaGroup(some[0].media, some)


def _height(controls: Sequence[ControlShown]) -> int:
    sides = ({one.media.path for one in controls}, {one.controller.path for one in controls})
    return 2 * MARGIN + ROW * max(3, *map(len, sides))


def _label(country: str, names: Shown) -> str:
    if country:
        return _("Who is said to control the media of %(country)s", country=names.of(country).name)
    return _("Who is said to control which media")


def _drawn(controls: Sequence[ControlShown]) -> dict[str, Any]:
    """What the script draws: two columns of names, and a line for each statement."""
    held = {name: {"mark": MARKS[name], "word": word} for name, word in held_words().items()}
    told = {(one.media.path, one.controller.path) for one in controls if one.claim}
    seen = {one.held.name for one in controls if one.claim or (one.media.path, one.controller.path) not in told}
    return {
        "controls": [
            {
                "media": _plain(one.media),
                "controller": _plain(one.controller),
                "relation": one.relation,
                "extent": one.extent,
                "held": one.held.name,
                "sentence": one.claim.sentence if one.claim else "",
                "quote": " […] ".join(one.claim.quotes) if one.claim else "",
                "source": one.claim.editorial.text if one.claim else "",
                "voice": wording.held(one.claim) if one.claim else "",
                "href": one.claim.href if one.claim else one.why,
                "claim": one.claim.iri if one.claim else "",
                "tensions": [link.text for link in one.claim.tensions] if one.claim else [],
            }
            for one in controls
        ],
        "held": {name: held[name] for name in HELD if name in seen},  # what is derived is drawn where no claim says it
        "words": {
            "controllers": _("Who"),
            "media": _("Which media"),
            "unstated": _("extent not stated"),
            "tension": _("in tension with another claim"),
            "nothing": _("Nothing is stated of who controls these media."),
        },
    }


def _plain(thing: Thing) -> dict[str, str]:
    return {"path": thing.path, "name": thing.name, "kind": thing.kind, "href": thing.href}
