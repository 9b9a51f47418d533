"""JSON Schemas of the keys and mappings of the shapes: the bricks of ``ontology.editor_schema``.

Cases are told apart by ``if``/``then`` and never by ``oneOf``, so that every error is about the one value that is
wrong. ``errorMessage`` and ``patternErrorMessage``, which editors know, say what to do; ``examples`` can be copied.
"""

from typing import Any

from ontology.shapes import EXAMPLES, Property, Shape, shapes

Schema = dict[str, Any]

SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
LOCAL = "#[A-Za-z][A-Za-z0-9-]*"
LANGUAGE = "^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$"
DAY = "^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"
NUMBERS = {"integer": "integer", "nonNegativeInteger": "integer", "decimal": "number"}
NAMES = ("prefLabel", "altLabel", "hiddenLabel")
BY_LANGUAGE = (*NAMES, "literalForm")
NESTED = ("Date", "Quote", "Mention", "PropertyValue", "Label")
"""Classes that are written as mappings inside others."""
PARTS = (*NESTED, "Claim", "Editorial", "TextQuoteSelector", "TextPositionSelector")
"""Classes that are not nodes of an assertion."""


def nodes() -> dict[str, Shape]:
    """The classes of what assertions speak of: entities, events, states, figures, aims and words."""
    return {name: shape for name, shape in shapes().items() if name not in PARTS}


def kind(name: str) -> str:
    """The first segment of the paths of a class; empty where its things have only a local name."""
    if name in EXAMPLES:
        return EXAMPLES[name].partition("/")[0]
    return "event" if any(part.key == "prefLabel" for part in shapes()[name].properties) else ""


def reference(classes: tuple[str, ...]) -> Schema:
    """The name of a thing of one of these classes; ``Described`` stands for anything."""
    if classes == ("Claim",):
        pattern = f"^(?:claim/{SLUG}/)?{SLUG}$"
        return {"type": "string", "pattern": pattern, "examples": ["ruling-party-media-control"]}
    anything = classes == ("Described",)
    named = tuple(nodes()) if anything else tuple(name for name in classes if name != "Editorial")
    kinds = [*dict.fromkeys(kind(name) for name in named if kind(name))]
    kinds += ["editorial"] if anything or "Editorial" in classes else []
    forms = [f"(?:{'|'.join(kinds)})/{SLUG}" if len(kinds) > 1 else f"{kinds[0]}/{SLUG}"]
    forms += [f"claim/{SLUG}/{SLUG}"] if anything else []
    forms += [LOCAL] if "event" in kinds else []
    example = EXAMPLES.get(named[0], "event/elections-won-by-nazarbayev-and-tokayev")
    return {
        "type": "string",
        "pattern": f"^(?:{'|'.join(forms)})$" if len(forms) > 1 else f"^{forms[0]}$",
        "examples": [example],
    }


def literal(part: Property) -> Schema:
    """A text, a number or a choice."""
    if part.choices:
        return {"enum": list(part.choices)}
    number = NUMBERS.get(part.datatype or "")
    examples: list[Any] = [int(text) if number else text for text in part.examples]
    copied: Schema = {"examples": examples} if examples else {}
    if number:
        limits = {"minimum": part.minimum, "maximum": part.maximum}
        return {"type": number} | {name: int(limit) for name, limit in limits.items() if limit is not None} | copied
    pattern = part.pattern or (DAY if part.datatype == "date" else None)
    text: Schema = {"type": "string", "minLength": 1} | ({"pattern": pattern} if pattern else {})
    if part.key == "edtf":  # a bare year is a number in YAML; years have four digits
        text |= {"type": ["string", "integer"], "minimum": 1000, "maximum": 9999}
    return text | copied


def by_language(part: Property) -> Schema:
    """Names by language; the preferred one is one text, of the others there may be several, of a literal form none."""
    text: Schema = {"type": "string", "minLength": 1}
    names = {"type": "object", "additionalProperties": False}
    if part.key == "prefLabel":
        english = {"properties": {"en": text}, "required": ["en"], "examples": [{"en": "Progress"}]}
        return names | english | {"patternProperties": {LANGUAGE: text}}
    if part.key == "literalForm":
        one = {"minProperties": 1, "maxProperties": 1, "examples": [{"kk": "Қазақстан"}]}
        return names | one | {"patternProperties": {LANGUAGE: text}}
    return names | {"minProperties": 1, "patternProperties": {LANGUAGE: several(text)}}


def several(one: Schema) -> Schema:
    """One value or a list of them; an error is about the value that is wrong."""
    many = {"type": "array", "minItems": 1, "uniqueItems": True, "items": one}
    return {"if": {"type": "array"}, "then": many, "else": one}


def value(part: Property) -> Schema:
    """The schema of one key, with what an editor shows of it."""
    if part.key in BY_LANGUAGE:
        one = by_language(part)
    elif part.classes and part.classes[0] in NESTED:
        one = {"$ref": f"#/$defs/{part.classes[0]}", "examples": [example(part.classes[0])]}
    else:
        one = reference(part.classes) if part.classes else literal(part)
    one |= {"patternErrorMessage": part.message} if "pattern" in one else {}
    examples = one.pop("examples", None)
    shown: Schema = {"title": part.name, "description": described(part.description, () if examples else part.examples)}
    shown |= ({"examples": examples} if examples else {}) | {"errorMessage": part.message}
    return shown | (several(one) if part.several and part.key not in BY_LANGUAGE else one)


def example(name: str) -> Schema:
    """A mapping of this class with what it must have."""
    shape = shapes()["TextQuoteSelector" if name == "Quote" else name]
    return {part.key: value(part)["examples"][0] for part in shape.properties if part.required}


def own_name(pattern: str, message: str, description: str = "", example: str = "") -> Schema:
    """The schema of ``id``: the name that a thing is given here."""
    schema: Schema = {"type": "string", "pattern": pattern, "title": "name"}
    schema |= {"description": description} if description else {}
    schema |= {"examples": [example]} if example else {}
    return schema | {"errorMessage": message, "patternErrorMessage": message}


def shared(part: Property) -> Schema:
    """The schema of one key, by the name of its definition where several classes share it."""
    return {"$ref": f"#/$defs/{part.shared}"} if part.shared else value(part)


def described(text: str, examples: tuple[str, ...]) -> str:
    """The definition and, in the words of sources, examples."""
    return f"{text}\n\nExample: {', '.join(f'“{example}”' for example in examples)}" if examples else text


def mapping(shape: Shape, keys: tuple[str, ...], required: tuple[str, ...], further: Schema | None = None) -> Schema:
    """A closed mapping with these keys of a class, and further ones."""
    return {
        "title": shape.label,
        "description": described(shape.description, shape.examples),
        "type": "object",
        "properties": (further or {}) | {part.key: shared(part) for part in shape.properties if part.key in keys},
        "required": list(required),
        "additionalProperties": False,
    }


def keys_of(shape: Shape, *, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The keys of a class."""
    return tuple(part.key for part in shape.properties if part.key not in without)


def required_of(shape: Shape, *, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The keys that a class must have."""
    return tuple(part.key for part in shape.properties if part.required and part.key not in without)
