"""Editorials and their claims, as a claim file states them.

A claim file is YAML-LD: YAML 1.2 whose keys are terms of ``ontology/context.jsonld``. ``read_editorial``
expects a document whose structure has been checked (``graph.files.structure``); claims whose structure is
broken are left out by naming their indexes.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from graph import iris
from graph.assertions import Resolver, listed
from graph.files.yaml_reader import Document, Steps
from graph.quotes import Quote


@dataclass(frozen=True)
class Mention:
    """A thing named in a quote, with the name as printed there."""

    of: str
    printed: str
    steps: Steps


@dataclass(frozen=True)
class Claim:
    """What one passage of an editorial says. IRIs in full; ``assertion`` holds resolved JSON-LD nodes."""

    iri: str
    label: str
    position: int
    modality: str
    attributed_to: tuple[str, ...]
    quotes: tuple[Quote, ...]
    assertion: tuple[dict[str, Any], ...]
    mentions: tuple[Mention, ...]
    relations: dict[str, tuple[str, ...]]
    """``inTensionWith``, ``supports``, ``disputes``, ``fulfils`` and ``belies``: the claims named."""
    corrections: dict[str, tuple[str, ...]]
    """``revisionOf``, ``supersedes`` and ``retracts``: the claims named."""
    condition: str | None
    sensitive: bool
    note: str | None
    steps: Steps
    resolver: Resolver

    def part(self, name: str) -> str:
        """The IRI of one of the claim's four graphs."""
        return iris.part(self.iri, name)


@dataclass(frozen=True)
class Editorial:
    """A source text and what it says. ``node`` is its own description as a resolved JSON-LD node."""

    iri: str
    slug: str
    sha256: str
    encoded_by: str
    encoded_on: str
    node: dict[str, Any]
    claims: tuple[Claim, ...]
    document: Document
    resolver: Resolver


RELATIONS = ("inTensionWith", "supports", "disputes", "fulfils", "belies")
CORRECTIONS = ("revisionOf", "supersedes", "retracts")
_ENCODING = ("@context", "claims", "drafts", "encodedBy", "encodedOn")


def read_editorial(document: Document, without: Collection[int] = ()) -> Editorial:
    """The editorial of a claim file, without the claims of these indexes."""
    data = document.data
    iri = iris.ID + data["id"]
    slug = data["id"].removeprefix("editorial/")
    resolver = Resolver(iri, document)
    node = resolver.node({key: value for key, value in data.items() if key not in _ENCODING}, ())
    claims = [
        _claim(document, slug, iri, index, item)
        for index, item in enumerate(data.get("claims", ()))
        if index not in without
    ]  # fmt: skip
    encoded_by = resolver.name(data["encodedBy"], ("encodedBy",))
    return Editorial(
        iri, slug, data["sha256"], encoded_by, str(data["encodedOn"]), node, tuple(claims), document, resolver
    )


def _claim(document: Document, editorial: str, editorial_iri: str, index: int, data: dict[str, Any]) -> Claim:
    steps: Steps = ("claims", index)
    iri = f"{iris.ID}claim/{editorial}/{data['id']}"
    resolver = Resolver(iri, document, places={(iri, ""): steps})
    nodes = [resolver.node(node, (*steps, "assertion", at)) for at, node in enumerate(data["assertion"])]
    return Claim(
        iri=iri,
        label=data["label"],
        position=index + 1,
        modality=data["modality"],
        attributed_to=_names(resolver, data, "attributedTo", steps) or (editorial_iri,),
        quotes=tuple(Quote(**quote) for quote in listed(data["quote"])),
        assertion=tuple(nodes),
        mentions=tuple(_mentions(resolver, data, steps)),
        relations={key: _claims_named(resolver, editorial, data, key, steps) for key in RELATIONS},
        corrections={key: _claims_named(resolver, editorial, data, key, steps) for key in CORRECTIONS},
        condition=data.get("condition"),
        sensitive=data.get("sensitive", False),
        note=data.get("note"),
        steps=steps,
        resolver=resolver,
    )


def _item_steps(data: dict[str, Any], key: str, steps: Steps, at: int) -> Steps:
    return (*steps, key, at) if isinstance(data[key], list) else (*steps, key)


def _names(resolver: Resolver, data: dict[str, Any], key: str, steps: Steps) -> tuple[str, ...]:
    return tuple(
        resolver.name(name, _item_steps(data, key, steps, at)) for at, name in enumerate(listed(data.get(key)))
    )


def _claims_named(resolver: Resolver, editorial: str, data: dict[str, Any], key: str, steps: Steps) -> tuple[str, ...]:
    # A bare slug names a claim of the same file.
    return tuple(
        resolver.name(name if "/" in name else f"claim/{editorial}/{name}", _item_steps(data, key, steps, at))
        for at, name in enumerate(listed(data.get(key)))
    )


def _mentions(resolver: Resolver, data: dict[str, Any], steps: Steps) -> list[Mention]:
    found = []
    for at, item in enumerate(listed(data.get("mention"))):
        where = _item_steps(data, "mention", steps, at)
        found.append(Mention(resolver.name(item["mentionOf"], (*where, "mentionOf")), item["printedName"], where))
    return found
