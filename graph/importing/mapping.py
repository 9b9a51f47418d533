"""Mappings of public tables: which columns mean what. They are YAML, in ``mappings/``, one file for each data set."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from graph.files.yaml_reader import read

FOLDER = Path(__file__).parent / "mappings"


@dataclass(frozen=True)
class Indicator:
    """What a column or a question measures; ``kind`` is integer, decimal or text. Bounds are the publisher's."""

    code: str
    label: str
    definition: str
    kind: str
    scope: str = ""
    source: str = ""
    unit: str = ""
    lowest: Decimal | None = None
    highest: Decimal | None = None
    freest: Decimal | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Party:
    """The columns that say which party a row is of; names in ``none`` are of no party, for the reason given.

    One that ends in a blank is the beginning of a name.
    """

    id: str
    name: str
    short: str
    scheme: str
    others: Mapping[str, str]
    none: Mapping[str, str]

    def why_none(self, name: str) -> str | None:
        """Why this is no party; None if it is one."""
        reasons = (
            why for start, why in self.none.items() if name == start or (start[-1] == " " and name.startswith(start))
        )
        return next(reasons, None)


@dataclass(frozen=True)
class Wrong:
    """A value that the publisher's own file has wrong, known by its whole row: left out, and not put right."""

    column: str
    why: str


@dataclass(frozen=True)
class Layout:
    """One set of columns: ``values`` leads from a column to its indicator; or ``question`` names it in each row."""

    name: str
    year: str
    code: str
    country: str
    delimiter: str = ","
    decimal: str = "."
    date: str = ""
    values: Mapping[str, str] | None = None
    question: str = ""
    value: str = ""
    party: Party | None = None
    unused: tuple[str, ...] = ()
    wrong: Mapping[str, "Wrong"] = field(default_factory=dict)

    @property
    def columns(self) -> frozenset[str]:
        """Every column that a file of this layout has."""
        party = (self.party.id, self.party.name, self.party.short, *self.party.others) if self.party else ()
        single = (self.year, self.code, self.country, self.date, self.question, self.value)
        return frozenset(filter(None, (*single, *(self.values or ()), *party, *self.unused)))


@dataclass(frozen=True)
class TableMapping:
    """A data set of tables: who publishes it, what it measures, and the layouts that its files have had."""

    title: str
    publisher: str
    homepage: str
    indicators: Mapping[str, Indicator]
    layouts: tuple[Layout, ...]


@cache
def mapping(kind: str) -> TableMapping:
    """The mapping of a kind of data set; ``KeyError`` if there is none."""
    if kind not in TABLES:
        raise KeyError(kind)
    data = read(FOLDER / f"{kind}.yaml").data
    indicators = {code: _indicator(code, item) for code, item in data["indicators"].items()}
    layouts = tuple(_layout(item) for item in data["layouts"])
    return TableMapping(data["title"], data["publisher"], data["homepage"], indicators, layouts)


def _indicator(code: str, item: dict[str, Any]) -> Indicator:
    given: dict[str, Any] = {key: Decimal(item[key]) for key in ("lowest", "highest", "freest") if key in item}
    return Indicator(**(item | given | {"code": code, "words": tuple(item.get("words", ()))}))


def _layout(item: dict[str, Any]) -> Layout:
    party = Party(**item["party"]) if "party" in item else None
    wrong = {row: Wrong(one["column"], one["why"]) for one in item.get("wrong", ()) for row in one["rows"]}
    given: dict[str, Any] = {**item, "party": party, "wrong": wrong, "unused": tuple(item.get("unused", ()))}
    return Layout(**given)


TABLES = tuple(sorted(file.stem for file in FOLDER.glob("*.yaml")))
"""The kinds of data sets that are tables."""
