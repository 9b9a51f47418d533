"""Forms made from the ontology and its shapes: for each class its fields, what they mean, and what they may hold.

The same shapes make the JSON Schemas that `samizdat check` uses, so a form asks for nothing that a check refuses.
"""

from functools import cache
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Store
from rdflib import SKOS

from ontology.editor_nodes import IDENTITY, NAMING
from ontology.editor_values import NAMES, NESTED, NUMBERS, kind, nodes
from ontology.shapes import EXAMPLES, Property, Shape, shapes
from ontology.vocabulary import source, term

Form = dict[str, Any]
LONG = ("label", "content", "note", "condition", "ground", "statedReason", "inferredFrom")
"""Texts that may need more than a line."""


@cache
def forms() -> Form:
    """All forms: of the ``claim``, of the classes of its assertion (``nodes``), of ``entities``, and of ``parts``."""
    found, named = nodes(), [name for name in nodes() if name in EXAMPLES]
    return {
        "claim": _claim(),
        "nodes": {name: form(shape, without=NAMING) | _naming(name) for name, shape in found.items()},
        "entities": {name: _identity(found[name]) | _naming(name) for name in named},
        "parts": {name: form(shapes()[name], without=("earliest", "latest")) for name in NESTED if name != "Quote"},
    }


def form(shape: Shape, *, without: tuple[str, ...] = ()) -> Form:
    """The form of a class, its fields in the order of the shapes."""
    return {
        "name": shape.name,
        "label": shape.label,
        "description": shape.description,
        "examples": list(shape.examples),
        "fields": [_field(part) for part in shape.properties if part.key not in without],
        "rules": [{"given": rule.given, "keys": list(rule.keys), "message": rule.message} for rule in shape.rules],
    }


def _claim() -> Form:
    made = form(shapes()["Claim"], without=("statedIn", "assertion", "quote"))
    for part in made["fields"]:
        part["required"] = part["required"] and part["key"] != "attributedTo"  # absent: the editorial's own
    return made


def _naming(name: str) -> Form:
    """How a thing of this class is named: ``entity`` where it has to be a known one."""
    return {"kind": kind(name), "entity": name in EXAMPLES}


def _identity(shape: Shape) -> Form:
    made = form(shape)
    fields = [part for part in made["fields"] if part["key"] in IDENTITY and part["key"] != "identifier"]
    for part in fields:
        part["required"] = part["required"] or part["key"] == "prefLabel"
    return made | {"fields": fields, "rules": []}


def _field(part: Property) -> Form:
    return {
        "key": part.key,
        "name": part.name,
        "description": part.description,
        "examples": list(part.examples),
        "message": part.message,
        "required": part.required,
        "several": part.several and part.key not in NAMES,
        **_holding(part),
    }


def _holding(part: Property) -> Form:
    """What a field holds: ``names``, a ``part``, a ``claim``, a ``thing``, a ``choice``, a ``flag``, numbers, texts."""
    if part.key in NAMES:
        return {"holds": "names", "one": part.key == "prefLabel"}
    if part.classes and part.classes[0] in NESTED:
        return {"holds": "part", "part": part.classes[0]}
    if part.classes == ("Claim",):
        return {"holds": "claim"}
    if part.classes:
        return {"holds": "thing", "kinds": _kinds(part.classes)}
    if part.choices:
        flag = part.choices == (True,)
        return {"holds": "flag"} if flag else {"holds": "choice", "choices": [_choice(name) for name in part.choices]}
    if part.datatype in NUMBERS:
        return {"holds": "number", "whole": NUMBERS[part.datatype] == "integer"}
    return {"holds": "text", "long": part.key in LONG}


def _kinds(classes: tuple[str, ...]) -> list[str]:
    """The kinds of the things that may be named, none where any may."""
    if classes == ("Described",):
        return []
    found = [kind(name) for name in classes if name in nodes()]
    return list(dict.fromkeys([*filter(None, found), *(["editorial"] if "Editorial" in classes else [])]))


def _choice(name: Any) -> Form:
    return {"value": name, "means": _definition(str(name))}


@cache
def _ontology() -> Store:
    loaded = Store()
    loaded.load(source("politics.ttl").encode(), RdfFormat.TURTLE)
    return loaded


def _definition(key: str) -> str:
    """What the ontology says of a term, empty if nothing."""
    try:
        subject = NamedNode(term(key))
    except (KeyError, ValueError):
        return ""
    found = _ontology().quads_for_pattern(subject, NamedNode(str(SKOS.definition)), None)
    return next((quad.object.value for quad in found if isinstance(quad.object, Literal)), "")
