"""What was made once and need not be made again, by the hash of everything that it was made from.

One SQLite file below SAMIZDAT_HOME. It can be removed at any time: what is missing, damaged or of another release is
made again, and where nothing can be written it is kept in memory until the end of the run.
"""

import pickle
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any

NAME = "cache/growth.sqlite"
MEMORY = ":memory:"
KEPT = 3
"""Runs after which what none of them used is forgotten."""
AT_ONCE = 500
"""Entries that are asked for together."""
TABLE = "CREATE TABLE IF NOT EXISTS entries (key BLOB PRIMARY KEY, value BLOB, mark BLOB, used INTEGER) WITHOUT ROWID"


class Cache:
    """Values by key (bytes), below ``home`` or, without it, in memory. For one thread; closed, or nothing is noted."""

    def __init__(self, home: Path | None) -> None:
        self._file = home and home / NAME
        self._used: set[bytes] = set()
        try:
            if self._file is not None:
                self._file.parent.mkdir(parents=True, exist_ok=True)
            self._base = _opened(str(self._file or MEMORY))
        except (OSError, sqlite3.Error):
            self._base = self._anew()
        self._run = 1 + (self._base.execute("SELECT max(used) FROM entries").fetchone()[0] or 0)

    def get(self, keys: Iterable[bytes]) -> dict[bytes, Any]:
        """What is known of these keys; an entry that is damaged is not known."""
        return {key: pickle.loads(value) for key, value in self._values(keys)}

    def put(self, values: Mapping[bytes, Any]) -> None:
        """Keep these values, which are plain data."""
        packed = (
            (key, zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)) for key, value in values.items()
        )
        self._used.update(values)
        try:
            with self._base:
                rows = ((key, value, _mark(key, value), self._run) for key, value in packed)
                self._base.executemany("REPLACE INTO entries VALUES (?, ?, ?, ?)", rows)
        except sqlite3.Error:
            self._base = self._anew()

    def keep(self, keys: Iterable[bytes]) -> None:
        """These are needed still, though nobody asks for them now."""
        self._used.update(keys)

    def close(self) -> None:
        """Note what was used, and forget what was not for some time."""
        try:
            with self._base:
                self._base.executemany(
                    "UPDATE entries SET used = ? WHERE key = ?", ((self._run, k) for k in self._used)
                )
                self._base.execute("DELETE FROM entries WHERE used <= ?", (self._run - KEPT,))
        except sqlite3.Error:
            self._anew()
        self._base.close()

    def __enter__(self) -> "Cache":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _values(self, keys: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
        left = iter(keys)
        while some := list(islice(left, AT_ONCE)):
            for key, value, mark in self._rows(some):
                if mark == _mark(key, value):
                    self._used.add(key)
                    yield key, zlib.decompress(value)

    def _rows(self, keys: list[bytes]) -> list[tuple[bytes, bytes, bytes]]:
        asked = f"SELECT key, value, mark FROM entries WHERE key IN ({','.join('?' * len(keys))})"
        try:
            return self._base.execute(asked, keys).fetchall()
        except sqlite3.Error:
            self._base = self._anew()
            return []

    def _anew(self) -> sqlite3.Connection:
        """An empty one: in the file's place if that can be, else in memory."""
        with suppress(AttributeError, sqlite3.Error):
            self._base.close()
        try:
            if self._file is not None:
                for end in ("", "-wal", "-shm"):
                    self._file.with_name(self._file.name + end).unlink(missing_ok=True)
            return _opened(str(self._file or MEMORY))
        except (OSError, sqlite3.Error):
            return _opened(MEMORY)


def _opened(name: str) -> sqlite3.Connection:
    base = sqlite3.connect(name, timeout=60)
    try:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = OFF")  # after a power cut an entry's mark tells
        base.execute(TABLE)
    except BaseException:
        base.close()
        raise
    return base


def _mark(key: bytes, value: bytes) -> bytes:
    return blake2b(key + value, digest_size=16).digest()


def key(*parts: bytes | str) -> bytes:
    """The hash of these parts, each taken whole."""
    digest = blake2b(digest_size=24)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode()
        digest.update(len(data).to_bytes(8) + data)
    return digest.digest()
