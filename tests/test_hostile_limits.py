"""Bounds of time and room: pages made to take for ever, streams without end, full disks, names that steer terminals."""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest
from cli_fixtures import TURTLE, quads, run
from hostile_files import ADD, DATA, SHAPES, harbour, in_time, tree
from importing import KAZAKHSTAN, RSF

from graph.adding import sources
from graph.errors import SnapshotError
from graph.snapshot import Snapshots

PAGE = b"<!DOCTYPE html><html lang='en'><head><title>The harbour</title></head><body><p "
PAGES = {
    "attributes": PAGE + b" ".join(b"a%d=1" % number for number in range(60_000)) + b">Some words stand here.</p>",
    "html in html": b"<!doctype html>" + b"<html " * 500_000,
    "comments": b"<!doctype html>" + b"<!--" * 500_000,
    "an encoding that is none": PAGE.replace(b"<title>", b"<meta charset='hex'><title>") + b">words",
    "half characters": PAGE.replace(b"<title>", b"<meta charset='unicode_escape'><title>") + b">\\ud800 words",
}
ENCODINGS = ("hex", "idna", "punycode", "unicode_escape", "utf-7", "undefined", "\0", "../x", "utf-16")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return harbour(tmp_path, monkeypatch)


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_that_takes_for_ever_is_given_up(kind: str, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "SECONDS", 1)
    (here / "x.html").write_bytes(PAGES[kind])
    before = tree(here)
    began = monotonic()
    with in_time():
        result = run("add", "x.html", *ADD)
    assert result.exit_code == 1, result.output
    assert "x.html" in result.output
    assert "\x1b" not in result.output
    assert monotonic() - began < 20
    assert tree(here) == before


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_encoding_that_does_not_fit_is_told(encoding: str, here: Path) -> None:
    (here / "x.txt").write_bytes(b"\xff\xfe\\ud800 Some words stand here\xdc\xd8.")
    before = tree(here)
    result = run("add", "x.txt", *ADD, "--encoding", encoding)
    assert result.exit_code == 1, result.output
    assert "encoding" in result.output
    assert tree(here) == before


@pytest.mark.parametrize("command", [("add", "-", *ADD), ("query", "-")])
def test_a_stream_without_end_is_read_to_its_bound(command: tuple[str, ...], here: Path) -> None:
    program = "import sys; from server.cli import main; sys.exit(main(sys.argv[1:]))"
    with Path("/dev/zero").open("rb") as endless:
        done = subprocess.run(
            [sys.executable, "-c", program, *command], stdin=endless, capture_output=True, timeout=60, check=False
        )
    assert done.returncode == 1
    assert b"standard input has more than" in done.stderr


