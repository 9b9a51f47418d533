"""What the data folder holds, one document after another: a YAML file is one, a file of JSON-LD lines has many.

A file of lines is read as it comes and never held whole, packed with gzip or not. Lines, files and what is unpacked of
them are bounded; where a file cannot be read on, its last source says so.
"""

import gzip
import math
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from graph.errors import InvalidInput, Place, Problem
from graph.files import json_reader, yaml_reader
from graph.files.yaml_reader import MAX_BYTES, Document

LINES = (".jsonl", ".jsonl.gz")
"""How the names of files end that have a document on each line."""
STREAM = Path("-")
"""The standard input."""
FREE = 50_000_000
"""So many bytes a packed file may unfold to in any case."""
RATIO = 300
"""So many times its own size a packed file may unfold to: claims in gzip take a tenth, much alike a hundredth."""
LEAST = 100
"""What a line counts at least, in bytes: a file of nothing but line ends is soon at its bound."""


@dataclass(frozen=True)
class Source:
    """One document as it is written. ``line`` counts from 1, and is 0 where the document is a file of its own."""

    file: Path
    line: int
    content: bytes
    fault: Problem | None = None
    """Why the file cannot be read on from here."""

    def read(self) -> Document:
        """The document; raises ``InvalidInput`` that says where it fails, and why."""
        if self.fault is not None:
            raise InvalidInput([self.fault])
        if self.line:
            return json_reader.read_line(self.file, self.line, self.content)
        return yaml_reader.parse(self.file, self.content)


def is_lines(file: Path) -> bool:
    """Whether a file has a document on each line, by its name."""
    return file == STREAM or file.name.endswith(LINES)


def sources(file: Path) -> Iterator[Source]:
    """The documents of a file; what cannot be read comes as a source that says so when it is read."""
    if is_lines(file):
        yield from _lines(file)
        return
    try:
        yield Source(file, 0, yaml_reader.content_of(file))
    except InvalidInput as error:
        yield Source(file, 0, b"", error.problems[0])


def _lines(file: Path) -> Iterator[Source]:
    number = 0
    try:
        with ExitStack() as stack:
            opened, bound = _opened(file, stack)
            while content := opened.readline(MAX_BYTES + 1):
                number += 1
                bound -= max(len(content), LEAST)
                if len(content) > MAX_BYTES:
                    raise _Unreadable(f"a line of more than {MAX_BYTES:,} bytes", "write one editorial on each line")
                if bound < 0:
                    raise _Unreadable(f"it unfolds to more than {RATIO} times its size", "give the lines unpacked")
                if content.strip():
                    yield Source(file, number, content)
    except _Unreadable as error:
        yield _unread(file, max(number, 1), error.what, error.hint)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        what = "the gzip file ends too early" if isinstance(error, EOFError) else "the gzip file is damaged"
        yield _unread(file, number + 1, what, "write it anew")
    except OSError as error:
        yield _unread(file, number + 1, f"cannot be read: {error.strerror}", "give a readable file")


class _Unreadable(Exception):
    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what, self.hint = what, hint


def _unread(file: Path, number: int, what: str, hint: str) -> Source:
    return Source(file, number, b"", Problem(Place(file, number), what, hint, "json"))


def _opened(file: Path, stack: ExitStack) -> tuple[IO[bytes], float]:
    """The lines for reading, and how many bytes there may be.

    A device or a pipe in a folder, which may never end, is refused without waiting for it; the standard input may be
    either, and go on for as long as it likes.
    """
    if file == STREAM:
        return stack.enter_context(os.fdopen(os.dup(0), "rb")), math.inf
    opened = stack.enter_context(os.fdopen(os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb"))
    status = os.fstat(opened.fileno())
    if not stat.S_ISREG(status.st_mode):
        raise _Unreadable("not a file", "give a file of lines")
    if file.suffix != ".gz":
        return opened, math.inf
    unpacked = cast("IO[bytes]", stack.enter_context(gzip.GzipFile(fileobj=opened)))
    return unpacked, max(FREE, RATIO * status.st_size)
