"""Countries by their codes and names: those of the graph, those of ISO 3166-1, and those that somebody measures.

A match is certain where code and name are, letter for letter, those of ISO 3166-1 or of ``territories.yaml``, and
agree; one of the two may be missing. All else is nobody, and stops an import: nothing is guessed. The name is looked
at too, because publishers give territories the code of the country that claims them.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pycountry

from graph import iris
from graph.files.yaml_reader import read
from graph.importing.known import ALPHA_2, ALPHA_3, Known
from graph.importing.slugs import slug

_FILE = Path(__file__).parent / "territories.yaml"


@dataclass(frozen=True)
class Country:
    """A country or territory: ``known`` says that the graph has it, and that no evidence describes it anew."""

    iri: str
    name: str
    alpha_2: str | None
    alpha_3: str | None
    known: bool

    @property
    def segment(self) -> str:
        """What it is called in the IRI of a measurement: its code, or else its slug."""
        return self.alpha_3 or self.iri.rpartition("/")[2]


class Countries:
    """Finds countries."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._iso: dict[str, Country] = {}
        self._places: dict[str, tuple[Country, frozenset[str]]] = {}
        self._own: dict[str, Country] = {}
        for item in _file()["territories"]:
            country = Country(iris.thing(f"country/{item['slug']}"), item["name"], None, None, False)
            codes = item.get("codes", [])
            self._own |= dict.fromkeys(codes, country)
            allowed = frozenset(("", *codes, *item.get("under", ())))
            self._places |= dict.fromkeys(item["names"], (country, allowed))

    def find(self, code: str, name: str) -> Country | None:
        """The country of a code and a name, one of which may be empty; None if nobody knows it or they disagree."""
        if name in self._places:
            country, codes = self._places[name]
            return country if code in codes else None
        if not code:
            return self._coded(_names().get(name, ""))
        if name and name not in _beside(code):
            return None
        return self._coded(code) or (None if name else self._own.get(code))

    def _coded(self, code: str) -> Country | None:
        if code not in self._iso:
            if not (code.isascii() and code.isupper() and len(code) in (2, 3)):
                return None
            find = pycountry.countries.get
            found = find(alpha_2=code) if len(code) == 2 else find(alpha_3=code)
            if found is None:
                return None
            self._iso[code] = self._country(found)
        return self._iso[code]

    def _country(self, found: Any) -> Country:
        name = str(getattr(found, "common_name", found.name))
        given = self._known.identified(ALPHA_3, found.alpha_3) or self._known.identified(ALPHA_2, found.alpha_2)
        minted = iris.thing(f"country/{slug(name)}")
        return Country(given or minted, name, found.alpha_2, found.alpha_3, given is not None)


@cache
def _file() -> Any:
    return read(_FILE).data


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = dict(_file()["uncoded"])
    for country in pycountry.countries:
        names |= dict.fromkeys(_own_names(country), country.alpha_3)
    return names


@cache
def _beside(code: str) -> frozenset[str]:
    found = pycountry.countries.get(alpha_2=code) if len(code) == 2 else pycountry.countries.get(alpha_3=code)
    own = _own_names(found) if found else ()
    return frozenset((*own, *_file()["spellings"].get(code, ())))


def _own_names(country: Any) -> tuple[str, ...]:
    keys = ("name", "common_name", "official_name")
    return tuple(str(getattr(country, key)) for key in keys if hasattr(country, key))