@contextmanager
def room(size: int) -> Iterator[None]:
    """No file may get longer than this; as on a disk that is full, writing fails."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


TEXT = "The harbour was closed in 1990. Nobody said why. Many believe that it will open again.\n" * 20
WRITING: dict[str, tuple[str, ...]] = {
    "add": ("add", "x.txt", *ADD),
    "locate": ("locate", "data/claims/harbour.yaml"),
    "import": ("import", "rsf", "x.csv"),
    "feed": ("feed", "x.jsonl"),
    "convert": ("convert", "data/claims/harbour.yaml", "--output", "x.out.jsonl"),
    "convert to files": ("convert", "x.jsonl", "--yaml", "out"),
    "build": ("build",),
}


@pytest.mark.parametrize("command", WRITING)
def test_a_full_disk_leaves_nothing_half_written(command: str, here: Path) -> None:
    claims = here / "data" / "claims" / "harbour.yaml"
    claims.parent.mkdir()
    located = (DATA / "valid" / "harbour.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in located if command != "locate" or not line.strip().startswith(("start:", "end:"))]
    claims.write_text("".join(kept), encoding="utf-8")
    (here / "x.txt").write_text(TEXT, encoding="utf-8")
    (here / "x.csv").write_text(RSF + KAZAKHSTAN, encoding="utf-8")
    line = '{"id": "party/a", "type": "PoliticalParty", "prefLabel": {"en": "%s"}}\n'
    (here / "x.jsonl").write_text(line % ("A" * 1000), encoding="utf-8")
    before = tree(here)
    with room(200 if command != "build" else 2_000):
        result = run(*WRITING[command])
    assert result.exit_code != 0, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert "Traceback" not in result.output
    assert list(here.rglob("*.part")) == []
    left = {name: content for name, content in tree(here).items() if not name.startswith("home")}
    assert left == {name: content for name, content in before.items() if not name.startswith("home")}
    assert not (here / "home" / "snapshots" / "current").exists()
    assert not list((here / "home").glob("archive/*"))
    assert not list((here / "home").glob("evidence/*/*"))
    assert not (here / "x.out.jsonl").exists()


@pytest.mark.parametrize("shape", [name for name in SHAPES if name != "a gigabyte of nothing"])
@pytest.mark.parametrize("place", ["claims/x.yaml", "claims/x.jsonl", "entities/x.yaml"])
def test_a_build_waits_for_nothing_in_the_data_folder(place: str, shape: str, here: Path) -> None:
    file = here / "data" / place
    file.parent.mkdir(exist_ok=True)
    SHAPES[shape](file)
    with in_time():
        result = run("build")
    assert result.exit_code == 1, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert file.name in result.output
    assert not (here / "home" / "snapshots" / "current").exists()


@pytest.mark.parametrize(
    "shape", ["a pipe", "an endless device", "a folder", "a link to itself", "a gigabyte of nothing"]
)
def test_what_is_no_text_is_passed_over(shape: str, here: Path) -> None:
    SHAPES[shape](here / "data" / "texts" / "a.txt")
    with in_time():
        result = run("check", str(DATA / "invalid" / "date-not-edtf.yaml"))
    assert "date" in result.output
    assert "a.txt" not in result.output


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is shut to the administrator")
def test_what_may_not_be_read_is_told(here: Path) -> None:
    file = here / "x.yaml"
    shutil.copy(DATA / "valid" / "harbour.yaml", file)
    file.chmod(0)
    result = run("check", str(file))
    assert result.exit_code == 1
    assert "x.yaml:1:1: cannot be read: Permission denied" in result.output


@pytest.mark.parametrize(
    "name", ["a\nsamizdat: published.yaml", "\x1b]0;pwned\x07.yaml", "\u202egnp.yaml", "\udcff.yaml"]
)
def test_the_name_of_a_file_steers_no_terminal(name: str, here: Path) -> None:
    (here / name).write_bytes(b"a: [\n")
    result = run("check", name)
    assert result.exit_code == 1
    assert not [line for line in result.output.splitlines() if line.startswith("samizdat: published")]
    assert not {"\x1b", "\x07", "\u202e"} & set(result.output)


@pytest.mark.parametrize("name", ["home\nsamizdat: published", "\x1b]0;pwned\x07", "~nobody-has-this-name/home"])
def test_the_name_of_a_folder_steers_no_terminal(name: str, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMIZDAT_HOME", name)
    (here / "x.csv").write_text(RSF + KAZAKHSTAN, encoding="utf-8")
    result = run("import", "rsf", "x.csv")
    assert result.exit_code == 0, result.output
    assert (here / name / "evidence" / "rsf" / "report.json").is_file()
    assert not [line for line in result.output.splitlines() if line.startswith("samizdat: published")]
    assert not {"\x1b", "\x07"} & set(result.output)


@pytest.mark.parametrize("size", [1_000, 66_000, 120_000])
def test_a_full_disk_leaves_what_is_published_as_it_is(size: int, tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    first = snapshots.publish(quads(TURTLE), {"triples": 4})
    before = tree(tmp_path)
    more = "".join(f'<id/party/p{number}> skos:prefLabel "P{number}"@en .\n' for number in range(1_000))
    with room(size), pytest.raises(SnapshotError, match="cannot be written"):
        snapshots.publish(quads(TURTLE + more), {"triples": 1_004})
    assert snapshots.current() == first
    assert tree(tmp_path) == before
