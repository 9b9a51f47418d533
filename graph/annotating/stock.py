"""What else there is in the data folder: other claims, and the things that may be named."""

from collections.abc import Iterator
from pathlib import Path
from threading import RLock
from typing import Any

from graph.annotating.beside import Known, known_in, known_of
from graph.annotating.faults import CannotWrite
from graph.annotating.saving import write
from graph.annotating.sheet import Sheet
from graph.annotating.things import Thing, Things, file_for, known_entities, with_entity
from graph.annotating.trying import new_problems
from graph.checking import check
from graph.dataset import DataFiles
from graph.errors import InvalidInput
from graph.settings import Settings


class Stock:
    """The data folder beside one claim file of it."""

    def __init__(self, settings: Settings, file: Path) -> None:
        self._settings, self._file = settings, file
        self._kept: tuple[object, Things] | None = None
        self._lock = RLock()

    def files(self) -> list[Path]:
        """The other claim files."""
        own = {self._file, self._file.resolve()}
        found = [file for file in DataFiles.of(self._settings.data).claims if file not in own]
        return [file for file in found if not (file.is_symlink() and file.resolve() in own)]

    def claims(self, sheet: Sheet) -> Iterator[Known]:
        """The claims of the file, as this sheet has them, and those of all others."""
        yield from known_in(sheet.document)
        yield from known_of(self.files())

    def things(self, sheet: Sheet) -> Things:
        """The things that may be named now: entities, and the events that claims define."""
        files = DataFiles.of(self._settings.data)
        state = (sheet.digest, *((file, _time(file)) for file in (*files.entities, *files.claims)))
        with self._lock:
            if self._kept is None or self._kept[0] != state:
                events = {event[0]: Thing(*event) for claim in self.claims(sheet) for event in claim.events}
                self._kept = state, Things(known_entities(self._settings), events.values())
            return self._kept[1]

    def create(self, data: dict[str, Any]) -> Path:
        """Write a new thing into the file of its kind; that file. InvalidInput if it does not pass the checks."""
        path = str(data.get("id", ""))
        file = file_for(self._settings, path.partition("/")[0])
        with self._lock:
            made, digest = with_entity(file, data)
            found = check(self._settings, [file], reason=False, unsaved={file: made.text}).problems
            earlier = check(self._settings, [file], reason=False).problems if digest else ()
            if faults := new_problems(earlier, found):
                raise InvalidInput(faults)
            if not isinstance(data.get("prefLabel"), dict):
                raise CannotWrite("a thing without a name", "give its preferred name")
            write(file, made.content, digest)
        return file


def _time(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0
