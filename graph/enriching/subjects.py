"""The entities of the data folder, as far as an endpoint is asked about them and as far as they are added to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from graph.assertions import FORMER, listed
from graph.dataset import DataFiles
from graph.errors import InvalidInput, Problem, UnknownName
from graph.files.sources import sources
from graph.files.structure import faults
from graph.iris import ID

NAMES = ("prefLabel", "altLabel", "hiddenLabel")


@dataclass(frozen=True)
class Subject:
    """An entity where it is written: the ``index``-th of its file; in a file of lines, ``line`` counts from 1."""

    path: str
    file: Path
    line: int
    index: int
    data: dict[str, Any] = field(repr=False)

    @property
    def kind(self) -> str:
        """The first segment of its path."""
        return self.path.partition("/")[0]

    @property
    def name(self) -> str:
        """Its preferred name in English."""
        return str(self.data["prefLabel"]["en"])

    def names(self, keys: Sequence[str] = NAMES) -> Iterator[tuple[str, str]]:
        """Pairs of name and language tag, the preferred ones first."""
        for key in keys:
            for language, names in self.data.get(key, {}).items():
                yield from ((name, language) for name in listed(names))

    @property
    def former(self) -> list[str]:
        """The paths that it had before."""
        return [path.removeprefix(ID) for path in listed(self.data.get(FORMER))]

    def identifiers(self) -> dict[str, str]:
        """Its identifiers elsewhere: value by scheme."""
        return {item["propertyID"]: str(item["value"]) for item in listed(self.data.get("identifier"))}


def subjects(folder: Path) -> dict[str, Subject]:
    """Every entity of a data folder by its path; InvalidInput where a file is wrong."""
    found: dict[str, Subject] = {}
    problems: list[Problem] = []
    for file in DataFiles.of(folder).entities:
        for source in sources(file):
            document = source.read()
            problems += [problem for _, problem in faults(document)]
            for index, data in enumerate(() if problems else document.data["entities"]):
                found[data["id"]] = Subject(data["id"], file, source.line, index, data)
    if problems:
        raise InvalidInput(problems)
    return found


def chosen(all_of: dict[str, Subject], things: Sequence[str], kinds: Sequence[str]) -> list[Subject]:
    """The entities of these kinds and those that these paths or names mean, by path; UnknownName for a name of none."""
    found = {path: subject for path, subject in all_of.items() if subject.kind in kinds}
    for thing in things:
        found |= {subject.path: subject for subject in _meant(all_of, thing)}
    return [found[path] for path in sorted(found)]


def _meant(all_of: dict[str, Subject], thing: str) -> list[Subject]:
    if thing in all_of:
        return [all_of[thing]]
    folded = thing.casefold()
    meant = [one for one in all_of.values() if folded in {name.casefold() for name, _ in one.names()}]
    if not meant:
        near = get_close_matches(thing, [*all_of, *(one.name for one in all_of.values())], 1)
        hint = f"did you mean {near[0]}?" if near else "name it by its path, such as party/progress, or by its name"
        raise UnknownName(f"nothing is named {thing!r}", hint)
    return meant
