"""Reads the ``#+`` header of a saved query, strictly: what the header says must be so."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, cast

from ontology.base import rebased
from queries.errors import BadParameter, BadQueryFile
from queries.patterns import fault
from queries.stored import Parameter, StoredQuery
from queries.terms import TYPES, Type
from queries.tokens import parameters_used, variables_used

_HEADER = re.compile(r"#\+ (?P<key>\w+):(?P<value>.*)")
_CONTINUED = re.compile(r"#\+ {2,}(?P<value>\S.*)")
_PARAMETER = re.compile(r"(?P<name>\w+)\s+(?P<type>\w+)\s+(?P<default>.*?)\s+—\s+(?P<description>.+)")
_KEYS = ("summary", "description", "tags", "answer", "parameter")
_ASKS = re.compile(r"^\s*ASK\b", re.MULTILINE)


@dataclass
class _Header:
    line: int
    key: str
    value: str


def is_documented(text: str) -> bool:
    """Whether the text has a ``#+`` header, and so is a saved query rather than plain SPARQL."""
    return any(line.startswith("#+") for line in text.splitlines())


def read(text: str, file: Path) -> StoredQuery:
    """The saved query that the text of the file holds; BadQueryFile names the line that is not in order."""
    headers = _headers(text, file)
    single = {header.key: header.value for header in headers if header.key != "parameter"}
    if not single.get("summary"):
        raise BadQueryFile(file, 1, "the summary is missing", "start with `#+ summary:` and what is asked")
    parameters = _parameters([header for header in headers if header.key == "parameter"], text, file)
    tags = tuple(tag.strip() for tag in single.get("tags", "").split(",") if tag.strip())
    answer = _answer([header for header in headers if header.key == "answer"], parameters, text, file)
    described = single.get("description", "")
    return StoredQuery(file.stem, single["summary"], described, tags, parameters, rebased(text), answer)


def _headers(text: str, file: Path) -> list[_Header]:
    headers: list[_Header] = []
    body_from = 0
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#+"):
            body_from = body_from or (number if line.strip() and not line.startswith("#") else 0)
            continue
        if body_from:
            raise BadQueryFile(file, number, "a header line within the query", f"move it above line {body_from}")
        _add(headers, line.rstrip(), number, file)
    return headers


def _add(headers: list[_Header], line: str, number: int, file: Path) -> None:
    """Adds the header on this line, or continues the last one."""
    if continued := _CONTINUED.fullmatch(line):
        if not headers:
            raise BadQueryFile(file, number, "a continuation of nothing", "start with `#+ summary:`")
        headers[-1].value = f"{headers[-1].value} {continued['value']}".strip()
        return
    header = _HEADER.fullmatch(line)
    if not header or header["key"] not in _KEYS:
        hint = f"a header is one of {', '.join(_KEYS)}; a continuation starts with `#+` and at least two spaces"
        raise BadQueryFile(file, number, f"unknown header {line[2:].strip()!r}", hint)
    if header["key"] != "parameter" and any(header["key"] == earlier.key for earlier in headers):
        raise BadQueryFile(file, number, f"a second {header['key']}", "keep one")
    headers.append(_Header(number, header["key"], header["value"].strip()))


def _parameters(headers: list[_Header], text: str, file: Path) -> tuple[Parameter, ...]:
    used = parameters_used(text)
    found: dict[str, Parameter] = {}
    for header in headers:
        parameter = _parameter(header, file)
        if parameter.name in found:
            raise BadQueryFile(file, header.line, f"a second parameter {parameter.name}", "keep one")
        if parameter.name not in used:
            what = f"the parameter {parameter.name} is declared and not used"
            raise BadQueryFile(file, header.line, what, f"use ?_{parameter.name} in the query, or take the line out")
        found[parameter.name] = parameter
    for name in used.keys() - found.keys():
        hint = f"add `#+ parameter: {name} TYPE DEFAULT — description`"
        raise BadQueryFile(file, used[name], f"the parameter ?_{name} is used and not declared", hint)
    return tuple(found.values())


def _parameter(header: _Header, file: Path) -> Parameter:
    parts = _PARAMETER.fullmatch(header.value) or _malformed(header, file)
    if parts["type"] not in TYPES:
        what = f"the parameter {parts['name']} has the unknown type {parts['type']}"
        raise BadQueryFile(file, header.line, what, f"a type is one of {', '.join(TYPES)}")
    default = parts["default"].removeprefix('"').removesuffix('"') if parts["type"] == "string" else parts["default"]
    parameter = Parameter(parts["name"], cast(Type, parts["type"]), default, parts["description"])
    try:
        parameter.term(default)
    except BadParameter as error:
        raise BadQueryFile(file, header.line, f"a bad default: {error.what}", error.hint) from None
    return parameter


def _answer(headers: list[_Header], parameters: tuple[Parameter, ...], text: str, file: Path) -> str:
    """The pattern of an answer in words; empty without one."""
    for header in headers:
        names = {parameter.name for parameter in parameters}
        wrong = fault(header.value, variables_used(text), names, is_ask=bool(_ASKS.search(text)))
        if wrong or not header.value:
            hint = "write a sentence with {variable} where a value stands, and [what may be missing]"
            raise BadQueryFile(file, header.line, f"an answer that cannot be said: {wrong or 'it is empty'}", hint)
    return headers[0].value if headers else ""


def _malformed(header: _Header, file: Path) -> NoReturn:
    what = f"a parameter that cannot be read: {header.value!r}"
    raise BadQueryFile(file, header.line, what, "write `#+ parameter: NAME TYPE DEFAULT — description`")
