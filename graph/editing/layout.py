"""Values as YAML in the layout of the claim files: plain where YAML 1.2 allows, folded where long, flow where small."""

import json
import re
from pathlib import Path
from textwrap import wrap
from typing import Any

from graph.errors import InvalidInput
from graph.files.yaml_reader import read

WIDTH = 112
"""Columns of a line that is folded, or of a list or mapping that is written on one."""
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What ends a line somewhere, or what an editor does not show."""
_FLOW = re.compile(r"[\[\]{},]")
ON_LINES = ("exact", "start")
"""A mapping with one of these keys has each on its own line, where ``samizdat locate`` can write beside it."""


def entry(key: str, value: Any, column: int) -> list[str]:
    """The lines of a key and its value; the key stands at this column, from 0."""
    margin, name = " " * column, scalar(key)
    if isinstance(value, dict | list) and value:
        short = f"{margin}{name}: {inline(value)}"
        if _is_small(value) and len(short) <= WIDTH:
            return [short]
        return [f"{margin}{name}:", *block(value, column + 2)]
    if isinstance(value, str) and column + len(name) + 2 + len(value) > WIDTH and _may_fold(value):
        inner = " " * (column + 2)
        return [f"{margin}{name}: >-", *(inner + line for line in _folded(value, WIDTH - column - 2))]
    return [f"{margin}{name}: {inline(value, flow=False)}"]


def block(value: Any, column: int) -> list[str]:
    """The lines of a mapping or list whose keys or dashes stand at this column; of anything else its one line."""
    if isinstance(value, dict) and value:
        return [line for key, part in value.items() for line in entry(key, part, column)]
    if isinstance(value, list) and value:
        return [line for part in value for line in item(part, column)]
    return [" " * column + inline(value, flow=False)]


def item(value: Any, column: int) -> list[str]:
    """The lines of an item of a list whose dashes stand at this column."""
    margin = " " * column
    short = f"{margin}- {inline(value)}"
    if not isinstance(value, dict | list) or not value:
        return [f"{margin}- {inline(value, flow=False)}"]
    if _is_small(value) and not {"id", "type"} & set(value) and len(value) > 1 and len(short) <= WIDTH:
        return [short]
    first, *rest = block(value, column + 2)
    return [f"{margin}- {first.lstrip(' ')}", *rest]


def inline(value: Any, *, flow: bool = True) -> str:
    """The value on one line; ``flow``: it stands in braces or brackets."""
    if isinstance(value, dict):
        inner = ", ".join(f"{scalar(key)}: {inline(part)}" for key, part in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return scalar(value, flow=flow)


def scalar(value: Any, *, flow: bool = True) -> str:
    """One value that is neither mapping nor list."""
    if not isinstance(value, str):
        return json.dumps(value)
    return value if _is_plain(value, flow) else quoted(value)


def quoted(text: str) -> str:
    """The text in quotation marks: JSON, which YAML 1.2 reads."""
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def _is_plain(text: str, flow: bool) -> bool:
    """Whether the text can stand without quotation marks: whether it is read back as it is."""
    if not text or _UNSEEN.search(text) or (flow and _FLOW.search(text)):
        return False
    try:
        found = read(Path(), f"{{ k: {text} }}" if flow else f"k: {text}")
    except InvalidInput:
        return False
    return bool(found.data == {"k": text})


def _is_small(value: Any) -> bool:
    """Whether braces or brackets become it: few parts, none of which has parts."""
    parts = list(value.values()) if isinstance(value, dict) else value
    if isinstance(value, dict) and any(key in value for key in ON_LINES):
        return False
    return not any(isinstance(part, dict | list) for part in parts)


def _may_fold(text: str) -> bool:
    """Whether the text is read back as it is when its lines are broken at blanks."""
    return " " in text and text == text.strip() and "  " not in text and not _UNSEEN.search(text)


def _folded(text: str, width: int) -> list[str]:
    return wrap(text, max(width, 40), break_long_words=False, break_on_hyphens=False)
