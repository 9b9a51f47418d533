"""Files that somebody hostile or a broken disk could put before a reader, and every reader of the command line."""

import gzip
import os
import shutil
import signal
import socket
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from types import FrameType

import pytest
from repository import REPOSITORY

SECONDS = 30
"""Until a reader is taken to wait for ever; it is ready within one."""
DATA = REPOSITORY / "tests" / "data"
ADD = ("--headline", "The harbour", "--language", "en", "--encoded-by", "group/test-encoders")
READERS: dict[str, tuple[str, tuple[str, ...]]] = {
    # its name, and the arguments, in which {} is the file
    "check": ("x.yaml", ("check", "{}")),
    "check lines": ("x.jsonl", ("check", "{}")),
    "check packed lines": ("x.jsonl.gz", ("check", "{}")),
    "locate": ("x.yaml", ("locate", "{}")),
    "annotate": ("x.yaml", ("annotate", "{}")),
    "add": ("x.txt", ("add", "{}", *ADD)),
    "feed": ("x.jsonl", ("feed", "{}")),
    "convert": ("x.yaml", ("convert", "{}")),
    "query": ("x.rq", ("query", "{}")),
    "settings": ("settings.toml", ("questions",)),
    "import a table": ("x.csv", ("import", "rsf", "{}")),
    "import a document": ("kazakhstan-x.json", ("import", "popolo", "{}")),
    "import lines": ("x.json", ("import", "ftm", "{}")),
    "enrich by a profile": ("x.yaml", ("enrich", "--kind", "party", "--profile", "{}")),
    "enrich by a review": ("x.yaml", ("enrich", "--apply", "{}")),
}
YAML = ("check", "locate", "annotate", "convert", "enrich by a profile", "enrich by a review")
LINES = ("check lines", "feed")


def _socket(path: Path) -> None:
    bound = socket.socket(socket.AF_UNIX)
    bound.bind(str(path))
    bound.close()


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 30)


SHAPES: dict[str, Callable[[Path], None]] = {
    "a folder": Path.mkdir,
    "a pipe": os.mkfifo,
    "an endless device": lambda path: path.symlink_to("/dev/zero"),
    "a terminal": lambda path: path.symlink_to("/dev/tty"),
    "a link to itself": lambda path: path.symlink_to(path),
    "a link to nothing": lambda path: path.symlink_to(path.with_name("nowhere")),
    "a socket": _socket,
    "memory of the program": lambda path: path.symlink_to("/proc/self/mem"),
    "a gigabyte of nothing": _sparse,
}


def zipped(name: str) -> bytes:
    """A zip file with one member of this name, a thousand times as long as it is packed."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"0" * 1_000_000)
    return packed.getvalue()


LAUGHS = b"a: &a [ha, ha]\n" + b"".join(b"%c: &%c [*%c, *%c]\n" % (n, n, n - 1, n - 1) for n in b"bcdefghi")
CONTENT: dict[str, tuple[bytes, tuple[str, ...]]] = {
    # the bytes, and for whom they are meant
    "nothing": (b"", ("check", "locate", "annotate", "convert", "add", "import a table", "import a document")),
    "Latin-1": ("a: é\n".encode("latin-1"), tuple(READERS)),
    "UTF-16": ("\ufeffa: é\n".encode("utf-16-le"), tuple(READERS)),
    "NUL": (b"a: x\0y\n", tuple(READERS)),
    "half a character in bytes": (b"a: \xed\xa0\x80\n", tuple(READERS)),
    "half a character escaped": (b'{"a": "\\ud800"}\n', (*YAML, *LINES, "import a document", "import lines")),
    "a zip bomb with a path": (zipped("../../etc/passwd"), tuple(READERS)),
    "a gzip bomb": (gzip.compress(b"0" * 5_000_000), tuple(READERS)),
    "half a gzip file": (gzip.compress(os.urandom(5_000))[:2_000], tuple(READERS)),
    "a billion laughs": (LAUGHS, YAML),
    "a list in itself": (b"a: &a [*a]\n", YAML),
    "merged keys": (b"a: &a {b: 1}\nc: {<<: *a}\n", YAML),
    "a tag that runs": (b'!!python/object/apply:os.system ["touch pwned"]\n', YAML),
    "a key twice": (b'{"a": 1, "a": 2}\n', (*YAML, *LINES, "import a document", "import lines")),
    "lists in lists": (b"[" * 100_000, (*YAML, *LINES, "import a document", "import lines", "query")),
    "keys in keys": (b'{"a":' * 100_000, (*YAML, *LINES, "import a document", "import lines")),
    "settings in settings": (b"a = " + b"[" * 15_000, ("settings",)),
    "keys of keys": (b".".join([b"a"] * 7_000) + b" = 1\n", ("settings",)),
    "a number of ten thousand digits": (
        b'{"a": ' + b"9" * 10_000 + b"}",
        (*LINES, "import a document", "import lines"),
    ),
    "an endless line": (b"x" * 11_000_000, ("check", *LINES, "query", "settings", "import a table", "add")),
    "a terminal's commands": (b"\x1b]0;pwned\x07\x1b[2J: 1\n", ("check", "check lines", "feed", "query", "settings")),
}


class Hung(BaseException):
    """A reader waits; no reader catches this."""


@contextmanager
def in_time() -> Iterator[None]:
    def hung(number: int, frame: FrameType | None) -> None:
        raise Hung

    before = signal.signal(signal.SIGALRM, hung)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def harbour(folder: Path, patch: pytest.MonkeyPatch) -> Path:
    """The folder, now with data of a harbour, in which nothing is published; it is the current one."""
    for name in ("entities", "texts"):
        shutil.copytree(DATA / name, folder / "data" / name)
    patch.chdir(folder)
    patch.setenv("SAMIZDAT_DATA", str(folder / "data"))
    patch.setenv("SAMIZDAT_HOME", str(folder / "home"))
    patch.setenv("SAMIZDAT_TEXTS", str(folder / "data" / "texts"))
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Everything below a folder but what the reader is given."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b"a folder"
        for path in folder.rglob("*")
        if not path.name.startswith(("x.", "kazakhstan-x.", "settings."))
    }
