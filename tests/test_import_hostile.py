"""Hostile files: refused with a clear error, quickly, and with nothing changed on disk."""

import gzip
import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from importing import KAZAKHSTAN, RSF, imported, made, tree

from graph.errors import InvalidInput
from graph.importing import files
from graph.settings import Settings


def zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../2021.csv", b"0" * 5_000_000)
    return packed.getvalue()


CONTENT: dict[str, tuple[str, str, bytes, str]] = {
    "zip": ("rsf", "x.csv", zip_bomb(), "packed (zip)"),
    "gzip": ("rsf", "x.csv", gzip.compress(b"0" * 5_000_000), "packed (gzip)"),
    "Latin-1": ("rsf", "x.csv", (RSF + KAZAKHSTAN.replace("EEAC", "Amériques")).encode("latin-1"), "not UTF-8"),
    "UTF-16": ("rsf", "x.csv", (RSF + KAZAKHSTAN).encode("utf-16"), "UTF-16"),
    "NUL": ("rsf", "x.csv", (RSF + KAZAKHSTAN.replace("EEAC", "E\0")).encode(), "a NUL byte"),
    "empty": ("rsf", "x.csv", b"", "the file is empty"),
    "an open quotation mark": ("rsf", "x.csv", (RSF + '2021;"KAZ').encode(), "not a row of the table"),
    "one long line": ("rsf", "x.csv", b"x" * (files.MAX_LINE + 10), "a line of more than"),
    "one long field": ("rsf", "x.csv", (RSF + '2021;"' + "KAZ;\n" * 50_000).encode(), "field larger than"),
    "deep JSON": ("popolo", "kazakhstan-x.json", b"[" * 200_000, "nested too deeply"),
    "no JSON": ("popolo", "kazakhstan-x.json", b'{"memberships": [', "not JSON"),
    "a key twice": ("popolo", "kazakhstan-x.json", b'{"memberships": [], "memberships": []}', "stands twice"),
    "NaN": ("popolo", "kazakhstan-x.json", b'{"memberships": [NaN]}', "NaN is no number"),
    "a long number": ("popolo", "kazakhstan-x.json", b'{"memberships": [' + b"9" * 10_000 + b"]}", "not JSON that can"),
    "half a character": ("popolo", "kazakhstan-x.json", b'{"memberships": [], "meta": "\\ud800"}', "surrogate"),
    "another format": ("popolo", "kazakhstan-x.json", b"[]", "not Popolo"),
    "an unknown list": ("popolo", "kazakhstan-x.json", b'{"memberships": [], "peoples": []}', "not of Popolo"),
    "a list of numbers": ("popolo", "kazakhstan-x.json", b'{"memberships": [], "persons": [1]}', "not a list"),
    "a parent of itself": (
        "popolo",
        "kazakhstan-x.json",
        json.dumps({
            "memberships": [],
            "organizations": [{"id": "a", "name": "A", "parent_id": "b"}, {"id": "b", "name": "B", "parent_id": "a"}],
        }).encode(),
        "is part of itself",
    ),
    "no country": ("popolo", "atlantis-x.json", b'{"memberships": []}', "which country"),
    "a remote context": (
        "claimreview",
        "x.json",
        b'{"@context": "http://localhost:1/evil", "@type": "ClaimReview"}',
        "is not schema.org's",
    ),
    "a deep review": ("claimreview", "x.json", b'{"@graph":' * 100_000 + b"1" + b"}" * 100_000, "nested too deeply"),
    "a line that is a list": ("ftm", "x.json", b"[]\n", "no JSON object"),
    "an entity without a name": ("ftm", "x.json", b'{"id": "a", "schema": "Person", "properties": {}}', "no name"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "name", "content", "what"), CONTENT.values(), ids=CONTENT)
def test_a_hostile_file_is_refused_and_nothing_changes(
    kind: str, name: str, content: bytes, what: str, settings: Settings, tmp_path: Path
) -> None:
    file = made(tmp_path, name, content)
    before = tree(tmp_path)
    with pytest.raises(InvalidInput) as caught:
        imported(kind, settings, file)
    assert any(what in problem.what for problem in caught.value.problems), caught.value.problems
    assert all(len(problem.what) < 300 for problem in caught.value.problems)
    assert tree(tmp_path) == before


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _link_to_a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [_fifo, _link_to_a_device, Path.mkdir, lambda path: None])
def test_what_is_no_file_is_refused_without_waiting(
    make: Callable[[Path], None], settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    make(path)
    with pytest.raises(InvalidInput) as caught:
        imported("rsf", settings, path)
    assert caught.value.problems[0].what.startswith(("not a file", "cannot be read"))


def test_two_files_of_one_name_are_refused(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    paths = [made(folder, "x.csv", RSF + KAZAKHSTAN) for folder in (tmp_path, tmp_path / "other")]
    with pytest.raises(InvalidInput, match="1 problem"):
        imported("rsf", settings, *paths)


def test_too_long_a_file_is_refused(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 1000)
    monkeypatch.setattr(files, "MAX_DOCUMENT", 1000)
    for kind, name, content in (
        ("rsf", "x.csv", RSF + KAZAKHSTAN * 100),
        ("popolo", "kazakhstan-x.json", '{"memberships": []}' + " " * 2000),
    ):
        with pytest.raises(InvalidInput) as caught:
            imported(kind, settings, made(tmp_path, name, content))
        assert "longer than 1,000 bytes" in caught.value.problems[-1].what


def test_names_that_are_paths_stay_names(settings: Settings, tmp_path: Path) -> None:
    evil = "../../etc/passwd"
    record = {"id": evil, "schema": "Person", "properties": {"name": ["A\u202eB"], "wikidataId": [evil]}}
    done = imported("ftm", settings, made(tmp_path, "..x.json", json.dumps(record)))
    assert sorted(path.name for path in done.folder.iterdir()) == ["evidence.nq.gz", "report.json"]
    with gzip.open(done.folder / "evidence.nq.gz", "rt", encoding="utf-8") as file:
        subjects = {line.split(" ")[0] for line in file}
    assert not any("../" in subject or "passwd/" in subject for subject in subjects)


def test_too_many_faults_stop_the_reading(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        imported("rsf", settings, made(tmp_path, "x.csv", RSF + "2021;KZA;1;1;Kazakhstan;EEAC\n" * 5000))
    assert len(caught.value.problems) == 100
