"""The structure of a claim or entity file: its keys, classes and kinds of values.

A document is checked against the JSON Schema that editors use too (``ontology/*.schema.json``), and each error is put
into words by ``graph.files.structure_words``. A slip is reported once: what ``graph.consistency`` words better is left
to it, and a key that is only misspelt is not missing as well.
"""

import json
import re
from functools import cache
from importlib.resources import files

import jsonschema_rs
from jsonschema import Draft202012Validator

from graph.errors import Problem
from graph.files.schema_context import Schema
from graph.files.structure_words import Fault, faults_of
from graph.files.yaml_reader import Document, Steps

_LEFT_OUT = "graph.consistency"


def problems(document: Document) -> list[Problem]:
    """What is wrong with the structure of a document, in the order of the file."""
    return [problem for _, problem in faults(document)]


def faults(document: Document) -> list[tuple[Steps, Problem]]:
    """The same, each with the steps that lead to it, so that the broken part can be left out of later checks."""
    if not isinstance(document.data, dict):
        what, hint = "the file is not a mapping", "begin with keys such as @context, id, type and claims, or entities"
        return [((), document.problem((), what, hint, "structure:type"))]
    kind = "entity" if "entities" in document.data else "claim"
    if _is_right(kind, document):
        return []
    found = [(fault.steps, _problem(document, fault)) for fault in _once(_all(kind, document))]
    return sorted(found, key=lambda pair: pair[1])


def _all(kind: str, document: Document) -> list[Fault]:
    root = _schema(kind)
    errors = [error for error in Draft202012Validator(root).iter_errors(document.data) if not _left_out(error.schema)]
    return [fault for error in errors for fault in faults_of(error, root)]


def _once(found: list[Fault]) -> list[Fault]:
    # An enum and a pattern may object to one value; a key may be both unknown and, under its right name, missing.
    first: dict[tuple[Steps, str], Fault] = {}
    for fault in found:
        first.setdefault((fault.steps, fault.missing), fault)
    meant = {(fault.steps[:-1], fault.meant) for fault in found if fault.meant}
    return [fault for fault in first.values() if not fault.missing or (fault.steps, fault.missing) not in meant]


def _problem(document: Document, fault: Fault) -> Problem:
    return document.problem(fault.steps, fault.what, fault.hint, f"structure:{fault.rule}", key=fault.at_key)


def _left_out(schema: object) -> bool:
    return isinstance(schema, dict) and _LEFT_OUT in str(schema.get("$comment"))


def _is_right(kind: str, document: Document) -> bool:
    try:
        return _fast(kind).is_valid(document.data)
    except ValueError:  # of a number that JSON does not have
        return False


@cache
def _fast(kind: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(json.loads(_text(kind)))


@cache
def _schema(kind: str) -> Schema:
    # In JSON Schema "$" is the end of a text; in Python it may also be followed by one last line end.
    schema: Schema = json.loads(re.sub(r'("\^[^"]*)\$"', r'\1\\\\Z"', _text(kind)))
    return schema


def _text(kind: str) -> str:
    return files("ontology").joinpath(f"{kind}-file.schema.json").read_text(encoding="utf-8")
