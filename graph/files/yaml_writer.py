"""Data as YAML that a person can go on with: a key on each line, and a value that stays what it is when it is read.

What ``graph.files.yaml_reader`` reads of it is the same data, whatever the texts hold.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from graph.files.yaml_reader import scalar

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9/_-]*|[A-Za-z][^\W_]*(?: [^\W_]+)*\.?|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9a-f]{64}")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9./_~%-]*")
_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
"""What YAML takes for the end of a line, or what an editor does not show."""
_SHORT = 60
_OWN_LINES = ("quote",)
"""Keys whose mapping is never put on one line: ``samizdat locate`` adds lines to it."""


def as_yaml(data: dict[str, Any]) -> str:
    """The text of a file with this data: what JSON can hold."""
    return "".join(f"{line}\n" for line in _mapping(data)) or "{}\n"


def _mapping(data: dict[str, Any]) -> Iterator[str]:
    for key, value in data.items():
        name = key if re.fullmatch("[A-Za-z][A-Za-z0-9]*", key) and scalar(key) == key else _quoted(key)
        if (inline := _on_one_line(value, key)) is not None:
            yield f"{name}: {inline}"
        else:
            yield f"{name}:"
            yield from (f"  {line}" for line in _block(value))


def _block(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _mapping(value)
        return
    for item in value:
        inline = _on_one_line(item, "")
        first, *rest = [inline] if inline is not None else _block(item)
        yield f"- {first}"
        yield from (f"  {line}" for line in rest)


def _on_one_line(value: Any, key: str) -> str | None:
    """The value as it stands behind its key; None where it takes lines of its own."""
    if not isinstance(value, dict | list):
        return _scalar(value)
    if not value:
        return "{}" if isinstance(value, dict) else "[]"
    items = [value] if isinstance(value, dict) else value
    if key in _OWN_LINES or len(value) > 3 or any(isinstance(item, dict | list) for item in _inner(items)):
        return None
    flow = _flow(value)
    return flow if len(flow) <= _SHORT else None


def _inner(items: list[Any]) -> Iterator[Any]:
    for item in items:
        yield from item.values() if isinstance(item, dict) else (item,)


def _flow(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_scalar(key)}: {_flow(item)}" for key, item in value.items()) + " }"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    plain = _WORD.fullmatch(value) or _ADDRESS.fullmatch(value)
    return value if plain and scalar(value) == value else _quoted(value)


def _quoted(text: str) -> str:
    """A text in quotation marks, on one line: JSON, which YAML 1.2 reads."""
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))
