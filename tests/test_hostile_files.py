"""Every reader of the command line before every hostile file: refused at once, in words, and nothing is changed."""

import re
import tracemalloc
from pathlib import Path

import click
import pytest
from cli_fixtures import make_home, run
from click.testing import Result
from hostile_files import CONTENT, READERS, SHAPES, harbour, in_time, tree

from server.cli import main

MEGABYTES = 150
"""That a reader may hold of a file that is endless."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return harbour(tmp_path, monkeypatch)


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


def test_no_command_that_is_given_a_file_is_forgotten() -> None:
    given = {
        name
        for name, command in main.commands.items()
        if any(isinstance(param, click.Argument) and isinstance(param.type, click.Path) for param in command.params)
    }
    assert given
    assert given <= {arguments[0] for _, arguments in READERS.values()}
