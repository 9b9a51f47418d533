"""One snapshot: the bytes of its content, its folder, and how to tell that nobody has touched it.

    <id>/store            an Oxigraph store, opened only to read
    <id>/data.nq.gz       the same quads: sorted N-Quads, each line once
    <id>/segments.tsv     where its parts lie in that file: see graph/snapshots/segment_list.py
    <id>/dumps            copies in other formats, to take away: see graph/snapshots/dumps.py
    <id>/answers          what the saved questions are answered, if any were given: see graph/snapshots/prepared.py
    <id>/statistics.json  what is known of it as a whole: see graph/snapshots/statistics.py
    <id>/search           what can be found in it by name: see graph/searching/index.py
    <id>/register.tsv     its claims and things by name: see graph/snapshots/register.py
    <id>/manifest.json    what it holds; the same for the same content
    <id>/build.json       how long it took and when: the only file that a second build does not repeat

The id, the lines and the manifest are the same on every machine; the gzip bytes wherever zlib is the same. The store's
own files are the engine's business: ``Snapshot.verify`` compares what it holds, not how.
"""

import gzip
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from graph.errors import SnapshotDamaged
from graph.files.opening import bytes_of
from graph.searching import searchable
from graph.searching.searchable import Searchable
from graph.segments.content import Content
from graph.segments.lines import digest, sorted_lines
from graph.snapshots import segment_list
from graph.snapshots.collecting import collected
from graph.snapshots.dumps import Dumps
from graph.snapshots.prepared import Prepared
from graph.snapshots.register import Register
from graph.snapshots.segment_list import Listed
from graph.snapshots.statistics import Statistics

Timings = Callable[[], dict[str, float]]
"""Asked when the files are written: seconds by stage."""

REPAIR = "run `samizdat build --force` to publish it anew, or `samizdat snapshots roll-back`"


@dataclass(frozen=True)
class Snapshot:
    """A published graph: ``id`` is the SHA-256 of its N-Quads (64 hexadecimal digits), ``path`` its folder."""

    id: str
    path: Path

    @property
    def store_path(self) -> Path:
        """The Oxigraph store; open it with ``Store.read_only``."""
        return self.path / "store"

    @property
    def nquads_path(self) -> Path:
        """The gzipped N-Quads."""
        return self.path / "data.nq.gz"

    @property
    def segments_path(self) -> Path:
        """The list of the segments of the N-Quads."""
        return self.path / "segments.tsv"

    @property
    def segments(self) -> tuple[Listed, ...]:
        """The same, read; empty in a snapshot of an earlier release."""
        return segment_list.read(self.segments_path)

    @property
    def answers_path(self) -> Path:
        """The folder of the prepared answers; not there if it was published without questions."""
        return self.path / "answers"

    @property
    def prepared(self) -> Prepared:
        """The prepared answers."""
        return Prepared(self.answers_path)

    @property
    def dumps_path(self) -> Path:
        """The folder of the dumps; not there in a snapshot of an earlier release."""
        return self.path / "dumps"

    @property
    def dumps(self) -> Dumps:
        """What there is to take away."""
        return Dumps(self.dumps_path)

    @property
    def statistics_path(self) -> Path:
        """What is known of the graph as a whole, as JSON."""
        return self.path / "statistics.json"

    @cached_property
    def statistics(self) -> Statistics | None:
        """The same, read once; None in a snapshot of an earlier release."""
        return Statistics.read(self.statistics_path)

    @property
    def search_path(self) -> Path:
        """The folder of what can be found by name."""
        return self.path / "search"

    @cached_property
    def search(self) -> Searchable | None:
        """The same, opened once; None in a snapshot of an earlier release."""
        return Searchable.open(self.search_path)

    @property
    def register(self) -> Register:
        """Its claims and things by name, to compare with another's; not current in one of an earlier release."""
        return Register(self.path / "register.tsv")

    @property
    def manifest(self) -> dict[str, Any]:
        """What the publisher said about it, its ``id`` and the number of ``quads``; SnapshotDamaged if unreadable."""
        return self._json("manifest.json")

    @property
    def timings(self) -> dict[str, Any]:
        """``timings`` (seconds by stage), ``built`` (ISO 8601, UTC) and ``versions``; SnapshotDamaged if unreadable."""
        return self._json("build.json")

    def check(self) -> None:
        """A look at its manifest, as whoever is about to serve it takes; SnapshotDamaged."""
        if self.manifest.get("id") != self.id:
            raise self._damaged("manifest.json", "is of another snapshot")

    def verify(self, content: Content | None = None) -> None:
        """Read all of it and compare with its name; SnapshotDamaged says which file is not what was published.

        ``content``: that of its name, if somebody knows it and what was made of it.
        """
        self.check()
        lines = self.content()
        if digest(lines) != self.id:
            raise self._damaged("data.nq.gz", "has another hash")
        if b"".join(segment_list.lines_of(self.nquads_path, self.segments)) not in (lines, b""):
            raise self._damaged("segments.tsv", "is of other quads")
        if self._stored() != lines:
            raise self._damaged("store", "holds other quads")
        self._verify_made(content or Content.of(lines))

    def _verify_made(self, content: Content) -> None:
        """That what is kept beside the content is what is made of it."""
        known, ids = Statistics.read(self.statistics_path), self.register.ids
        if known is not None and known != collected(content.under(known.ids)):
            raise self._damaged("statistics.json", "counts otherwise")
        if (name := self.dumps.damage()) is not None:
            raise self._damaged(f"dumps/{name}", "is not what was written")
        if (name := searchable.damaged(self.search_path, content)) is not None:
            raise self._damaged(f"search/{name}", "is not the index of its content")
        if ids is not None and bytes_of(self.register.path) != registered(content.under(ids)):
            raise self._damaged("register.tsv", "tells otherwise")
        if (name := self.prepared.damage()) is not None:
            raise self._damaged(f"answers/{name}", "is not what was written")

    def _json(self, name: str) -> dict[str, Any]:
        try:
            value: dict[str, Any] = json.loads(bytes_of(self.path / name))
        except (OSError, ValueError) as error:
            raise self._damaged(name, "cannot be read") from error
        return value

    def content(self) -> bytes:
        """Its sorted N-Quads, whole; SnapshotDamaged if they cannot be read."""
        try:
            return gzip.decompress(bytes_of(self.nquads_path))
        except (OSError, EOFError, zlib.error) as error:
            raise self._damaged("data.nq.gz", "cannot be read") from error

    def _stored(self) -> bytes:
        try:
            return sorted_lines(Store.read_only(str(self.store_path)))
        except (OSError, ValueError) as error:
            raise self._damaged("store", "cannot be read") from error

    def _damaged(self, name: str, how: str) -> SnapshotDamaged:
        return SnapshotDamaged(f"snapshot {self.id[:12]} is damaged: {name} {how}", REPAIR)


def registered(content: Content) -> bytes:
    """The register of a content; what makes it is imported here, for most who read a snapshot make none."""
    from graph.snapshots.registering import registered as registers

    return registers(content)
