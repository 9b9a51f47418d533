"""What the graph already knows: its entities with their names and identifiers, to reconcile with."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graph import iris
from graph.assertions import listed
from graph.dataset import DataFiles
from graph.entities import Entity, read_entities
from graph.errors import InvalidInput
from graph.files.structure import faults
from graph.files.yaml_reader import read
from graph.settings import Settings

ALPHA_2, ALPHA_3 = "ISO 3166-1 alpha-2", "ISO 3166-1 alpha-3"


@dataclass(frozen=True)
class Thing:
    """An entity of the graph; ``country`` is the IRI of its country, if it is stated."""

    iri: str
    kind: str
    name: str
    names: tuple[str, ...]
    country: str | None
    identifiers: frozenset[tuple[str, str]]
    """Pairs of scheme and value."""


class Known:
    """The entities of the data folder."""

    def __init__(self, things: tuple[Thing, ...]) -> None:
        self.things = things
        self._identified = {pair: thing.iri for thing in things for pair in thing.identifiers}

    @classmethod
    def of(cls, settings: Settings) -> "Known":
        """Those of the entity files; ``InvalidInput`` where a file is wrong."""
        found: list[Thing] = []
        for file in DataFiles.of(settings.data).entities:
            document = read(file)
            if problems := [problem for _, problem in faults(document)]:
                raise InvalidInput(problems)
            found += map(_thing, read_entities(document))
        return cls(tuple(found))

    def identified(self, scheme: str, value: str) -> str | None:
        """The IRI of what has this identifier."""
        return self._identified.get((scheme, value))


def _thing(entity: Entity) -> Thing:
    data = entity.document.data["entities"][entity.steps[1]]
    pairs = frozenset((item["propertyID"], str(item["value"])) for item in listed(data.get("identifier")))
    country = iris.ID + data["country"] if "country" in data else None
    names = tuple(dict.fromkeys(_names(data)))
    return Thing(entity.iri, entity.kind, data["prefLabel"]["en"], names, country, pairs)


def _names(data: dict[str, Any]) -> Iterator[str]:
    for key in ("prefLabel", "altLabel", "hiddenLabel"):
        for names in data.get(key, {}).values():
            yield from listed(names)
