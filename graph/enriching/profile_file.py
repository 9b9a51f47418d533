"""What a profile's file must hold: its keys, and the queries beside it."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from graph.enriching.labels import TAG, fault, is_iri
from graph.enriching.templates import check
from graph.errors import InvalidInput, InvalidQuery, Problem
from graph.files.yaml_reader import Document

FILLED = {
    "identified": ({"property", "value"},),
    "candidates": ({"name"}, {"name", "class"}),
    "names": ({"item"}, {"language"}),
    "identifiers": ({"item"}, {"property"}),
}
"""What the empty VALUES blocks of each query may ask for."""
LONGEST = 100_000
"""Bytes of a query."""
_FILE = re.compile(r"[A-Za-z0-9_-]+\.rq")


def is_endpoint(text: str) -> bool:
    """Whether this is an address that can be asked: http or https in ASCII, without a name and password in it."""
    try:
        parts = urlsplit(text)
        named = bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc and not parts.fragment
    except ValueError:
        return False
    return named and text.isascii() and is_iri(text)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and (value == "" or fault(value, "en") is None)


def _is_number(value: Any, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= most


def _are_iris(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(one, str) and is_iri(one) for one in values)


KEYS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "title": (_is_text, "write what the source is called"),
    "homepage": (_is_text, "write its address, or nothing"),
    "endpoint": (lambda value: isinstance(value, str) and is_endpoint(value), "write the endpoint's https address"),
    "licence": (_is_text, "write the licence as its publisher states it: an address or words"),
    "contact": (lambda value: value in ("required", "optional"), "write required or optional"),
    "rate": (lambda value: _is_number(value, 100), "write how many questions a second, such as 1"),
    "batch": (lambda value: isinstance(value, int) and _is_number(value, 500), "write a whole number from 1 to 500"),
    "seconds": (lambda value: _is_number(value, 600), "write how long an answer may take, up to 600"),
    "answer_mb": (lambda value: _is_number(value, 256), "write how large an answer may be, up to 256"),
    "items": (lambda value: value == "" or (isinstance(value, str) and is_iri(value)), "write an IRI, or nothing"),
    "scheme": (_is_text, "write the scheme of its identifiers, or nothing"),
    "languages": (
        lambda value: isinstance(value, list) and value != [] and all(TAG.fullmatch(str(one)) for one in value),
        "list language tags, such as [en, kk, ru]",
    ),
    "identifiers": (
        lambda value: isinstance(value, dict) and all(map(_is_text, value)) and _are_iris(list(value.values())),
        "write scheme: IRI of the property, line by line, or {}",
    ),
    "classes": (
        lambda value: isinstance(value, dict) and all(map(_are_iris, value.values())),
        "write kind: [IRI of the class], line by line, or {}",
    ),
    "queries": (
        lambda value: isinstance(value, dict) and "names" in value and value.keys() <= FILLED.keys(),
        f"name a file for names, and if there is one for {', '.join(name for name in FILLED if name != 'names')}",
    ),
}


def problems(document: Document, endpoint: str | None) -> list[Problem]:
    """What is wrong with the keys of a profile, of which the endpoint may be given elsewhere."""
    data = document.data
    if not isinstance(data, dict):
        return [document.problem((), "not a profile", "write its keys, as profiles/wikidata.yaml does", "profile")]
    found = []
    for key in data:
        if key not in KEYS:
            found.append(document.problem((key,), f"a profile has no key {key!r}", "take it out", "profile", key=True))
    for key, (fits, hint) in KEYS.items():
        if key not in data:
            if not (key == "endpoint" and endpoint):
                found.append(document.problem((), f"a profile without {key!r}", hint, "profile"))
        elif not fits(data[key]):
            found.append(document.problem((key,), f"{key} is not as it must be", hint, "profile"))
    return found


def queries(document: Document, names: Mapping[str, Any]) -> dict[str, str]:
    """The queries of a profile, read from the files beside it; InvalidInput with everything that is wrong with them."""
    wrong, found = [], {}
    for name, file in names.items():
        try:
            found[name] = _query(document.file.parent, name, file)
        except InvalidQuery as fault_of:
            wrong.append(document.problem(("queries", name), f"{file}: {fault_of.what}", fault_of.hint, "profile"))
    if wrong:
        raise InvalidInput(wrong)
    return found


def _query(folder: Path, name: str, file: Any) -> str:
    if not isinstance(file, str) or not _FILE.fullmatch(file):
        raise InvalidQuery("not the name of a file beside the profile", "write one such as names.rq")
    try:
        with (folder / file).open("rb") as opened:
            content = opened.read(LONGEST + 1)
        text = content.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise InvalidQuery("cannot be read as UTF-8 text", "put the query beside the profile") from None
    if len(content) > LONGEST:
        raise InvalidQuery(f"more than {LONGEST:,} bytes", "make it shorter")
    blocks = check(text)
    for block in blocks:
        if block not in FILLED[name]:
            raise InvalidQuery(
                f"VALUES ({' '.join(sorted(block))}) is not filled in here", "see the documentation of profiles"
            )
    if not blocks:
        raise InvalidQuery("no VALUES block to fill in", "write VALUES ?item {}, as the shipped profiles do")
    return text
