"""One line after another, looked at by itself; then the names of all."""

from collections.abc import Collection, Iterator
from pathlib import Path

from graph import iris, quotes
from graph.consistency import editorial_problems, entity_problems
from graph.dataset import DataFiles
from graph.errors import InvalidInput, Problem
from graph.feeding.stream import Stream
from graph.files.sources import Source, sources
from graph.growing.editorial import Piece, piece
from graph.parts import read_parts
from graph.settings import Settings

ENOUGH = 1_000
"""So many problems are told; a stream that has more is not read to its end."""


class Intake:
    """Takes lines and counts what they hold. Raises ``InvalidInput`` with everything that is wrong."""

    def __init__(self, settings: Settings, stream: Stream) -> None:
        self._folders = settings.text_folders
        self._at_hand = quotes.texts_at_hand(self._folders)
        self._stream = stream
        self._problems: list[Problem] = []
        self._written: set[str] = set()
        self.editorials = self.claims = self.entities = self.unread = self.passed_over = 0

    def know(self, data: Path, without: Collection[Path]) -> None:
        """The names that a data folder gives, but for these files; what is wrong in it `samizdat check` tells."""
        files = DataFiles.of(data)
        for file in (*files.claims, *files.entities):
            for source in sources(file) if file not in without else ():
                found = piece(source, {}, encoded=False)
                if found.iri and not source.line:
                    self._written.add(found.iri)
                for name in _own_names(found) if source.line or not found.iri else ():
                    self._stream.give(name, _place(source))
                self._stream.define(found.defined)

    def take(self, source: Source) -> None:
        """One line."""
        found = piece(source, {}, encoded=False)
        if found.sha256 in self._at_hand:
            text = quotes.find_text(found.sha256, self._folders) or ""
            found = piece(source, {found.sha256: text}, encoded=False)
        problems = list(found.problems) or list(self._names_taken(source, found))
        self._problems += problems
        if len(self._problems) >= ENOUGH:
            raise InvalidInput(self._problems)
        if not problems:
            self._count(found)
            self._stream.define(found.defined)
            self._stream.keep("claims" if found.iri else "entities", source, found.references)

    def finish(self) -> None:
        """Look whether everything that was named is there."""
        for source, unknown in self._stream.unknown():
            self._problems += self._unknown(source, unknown)
            if len(self._problems) >= ENOUGH:
                break
        if self._problems:
            raise InvalidInput(self._problems)

    def _count(self, found: Piece) -> None:
        self.editorials += bool(found.iri)
        self.claims += len(found.modalities)
        self.entities += found.entities
        self.unread += bool(found.iri) and found.sha256 not in self._at_hand
        self.passed_over += found.iri in self._written

    def _names_taken(self, source: Source, found: Piece) -> Iterator[Problem]:
        if found.drafts or not (found.iri or found.entities):
            what, hint = "a line without claims", "write claims; drafts are for people, in files of drafts/"
            yield source.read().problem((), what, hint, "feed")
            return
        for at, name in enumerate(_own_names(found)):
            if (before := self._stream.give(name, _place(source))) is not None:
                what = f"{iris.path_of(name)} is already the name of what stands at {before}"
                steps = ("id",) if found.iri else ("entities", at, "id")
                yield source.read().problem(steps, what, "give one of the two another name", "name-twice")

    def _unknown(self, source: Source, unknown: list[str]) -> Iterator[Problem]:
        """The problems of a line that names these things, which are nowhere."""
        known = set().union(*(self._stream.alike(_kind(iri)) for iri in unknown))
        known |= piece(source, {}, encoded=False).references - set(unknown)
        parts = read_parts(source)
        for editorial in parts.editorials:
            yield from (one for one in editorial_problems(editorial, known) if one.rule == "reference")
        for entity in parts.entities:
            yield from (one for one in entity_problems(entity, known) if one.rule == "reference")


def _own_names(found: Piece) -> tuple[str, ...]:
    """The names that this line alone may give; those of an editorial's claims begin with its own."""
    return (found.iri,) if found.iri else found.names


def _kind(iri: str) -> str:
    """What the names that may have been meant begin with: the kind, of claims the editorial too."""
    path = iris.path_of(iri)
    steps = 2 if path.startswith("claim/") else 1
    return iris.ID + "".join(f"{step}/" for step in path.split("/")[:steps])


def _place(source: Source) -> str:
    return f"{source.file}:{source.line or 1}"
