"""The search indexes of a snapshot, and how they are made when it is published: see graph/searching/index.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from graph.files.opening import bytes_of
from graph.iris import ID
from graph.searching.index import Record, SearchIndex
from graph.searching.making import made
from graph.searching.narrowing import Narrowing
from graph.segments.content import Content

NAMES = ("things", "claims", "imported")


@dataclass(frozen=True)
class Searchable:
    """What can be found by its names, the claims, found by their words, and what only imported data sets know."""

    things: SearchIndex
    claims: SearchIndex
    imported: SearchIndex

    @cached_property
    def narrowing(self) -> tuple[Narrowing, Narrowing, Narrowing]:
        """What narrows a search for things, one for claims, and one for what is imported."""
        return Narrowing(self.things), Narrowing(self.claims), Narrowing(self.imported)

    def thing(self, iri: str) -> Record | None:
        """The record of a thing, whoever knows it."""
        return self.things.find(iri) or self.imported.find(iri)

    @classmethod
    def open(cls, folder: Path) -> "Searchable | None":
        """The indexes in a folder; None where they are missing, of another release, or cannot be read."""
        things, claims, imported = (SearchIndex.open(folder / name) for name in NAMES)
        return (
            cls(things, claims, imported)
            if things is not None and claims is not None and imported is not None
            else None
        )

    @classmethod
    def of(cls, things: Sequence[Record], claims: Sequence[Record], imported: Sequence[Record] = ()) -> "Searchable":
        """Indexes of these records, in memory."""
        return cls(*(SearchIndex(made(records, ID)) for records in (things, claims, imported)))


def write_index(folder: Path, content: Content) -> None:
    """Make the folder, and in it the indexes of a content."""
    folder.mkdir()
    for name, pieces in _made(content).items():
        with (folder / name).open("wb") as file:
            file.writelines(pieces)


def damaged(folder: Path, content: Content) -> str | None:
    """The name of an index that is not the one of this content, if this release reads it at all."""
    found = Searchable.open(folder)
    if found is None:
        return None
    expected = _made(content.under(found.things.ids))
    return next((name for name in NAMES if bytes_of(folder / name) != b"".join(expected[name])), None)


def _made(content: Content) -> dict[str, list[bytes]]:
    from graph.searching.indexing import indexes  # with the vocabularies, which reading a snapshot does not need

    return dict(zip(NAMES, indexes(content), strict=True))
