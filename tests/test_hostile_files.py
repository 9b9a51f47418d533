"""Every reader of the command line before every hostile file: refused at once, in words, and nothing is changed."""

import re
import shutil
import signal
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest
from cli_fixtures import make_home, run
from click.testing import Result
from hostile_files import CONTENT, READERS, SHAPES
from repository import REPOSITORY

SECONDS = 30
"""Until a reader is taken to wait for ever; it is ready within one."""
MEGABYTES = 150
"""That a reader may hold of a file that is endless."""
DATA = REPOSITORY / "tests" / "data"


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


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with data of a harbour, in which nothing is published."""
    for folder in ("entities", "texts"):
        shutil.copytree(DATA / folder, tmp_path / "data" / folder)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAMIZDAT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SAMIZDAT_HOME", str(tmp_path / "home"))
    return tmp_path


def tree(folder: Path) -> dict[str, bytes]:
    """Everything below a folder but what the reader is given."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b"a folder"
        for path in folder.rglob("*")
        if not path.name.startswith(("x.", "kazakhstan-x.", "settings."))
    }


def read(reader: str, here: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    name, arguments = READERS[reader]
    if reader == "settings":
        monkeypatch.setenv("SAMIZDAT_SETTINGS", str(here / name))
    with in_time():
        return run(*(argument.format(here / name) for argument in arguments))


def refused(result: Result, name: str) -> None:
    """A user's mistake, told in words that name the file, with nothing in them that a terminal would obey."""
    told = result.output if not isinstance(result.exception, SystemExit) else f"{result.output}{result.exception}"
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.exit_code not in (0, None), told
    assert "Traceback" not in told
    assert name in told or "/mem:" in told, "a link is told as what it leads to"
    assert re.search(r" - \w|: \w", told)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", told)
    assert len(told) < 20_000


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("reader", READERS)
def test_what_is_no_file_is_not_waited_for(
    reader: str, shape: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = READERS[reader][0]
    SHAPES[shape](here / name)
    before = tree(here)
    tracemalloc.start()
    try:
        result = read(reader, here, monkeypatch)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    refused(result, name)
    assert peak < MEGABYTES * 1_000_000
    assert tree(here) == before


@pytest.mark.parametrize(
    ("reader", "content"), [(reader, name) for name, (_, readers) in CONTENT.items() for reader in readers]
)
def test_what_is_in_no_file_of_its_kind_is_refused(
    reader: str, content: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = READERS[reader][0]
    if reader == "query":
        make_home(here, monkeypatch)
    (here / name).write_bytes(CONTENT[content][0])
    before = tree(here)
    refused(read(reader, here, monkeypatch), name)
    assert tree(here) == before
