"""The things that claims are about: identity only (type, names, identifiers), never what a source says."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from graph import iris
from graph.assertions import FORMER, Resolver, listed
from graph.files.yaml_reader import Document, Steps


@dataclass(frozen=True)
class Entity:
    """One thing; ``node`` is its description as a resolved JSON-LD node."""

    iri: str
    kind: str
    type: str
    node: dict[str, Any]
    steps: Steps
    document: Document
    resolver: Resolver

    @property
    def former(self) -> tuple[str, ...]:
        """The IRIs that it had before, which nothing else may have."""
        return tuple(listed(self.node.get(FORMER)))


def read_entities(document: Document, without: Collection[int] = ()) -> tuple[Entity, ...]:
    """The entities of a file, without those of these indexes."""
    return tuple(
        _entity(document, ("entities", index), item)
        for index, item in enumerate(document.data["entities"])
        if index not in without
    )


def _entity(document: Document, steps: Steps, data: dict[str, Any]) -> Entity:
    iri = iris.ID + data["id"]
    resolver = Resolver(iri, document)
    identifiers = [
        {"id": f"#identifier-{at}", "type": "schema:PropertyValue", **item, "value": str(item["value"])}
        for at, item in enumerate(listed(data.get("identifier")), start=1)
    ]
    sources = [
        {"id": f"#name-{at}", "type": "skosxl:Label", **item}
        for at, item in enumerate(listed(data.get("nameSource")), start=1)
    ]
    parts = {"identifier": identifiers, "nameSource": sources}
    node = resolver.node(data | {key: items for key, items in parts.items() if items}, steps)
    return Entity(iri, data["id"].partition("/")[0], data["type"], node, steps, document, resolver)
