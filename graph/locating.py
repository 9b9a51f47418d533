"""Write the position of each quote into its claim file, leaving every other character as it is."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from graph import quotes
from graph.assertions import listed
from graph.dataset import DataFiles
from graph.errors import InvalidInput, Place, Problem
from graph.files.sources import is_lines
from graph.files.yaml_reader import Document, Steps, read
from graph.quotes import Quote
from graph.settings import Settings


def locate(settings: Settings, files: Sequence[Path] = ()) -> int:
    """Write ``start`` and ``end`` of every quote whose text is at hand; how many quotes were changed.

    Raises ``InvalidInput`` with every quote that cannot be placed, and then changes no file at all.
    """
    problems: list[Problem] = []
    edits = {}
    for file in files or (file for file in DataFiles.of(settings.data).claims if not is_lines(file)):
        if is_lines(file):
            hint = "write start and end of each quote where the lines are made"
            problems.append(Problem(Place(file), "positions are not written into lines", hint, "text"))
            continue
        document = read(file)
        if isinstance(document.data, dict) and "claims" in document.data:
            edits[file] = _edits(document, settings, problems)
    if problems:
        raise InvalidInput(problems)
    for file, changes in edits.items():
        if changes:
            _rewrite(file, changes)
    return sum(len(changes) for changes in edits.values())


@dataclass(frozen=True)
class _Change:
    """Where ``exact`` stands, the lines of an old position (all counted from 1), and the located quote."""

    line: int
    column: int
    old: tuple[int, ...]
    quote: Quote


def _edits(document: Document, settings: Settings, problems: list[Problem]) -> list[_Change]:
    text = quotes.find_text(str(document.data.get("sha256")), settings.text_folders)
    if text is None:
        hint = "name the folder that holds it in SAMIZDAT_TEXTS, or correct sha256"
        problems.append(document.problem(("sha256",), "the text with this SHA-256 is not at hand", hint, "text"))
        return []
    changes = []
    for steps, data in _quotes(document):
        if document.keys[(*steps, "exact")][0] == document.values[steps][0] and _in_braces(document, steps):
            hint = "write exact on a line of its own, without braces"
            problems.append(document.problem(steps, "positions cannot be written into a quote in braces", hint, "text"))
            continue
        quote = Quote(data["exact"], data.get("prefix"), data.get("suffix"), data.get("start"), data.get("end"))
        try:
            located = quotes.locate(text, quote)
        except quotes.QuoteFault as fault:
            problems.append(document.problem((*steps, "exact"), fault.what, fault.hint, fault.rule))
            continue
        if located != quote:
            old = tuple(document.keys[(*steps, key)][0] for key in ("start", "end") if key in data)
            changes.append(_Change(*document.keys[(*steps, "exact")], old, located))
    return changes


def _quotes(document: Document) -> list[tuple[Steps, dict[str, Any]]]:
    found: list[tuple[Steps, dict[str, Any]]] = []
    for index, claim in enumerate(document.data["claims"]):
        several = isinstance(claim.get("quote"), list)
        for at, quote in enumerate(listed(claim.get("quote"))):
            steps: Steps = ("claims", index, "quote", at) if several else ("claims", index, "quote")
            if isinstance(quote, dict) and isinstance(quote.get("exact"), str):
                found.append((steps, quote))
    return found


def _in_braces(document: Document, steps: Steps) -> bool:
    line, column = document.values[steps]
    return document.file.read_text(encoding="utf-8").splitlines()[line - 1][column - 1] == "{"


def _rewrite(file: Path, changes: list[_Change]) -> None:
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    after = {_last_line(lines, change): change for change in changes}
    dropped = {line for change in changes for line in change.old}
    written: list[str] = []
    for number, line in enumerate(lines, start=1):
        if number not in dropped:
            written.append(line)
        if number in after:
            margin, quote = " " * (after[number].column - 1), after[number].quote
            written += [f"{margin}start: {quote.start}\n", f"{margin}end: {quote.end}\n"]
    # Written beside and moved over, so that a crash leaves the old file whole.
    with NamedTemporaryFile("w", encoding="utf-8", newline="", dir=file.parent, delete=False) as beside:
        try:
            beside.writelines(written)
            beside.flush()
            os.chmod(beside.name, file.stat().st_mode)
            os.replace(beside.name, file)
        except BaseException:
            os.unlink(beside.name)
            raise


def _last_line(lines: list[str], change: _Change) -> int:
    """The last line of the quote: what follows it is indented less than its keys."""
    last = change.line
    for number in range(change.line + 1, len(lines) + 1):
        line = lines[number - 1]
        if line.strip() and len(line) - len(line.lstrip(" ")) < change.column - 1:
            break
        last = number if line.strip() else last
    return last
