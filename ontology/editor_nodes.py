"""JSON Schemas of the nodes of assertions and of entities, class by class."""

from collections.abc import Iterable

from ontology.editor_values import (
    LOCAL,
    NAMES,
    SLUG,
    Schema,
    described,
    keys_of,
    kind,
    mapping,
    nodes,
    own_name,
    required_of,
)
from ontology.shapes import EXAMPLES, Rule, Shape, shapes

NAMING = (*NAMES, "identifier", "exactMatch", "replaces", "nameSource")
IDENTITY = (*NAMING, "country", "medium", "postIn", "inSector", "ownedBy", "note")
"""What an entity file says of a thing; all else is said by somebody and stands in a claim."""
ELSEWHERE = "graph.consistency checks this too, and has better words for it"


def node() -> Schema:
    """A node of an assertion: its class, or else the kind of its name, decides what it may say."""
    event = {"properties": {"type": False, "id": {"pattern": "^(?:event/|#)"}}}
    by_kind = [_when({"type": False, "id": _starts(name)}, ("id",), name) for name in EXAMPLES]
    forms = f"a kind ({_listed(kinds())}), a slash and small letters, digits or hyphens; or # and a name of your own"
    about = "The thing that the node is about, or a name for an event that several claims share. Without one the node "
    about += "belongs to this claim alone."
    name = own_name(f"^(?:(?:{kinds()})/{SLUG}|{LOCAL})$", f"Write {forms}.", about, EXAMPLES["PoliticalParty"])
    return {
        "title": "node",
        "type": "object",
        "properties": {"id": name, "type": _class(nodes())},
        "allOf": [*_by_class(nodes()), *by_kind, {"if": event, "then": {"required": ["type"]}}],
    }


def said_of(name: str) -> Schema:
    """What an assertion may say of a thing of this class."""
    shape = nodes()[name]
    schema = mapping(shape, keys_of(shape, without=NAMING), ("id",) if name in EXAMPLES else (), _NAMED)
    if name in EXAMPLES:
        return schema | {"allOf": [_kind_of_name(name)]}
    own = "^(?:event/|#)" if kind(name) else "^#"
    message = f"Write {'event/ and small letters, or ' if kind(name) else ''}# and a name of your own, or leave it out."
    form = {"properties": {"id": own_name(own, message)}}
    # Of an event that several claims share, another claim may have said the rest.
    shared = {"properties": {"id": {"type": "string", "pattern": "^event/"}}, "required": ["id"]}
    return schema | {"allOf": [form, {"if": shared, "else": _needed(shape)}]}


def entity() -> Schema:
    """An entity: its class decides what defines it."""
    message = f"Write a kind ({_listed(kinds())}), a slash and small letters, digits or hyphens."
    about = "The name of the thing: its kind and a slug."
    name = own_name(f"^(?:{kinds()})/{SLUG}$", message, about, EXAMPLES["Person"])
    return {
        "title": "entity",
        "type": "object",
        "properties": {"id": name, "type": _class(with_names())},
        "required": ["id", "type"],
        "allOf": list(_by_class(with_names())),
    }


def identity_of(name: str) -> Schema:
    """What an entity file says of a thing of this class."""
    shape = nodes()[name]
    keys = keys_of(shape)
    required = ("prefLabel", *(key for key in required_of(shape) if key in IDENTITY and key != "prefLabel"))
    schema = mapping(shape, tuple(key for key in keys if key in IDENTITY), required, _NAMED)
    return schema | {"allOf": [_kind_of_name(name)]}


def with_names() -> list[str]:
    """The classes of what an entity file may describe."""
    return [name for name in nodes() if kind(name)]


def kinds() -> str:
    """All kinds, as a choice in a pattern."""
    return "|".join(dict.fromkeys(kind(name) for name in with_names()))


_NAMED: Schema = {"id": True, "type": True}


def _starts(name: str) -> Schema:
    return {"type": "string", "pattern": f"^{kind(name)}/"}


def _kind_of_name(name: str) -> Schema:
    message = f"Write {kind(name)}/ and small letters, digits or hyphens, or choose another class."
    return {"properties": {"id": own_name(f"^{kind(name)}/", message) | {"$comment": ELSEWHERE}}}


def _listed(choice: str) -> str:
    return choice.replace("|", ", ")


def _when(properties: Schema, required: tuple[str, ...], name: str) -> Schema:
    return {"if": {"properties": properties, "required": list(required)}, "then": {"$ref": f"#/$defs/{name}"}}


def _by_class(names: Iterable[str]) -> Iterable[Schema]:
    return (_when({"type": {"const": name}}, ("type",), name) for name in names)


def _class(names: Iterable[str]) -> Schema:
    found = [shapes()[name] for name in names]
    return {
        "enum": [shape.name for shape in found],
        "enumDescriptions": [described(shape.description, shape.examples) for shape in found],
        "title": "class",
        "description": "What kind of thing it is.",
        "examples": [found[-1].name],
        "errorMessage": "Choose a class of the politics ontology.",
    }


def _needed(shape: Shape) -> Schema:
    keys = keys_of(shape, without=NAMING)
    needed: Schema = {"required": list(required_of(shape))}
    rules = [_rule(rule, [key for key in rule.keys if key in keys]) for rule in shape.rules]
    return needed | ({"allOf": rules} if rules else {})


def _rule(rule: Rule, keys: list[str]) -> Schema:
    if rule.given:
        return {"dependentRequired": {rule.given: keys}, "errorMessage": rule.message}
    return {"anyOf": [{"required": [key]} for key in keys], "errorMessage": rule.message}
