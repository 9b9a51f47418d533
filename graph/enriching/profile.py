"""Profiles: how an endpoint is asked, as YAML with its queries beside it. ``profiles/wikidata.yaml`` explains the keys.

Each query is a SELECT with empty VALUES blocks, which are filled in, and gives back these variables:

    identified    VALUES (?property ?value) {}      ?item of ?property ?value
    candidates    VALUES (?name ?class) {}          ?item of ?name, and ?class where classes are given
    names         VALUES ?item {}, ?language {}     ?item, ?name, and ?kind: name, alias or description
    identifiers   VALUES ?item {}, ?property {}     ?item, ?property, ?value

All but ``names`` may be left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from graph.enriching.profile_file import is_endpoint, problems, queries
from graph.errors import InvalidInput, SamizdatError
from graph.files.yaml_reader import read
from graph.importing.slugs import slug

FOLDER = Path(__file__).parent / "profiles"
SHIPPED = tuple(sorted(file.stem for file in FOLDER.glob("*.yaml")))


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


def profile(source: str, file: Path | None = None) -> Profile:
    """The profile of ``--from``: a shipped one by its name; or of an endpoint's URL, with a profile file or without.

    InvalidInput with everything that is wrong with a file; SamizdatError for what is no endpoint.
    """
    if file is None and source in SHIPPED and source != "any":
        return _read(FOLDER / f"{source}.yaml", None)
    if source in SHIPPED and file is not None:
        raise SamizdatError(f"{source} and a profile besides", "give one of the two, or an endpoint's address with it")
    if not source and file is not None:
        return _read(file, None)
    if not is_endpoint(source):
        known = ", ".join(name for name in SHIPPED if name != "any")
        raise SamizdatError(f"{source!r} is no endpoint", f"give {known}, or an address that begins with https://")
    if file is not None:
        return _read(file, source)
    found = _read(FOLDER / "any.yaml", source)
    host = urlsplit(source).netloc.rpartition("@")[2]
    return replace(found, name=slug(source.partition("://")[2])[:80] or "endpoint", title=found.title or host)


def _read(file: Path, endpoint: str | None) -> Profile:
    document = read(file)
    if found := problems(document, endpoint):
        raise InvalidInput(found)
    data: dict[str, Any] = dict(document.data)
    asked = queries(document, data["queries"])
    data |= {"endpoint": endpoint or data["endpoint"], "contact": data["contact"] == "required", "queries": asked}
    data |= {"classes": {kind: tuple(iris) for kind, iris in data["classes"].items()}}
    return Profile(**data | {"name": slug(file.stem) or "endpoint", "languages": tuple(data["languages"])})
