"""A line of JSON-LD as plain Python, with the place of every key and value for whoever asks.

A line says what a claim file says, in the same keys, so that the same checks and the same code serve both. It is one
editorial with its claims, or one entity.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NoReturn

from graph.errors import InvalidInput, Place, Problem
from graph.files.json_places import JsonFault, Positions
from graph.files.yaml_reader import MAX_DEPTH, Document, Steps, number
from graph.iris import KINDS

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_NO_TEXT = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")
"""How half of a surrogate pair, or NUL, is written; whole pairs too, which are then found to be right."""
_ENTITY: Steps = ("entities", 0)


def read_line(file: Path, number: int, content: bytes) -> Document:
    """The document of one line of a file; raises ``InvalidInput`` that says where it fails, and why."""
    text = _text(file, number, content)
    try:
        data = _DECODER.decode(text)
        if (isinstance(data, dict | list) and _is_deep(data)) or _NO_TEXT.search(text):
            Positions.of(text)
    except json.JSONDecodeError as error:
        raise _refusal(file, number, error.pos, f"not JSON: {error.msg}", "mend the line here") from None
    except (ValueError, RecursionError):
        raise _told(file, number, text) from None
    if not isinstance(data, dict):
        what, hint = "a line that is no JSON object", "write one editorial, or one entity, on each line"
        raise _refusal(file, number, 0, what, hint)
    within = () if _is_file(data) else _ENTITY
    values, keys = _Places(text, number, within, "values"), _Places(text, number, within, "keys")
    return Document(file, _as_file(data) if within else data, values, keys, len(within))


@dataclass
class _Places(Mapping[Steps, tuple[int, int]]):
    """Line and column of each value or key, looked for when the first is asked for: most lines are right."""

    text: str
    number: int
    within: Steps
    which: Literal["values", "keys"]

    def __getitem__(self, steps: Steps) -> tuple[int, int]:
        return self._found[steps]

    def __iter__(self) -> Iterator[Steps]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    @cached_property
    def _found(self) -> dict[Steps, tuple[int, int]]:
        offsets: dict[Steps, int] = getattr(Positions.of(self.text), self.which)
        found = {(*self.within, *steps): (self.number, at + 1) for steps, at in offsets.items()}
        return {(): (self.number, 1), **found}


def _is_file(data: dict[str, Any]) -> bool:
    """Whether the line says what a file says; else it is one entity."""
    kind = str(data.get("id", "")).partition("/")[0]
    if "entities" in data or "claims" in data or kind == "editorial":
        return True
    return kind not in KINDS and data.get("type", "Editorial") == "Editorial"


def _as_file(data: dict[str, Any]) -> dict[str, Any]:
    """An entity, as a file that holds nothing else says it."""
    shared = {key: value for key, value in data.items() if key == "@context"}
    return {**shared, "entities": [{key: value for key, value in data.items() if key not in shared}]}


def _text(file: Path, number: int, content: bytes) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        at = len(content[: error.start].decode())
        raise _refusal(file, number, at, "not UTF-8 text", "write the lines as UTF-8") from None
    return text.removeprefix(_BOM) if number == 1 else text


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key a second time")
    return found


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def _float(text: str) -> int | float:
    value = number(text)
    return _refuse(text) if isinstance(value, str) else value


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_refuse, parse_float=_float)


def _is_deep(data: Any) -> bool:
    level = [data]
    for _ in range(MAX_DEPTH + 1):
        level = [
            item
            for value in level
            for item in (value.values() if isinstance(value, dict) else value)
            if isinstance(item, dict | list)
        ]
        if not level:
            return False
    return True


def _told(file: Path, number: int, text: str) -> InvalidInput:
    """What is refused without a place by the decoder, which is faster, with its place."""
    try:
        Positions.of(text)
    except JsonFault as fault:
        return _refusal(file, number, fault.at, fault.what, fault.hint)
    return _refusal(file, number, 0, "not JSON that can be relied on", "write it anew")


def _refusal(file: Path, number: int, at: int, what: str, hint: str) -> InvalidInput:
    return InvalidInput([Problem(Place(file, number, at + 1), what, hint, "json")])
