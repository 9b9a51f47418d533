"""JSON Schema errors in words: what is wrong, and what to do about it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from jsonschema import ValidationError
from rapidfuzz import fuzz, process

from graph.files.schema_context import Schema, SchemaContext
from graph.files.yaml_reader import Steps

_NEAR = 65
_FEW = 8
_KINDS = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list", dict: "a mapping"}
_TYPES = {
    "object": "a mapping", "array": "a list", "string": "a text", "integer": "a whole number", "number": "a number",
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """One thing wrong at these steps. ``missing`` is a key that is not there, ``meant`` one that was misspelt."""

    steps: Steps
    what: str
    hint: str
    rule: str
    at_key: bool = False
    missing: str = ""
    meant: str = ""


@dataclass(frozen=True)
class _Slip:
    """A validator's error: this value, at these steps, is not as the keyword of this schema expects."""

    steps: Steps
    value: Any
    keyword: str
    expected: Any
    schema: Schema
    message: str
    around: SchemaContext

    @property
    def key(self) -> str:
        return next((step for step in reversed(self.steps) if isinstance(step, str)), "")

    @property
    def name(self) -> str:
        last = self.steps[-1] if self.steps else ""
        return f"item {last + 1} of “{self.key}”" if isinstance(last, int) else f"“{self.key}”"

    def fault(self, what: str, hint: str, rule: str) -> Fault:
        return Fault(self.steps, what, hint, rule)

    def advice(self) -> str:
        return _advice(self.around.advice, self.around.examples)


def faults_of(error: ValidationError, root: Schema) -> Iterator[Fault]:
    """The faults that one error of the validator stands for."""
    around = SchemaContext(root).follow(list(error.absolute_schema_path))
    schema: Any = error.schema
    slip = _Slip(
        tuple(error.absolute_path), error.instance, str(error.validator), error.validator_value,
        schema if isinstance(schema, dict) else {}, error.message, around,
    )  # fmt: skip
    yield from _WORDS.get(slip.keyword, _other)(slip)


def _unknown_keys(slip: _Slip) -> Iterator[Fault]:
    known, patterns = slip.schema.get("properties", {}), slip.schema.get("patternProperties", {})
    free = [key for key in known if key not in slip.value]
    for key in slip.value:
        if key in known or any(re.search(pattern, key) for pattern in patterns):
            continue
        what, meant = f"{_a(slip.around.mapping)} has no key “{key}”", _nearest(key, free)
        hint = f"did you mean “{meant}”?" if meant else f"it may have {_choice(free, 'and')}" if free else "remove it"
        if patterns:
            what, hint = f"“{key}” is not a language", "write its tag, such as en, kk or ru"
        yield Fault((*slip.steps, key), what, hint, "unknown-key", at_key=True, meant=meant)


def _missing_keys(slip: _Slip) -> Iterator[Fault]:
    return (_missing(slip, key) for key in slip.expected if key not in slip.value)


def _dependent(slip: _Slip) -> Iterator[Fault]:
    for key, others in slip.expected.items():
        if key in slip.value:
            yield from (_missing(slip, other) for other in others if other not in slip.value)


def _missing(slip: _Slip, key: str) -> Fault:
    schema = slip.around.of_key(key)
    hint = _advice(schema.get("errorMessage", slip.around.advice), schema.get("examples", []), f"{key}: ")
    return Fault(slip.steps, f"{_a(slip.around.mapping)} without “{key}”", hint, "missing-key", missing=key)


def _none_of(slip: _Slip) -> Iterator[Fault]:
    keys = [key for branch in slip.expected for key in branch["required"]]
    what = f"{_a(slip.around.mapping)} without {_choice(keys, 'or')}"
    yield Fault(slip.steps, what, _advice(slip.around.advice), "missing-key", missing=keys[0])


