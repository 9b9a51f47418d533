"""JSON Schemas (2020-12) of claim and entity files, for editors and for ``samizdat check``.

``python -m ontology.editor_schema`` rewrites ``claim-file.schema.json`` and ``entity-file.schema.json`` from the
shapes, the ontology and the context. Said here is only what these three do not say: how a file is laid out.
"""

import json
from pathlib import Path

from ontology.base import PUBLIC_BASE
from ontology.editor_drafts import draft, drafts, suggestion
from ontology.editor_nodes import ELSEWHERE, entity, identity_of, node, said_of, with_names
from ontology.editor_values import SLUG, Schema, keys_of, mapping, nodes, own_name, required_of, value
from ontology.shapes import shapes

FOLDER = Path(__file__).parent


def claim_file() -> Schema:
    """An editorial and its claims."""
    shape = shapes()["Editorial"]
    about, written = "The name of the editorial: editorial/ and a slug.", "editorial/2021-01-progress-kazakhstan"
    message = "Write editorial/ and small letters, digits or hyphens."
    name = own_name(f"^editorial/{SLUG}$", message, about, written)
    further = _context() | {"id": name, "type": {"const": "Editorial", "errorMessage": "Write Editorial."}}
    further |= {"claims": _list("claim", "What the editorial says, in the order of its text."), "drafts": drafts()}
    required = ("@context", "id", "type", *required_of(shape), "encodedBy", "encodedOn")
    found = {"claim": claim(), "node": node()} | {name: said_of(name) for name in nodes()}
    found |= {"draft": draft(), "suggestion": suggestion()}
    layout = mapping(shape, keys_of(shape), required, further)
    # A text that has just been added has drafts alone.
    unless_drafted = {"if": {"not": {"required": ["drafts"]}}, "then": {"required": ["claims"]}}
    return _file("claim", layout | unless_drafted, found)


def entity_file() -> Schema:
    """The things that claims are about."""
    layout = {
        "title": "entity file",
        "description": "Who and what there is: names and identifiers, and never what a source says.",
        "type": "object",
        "properties": _context() | {"entities": _list("entity", "The things that claims are about.")},
        "required": ["@context", "entities"],
        "additionalProperties": False,
    }
    return _file("entity", layout, {"entity": entity()} | {name: identity_of(name) for name in with_names()})


def claim() -> Schema:
    """One claim: what is said of it, its quotes, and its assertion."""
    shape = shapes()["Claim"]
    about, message = (
        "The name of the claim, unlike any other of this file.",
        "Write small letters, digits and single hyphens.",
    )
    name = own_name(f"^{SLUG}$", message, about, "democratic-choice-party-banned")
    assertion = _list("node", "What the claim says, node by node.")
    required = ("id", *required_of(shape, without=("attributedTo", "statedIn")))  # absent: the editorial's own
    schema = mapping(shape, keys_of(shape, without=("statedIn", "assertion")), required, {"id": name})
    return schema | {"properties": schema["properties"] | {"assertion": assertion}, "allOf": _modalities()}


def _modalities() -> list[Schema]:
    def when(modalities: list[str], then: Schema, message: str) -> Schema:
        held = {"properties": {"modality": {"enum": modalities}}, "required": ["modality"]}
        return {"if": held, "then": then | {"errorMessage": message, "$comment": ELSEWHERE}}

    [modality] = [part for part in shapes()["Claim"].properties if part.key == "modality"]
    others = [choice for choice in modality.choices if choice != "conditional"]
    return [
        when(["conditional"], {"required": ["condition"]}, "Say on what condition."),
        when(others, {"not": {"required": ["condition"]}}, "Make the claim conditional, or remove its condition."),
        when(["reported", "believed"], {"required": ["attributedTo"]}, "Say whose words or belief it is."),
        when(
            ["asserted"],
            {"not": {"required": ["attributedTo"]}},
            "Remove attributedTo: it is the editorial's own.",
        ),
    ]


def _context() -> Schema:
    iri = f"{PUBLIC_BASE}context.jsonld"
    return {"@context": {"const": iri, "description": "What the keys mean.", "errorMessage": f"Write {iri}."}}


def _list(of: str, description: str) -> Schema:
    message = f"Write at least one {of}."
    return {
        "type": "array", "minItems": 1, "items": {"$ref": f"#/$defs/{of}"},
        "description": description, "errorMessage": message,
    }  # fmt: skip


def _file(kind: str, layout: Schema, found: Schema) -> Schema:
    """The whole file: its layout, and those of all definitions that are used."""
    found |= {part.shared: value(part) for shape in shapes().values() for part in shape.properties if part.shared}
    found |= _nested()
    used: set[str] = set()
    more = {name for name in found if _names(layout, name)}
    while more - used:
        used |= more
        more = {name for name in found if any(_names(found[other], name) for other in used)}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{PUBLIC_BASE}{kind}-file.schema.json"}
    return head | layout | {"$defs": {name: schema for name, schema in found.items() if name in used}}


def _names(schema: Schema, name: str) -> bool:
    return f'"#/$defs/{name}"' in json.dumps(schema)


def _nested() -> Schema:
    words, place = shapes()["TextQuoteSelector"], shapes()["TextPositionSelector"]
    keys = {part.key: value(part) for part in (*words.properties, *place.properties)}
    quote = mapping(shapes()["Quote"], (), ("exact",), keys)
    found = {"Quote": quote | {"dependentRequired": {"start": ["end"], "end": ["start"]}}}
    for name in ("Mention", "PropertyValue", "Label", "Date"):
        shape = shapes()[name]
        keys_written = keys_of(shape, without=("earliest", "latest"))  # bounds are computed
        found[name] = mapping(shape, keys_written, required_of(shape))
    return found


def files() -> dict[str, str]:
    """The text of the two files by their names."""
    schemas = {"claim-file.schema.json": claim_file(), "entity-file.schema.json": entity_file()}
    return {name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for name, schema in schemas.items()}


def main() -> None:
    """Rewrite the two files."""
    for name, text in files().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
