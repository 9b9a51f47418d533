"""The OpenAPI 3.1 description, made of the application's own routes and of what is declared for each endpoint.

A route that nothing is declared for, or a declaration without a route, is found by a test. HEAD is answered wherever
GET is, and OPTIONS everywhere: neither is listed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.metadata import version
from typing import Any

from flask import Flask
from werkzeug.routing import AnyConverter, PathConverter, Rule

from graph.claim_graphs import LICENCE
from server.addresses import has_past
from server.negotiation import DOCUMENTS, HTML, TABLES
from server.openapi import holding, naming, pictures, querying, serving, things, timing
from server.openapi.headers import HEADERS, name_of, ref
from server.openapi.model import Answer, Body, Examples, Operation, Parameter, Schema
from server.openapi.refusals import reference, responses
from server.openapi.schemas import SCHEMAS

Shape = dict[str, Any]

OPERATIONS: Mapping[str, Operation] = {
    name: operation
    for module in (things, querying, holding, timing, naming, serving, pictures)
    for name, operation in module.OPERATIONS.items()
}
"""Every operation by its endpoint, those by POST with the method before it."""
PARAMETER = re.compile(r"<(?:[^<>]+:)?(\w+)>")
ABOUT = (
    "What editorials say about people, parties, bans, detentions and the control of media, as RDF: every statement "
    "leads back to the exact words it came from.\n\n"
    "Everything is read and nothing written. Wherever GET is answered, HEAD is, and every address answers OPTIONS; any "
    "other method is refused with 405 and `Allow`. The format is chosen by `Accept`, `format=` or an extension. "
    "A parameter of a path that may have slashes takes them as they are. Errors are problem details (RFC 9457), or a "
    "page for people. Every answer names its snapshot in `Samizdat-Snapshot`; below `snapshot/{name}/`, and with "
    "`Accept-Datetime`, the same addresses answer from an earlier one (RFC 7089)."
)
TAGS = {
    querying.TAG: "SPARQL, and graphs as a whole.",
    things.TAG: "What each IRI stands for, and what is said of it.",
    things.CLAIMS: "A claim in the forms that others use, and how to cite it.",
    things.ONTOLOGY: "The vocabulary, and the files that claim files and documents name.",
    holding.TAG: "What there is, and whole copies of it.",
    timing.TAG: "What was said earlier, and what has changed.",
    naming.TAG: "Search and reconciliation.",
    serving.PAGES: "Pages for people.",
    serving.SERVER: "What watches over the server, and this description.",
}
WHEN: Shape = {
    "name": "Accept-Datetime",
    "in": "header",
    "description": "Answer from the snapshot that was current then (RFC 7089), as `Sun, 22 Nov 2026 20:35:00 GMT`.",
    "schema": {"type": "string", "format": "http-date"},
}
OWN = frozenset(item.media_type for item in (*TABLES, *DOCUMENTS, HTML))
"""What each format is called first."""
UNCHANGED = Answer("The client has it already: `If-None-Match` names its entity tag.")
SLASHES = Answer("The same address, without doubled slashes.", headers=("Location",))


def document(app: Flask, examples: Examples, root: str) -> Shape:
    """The description of an application that is mounted at ``root``; an example that is empty is left out."""
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Samizdat",
            "summary": "A press-freedom knowledge graph",
            "description": ABOUT,
            "version": version("samizdat"),
            "license": {"name": "CC BY 4.0 (imported data sets: see /dataset)", "url": LICENCE},
        },
        "servers": [{"url": root or "/"}],
        "tags": [{"name": name, "description": text} for name, text in TAGS.items()],
        "paths": _paths(app, examples),
        "components": {
            "schemas": SCHEMAS,
            "headers": HEADERS,
            "responses": responses(),
            "parameters": {"Accept-Datetime": WHEN},
        },
    }


def template(rule: Rule) -> str:
    """The path of a route as OpenAPI writes it."""
    return PARAMETER.sub(r"{\1}", rule.rule)


def key(method: str, endpoint: str) -> str:
    """The name of an operation in ``OPERATIONS``."""
    return endpoint if method == "GET" else f"{method} {endpoint}"


def _names(rule: Rule) -> list[str]:
    """The parameters of a path, in their order."""
    return PARAMETER.findall(rule.rule)


def _paths(app: Flask, examples: Examples) -> Shape:
    found: Shape = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (template(rule), rule.endpoint)):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            written = _operation(rule, method, OPERATIONS[key(method, rule.endpoint)], examples)
            found.setdefault(template(rule), {})[method.lower()] = written
    return found


def _operation(rule: Rule, method: str, said: Operation, examples: Examples) -> Shape:
    """One operation; the same endpoint at two addresses is two operations."""
    names = [*rule.endpoint.split("."), *_names(rule), *(["root"] if rule.defaults and rule.rule.endswith("/") else [])]
    names += [] if method == "GET" else [method.lower()]
    timed = method == "GET" and has_past(rule.rule) and not said.own
    # An extension that chooses the format needs no other way to.
    asked = [item for item in said.parameters if item.name != "format" or "extension" not in rule.arguments]
    parameters = [*_path(rule, said, examples), *(_parameter(item, "query", examples) for item in asked)]
    written: Shape = {
        "operationId": "_".join(names).replace("-", "_"),
        "tags": [said.tag],
        "summary": said.summary,
        **({"description": said.text} if said.text else {}),
        "parameters": [*parameters, *([{"$ref": "#/components/parameters/Accept-Datetime"}] if timed else [])],
        "responses": _responses(rule, method, said, timed=timed),
    }
    if said.body:
        written["requestBody"] = _body(said.body)
    return {name: value for name, value in written.items() if value != []}


def _path(rule: Rule, said: Operation, examples: Examples) -> Iterator[Shape]:
    declared = {item.name: item for item in said.path}
    for name in _names(rule):
        found, converter = declared[name], rule._converters[name]
        if isinstance(converter, AnyConverter):
            found = replace(found, schema={"enum": sorted(converter.items)})
        yield _parameter(found, "path", examples) | {"required": True}


def _parameter(found: Parameter, where: str, examples: Examples) -> Shape:
    example = getattr(examples, found.sample) if found.sample else found.example
    written = {"name": found.name, "in": where, "description": found.text, "schema": dict(found.schema)}
    more = ({"required": True} if found.required else {}) | ({"example": example} if example else {})
    return written | more


def _body(found: Body) -> Shape:
    content: dict[str, Shape] = {media_type: {"schema": schema} for media_type, schema in found.content.items()}
    for media_type, example in found.examples.items():
        content[media_type]["example"] = example
    return {"description": found.text, "required": True, "content": content}


def _responses(rule: Rule, method: str, said: Operation, *, timed: bool) -> Shape:
    answers = dict(said.answers)
    if "extension" in rule.arguments:
        answers = {status: replace(found, content=_own(found.content)) for status, found in answers.items()}
    if method == "GET" and 200 in answers:
        answers[304] = UNCHANGED
    if any(isinstance(converter, PathConverter) for converter in rule._converters.values()):
        answers[308] = SLASHES
    told = {str(status): _answer(found, timed=timed, own=said.own) for status, found in sorted(answers.items())}
    refused = sorted({*said.errors, 429, *((400,) if timed else ()), *((404,) if rule.arguments else ())})
    return told | {str(status): reference(status) for status in refused} | {"5XX": reference("5XX")}


def _own(content: Mapping[str, Schema]) -> Mapping[str, Schema]:
    """Without the names that a format also goes by: they are given to whoever accepts nothing else."""
    return {media_type: schema for media_type, schema in content.items() if media_type in OWN}


def _answer(found: Answer, *, timed: bool, own: bool) -> Shape:
    names = [*found.headers, *(["Memento-Datetime"] if timed else []), *([] if own else ["Samizdat-Snapshot"])]
    written: Shape = {"description": found.text}
    if names:
        written["headers"] = {name_of(name): ref(name) for name in names}
    if found.content:
        written["content"] = {media_type: {"schema": schema} for media_type, schema in found.content.items()}
    return written
