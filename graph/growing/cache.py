"""What was made once and need not be made again, by the hash of everything that it was made from.

One SQLite file below SAMIZDAT_HOME. It can be removed at any time: what is missing, damaged or of another release is
made again, and where nothing can be written it is kept in memory until the end of the run.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any

from graph.growing.plain import NotPlain, packed, unpacked

NAME = "cache/growth.sqlite"
FILES = ("", "-wal", "-shm")
MEMORY = ":memory:"
NOTED = 4
"""Every so many runs it is noted what was used: in each it would cost more than all the rest."""
KEPT = 2 * NOTED
"""Runs after which what none of them used is forgotten."""
AT_ONCE = 500
"""Entries that are asked for together."""
TABLES = """
    CREATE TABLE IF NOT EXISTS entries (number INTEGER PRIMARY KEY, value BLOB, mark BLOB);
    CREATE TABLE IF NOT EXISTS uses (number INTEGER PRIMARY KEY, run INTEGER);
"""
"""An entry's number is the beginning of its key, on all of which its mark rests. Uses are apart: to note them writes no
values anew."""


class Cache:
    """Values by key (bytes), below ``home`` or, without it, in memory. For one thread; closed, or nothing is noted."""

    def __init__(self, home: Path | None, *, noting: bool = True) -> None:
        """Not ``noting``: this is no run, after so many of which what none of them used is forgotten."""
        self._file, self._noting = home and home / NAME, noting
        self._used: set[int] = set()
        try:
            if self._file is not None:
                self._file.parent.mkdir(parents=True, exist_ok=True)
            self._base = _opened(self._file)
        except (OSError, sqlite3.Error):
            self._base = self._anew()
        # The number of a run is kept where SQLite leaves a place for such.
        self._run = 1 + self._base.execute("PRAGMA user_version").fetchone()[0]

    def get(self, keys: Iterable[bytes]) -> dict[bytes, Any]:
        """What is known of these keys; an entry that is damaged is not known."""
        found = {}
        for key, value in self._values(keys):
            with suppress(NotPlain):
                found[key] = unpacked(value)
        return found

    def get_or_make(self, makers: Mapping[bytes, Callable[[], Any]]) -> dict[bytes, Any]:
        """What is known of these keys; what is not is made, and kept."""
        found = self.get(makers)
        for key in makers.keys() - found.keys():
            found[key] = makers[key]()
            self.put({key: found[key]})
        return found

    def put(self, values: Mapping[bytes, Any]) -> None:
        """Keep these values, which are plain data (see ``graph.growing.plain``)."""
        rows = [(_number(key), value := packed(one), _mark(key, value)) for key, one in values.items()]
        self._used.update(number for number, _, _ in rows)
        try:
            with self._base:
                self._base.executemany("REPLACE INTO entries VALUES (?, ?, ?)", rows)
                self._base.executemany("REPLACE INTO uses VALUES (?, ?)", ((row[0], self._run) for row in rows))
        except sqlite3.Error:
            self._base = self._anew()

    def keep(self, keys: Iterable[bytes]) -> None:
        """These are needed still, though nobody asks for them now."""
        if self._run % NOTED == 0:
            self._used.update(map(_number, keys))

    def uncounted(self) -> None:
        """This is no run: it has ended before it asked for all that is needed still."""
        self._noting = False

    def close(self) -> None:
        """Note what was used, and forget what was not for some time."""
        try:
            if self._noting:
                self._count()
        except sqlite3.Error:
            self._base = self._anew()
        self._base.close()

    def _count(self) -> None:
        with self._base:
            self._base.execute(f"PRAGMA user_version = {self._run}")
            if self._run % NOTED == 0:
                self._note()

    def _note(self) -> None:
        self._base.executemany("UPDATE uses SET run = ? WHERE number = ?", ((self._run, one) for one in self._used))
        self._base.execute("DELETE FROM uses WHERE run <= ?", (self._run - KEPT,))
        self._base.execute("DELETE FROM entries WHERE number NOT IN (SELECT number FROM uses)")

    def __enter__(self) -> "Cache":
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error is not None:
            self.uncounted()
        self.close()

    def _values(self, keys: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
        left = iter(keys)
        while some := {_number(key): key for key in islice(left, AT_ONCE)}:
            for number, value, mark in self._rows(list(some)):
                if isinstance(value, bytes) and mark == _mark(some[number], value):
                    self._used.add(number)
                    yield some[number], value

    def _rows(self, numbers: list[int]) -> list[tuple[int, bytes, bytes]]:
        asked = f"SELECT number, value, mark FROM entries WHERE number IN ({','.join('?' * len(numbers))})"
        try:
            return self._base.execute(asked, numbers).fetchall()
        except sqlite3.Error:
            self._base = self._anew()
            return []

    def _anew(self) -> sqlite3.Connection:
        """An empty one: in the file's place if that can be, else in memory."""
        with suppress(AttributeError, sqlite3.Error):
            self._base.close()
        try:
            if self._file is not None:
                for end in FILES:
                    self._file.with_name(self._file.name + end).unlink(missing_ok=True)
            return _opened(self._file)
        except (OSError, sqlite3.Error):
            return _opened(None)


def _opened(file: Path | None) -> sqlite3.Connection:
    if file is not None:
        for one in (file.with_name(file.name + end) for end in FILES):
            if one.exists() and not one.is_file():
                raise OSError(f"{one} is no file")
    base = sqlite3.connect(file or MEMORY, timeout=60)
    try:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = OFF")  # after a power cut an entry's mark tells
        base.executescript(TABLES)
        base.execute("SELECT value, mark, run FROM entries JOIN uses USING (number) LIMIT 1")
    except BaseException:
        base.close()
        raise
    return base


def _number(key: bytes) -> int:
    return int.from_bytes(key[:8], signed=True)


def _mark(key: bytes, value: bytes) -> bytes:
    return blake2b(key + value, digest_size=16).digest()


def key(*parts: bytes | str) -> bytes:
    """The hash of these parts, each taken whole."""
    digest = blake2b(digest_size=24)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode()
        digest.update(len(data).to_bytes(8) + data)
    return digest.digest()
