"""What the published JSON-LD context and the Turtle say of the keys that claim files use."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, Store

from ontology.base import rebased


def source(name: str) -> str:
    """The text of a file of this folder, under the base IRI in force."""
    return rebased(files("ontology").joinpath(name).read_text(encoding="utf-8"))


@cache
def context() -> dict[str, Any]:
    """The terms of ``context.jsonld``: key to IRI, compact IRI, keyword or expanded definition."""
    loaded: dict[str, Any] = json.loads(source("context.jsonld"))["@context"]
    return loaded


@cache
def iri_keys() -> frozenset[str]:
    """Keys whose values name things: paths, ``#local`` names or IRIs."""
    return frozenset(key for key, definition in context().items() if _coercion(definition) == "@id")


@cache
def predicates() -> dict[str, str]:
    """The IRI of each key that stands for a property."""
    return {key: expand(definition["@id"]) for key, definition in context().items() if _names_property(definition)}


@cache
def keys() -> dict[str, str]:
    """The key of each property's IRI: the inverse of ``predicates``."""
    return {iri: key for key, iri in predicates().items()}


def term(key: str) -> str:
    """The IRI of a class or concept named by its key; ``KeyError`` if the context has no such key."""
    definition = context()[key]
    if not isinstance(definition, str) or definition.startswith("@"):
        raise KeyError(key)
    return expand(definition)


def expand(compact: str) -> str:
    """A compact IRI such as ``pol:Claim`` in full; anything else as it is."""
    prefix, colon, name = compact.partition(":")
    namespace = context().get(prefix)
    return namespace + name if colon and isinstance(namespace, str) and not name.startswith("//") else compact


def _coercion(definition: Any) -> str | None:
    return definition.get("@type") if isinstance(definition, dict) else None


def _names_property(definition: Any) -> bool:
    return isinstance(definition, dict) and "@id" in definition and not definition["@id"].startswith("@")


@cache
def version_iri() -> str:
    """The version of the ontology, as its Turtle states it (``owl:versionIRI``)."""
    header = Store()
    header.load(source("politics.ttl").encode(), RdfFormat.TURTLE)
    (found,) = header.quads_for_pattern(None, NamedNode("http://www.w3.org/2002/07/owl#versionIRI"), None)
    if not isinstance(found.object, NamedNode):
        raise TypeError("owl:versionIRI is not an IRI")
    return found.object.value
