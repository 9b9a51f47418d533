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
import hashlib
import json
import platform
import shutil
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pyoxigraph import Quad, RdfFormat, Store, parse

from graph.errors import SnapshotDamaged
from graph.files.opening import bytes_of
from graph.progress import Stage
from graph.searching import searchable
from graph.searching.searchable import Searchable
from graph.snapshots import packing, segment_list
from graph.snapshots.collecting import collected
from graph.snapshots.dumps import Dumps
from graph.snapshots.packing import Packed
from graph.snapshots.prepared import Prepared
from graph.snapshots.register import Register
from graph.snapshots.replacing import replaced
from graph.snapshots.segment_list import Listed
from graph.snapshots.segments import Content
from graph.snapshots.statistics import Statistics

Timings = Callable[[], dict[str, float]]
"""Asked when the files are written: seconds by stage."""

REPAIR = "run `samizdat build --force` to publish it anew, or `samizdat snapshots roll-back`"


def canonical(quads: Iterable[Quad]) -> bytes:
    """The quads as N-Quads: each line once, sorted by code point, ended by LF; UTF-8.

    They pass through a store first, which puts numbers and dates into one spelling ("01" becomes "1"), so that the
    file says what a query answers. Blank nodes keep their labels: who gives other labels gives other bytes.
    """
    store = Store()
    store.bulk_extend(quads)
    return sorted_lines(store)


def sorted_lines(store: Store) -> bytes:
    """Everything in the store, as ``canonical`` gives it."""
    dumped = store.dump(format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(dumped.splitlines(keepends=True)))


def joined(*parts: bytes) -> bytes:
    """Several contents as one."""
    some = [part for part in parts if part]
    if len(some) == 1:
        return some[0]
    return b"".join(sorted({line for part in some for line in part.splitlines(keepends=True)}))


def digest(content: bytes) -> str:
    """SHA-256, as 64 hexadecimal digits: the name of the snapshot with this content."""
    return hashlib.sha256(content).hexdigest()


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


def write(
    snapshot: Snapshot,
    content: Content,
    pieces: Sequence[Packed],
    manifest: dict[str, Any],
    on_stage: Stage,
    before: Snapshot | None = None,
    statistics: Statistics | None = None,
) -> None:
    """Make the snapshot's folder and in it the quads, in a file and in a store, and the manifest.

    ``pieces``: the content, packed. ``before``: a snapshot that may differ little from it. ``statistics``: of the
    content, if they are known.
    """
    snapshot.path.mkdir()
    on_stage("writing")
    packing.write(snapshot.nquads_path, pieces)
    snapshot.segments_path.write_bytes(segment_list.written(segment_list.listed(pieces)))
    quads = sum(piece.lines for piece in pieces)
    _write_json(snapshot.path / "manifest.json", manifest | {"id": snapshot.id, "quads": quads})
    _write_json(snapshot.statistics_path, (statistics or collected(content)).to_json())
    snapshot.register.path.write_bytes(registered(content))
    on_stage("indexing")
    searchable.write_index(snapshot.search_path, content)
    on_stage("loading")
    if before is None or not _replaced(snapshot.store_path, pieces, before):
        _write_store(snapshot.store_path, pieces)


def write_statistics(path: Path, content: Content) -> None:
    """What is counted once, so that nobody waits for it."""
    _write_json(path, collected(content).to_json())


def registered(content: Content) -> bytes:
    """The register of a content; what makes it is imported here, for most who read a snapshot make none."""
    from graph.snapshots.registering import registered as registers

    return registers(content)


def write_register(path: Path, snapshot: Snapshot) -> None:
    """The register of a snapshot that has none of this release."""
    path.write_bytes(registered(Content.of(snapshot.content())))


def write_record(snapshot: Snapshot, timings: Timings) -> None:
    """The file that tells how long it took and when; ``timings`` (seconds by stage) is asked now."""
    versions = {"python": platform.python_version(), "pyoxigraph": version("pyoxigraph")}
    built = datetime.now(UTC).isoformat(timespec="seconds")
    _write_json(snapshot.path / "build.json", {"built": built, "timings": timings(), "versions": versions})


def _write_json(path: Path, value: dict[str, Any]) -> None:
    """Sorted and indented, so that the same value gives the same bytes."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _write_store(path: Path, pieces: Iterable[Packed]) -> None:
    """An Oxigraph store with the N-Quads in these pieces, optimised and closed."""
    store = Store(str(path))
    # Not bulk_load, which gives blank nodes new labels each time: answers would differ from build to build.
    store.bulk_extend(quad for piece in pieces for quad in parse(piece.unpacked(), format=RdfFormat.N_QUADS))
    store.optimize()
    store.flush()


def _replaced(path: Path, pieces: Sequence[Packed], before: Snapshot) -> bool:
    """Make the store from that of a snapshot before; False, and nothing there, if that is damaged or differs much."""
    had, has = before.segments, {piece.sha256.hex() for piece in pieces}
    try:
        gone = _lines(segment_list.lines_of(before.nquads_path, [one for one in had if one.sha256 not in has]))
        known = {one.sha256 for one in had}
        come = _lines(piece.unpacked() for piece in pieces if piece.sha256.hex() not in known)
        lines = sum(piece.lines for piece in pieces)
        if had and replaced(before.store_path, gone - come, come - gone, lines, path):
            return True
    except (OSError, ValueError, SnapshotDamaged):
        pass
    shutil.rmtree(path, ignore_errors=True)
    return False


def _lines(parts: Iterable[bytes]) -> set[bytes]:
    return {line for part in parts for line in part.splitlines(keepends=True)}


def packed(content: Content) -> tuple[list[Packed], str]:
    """The content in pieces, and the SHA-256 of all of it."""
    pieces, whole = list(content.each(packing.packed)), hashlib.sha256()
    for piece in pieces:
        whole.update(piece.unpacked())
    return pieces, whole.hexdigest()
