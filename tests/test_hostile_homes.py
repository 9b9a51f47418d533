"""A home whose files are damaged, and names that lead elsewhere: told in words, and nothing else is touched."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_fixtures import make_home, quads, run
from hostile_files import harbour, in_time, tree

from graph.snapshot import Snapshots

GARBAGE = b"\x00\xff{[garbage\n" * 20
DAMAGE: dict[str, Callable[[Path], object]] = {
    "garbage": lambda path: path.write_bytes(GARBAGE),
    "half of it": lambda path: path.write_bytes(b"{" * 10),
    "a pipe": os.mkfifo,
    "a folder": Path.mkdir,
}
FILES = (
    "manifest.json", "build.json", "data.nq.gz", "register.tsv", "statistics.json", "search/things", "dumps/index.json",
    "answers/index.json", "../publications.jsonl", "../events/index.jsonl",
)  # fmt: skip
COMMANDS = (("snapshots",), ("snapshots", "verify"), ("diff",))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two snapshots, which no test changes."""
    folder = tmp_path_factory.mktemp("published")
    with pytest.MonkeyPatch.context() as patch:
        home = make_home(folder, patch)
    more = '<https://example.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "a" .'
    Snapshots(home / "snapshots").publish(quads(more), {"triples": 1})
    return home


@pytest.fixture
def home(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it that may be changed."""
    copy = tmp_path / "home"
    shutil.copytree(published, copy, symlinks=True)
    for path in copy.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAMIZDAT_HOME", str(copy))
    return copy


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("name", FILES)
def test_damage_is_told_and_not_waited_for(name: str, damage: str, home: Path) -> None:
    file = (home / "snapshots" / "current").resolve() / name
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    DAMAGE[damage](file)
    codes = []
    for command in COMMANDS:
        with in_time():
            result = run(*command)
        assert result.exception is None or isinstance(result.exception, SystemExit), (command, result.exception)
        assert "Traceback" not in result.output
        codes.append(result.exit_code)
    if name in ("manifest.json", "data.nq.gz"):  # the rest can be made anew of these
        assert codes[1] == 5, "what is verified is noticed"


@pytest.mark.parametrize("name", ["../../elsewhere", "..", ".", "/etc", "*", "a\nb", "\x1b[31m", "current/../.."])
@pytest.mark.parametrize(
    "command",
    [("snapshots", "roll-back"), ("snapshots", "verify"), ("diff",), ("export", "nanopubs", "out", "--snapshot")],
)
def test_a_name_of_a_snapshot_is_no_path(command: tuple[str, ...], name: str, home: Path) -> None:
    before = tree(home)
    result = run(*command, name)
    assert result.exit_code in (1, 2, 5), result.output
    assert "Traceback" not in result.output
    assert "\x1b" not in result.output
    assert tree(home) == before
    assert not (home.parent / "out").exists()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return harbour(tmp_path, monkeypatch)


ADD = (
    "add",
    "Some words stand here. Some more stand there.",
    "--headline",
    "x",
    "--language",
    "en",
    "--encoded-by",
    "group/test-encoders",
)
NAMING = {
    "add": (*ADD, "--name"),
    "import": ("import", "ftm", "x.json", "--dataset"),
    "feed": ("feed", "x.jsonl", "--name"),
    "convert": ("convert", "x.jsonl", "--yaml", "out", "--only"),
    "pack": ("pack",),
    "annotate": ("annotate",),
}


@pytest.mark.parametrize("name", ["../../escape", "/tmp/escape", "a/../../b", "..", "a\nb", "a\0b", "\x1b[31m", "a b"])
@pytest.mark.parametrize("command", NAMING)
def test_what_is_made_is_made_in_no_other_place(command: str, name: str, here: Path) -> None:
    (here / "x.json").write_text('{"id": "a", "schema": "Person", "properties": {"name": ["A"]}}', encoding="utf-8")
    (here / "x.jsonl").write_text('{"id": "party/a", "type": "PoliticalParty", "prefLabel": {"en": "A"}}', "utf-8")
    before, beside = tree(here), sorted(here.parent.iterdir())
    result = run(*NAMING[command], name)
    assert result.exit_code in (1, 2, 5), result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert "\x1b" not in result.output
    assert tree(here) == before
    assert sorted(here.parent.iterdir()) == beside
    assert not Path("/tmp/escape").exists()
