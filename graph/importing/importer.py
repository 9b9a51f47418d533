"""An import from beginning to end: read everything, and only then put it in its place, in one step.

    <evidence>/rsf/evidence.nq.gz   the graph, in the order in which the files were read
    <evidence>/rsf/report.json      what was read, skipped and why; the files' SHA-256; the licence
    <evidence>/rsf/review.yaml      who may be who, for a person to decide; there only if somebody has to

An import takes the place of the one before it under the same name; decisions in its review file are kept.
"""

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from pyoxigraph import Quad, RdfFormat, serialize

from graph import iris
from graph.errors import SamizdatError
from graph.importing import claimreview, ftm, popolo, review
from graph.importing.countries import Countries
from graph.importing.faults import refusal
from graph.importing.files import SourceFile
from graph.importing.known import Known
from graph.importing.mapping import TABLES, mapping
from graph.importing.reading import Reading
from graph.importing.reconciling import Reconciler
from graph.importing.sink import NOT_STATED, Sink
from graph.importing.tables import read_table
from graph.progress import Stage, ignore
from graph.settings import Settings
from graph.snapshots.files import delete, exclusive, sync, temporary
from ontology.base import BASE

AT_ONCE = 20_000
"""Quads that are written together."""
IN_MEMORY = 64_000_000
"""Bytes of the packed graph up to which it needs no temporary file."""
_Read = Callable[[SourceFile, Reading], None]
_DOCUMENTS = {"popolo": popolo, "claimreview": claimreview, "ftm": ftm}
KINDS = (*TABLES, *_DOCUMENTS)
"""What can be imported."""


@dataclass(frozen=True)
class Imported:
    """What an import has done; ``report`` is what stands in report.json."""

    folder: Path
    report: dict[str, Any]
    to_review: int


def import_files(
    kind: str,
    paths: Sequence[Path],
    settings: Settings,
    *,
    dataset: str = "",
    licence: str = "",
    country: str = "",
    on_stage: Stage = ignore,
) -> Imported:
    """Import these files as the data set ``dataset`` (else named as its kind); nothing changes if anything is wrong.

    ``licence`` is an address or words, as the publisher states it. InvalidInput with every problem.
    """
    if kind not in KINDS:
        raise SamizdatError(f"{kind!r} is no kind of data set", f"give one of {', '.join(KINDS)}")
    name = dataset or kind
    try:
        iris.dataset(name)
    except ValueError as fault:
        raise SamizdatError(str(fault), "use small letters, digits and single hyphens") from None
    files = [SourceFile(path) for path in paths]
    for file in files:
        if any(other is not file and other.name == file.name for other in files):
            raise refusal(file.path, "two files of this name", "rename one: rows are known by the names of their files")
    known = Known.of(settings)
    with SpooledTemporaryFile(IN_MEMORY) as packed:
        writer = _Writer(packed)
        reading = Reading(Sink(name, writer.put), Countries(known), Reconciler(known))
        described = _read(kind, files, reading, licence, country, on_stage)
        on_stage("writing")
        quads, digest = writer.close()
        report = {**described, **_told(reading, files), "quads": quads, "sha256": digest, "base": BASE}
        folder = settings.evidence_folder / name
        to_review = _place(folder, packed, report, reading)
    return Imported(folder, report, to_review)


def _read(
    kind: str, files: Sequence[SourceFile], reading: Reading, licence: str, country: str, on_stage: Stage
) -> dict[str, Any]:
    for file in files:
        on_stage(f"reading {file.name}")
        _reader(kind, country)(file, reading)
    reading.faults.raise_any()
    source: Any = mapping(kind) if kind in TABLES else None
    title, publisher, homepage = (
        (source.title, source.publisher, source.homepage)
        if source
        else (_DOCUMENTS[kind].TITLE, _DOCUMENTS[kind].PUBLISHER, getattr(_DOCUMENTS[kind], "HOMEPAGE", ""))
    )
    reading.sink.dataset(title, publisher, homepage, licence, files)
    about = {"kind": kind, "dataset": reading.sink.name, "title": title, "publisher": publisher}
    return about | {"licence": licence or NOT_STATED}


def _reader(kind: str, country: str) -> _Read:
    if kind in TABLES:
        return lambda file, reading: read_table(file, mapping(kind), reading)
    if kind == "popolo":
        return lambda file, reading: popolo.read_popolo(file, reading, country)
    return claimreview.read_claimreview if kind == "claimreview" else ftm.read_ftm


def _told(reading: Reading, files: Sequence[SourceFile]) -> dict[str, Any]:
    return {
        "files": [{"name": file.name, "bytes": file.size, "sha256": file.sha256} for file in files],
        "rows": reading.rows,
        "read": dict(sorted(reading.counts.items())),
        "skipped": {why: count for why, count in sorted(reading.skipped.items()) if count},
        "matched": dict(sorted(reading.reconciler.certain.items())),
        "uncertain": len(reading.reconciler.candidates),
    }


def _place(folder: Path, packed: IO[bytes], report: dict[str, Any], reading: Reading) -> int:
    with exclusive(folder.parent):
        new = temporary(folder.parent, "building")
        try:
            new.mkdir()
            with (new / "evidence.nq.gz").open("wb") as file:
                packed.seek(0)
                shutil.copyfileobj(packed, file)
            written = json.dumps(report, ensure_ascii=False, indent=2, sort_keys=True)
            (new / "report.json").write_text(written + "\n", encoding="utf-8")
            open_questions = review.carry(folder, new, reading.reconciler.candidates)
            for path in (*new.iterdir(), new):
                sync(path)
            _swap(folder, new)
        finally:
            delete(new)
    return open_questions


def _swap(folder: Path, new: Path) -> None:
    if folder.exists():
        old = temporary(folder.parent, "removing")
        folder.rename(old)
        os.rename(new, folder)
        delete(old)
    else:
        os.rename(new, folder)
    sync(folder.parent)


class _Writer:
    """N-Quads, packed, in the order in which they come; the same quads give the same bytes."""

    def __init__(self, packed: Any) -> None:
        self._gzip = gzip.GzipFile("", "wb", compresslevel=6, fileobj=packed, mtime=0)
        self._digest = hashlib.sha256()
        self._waiting: list[Quad] = []
        self._count = 0

    def put(self, quad: Quad) -> None:
        """One more."""
        self._waiting.append(quad)
        if len(self._waiting) >= AT_ONCE:
            self._flush()

    def close(self) -> tuple[int, str]:
        """How many there were, and the SHA-256 of their lines."""
        self._flush()
        self._gzip.close()
        return self._count, self._digest.hexdigest()

    def _flush(self) -> None:
        content = serialize(self._waiting, format=RdfFormat.N_QUADS) or b""
        self._count += len(self._waiting)
        self._waiting.clear()
        self._digest.update(content)
        self._gzip.write(content)
