"""A file to import: read once, as it comes, within bounds; nothing in it is unpacked, fetched or run.

Its SHA-256 is taken of the bytes that were read, so that it is of what was imported even if the file changes meanwhile.
"""

import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO

from graph.files.opening import opened
from graph.importing.faults import refusal

MAX_BYTES = 2_000_000_000
MAX_LINE = 4_000_000
"""Bytes of one line; the longest rows of public tables have some thousands."""
MAX_DOCUMENT = 100_000_000
"""Bytes of a file that is one JSON document: it is held in memory whole."""
_PACKED = {
    b"\x1f\x8b": "gzip", b"PK\x03\x04": "zip", b"PK\x05\x06": "zip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz",
    b"\x28\xb5\x2f\xfd": "zstandard", b"7z\xbc\xaf": "7-Zip", b"Rar!": "RAR",
}  # fmt: skip
_MARK = b"\xef\xbb\xbf"


class SourceFile:
    """One file. ``lines`` may be taken once; ``sha256`` and ``size`` are those of what it has given so far."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name
        self.size = 0
        self._digest = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """64 hexadecimal digits."""
        return self._digest.hexdigest()

    def lines(self) -> Iterator[str]:
        """Its lines with their ends, as UTF-8; ``InvalidInput`` says where it is none, or what it is instead."""
        number = 0
        with _opened(self.path) as file:
            while block := _taken(self.path, partial(file.readline, MAX_LINE + 1)):
                number += 1
                self._take(block, number)
                yield self._text(block.removeprefix(_MARK) if number == 1 else block, number)
        if not number:
            raise refusal(self.path, "the file is empty", "give the file as its publisher offers it")

    def document(self) -> str:
        """All of it as UTF-8: for a file that is one JSON document."""
        with _opened(self.path) as file:
            content = _taken(self.path, partial(file.read, MAX_DOCUMENT + 1))
        if len(content) > MAX_DOCUMENT:
            raise refusal(self.path, f"longer than {MAX_DOCUMENT:,} bytes", "split it, or give it as JSON lines")
        if not content.strip():
            raise refusal(self.path, "the file is empty", "give the file as its publisher offers it")
        self._look(content, 1)
        self._digest.update(content)
        self.size += len(content)
        return self._text(content.removeprefix(_MARK), 1)

    def _take(self, block: bytes, number: int) -> None:
        if len(block) > MAX_LINE:
            raise refusal(self.path, f"a line of more than {MAX_LINE:,} bytes", "give a table of lines", number)
        if number == 1:
            self._look(block, number)
        self._digest.update(block)
        self.size += len(block)
        if self.size > MAX_BYTES:
            raise refusal(self.path, f"longer than {MAX_BYTES:,} bytes", "split it", number)
        if b"\0" in block:
            raise refusal(self.path, "a NUL byte", "save the file as UTF-8 text", number, block.index(b"\0") + 1)

    def _look(self, start: bytes, number: int) -> None:
        for magic, name in _PACKED.items():
            if start.startswith(magic):
                raise refusal(self.path, f"packed ({name})", "unpack it first: nothing is unpacked here", number)
        if start.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise refusal(self.path, "not UTF-8 text but UTF-16", "save the file as UTF-8", number)

    def _text(self, block: bytes, number: int) -> str:
        try:
            return block.decode("utf-8")
        except UnicodeDecodeError as error:
            before = block[: error.start]
            line, column = number + before.count(b"\n"), error.start - before.rfind(b"\n")
            raise refusal(self.path, "not UTF-8 text", "save the file as UTF-8", line, column) from None


def _taken(path: Path, take: Callable[[], bytes]) -> bytes:
    try:
        return take()
    except OSError as error:
        raise refusal(path, f"cannot be read on: {error.strerror}", "copy the file, and give the copy") from None


def _opened(path: Path) -> IO[bytes]:
    try:
        return opened(path)
    except OSError as error:
        raise refusal(path, f"cannot be read: {error.strerror}", "give readable files, one by one") from None
