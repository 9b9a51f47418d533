"""Profiles: how an endpoint is asked, as YAML with its queries beside it. ``profiles/wikidata.yaml`` explains the keys.

Each query is a SELECT with empty VALUES blocks, which are filled in, and gives back these variables:

    identified    VALUES (?property ?value) {}      ?item of ?property ?value
    candidates    VALUES (?name ?class) {}          ?item of ?name, and ?class where classes are given
    names         VALUES ?item {}, ?language {}     ?item, ?name, and ?kind: name, alias or description
    identifiers   VALUES ?item {}, ?property {}     ?item, ?property, ?value

All but ``names`` may be left out.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from graph.enriching.labels import TAG, fault
from graph.enriching.templates import check
from graph.errors import InvalidInput, InvalidQuery, Problem, SamizdatError
from graph.files.yaml_reader import Document, read
from graph.importing.slugs import slug

FOLDER = Path(__file__).parent / "profiles"
SHIPPED = tuple(sorted(file.stem for file in FOLDER.glob("*.yaml")))
FILLED = {
    "identified": ({"property", "value"},),
    "candidates": ({"name"}, {"name", "class"}),
    "names": ({"item"}, {"language"}),
    "identifiers": ({"item"}, {"property"}),
}
"""What the empty VALUES blocks of each query may ask for."""
LONGEST = 100_000
"""Bytes of a query."""
_IRI = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\\x7f-\x9f]+")
_FILE = re.compile(r"[A-Za-z0-9_-]+\.rq")


@dataclass(frozen=True)
class Profile:
    """An endpoint and how it is asked; ``rate`` in questions a second, ``batch`` in things a question."""

    name: str
    title: str
    homepage: str
    endpoint: str
    licence: str
    contact: bool
    """Whether its operators must be told whom to write to."""
    rate: float
    batch: int
    seconds: float
    answer_mb: float
    items: str
    scheme: str
    languages: tuple[str, ...]
    identifiers: Mapping[str, str]
    classes: Mapping[str, tuple[str, ...]]
    queries: Mapping[str, str]

    def identifier(self, item: str) -> tuple[str, str] | None:
        """The scheme and the value of an item's own identifier, where the profile knows how to read one."""
        value = item.removeprefix(self.items)
        return (self.scheme, value) if self.scheme and self.items and value and item.startswith(self.items) else None


def is_iri(text: str) -> bool:
    """Whether this can be the IRI of a thing or an endpoint."""
    return len(text) <= 1000 and _IRI.fullmatch(text) is not None and fault(text[:200], "en") is None


def profile(source: str, file: Path | None = None) -> Profile:
    """The profile of ``--from``: a shipped one by its name; or of an endpoint's URL, with a profile file or without.

    InvalidInput with everything that is wrong with a file; SamizdatError for what is no endpoint.
    """
    if file is None and source in SHIPPED and source != "any":
        return _read(FOLDER / f"{source}.yaml", None)
    if not source and file is not None:
        return _read(file, None)
    if not is_iri(source):
        known = ", ".join(name for name in SHIPPED if name != "any")
        raise SamizdatError(f"{source!r} is no endpoint", f"give {known}, or an address that begins with https://")
    if file is not None:
        return _read(file, source)
    found = _read(FOLDER / "any.yaml", source)
    host = urlsplit(source).netloc.rpartition("@")[2]
    return replace(found, name=slug(source.partition("://")[2])[:80] or "endpoint", title=found.title or host)


def _read(file: Path, endpoint: str | None) -> Profile:
    document = read(file)
    problems = _problems(document, endpoint)
    if problems:
        raise InvalidInput(problems)
    data: dict[str, Any] = dict(document.data)
    queries = _queries(document, data["queries"])
    data |= {"endpoint": endpoint or data["endpoint"], "contact": data["contact"] == "required", "queries": queries}
    data |= {"classes": {kind: tuple(iris) for kind, iris in data["classes"].items()}}
    return Profile(**data | {"name": slug(file.stem) or "endpoint", "languages": tuple(data["languages"])})


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and (value == "" or fault(value, "en") is None)


def _is_number(value: Any, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= most


def _are_iris(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(one, str) and is_iri(one) for one in values)


_KEYS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "title": (_is_text, "write what the source is called"),
    "homepage": (_is_text, "write its address, or nothing"),
    "endpoint": (lambda value: isinstance(value, str) and is_iri(value), "write the endpoint's https address"),
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


def _problems(document: Document, endpoint: str | None) -> list[Problem]:
    data = document.data
    if not isinstance(data, dict):
        return [document.problem((), "not a profile", "write its keys, as profiles/wikidata.yaml does", "profile")]
    found = []
    for key in data:
        if key not in _KEYS:
            found.append(document.problem((key,), f"a profile has no key {key!r}", "take it out", "profile", key=True))
    for key, (fits, hint) in _KEYS.items():
        if key not in data:
            if not (key == "endpoint" and endpoint):
                found.append(document.problem((), f"a profile without {key!r}", hint, "profile"))
        elif not fits(data[key]):
            found.append(document.problem((key,), f"{key} is not as it must be", hint, "profile"))
    return found


def _queries(document: Document, names: Mapping[str, Any]) -> dict[str, str]:
    problems, found = [], {}
    for name, file in names.items():
        try:
            found[name] = _query(document.file.parent, name, file)
        except InvalidQuery as wrong:
            problems.append(document.problem(("queries", name), f"{file}: {wrong.what}", wrong.hint, "profile"))
    if problems:
        raise InvalidInput(problems)
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
