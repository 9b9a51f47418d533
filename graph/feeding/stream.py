"""What has come of a stream, on disk: its lines and their names. Of memory it takes a few megabytes, whatever comes."""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType

from graph.files.sources import Source

_TABLES = """
PRAGMA cache_size = -8192;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE lines (number INTEGER PRIMARY KEY, folder TEXT, file TEXT, line INTEGER, at INTEGER, size INTEGER);
CREATE TABLE given (iri TEXT PRIMARY KEY, place TEXT) WITHOUT ROWID;
CREATE TABLE used (number INTEGER, iri TEXT, PRIMARY KEY (number, iri)) WITHOUT ROWID;
"""


class Stream:
    """Lines by their number from 0, the names that are given, and the names that lines use. Gone with its block."""

    def __init__(self) -> None:
        self.count = 0
        self._lines = TemporaryFile()  # noqa: SIM115 - closed with the block
        self._base = sqlite3.connect("", isolation_level=None)  # a file without a name
        self._base.executescript(_TABLES)
        self._base.execute("BEGIN")

    def __enter__(self) -> "Stream":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._base.close()
        self._lines.close()

    def keep(self, folder: str, source: Source, uses: Iterable[str]) -> None:
        """One more line, for a folder of the data folder, with the names that it uses."""
        content = source.content.removeprefix(b"\xef\xbb\xbf").strip() + b"\n"
        row = (self.count, folder, str(source.file), source.line, self._lines.tell(), len(content))
        self._lines.write(content)
        self._base.execute("INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?)", row)
        self._base.executemany("INSERT OR IGNORE INTO used VALUES (?, ?)", ((self.count, iri) for iri in uses))
        self.count += 1

    def give(self, iri: str, place: str) -> str | None:
        """There is such a thing, described at this place alone; the place where it is already, or None."""
        asked = "INSERT INTO given VALUES (?, ?) ON CONFLICT DO UPDATE SET place = excluded.place WHERE place = ''"
        if self._base.execute(asked, (iri, place)).rowcount:
            return None
        ((before,),) = self._base.execute("SELECT place FROM given WHERE iri = ?", (iri,))
        return str(before)

    def define(self, iris: Iterable[str]) -> None:
        """There are such things, whoever else says so."""
        self._base.executemany("INSERT OR IGNORE INTO given VALUES (?, '')", ((iri,) for iri in iris))

    def unknown(self) -> Iterator[tuple[Source, list[str]]]:
        """Each line that uses names which nothing has, with these."""
        asked = "SELECT number, iri FROM used WHERE iri NOT IN (SELECT iri FROM given) ORDER BY number, iri"
        number, iris = -1, list[str]()
        for found, iri in self._base.execute(asked):
            if found != number and iris:
                yield self._source(number), iris
                iris = []
            number = found
            iris.append(iri)
        if iris:
            yield self._source(number), iris

    def alike(self, start: str) -> set[str]:
        """The names there are that begin so."""
        rows = self._base.execute("SELECT iri FROM given WHERE iri >= ? AND iri < ?", (start, f"{start}\U0010ffff"))
        return {iri for (iri,) in rows}

    def of(self, folder: str) -> Iterator[bytes]:
        """The lines for a folder, as they came."""
        for at, size in self._base.execute("SELECT at, size FROM lines WHERE folder = ? ORDER BY number", (folder,)):
            yield self._at(at, size)

    def _source(self, number: int) -> Source:
        asked = "SELECT file, line, at, size FROM lines WHERE number = ?"
        ((file, line, at, size),) = self._base.execute(asked, (number,))
        return Source(Path(file), line, self._at(at, size))

    def _at(self, at: int, size: int) -> bytes:
        self._lines.seek(at)
        return self._lines.read(size)
