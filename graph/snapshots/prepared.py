"""The saved questions' answers, kept beside the store of a snapshot: worked out once, when it is published.

    <id>/answers/index.json       which questions, and the SHA-256 of every file
    <id>/answers/<question>.csv   the answer with the default parameters; .csv.br and .csv.gz the same compressed

A question is known by its whole text. So if the questions change and the data does not, an answer to the old text is
never given to the new one; publishing notices (``is_current``) and writes the folder anew. The same questions over
the same data give the same files.

What takes long is answered when the snapshot is served already: the index names what is ``left`` until then, and
whoever reads it looks for a new one from time to time.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from time import monotonic
from typing import Any

from graph.compression import IDENTITY
from graph.engine import Answer, Engine, Formats, Kind, Query
from graph.engine.wrapping import Wrapper
from graph.files.opening import bytes_of
from ontology.base import BASE

LAYOUT = 1
INDEX = "index.json"
AGAIN = 1.0
"""Seconds after which whoever misses an answer that was left looks again whether it is there."""


@dataclass(frozen=True)
class PreparedAnswer:
    """The answer to one question in one media type; ``files`` by content coding, each with the SHA-256 of its bytes."""

    kind: Kind
    media_type: str
    folder: Path
    files: Mapping[str, tuple[str, str]]

    def read(self, coding: str = IDENTITY) -> bytes:
        """Its bytes in one of the codings of ``files``; OSError if the snapshot has been removed."""
        return bytes_of(self.folder / self.files[coding][0])


_Answers = Mapping[str, tuple[Kind, Mapping[str, PreparedAnswer]]]
"""By the digest of a question: the kind of its answer, and that by media type."""


class Prepared:
    """The prepared answers in a folder; there are none where the folder is missing or cannot be read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._looked = monotonic()

    def load(self) -> "Prepared":
        """Read the index now, and not when somebody waits; the same object."""
        _ = self._answers
        return self

    def find(self, text: str, formats: Formats) -> PreparedAnswer | None:
        """The answer to the query with this very text, in the format wanted for its kind."""
        if self._index.get("left") and monotonic() > self._looked + AGAIN:
            self._look_again()
        kind, answers = self._answers.get(digest(text.encode()), ("graph", {}))
        return answers.get((formats.graph if kind == "graph" else formats.bindings) or "")

    def is_current(self, questions: Mapping[str, str]) -> bool:
        """Whether these are the answers to these questions, to all of them, from this release of the engine."""
        return self._is_of(questions) and not self._index.get("left")

    def taken_over(self, questions: Mapping[str, str], folder: Path) -> dict[str, Any]:
        """Put the files with answers to these questions into a folder too; the index's entry of each, by name."""
        if not self._is_of(questions):
            return {}
        for name, _ in self._files():
            (folder / name).hardlink_to(self._folder / name)
        return dict(self._index["answers"])

    def damage(self) -> str | None:
        """The name of a file that is not what was written, if there is one."""
        if not self._folder.exists():
            return None
        if not self._index:
            return INDEX
        return next((name for name, digest in self._files() if not _is(self._folder / name, digest)), None)

    def _look_again(self) -> None:
        """The index may have been replaced by one with more answers; threads that do this at once do the same."""
        self._looked = monotonic()
        for known in ("_index", "_answers"):
            self.__dict__.pop(known, None)

    def _is_of(self, questions: Mapping[str, str]) -> bool:
        return bool(self._index.get("questions") == fingerprint(questions))

    @cached_property
    def _index(self) -> dict[str, Any]:
        try:
            index = json.loads(bytes_of(self._folder / INDEX))
        except (OSError, ValueError):
            return {}
        return index if isinstance(index, dict) and index == sealed(index) else {}

    @cached_property
    def _answers(self) -> _Answers:
        return {
            found["query"]: (
                found["kind"],
                {
                    media_type: PreparedAnswer(
                        found["kind"], media_type, self._folder, {coding: (*file,) for coding, file in files.items()}
                    )
                    for media_type, files in found["files"].items()
                },
            )
            for found in self._index.get("answers", {}).values()
        }

    def _files(self) -> Iterator[tuple[str, str]]:
        for found in self._index["answers"].values():
            for files in found["files"].values():
                yield from files.values()


class PreparedEngine(Wrapper):
    """An engine that need not be asked what has been prepared."""

    def __init__(self, engine: Engine, prepared: Prepared) -> None:
        super().__init__(engine)
        self._prepared = prepared

    def evaluate(self, query: Query, formats: Formats, *, timeout: float | None = None) -> Answer:
        """The whole answer, or an error of ``graph.errors``: see ``graph.engine.Engine``."""
        if query.base == BASE and not query.default_graphs and not query.named_graphs:
            found = self._prepared.find(query.text, formats)
            if found:
                try:
                    return Answer(found.kind, found.media_type, found.read())
                except OSError:
                    pass  # the snapshot has been removed; the engine may still hold it open
        return self._engine.evaluate(query, formats, timeout=timeout)


def fingerprint(questions: Mapping[str, str]) -> str:
    """One digest for the questions (texts by name) and what else decides their answers."""
    telling = [LAYOUT, BASE, version("pyoxigraph"), sorted(questions.items())]
    return digest(json.dumps(telling, ensure_ascii=False).encode())


def sealed(index: Mapping[str, Any]) -> dict[str, Any]:
    """The index with its own digest, by which damage to it is noticed."""
    content = {name: index.get(name) for name in ("answers", "questions")} | {"layout": LAYOUT}
    if index.get("left"):
        content["left"] = index["left"]
    return content | {"sha256": digest(json.dumps(content, sort_keys=True).encode())}


def _is(path: Path, expected: str) -> bool:
    try:
        return digest(bytes_of(path)) == expected
    except OSError:
        return False


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(content).hexdigest()
