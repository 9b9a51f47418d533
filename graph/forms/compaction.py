"""RDF terms as JSON-LD under the published contexts: each value by the shortest key that says all of it.

Compaction (JSON-LD 1.1 API, section 5.2.2) for what a snapshot holds, with the tree given. ``Compactor.context`` gives
the definitions that were used and no others, so that a document carries its context with it and reading one never
asks this server, or anybody, for another file. IRIs of things stay whole.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from pyoxigraph import Literal

from ontology.vocabulary import context, source

XSD = "http://www.w3.org/2001/XMLSchema#"
LANGUAGES = "@language"
TYPED = ("@id", "@vocab")
WHOLE = frozenset({f"{XSD}integer", f"{XSD}nonNegativeInteger"})
PLAIN = frozenset({f"{XSD}integer", f"{XSD}boolean"})
"""What a number or truth value of JSON is, unless its key says otherwise."""


@cache
def definitions() -> dict[str, Any]:
    """The terms of both contexts; where both have one, that of documents."""
    further: dict[str, Any] = json.loads(source("document.jsonld"))["@context"]
    return {key: value for key, value in {**context(), **further}.items() if not key.startswith("@")}


@cache
def namespaces() -> dict[str, str]:
    """The prefixes, by namespace."""
    return {value: key for key, value in definitions().items() if _is_namespace(value)}


def _is_namespace(definition: Any) -> bool:
    return isinstance(definition, str) and definition.startswith("http") and definition[-1] in "/#"


def _expanded(name: str) -> str:
    prefix, _, local = name.partition(":")
    namespace = definitions().get(prefix)
    return namespace + local if isinstance(namespace, str) and _is_namespace(namespace) else name


@cache
def _words() -> dict[str, str]:
    """The keys of classes and concepts, by IRI."""
    plain = {key: value for key, value in definitions().items() if isinstance(value, str)}
    return {_expanded(value): key for key, value in plain.items() if value[0] != "@" and not _is_namespace(value)}


@cache
def _keys() -> dict[str, list[str]]:
    """The keys of properties, by IRI; those of a graph or of the other direction left out."""
    found: dict[str, list[str]] = {}
    for key, definition in definitions().items():
        if isinstance(definition, dict) and "@id" in definition and definition.get("@container") != "@graph":
            found.setdefault(_expanded(definition["@id"]), []).append(key)
    return found


def is_language_map(key: str) -> bool:
    """Whether the values of a key are a dictionary of languages."""
    definition = definitions().get(key)
    return isinstance(definition, dict) and definition.get("@container") == LANGUAGES


class Compactor:
    """Writes keys and values, and remembers the terms they took."""

    def __init__(self) -> None:
        self._used: set[str] = {"id", "type"}

    @property
    def context(self) -> dict[str, Any]:
        """The definitions of all that was written."""
        prefixes = {prefix for key in self._used for prefix in _prefixes(definitions()[key])}
        kept = {key: value for key, value in definitions().items() if key in self._used | prefixes}
        return {"@version": 1.1, **{key: _without_scope(value) for key, value in kept.items()}}

    def use(self, key: str) -> str:
        """A key that is written by name."""
        self._used.add(key)
        return key

    def word(self, iri: str) -> str:
        """A class or concept, or a property without a key of its own, where its vocabulary is looked at."""
        return self.use(_words()[iri]) if iri in _words() else self._prefixed(iri)

    def reverse_key(self, predicate: str) -> str:
        """The key of a property inside ``incoming``."""
        keys = _keys().get(predicate)
        return self.use(keys[0]) if keys else self._prefixed(predicate)

    def of_concept(self, predicate: str, iri: str) -> tuple[str, str] | None:
        """The key and the word of a concept, where one word says which it is; None elsewhere."""
        keys = [key for key in _keys().get(predicate, []) if definitions()[key].get("@type") == "@vocab"]
        return (self.use(keys[0]), self.word(iri)) if keys and iri in _words() else None

    def of_node(self, predicate: str, written: Mapping[str, Any] | str) -> tuple[str, Any]:
        """The key, and the value of a thing: its IRI or an object that is about it."""
        keys = _keys().get(predicate, [])
        for key in keys:
            kind = definitions()[key].get("@type")
            if kind == "@id":
                return self.use(key), written
            if kind == "@vocab":
                short = written if not isinstance(written, str) else self.word(written)
                return self.use(key), short
        whole = {"id": written} if isinstance(written, str) else written
        usable = [key for key in keys if "@container" not in definitions()[key]]
        return (self.use(usable[0]) if usable else self._prefixed(predicate)), whole

    def of_literal(self, predicate: str, literal: Literal) -> tuple[str, Any]:
        """The key and the value of a literal; a dictionary of languages where the key is one."""
        keys = _keys().get(predicate, [])
        for key in keys:
            found = _natural(definitions()[key], literal)
            if found is not None:
                return self.use(key), found
        usable = [key for key in keys if "@container" not in definitions()[key]]
        key = self.use(usable[0]) if usable else self._prefixed(predicate)
        return key, self._whole(literal, coerced=bool(usable))

    def _whole(self, literal: Literal, *, coerced: bool) -> Any:
        datatype = literal.datatype.value
        if literal.language:
            return {"@value": literal.value, "@language": literal.language}
        if datatype == f"{XSD}string":
            return {"@value": literal.value} if coerced else literal.value
        native = _native(literal.value, datatype)
        if native is not None and not coerced and datatype in PLAIN:
            return native
        return {"@value": literal.value, "@type": self._prefixed(datatype)}

    def _prefixed(self, iri: str) -> str:
        for namespace, prefix in namespaces().items():
            local = iri.removeprefix(namespace)
            if local != iri and local and not local.startswith("//"):
                return f"{self.use(prefix)}:{local}"
        return iri


def _natural(definition: Mapping[str, Any], literal: Literal) -> Any:
    """The value that the definition of a key alone makes this literal of; None if there is none."""
    datatype, language = literal.datatype.value, literal.language
    if language:
        if definition.get("@container") == LANGUAGES:
            return {language: literal.value}
        return literal.value if definition.get("@language") == language else None
    if LANGUAGES in definition or "@container" in definition:
        return None
    wanted = definition.get("@type")
    if wanted is None:
        plain = _native(literal.value, datatype) if datatype in PLAIN else None
        return literal.value if datatype == f"{XSD}string" else plain
    if wanted in TYPED or _expanded(wanted) != datatype:
        return None
    native = _native(literal.value, datatype)
    return literal.value if native is None else native


def _native(text: str, datatype: str) -> bool | int | None:
    """A truth value or whole number of JSON, if it is read back as the same literal."""
    if datatype == f"{XSD}boolean" and text in ("true", "false"):
        return text == "true"
    if datatype in WHOLE and len(text) < 16 and text.removeprefix("-").isdecimal() and str(int(text)) == text:
        return int(text)
    return None


def _prefixes(definition: Any) -> set[str]:
    """The prefixes that a definition is written with."""
    names = [definition.get(part, "") for part in ("@id", "@type")] if isinstance(definition, dict) else [definition]
    return {prefix for prefix, colon, _ in (name.partition(":") for name in names) if colon and prefix in definitions()}


def _without_scope(definition: Any) -> Any:
    """The definition without the keys that it would bring in below it, none of which is written."""
    return {k: v for k, v in definition.items() if k != "@context"} if isinstance(definition, dict) else definition
