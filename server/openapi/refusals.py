"""Refusals: every status that an error has, with what it means, from ``server/problems.py``."""

from collections import defaultdict
from typing import Any

from server.openapi.headers import ref
from server.problems import every_kind

MORE = {416: "None of the ranges that were asked for is in the file."}
"""What has no kind of problem of its own."""


def responses() -> dict[str, Any]:
    """A response for each status of 4xx, and one for all of 5xx."""
    kinds = defaultdict(list)
    for name, kind in every_kind():
        kinds[f"{kind.status // 100}XX" if kind.status >= 500 else str(kind.status)].append((name, kind))
    told = {
        status: " ".join(dict.fromkeys(f"{kind.title} (`{name}`): {kind.meaning}" for name, kind in found))
        for status, found in sorted(kinds.items())
    }
    told |= {str(status): text for status, text in MORE.items()}
    return {status: _response(status, text) for status, text in told.items()}


def reference(status: int | str) -> dict[str, str]:
    """The refusal of this status."""
    return {"$ref": f"#/components/responses/{status}"}


def _response(status: str, text: str) -> dict[str, Any]:
    content = {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
        "text/html": {"schema": {"type": "string"}},
    }
    headers = {"Retry-After": ref("Retry-After")} if status in ("429", "5XX") else {}
    return {"description": text, "content": content} | ({"headers": headers} if headers else {})
