"""Claim and entity files as JSON-LD lines, and lines as files: the same data, so the same quads and the same snapshot.

Everything is read before anything is written where it is to stand: with one fault nothing is.
"""

import json
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext, suppress
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryDirectory
from typing import Any

from graph.dataset import DataFiles
from graph.errors import InvalidInput, Problem, SamizdatError
from graph.feeding.putting import renewed
from graph.files import structure
from graph.files.sources import sources
from graph.files.yaml_reader import Document
from graph.files.yaml_writer import as_yaml

TEXTS = ("edtf", "value")
"""Keys of texts that YAML may have as numbers."""
IN_MEMORY = 32_000_000
"""Bytes of lines that are held until all is read; more lie in a temporary file."""


def documents(files: Iterable[Path], problems: list[Problem]) -> Iterator[Document]:
    """The documents of these files whose structure is right; what is wrong with the others is added to the problems."""
    for file in files:
        for source in sources(file):
            try:
                document = source.read()
            except InvalidInput as error:
                problems += error.problems
                continue
            faults = structure.problems(document)
            problems += faults
            if not faults:
                yield document


def lines(document: Document) -> Iterator[bytes]:
    """An editorial as one line, entities as a line each: JSON-LD, its keys in the order of the file."""
    shared = {key: value for key, value in document.data.items() if key != "entities"}
    for data in document.data.get("entities", [None]):
        whole = _worded({**shared, **data} if data is not None else document.data)
        yield json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _worded(value: Any) -> Any:
    """The same, where a text that looks like a number (the year 1998) is a text to every processor of JSON-LD."""
    if isinstance(value, list):
        return [_worded(item) for item in value]
    if not isinstance(value, dict):
        return value
    texts = {key: str(item) for key, item in value.items() if key in TEXTS and isinstance(item, int | float)}
    return {key: _worded(item) for key, item in value.items()} | texts


def write_lines(files: Iterable[Path], output: Path | None = None) -> int:
    """Write the lines of these files into a file, or to the standard output; how many. ``InvalidInput``."""
    problems: list[Problem] = []
    count = 0
    with SpooledTemporaryFile(IN_MEMORY) as spooled:
        for document in documents(files, problems):
            for line in lines(document):
                spooled.write(line)
                count += 1
        if problems:
            raise InvalidInput(problems)
        spooled.seek(0)
        with nullcontext(sys.stdout.buffer) if output is None else renewed(output) as opened:
            shutil.copyfileobj(spooled, opened)
    return count


def data_files(folder: Path) -> list[Path]:
    """The files of a data folder, those of entities first."""
    found = DataFiles.of(folder)
    return [*found.entities, *found.claims]


def write_yaml(files: Iterable[Path], folder: Path, only: str = "") -> list[Path]:
    """Write lines as files of a data folder: ``claims/YEAR/SLUG.yaml``, and the entities of one file in one file.

    ``only`` names one thing (``editorial/slug``, ``person/slug``) and leaves out the rest. Gives the files that were
    written; raises ``InvalidInput``, and ``SamizdatError`` where a file is in the way or nothing is found: then nothing
    has changed.
    """
    problems: list[Problem] = []
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with TemporaryDirectory(dir=folder, prefix=".") as beside:
            made = Path(beside)
            for document in documents(files, problems):
                problems += _written(document, made, only)
            if problems:
                raise InvalidInput(problems)
            return _placed(made, folder, only)
    except BaseException:
        if is_new:
            with suppress(OSError):
                folder.rmdir()
        raise


def _written(document: Document, folder: Path, only: str) -> list[Problem]:
    """Write one document below a folder; what stands in the way of that."""
    if "entities" in document.data:
        wanted = [one for one in document.data["entities"] if only in ("", one.get("id"))]
        if wanted:
            file = folder / "entities" / f"{document.file.name.partition('.')[0]}.yaml"
            _append(file, {**document.data, "entities": wanted})
        return []
    name = document.data["id"]  # its structure is right: it leads out of no folder
    if only not in ("", name):
        return []
    year = str(document.data.get("date", {}).get("edtf", ""))[:4]
    file = folder / "claims" / (year if year.isdigit() else "undated") / f"{name.removeprefix('editorial/')}.yaml"
    if file.exists():
        return [document.problem(("id",), f"{name} a second time", "keep one of the two lines", "name-twice")]
    _append(file, document.data)
    return []


def _append(file: Path, data: dict[str, Any]) -> None:
    """Write a file, or add entities to the file of entities that was begun."""
    file.parent.mkdir(parents=True, exist_ok=True)
    text = as_yaml(data)
    with file.open("a", encoding="utf-8", newline="") as opened:
        opened.write(text.partition("entities:\n")[2] if opened.tell() else text)


def _placed(made: Path, folder: Path, only: str) -> list[Path]:
    """Move every file to its place, if no place is taken."""
    files = {file: folder / file.relative_to(made) for file in sorted(made.rglob("*.yaml"))}
    if not files:
        raise SamizdatError(f"nothing is named {only}" if only else "there is nothing to write", "see what was named")
    if taken := [place for place in files.values() if place.exists()]:
        raise SamizdatError(f"{taken[0]} is there already", "move it away, or go on in that file")
    for file, place in files.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        file.rename(place)
    return list(files.values())
