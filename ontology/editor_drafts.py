"""The JSON Schema of drafts: sentences that may state something, each with suggestions that nobody has accepted yet."""

from collections.abc import Iterable

from ontology.editor_nodes import kinds
from ontology.editor_values import SLUG, Schema, nodes, own_name
from ontology.shapes import shapes

SAID = ("entity", "attributedTo", "type", "edtf", "modality", "condition", "sensitive")
"""What a suggestion may propose: one of these, beside ``words`` and ``why``."""
NO_TERMS = ("drafts", "suggestions", "entity", "words", "why", "begun")
"""The keys of drafts that no context defines: so they can never become triples."""
AGENTS = "person|party|government|group|outlet|sector"


def drafts() -> Schema:
    """The list of drafts of a claim file."""
    return {
        "type": "array",
        "minItems": 1,
        "items": {"$ref": "#/$defs/draft"},
        "title": "drafts",
        "description": "Sentences that may state something. They are checked, and are in no snapshot.",
        "errorMessage": "Write at least one draft, or remove the key.",
    }


def draft() -> Schema:
    """One sentence: its exact words, and what is suggested of it."""
    message = "Write small letters, digits and single hyphens."
    suggestions = {
        "type": "array",
        "items": {"$ref": "#/$defs/suggestion"},
        "title": "suggestions",
        "description": "What may be meant, and why. Take over by hand what is right.",
        "errorMessage": "Write a list of suggestions, or leave it out.",
    }
    quote = {
        "$ref": "#/$defs/Quote",
        "description": "The exact words of the sentence.",
        "errorMessage": "Give the exact words of the sentence and where they stand.",
    }
    begun = {
        "type": "object",
        "title": "begun",
        "description": "A claim that somebody has begun to write of it. It is not checked before it is a claim.",
        "errorMessage": "Write the keys of a claim, or leave it out.",
    }
    name = own_name(f"^{SLUG}$", message, "The name of the draft, unlike any other of this file.", "sentence-1")
    return _mapping(
        "draft",
        "A sentence of the text that may state something.",
        {"id": name, "quote": quote, "suggestions": suggestions, "begun": begun},
        ("id", "quote"),
    )


def suggestion() -> Schema:
    """One suggestion: what is proposed, by which words of the sentence, and why."""
    [modality] = [part for part in shapes()["Claim"].properties if part.key == "modality"]
    proposed: dict[str, Schema] = {
        "entity": _path(kinds(), "Name a thing of the entity files.", "A known thing that may be meant."),
        "attributedTo": _path(AGENTS, "Name who may say or believe it.", "Whose words or belief it may be."),
        "type": _choice(sorted(nodes()), "Choose a class of the politics ontology.", "What it may state."),
        "edtf": _text("Write a date in EDTF, such as 2020-12-18.", "A date that may be meant."),
        "modality": _choice(modality.choices, modality.message, "How the source may hold it."),
        "condition": _text("Write the condition in the words of the text.", "On what it may depend."),
        "sensitive": {
            "const": True,
            "description": "It may concern somebody's private life.",
            "errorMessage": "Write true, or remove the key.",
        },
    }
    further = {
        "words": _text("Give the words of the sentence that the suggestion rests on.", "The words that it rests on."),
        "why": _text("Say why it is suggested.", "Why it is suggested."),
    }
    schema = _mapping(
        "suggestion", "What a program proposes; nothing holds because of it.", proposed | further, ("words", "why")
    )
    one = [{"required": [key]} for key in SAID]
    return schema | {"anyOf": one, "errorMessage": "Say what is suggested."}


def _mapping(title: str, description: str, properties: Schema, required: tuple[str, ...]) -> Schema:
    return {
        "title": title,
        "description": description,
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _text(message: str, description: str) -> Schema:
    return {"type": "string", "minLength": 1, "description": description, "errorMessage": message}


def _choice(choices: Iterable[str], message: str, description: str) -> Schema:
    return {"enum": list(choices), "description": description, "errorMessage": message}


def _path(choice: str, message: str, description: str) -> Schema:
    text = _text(message, description) | {"pattern": f"^(?:{choice})/{SLUG}$", "patternErrorMessage": message}
    return {key: part for key, part in text.items() if key != "minLength"}
