"""The world map of claims: how many speak of each country, by how they are held.

The numbers are those of the search index, which knows nothing of what is about private life. A claim counts for each
country that it speaks of, and for those of the parties, media and so on that it speaks of; so it may count for several.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pycountry
from flask import url_for

from graph.iris import ID
from server import vocabulary
from server.links import page_of
from server.pieces import Modality
from server.searching import name_of, searchable
from server.site.claim_words import modality_word
from server.site.held import ASSERTED, asserted_only
from server.site.pictures.frame import Frame, frame
from server.site.pictures.narrowing import HELD
from server.site.pictures.tabular import Record
from server.words.language import gettext as _
from server.words.language import ngettext

COLUMNS = ("country", "name", "code", "modality", "claims")
HEIGHT = 560
"""Pixels of the map where its proportions are not known; the style sheet keeps them."""


@dataclass(frozen=True)
class Count:
    """Claims about one country that are held in one way, and where they are listed."""

    modality: Modality
    number: int
    href: str


@dataclass(frozen=True)
class Country:
    """A country with its claims; ``code`` is ISO 3166-1 numeric, by which maps know it, empty where nobody says."""

    slug: str
    name: str
    href: str
    list_href: str
    code: str
    counts: tuple[Count, ...]

    @property
    def total(self) -> int:
        """All its claims that are shown."""
        return sum(count.number for count in self.counts)


@dataclass(frozen=True)
class Tint:
    """A tint of the map: ``level`` from 1, the lightest, to 4; for so many claims, ``least`` to ``most``."""

    level: int
    least: int
    most: int


@dataclass(frozen=True)
class MapPage:
    """``modalities`` are those of any country; ``chosen`` is the slug of the country that is looked at.

    ``everything`` claims speak of some country, ``asserted`` of them are; ``elsewhere`` speak of none.
    """

    frame: Frame
    countries: tuple[Country, ...]
    modalities: tuple[Modality, ...]
    tints: tuple[Tint, ...]
    asserted: int
    everything: int
    elsewhere: int
    chosen: str


def page(chosen: str) -> MapPage:
    """The page; ``chosen`` is the slug of a country, or empty."""
    every = countries()
    shown = [country for country in map(_as_held, every) if country.total]
    of_any = {"country": tuple(searchable().claims.sizes("country"))}
    number = searchable().narrowing[1].number
    everything = number(of_any) if every else 0
    names = {count.modality.name for country in shown for count in country.counts}
    return MapPage(
        frame=frame("map", _("Claims by the countries that they speak of"), HEIGHT, _data(shown, chosen)),
        countries=tuple(shown),
        modalities=tuple(vocabulary.modality(name) for name in vocabulary.MARKS if name in names),
        tints=tints(max((country.total for country in shown), default=0)),
        asserted=number(of_any | {HELD: (ASSERTED,)}) if every else 0,
        everything=everything,
        elsewhere=len(searchable().claims) - everything,
        chosen=chosen,
    )


def tints(largest: int) -> tuple[Tint, ...]:
    """The tints up to the largest number, each to twice what the one before goes to; fewer where numbers are small."""
    found: list[Tint] = []
    for level, part in enumerate((8, 4, 2, 1), start=1):
        least, most = (found[-1].most + 1 if found else 1), largest // part
        if least <= most:
            found.append(Tint(level, least, most))
    return tuple(found)


def records() -> list[Record]:
    """A record for each country and way of holding: see COLUMNS."""
    return [
        {
            "country": f"{ID}country/{country.slug}",
            "name": country.name,
            "code": country.code,
            "modality": count.modality.name,
            "claims": count.number,
        }
        for country in map(_as_held, countries())
        for count in country.counts
    ]


def countries() -> list[Country]:
    """Every country that any claim speaks of, the one of most claims first."""
    things, (_of_things, claims, _imported) = searchable().things, searchable().narrowing
    found = []
    for slug in searchable().claims.sizes("country"):
        record = things.find(f"{ID}country/{slug}") or {}
        counts = tuple(
            Count(vocabulary.modality(name), number, _listed(slug, **{HELD: name}))
            for name in vocabulary.MARKS
            if (number := claims.number({"country": [slug], HELD: [name]}))
        )
        found.append(
            Country(
                slug=slug,
                name=name_of(record) if record else slug.replace("-", " "),
                href=page_of(f"{ID}country/{slug}") or "",
                list_href=_listed(slug),
                code=_numeric(record.get("identifiers", ())),
                counts=counts,
            )
        )
    return sorted(found, key=lambda country: (-country.total, country.name))


def _listed(slug: str, **more: Any) -> str:
    """The search page with the claims that speak of a country."""
    return url_for("search.find", country=slug, kind="claims", **more)


def _as_held(country: Country) -> Country:
    """The country with the counts that the switch leaves."""
    if not asserted_only():
        return country
    kept = tuple(count for count in country.counts if count.modality.name == ASSERTED)
    return Country(country.slug, country.name, country.href, country.list_href, country.code, kept)


def _numeric(identifiers: tuple[str, ...]) -> str:
    """The numeric code of the country that has one of these codes of letters."""
    for code in filter(str.isupper, identifiers):
        found = pycountry.countries.get(alpha_2=code) or pycountry.countries.get(alpha_3=code)
        if found:
            return str(found.numeric)
    return ""


def _data(shown: list[Country], chosen: str) -> Mapping[str, object]:
    """What the map is drawn from: see ``frontend/src/map.js``."""
    levels = tints(max((country.total for country in shown), default=0))
    return {"at": chosen, "countries": [_country(country, levels) for country in shown if country.code]}


def _country(country: Country, levels: tuple[Tint, ...]) -> dict[str, Any]:
    said = ngettext("%(num)d claim", "%(num)d claims", country.total)
    return {
        "slug": country.slug,
        "code": country.code,
        "name": country.name,
        "href": country.list_href,
        "total": country.total,
        "tint": next(tint.level for tint in levels if country.total <= tint.most),
        "said": said,
        "held": [
            f"{count.modality.mark} {modality_word(count.modality.name)} {count.number}" for count in country.counts
        ],
    }
