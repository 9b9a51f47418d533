"""Whole copies of a snapshot to take away, and the list of what has a page: written when it is published, part of it.

    <id>/data.nq.gz           all of it, as sorted N-Quads: see graph/snapshots/content.py
    <id>/dumps/data.trig.gz   all of it, graph by graph within each segment (graph/segments/content.py)
    <id>/dumps/data.jsonld.gz the same as JSON-LD
    <id>/dumps/own.nq.gz      as data.nq.gz, without imported data sets; only where there are some
    <id>/dumps/claims.csv     a row for each claim: see graph/forms/claims_table.py
    <id>/dumps/things-N.txt   what has a page and may be found by search engines, for sitemaps
    <id>/dumps/index.json     the size and the SHA-256 of every file, the first one included

``graph/snapshots/dumping.py`` writes them. The same content gives the same bytes, wherever zlib and the engine are the
same.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from graph.files.opening import bytes_of, opened

LAYOUT = 3
INDEX = "index.json"
NQUADS = "data.nq.gz"
"""The one dump that stands beside the folder of the others, because the snapshot is named by its content."""
TRIG, JSON_LD, OWN, CLAIMS = "data.trig.gz", "data.jsonld.gz", "own.nq.gz", "claims.csv"
MEDIA_TYPES = {
    NQUADS: "application/n-quads",
    TRIG: "application/trig",
    JSON_LD: "application/ld+json",
    OWN: "application/n-quads",
    CLAIMS: "text/csv",
}
"""Each dump, with the media type of what is in it once it has been unpacked."""
OURS = (OWN, CLAIMS)
"""What holds nothing of imported data sets, whatever there is in the snapshot."""
PART = 50_000
"""Addresses in one sitemap (https://www.sitemaps.org/protocol.html)."""


@dataclass(frozen=True)
class Dump:
    """A file to take away: its ``size`` in bytes, the SHA-256 of those, and the ``media_type`` of what it holds."""

    name: str
    path: Path
    size: int
    sha256: str
    media_type: str

    @property
    def is_packed(self) -> bool:
        """Whether it is compressed by gzip."""
        return self.name.endswith(".gz")


class Dumps:
    """The dumps in a folder of a snapshot; there are none where the folder is missing or cannot be read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def files(self) -> Mapping[str, Dump]:
        """Every dump by its name, the N-Quads first."""
        found: dict[str, tuple[int, str]] = self._index.get("files", {})
        return {
            name: Dump(name, self._path(name), *found[name], media_type)
            for name, media_type in MEDIA_TYPES.items()
            if name in found
        }

    @property
    def parts(self) -> int:
        """How many parts the list of things has; 0 where nothing is known of it."""
        return len(self._index.get("things", ()))

    def things(self, part: int) -> tuple[str, ...]:
        """The IRIs in a part (from 1) of the list, at most PART; LookupError for another, OSError if it is gone."""
        if not 1 <= part <= self.parts:
            raise LookupError(part)
        name = list(self._index["things"])[part - 1]
        ids: str = self._index["ids"]
        return tuple(ids + path for path in bytes_of(self._folder / name).decode().splitlines())

    def is_current(self) -> bool:
        """Whether these are what this release writes."""
        return bool(self._index)

    def damage(self) -> str | None:
        """The name of a file that is not what was written, if there is one."""
        if not self._folder.exists() or self._is_of_another_release():
            return None
        if not self._index:
            return INDEX
        return next((name for name, digest in self._digests() if digest_of(self._path(name)) != digest), None)

    def _digests(self) -> Iterator[tuple[str, str]]:
        yield from ((name, digest) for name, (_, digest) in self._index["files"].items())
        yield from self._index["things"].items()

    def _path(self, name: str) -> Path:
        return self._folder.parent / name if name == NQUADS else self._folder / name

    def _is_of_another_release(self) -> bool:
        index = self._read()
        return index == sealed(index) and index["layout"] != LAYOUT

    @cached_property
    def _index(self) -> dict[str, Any]:
        index = self._read()
        return index if index == sealed(index) and index["layout"] == LAYOUT else {}

    def _read(self) -> dict[str, Any]:
        try:
            index = json.loads(bytes_of(self._folder / INDEX))
        except (OSError, ValueError):
            return {}
        return index if isinstance(index, dict) else {}


def sealed(index: Mapping[str, Any]) -> dict[str, Any]:
    """The index with its own digest, by which damage to it is noticed."""
    content = {name: value for name, value in index.items() if name != "sha256"}
    return content | {"sha256": sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()}


def digest_of(path: Path) -> str | None:
    """SHA-256 of a file in hexadecimal, a piece at a time; None if it cannot be read."""
    try:
        with opened(path) as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
