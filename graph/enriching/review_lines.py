"""The lines of a match in a review file: a name or an identifier each, and whether it is to be taken."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from graph.enriching.labels import fault
from graph.errors import Problem
from graph.files.yaml_reader import Document, Steps

LISTS = {"names": ("name", "language", "retrieved", "take"), "identifiers": ("scheme", "value", "retrieved", "take")}
"""The keys of a line, by the list that it stands in."""


def line_problems(document: Document, steps: Steps, match: dict[str, Any]) -> Iterator[Problem]:
    """What is wrong with the names and the identifiers of a match."""
    for key, fields in LISTS.items():
        items = match.get(key, [])
        if not isinstance(items, list):
            yield document.problem((*steps, key), f"{key} are no list", "write each on its line", "review")
            continue
        for at, item in enumerate(items):
            if wrong := _line_fault(item, fields):
                yield document.problem((*steps, key, at), *wrong, "review")


def _line_fault(item: Any, fields: tuple[str, ...]) -> tuple[str, str] | None:
    """What is wrong with a name or an identifier, and what to do; numbers are taken for the text that they are."""
    if not isinstance(item, dict) or item.keys() != set(fields):
        return "not a line of a match", f"write {', '.join(fields)}"
    if not isinstance(item["take"], bool):
        return "take is neither true nor false", "write take: true, or take: false"
    if not is_day(item["retrieved"]):
        return "no day on which it was retrieved", "write it as 2026-11-23"
    first, second = str(item[fields[0]]), str(item[fields[1]])
    if fields[0] == "name":
        wrong, what = fault(first, second), "name"
    else:
        wrong, what = fault(first, "en") or fault(second, "und"), "identifier"
    return (f"this is no {what}: {wrong}", "take it out") if wrong else None


def is_day(value: Any) -> bool:
    """Whether this is a day as ISO 8601 writes it."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