def _no_choice(slip: _Slip) -> Iterator[Fault]:
    choices = [choice for choice in slip.expected if isinstance(choice, str)]
    if isinstance(slip.value, list | dict | None):
        yield from _wrong_kind(slip)
    elif not choices:
        yield from _wrong_value(slip)
    else:
        meant = _nearest(str(slip.value), choices)
        what = f"there is no {slip.around.title} {_shown(slip.value)}"
        hint = _advice(slip.around.advice) + (f": {_choice(choices, 'or')}" if len(choices) > _FEW else "")
        yield slip.fault(what, f"did you mean “{meant}”?" if meant else hint, "unknown-value")


def _wrong_kind(slip: _Slip) -> Iterator[Fault]:
    if slip.value is None:
        yield from _empty(slip)
        return
    types = [slip.expected] if isinstance(slip.expected, str) else slip.expected
    name = _TYPES[types[0]] if slip.keyword == "type" else "one value"
    hint = slip.advice()
    if name == "a mapping":
        keys = f"write keys such as {_choice(list(slip.schema.get('properties', ['en']))[:3], 'and')}"
        hint = f"write {slip.key}: {_shown(slip.around.examples[0])}" if slip.around.examples else keys
    elif name == "a text" and isinstance(slip.value, int | float) and "pattern" not in slip.schema:
        hint = f"{_advice(slip.around.advice)}; if {_shown(slip.value)} is meant, put it in quotation marks"
    kind = _KINDS.get(type(slip.value), "something else")
    yield slip.fault(f"{slip.name} is {kind}, and not {name}", hint, "kind-of-value")


def _wrong_value(slip: _Slip) -> Iterator[Fault]:
    yield slip.fault(f"{slip.name} is {_shown(slip.value)}", slip.advice(), "value")


def _empty(slip: _Slip) -> Iterator[Fault]:
    yield slip.fault(f"{slip.name} is empty", slip.advice(), "empty")


def _twice(slip: _Slip) -> Iterator[Fault]:
    yield slip.fault(f"{slip.name} has the same value twice", "keep one of the two", "twice")


def _too_many(slip: _Slip) -> Iterator[Fault]:
    yield slip.fault(f"{slip.name} has more than {slip.expected}", slip.advice(), "too-many")


def _other(slip: _Slip) -> Iterator[Fault]:
    yield slip.fault(slip.message, slip.advice(), slip.keyword)


_WORDS: dict[str, Callable[[_Slip], Iterator[Fault]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_keys,
    "dependentRequired": _dependent,
    "anyOf": _none_of,
    "enum": _no_choice,
    "type": _wrong_kind,
    "uniqueItems": _twice,
    "maxProperties": _too_many,
    **dict.fromkeys(("const", "pattern", "minimum", "maximum"), _wrong_value),
    **dict.fromkeys(("minLength", "minItems", "minProperties"), _empty),
}


def _advice(message: str, examples: list[Any] | None = None, before: str = "") -> str:
    """The message as the second half of a line, with an example where it has none of its own."""
    text = (message[:1].lower() + message[1:]).rstrip(".") or "correct it"
    return text if not examples or "such as" in text else f"{text}, such as {before}{_shown(examples[0])}"


def _nearest(word: str, choices: list[str]) -> str:
    folded = {choice.lower(): choice for choice in choices}
    near = process.extractOne(word.lower(), list(folded), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return folded[near[0]] if near else ""


def _shown(value: Any) -> str:
    """A value as YAML on one line, cut where it is long."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key}: {_shown(item)}" for key, item in value.items()) + " }"
    if not isinstance(value, str):
        return str(value).lower() if isinstance(value, bool) else str(value)
    text = value if len(value) <= 60 else f"{value[:60]}…"
    return text if re.fullmatch(r"(?!\d+$)\w[\w./:-]*|#[\w-]+", text) else f'"{text}"'


def _choice(words: list[str], last: str) -> str:
    *others, final = [f"“{word}”" for word in words]
    return f"{', '.join(others)} {last} {final}" if others else final


def _a(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"
