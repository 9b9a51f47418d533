"""The shapes of ``shapes.ttl`` as plain Python, for what is made from them: editor schemas and forms.

SHACL Core, https://www.w3.org/TR/shacl/. Only what an author can write is read: a property whose path has no
key in ``context.jsonld`` is filled in by the program and left out here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from rdflib import RDF, RDFS, SH, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from ontology.base import BASE
from ontology.vocabulary import context, keys, source

SHAPES = Namespace(f"{BASE}shapes#")
EXAMPLES = {
    "Person": "person/asya-tulesova",
    "PoliticalParty": "party/progress",
    "Government": "government/kazakhstan",
    "MediaOutlet": "outlet/channel-one",
    "MediaSector": "sector/tv-stations-of-kazakhstan",
    "SocialPlatform": "platform/facebook",
    "Country": "country/kazakhstan",
    "Post": "post/president-of-kazakhstan",
    "AgentGroup": "group/officials-of-kazakhstan",
    "Legislation": "law/constitution-of-kazakhstan",
}
"""One entity of each class; the first segment of its path is the kind that goes with the class."""


@dataclass(frozen=True)
class Property:
    """What a class may or must say under one key. ``name`` to ``examples`` are meant for people."""

    key: str
    shared: str | None
    """The name of the property shape where several classes share it."""
    name: str
    message: str
    description: str
    examples: tuple[str, ...]
    order: float
    required: bool
    several: bool
    classes: tuple[str, ...]
    """Classes of the things that may be named; ``Described`` stands for all."""
    choices: tuple[Any, ...]
    datatype: str | None
    """Local name of the datatype, or ``Literal`` where any will do."""
    pattern: str | None
    minimum: Any
    maximum: Any


@dataclass(frozen=True)
class Shape:
    """A class with the properties it may have, in the order of a form."""

    name: str
    label: str
    description: str
    examples: tuple[str, ...]
    properties: tuple[Property, ...]
    rules: tuple["Rule", ...]


@dataclass(frozen=True)
class Rule:
    """At least one of ``keys`` must be there, if ``given`` is there or empty."""

    given: str
    keys: tuple[str, ...]
    message: str


@cache
def shapes() -> dict[str, Shape]:
    """The closed shapes by their names, in the order of the file."""
    return {shape.name: shape for shape in _Reader().shapes()}


class _Reader:
    def __init__(self) -> None:
        self.data = Graph().parse(data=source("shapes.ttl"), format="turtle")
        self.ontology = Graph().parse(data=source("politics.ttl"), format="turtle")

    def shapes(self) -> Iterable[Shape]:
        text = source("shapes.ttl")
        closed = [node for node in self.data.subjects(SH.closed, None) if isinstance(node, URIRef)]
        for node in sorted(closed, key=lambda node: text.index(f"shapes:{_local(node)} a ")):
            yield self.shape(node)

    def shape(self, node: URIRef) -> Shape:
        target = self.data.value(node, SH.targetClass)
        found = [self.property(part) for part in self.data.objects(node, SH.property)]
        properties = {part.key: part for part in found if part is not None}
        rules = [self.rule(other) for other in self.data.subjects(SH.targetClass, target)]
        return Shape(
            name=_local(node),
            label=self.text(node, RDFS.label) or self.term(target, RDFS.label),
            description=self.text(node, RDFS.comment) or self.term(target, SKOS.definition),
            examples=quoted(self.term(target, SKOS.example)),
            properties=tuple(sorted(properties.values(), key=lambda part: (part.order, part.key))),
            rules=tuple(sorted(filter(None, rules), key=lambda rule: rule.message)),
        )

    def rule(self, node: Node) -> Rule | None:
        """A rule ``sh:or`` over the presence or absence of properties; None where the shape is no such rule."""
        branches = self.list(self.data.value(node, SH["or"]))
        parts = [part for branch in branches if (part := self.data.value(branch, SH.property)) is not None]
        if not parts or any(len(list(self.data.predicates(part))) != 2 for part in parts):
            return None
        absent = [self.key(part) for part in parts if (part, SH.maxCount, Literal(0)) in self.data]
        present = [self.key(part) for part in parts if (part, SH.minCount, Literal(1)) in self.data]
        return Rule("".join(absent), tuple(filter(None, present)), self.text(node, SH.message))

    def property(self, node: Node) -> Property | None:
        key = self.key(node)
        path = self.data.value(node, SH.path)
        if not key:
            return None
        least = self.data.value(node, SH.minCount) or self.data.value(node, SH.qualifiedMinCount)
        most = self.data.value(node, SH.maxCount)
        return Property(
            key=key,
            shared=_local(node) if isinstance(node, URIRef) else None,
            name=self.text(node, SH.name),
            message=self.text(node, SH.message),
            description=self.text(node, SH.description) or self.term(path, SKOS.definition),
            examples=quoted(self.text(node, SKOS.example) or self.term(path, SKOS.example)),
            order=float(self.text(node, SH.order)),
            required=least is not None,
            several=most is None and (node, SHAPES.oneInEachClaim, None) not in self.data,
            classes=tuple(dict.fromkeys(self.classes(node))),
            choices=tuple(self.choice(item) for item in self.list(self.data.value(node, SH["in"]))),
            datatype=self.datatype(node),
            pattern=self.text(node, SH.pattern) or None,
            minimum=self.number(node, SH.minInclusive),
            maximum=self.number(node, SH.maxInclusive),
        )

    def key(self, node: Node) -> str:
        nested = {value["@id"].partition(":")[2]: key for key, value in context()["quote"]["@context"].items()}
        path = str(self.data.value(node, SH.path))
        return nested.get(_local(path), "") if "/ns/oa#" in path else keys().get(path, "")

    def classes(self, node: Node) -> Iterable[str]:
        for branch in (node, *self.list(self.data.value(node, SH["or"]))):
            for target in self.data.objects(branch, SH["class"]):
                yield from (_local(shape) for shape in self.closed(target))
            for other in self.data.objects(branch, SH.node):
                yield from self.classes(other) if (other, SH["or"], None) in self.data else (_local(other),)

    def closed(self, target: Node) -> list[Node]:
        return [shape for shape in self.data.subjects(SH.targetClass, target) if (shape, SH.closed, None) in self.data]

    def choice(self, item: Node) -> Any:
        return item.toPython() if isinstance(item, Literal) else _local(item)

    def datatype(self, node: Node) -> str | None:
        for branch in (node, *self.list(self.data.value(node, SH["or"]))):
            found = self.data.value(branch, SH.datatype)
            if found is not None:
                return _local(found)
        return "Literal" if (node, SH.nodeKind, SH.Literal) in self.data else None

    def number(self, node: Node, predicate: Node) -> Any:
        value = self.data.value(node, predicate)
        return value.toPython() if isinstance(value, Literal) else None

    def text(self, node: Node, predicate: Node) -> str:
        return str(self.data.value(node, predicate) or "")

    def term(self, node: Node | None, predicate: Node) -> str:
        return str(self.ontology.value(node, predicate) or "")

    def list(self, head: Node | None) -> list[Node]:
        return [] if head in (None, RDF.nil) else list(Collection(self.data, head))


def quoted(text: str) -> tuple[str, ...]:
    """The words that an example sets in quotation marks: those that can be copied."""
    return tuple(re.findall("“([^”…]+)”", text))


def _local(iri: object) -> str:
    return re.split("[#/]", str(iri))[-1]
