"""The things that may be named, found by any of their names as the search page finds them; and new ones."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from graph.annotating.faults import CannotWrite
from graph.annotating.sheet import Sheet
from graph.dataset import DataFiles
from graph.editing.layout import entry
from graph.entities import Entity, read_entities
from graph.errors import InvalidInput
from graph.files import structure
from graph.files.sources import is_lines, sources
from graph.files.yaml_reader import read
from graph.iris import ID, path_of
from graph.searching.index import Record, SearchIndex
from graph.searching.making import made
from graph.searching.search import search
from graph.settings import Settings
from ontology.base import PUBLIC_BASE

MOST = 12
FILES = {
    "person": "persons", "party": "parties", "government": "governments", "country": "countries", "law": "laws",
    "outlet": "outlets", "sector": "sectors", "platform": "platforms", "post": "posts", "group": "groups",
}  # fmt: skip
"""The file that a thing of each kind is written into where no file has one of its kind yet."""


@dataclass(frozen=True)
class Thing:
    """A known thing: its path, its preferred name, its class, and the name by which it was found."""

    path: str
    name: str
    type: str
    found_by: str = ""


class Things:
    """The entities of a data folder, and the events that claims define, ready to be found."""

    def __init__(self, entities: Sequence[Entity], events: Iterable[Thing] = ()) -> None:
        records = [_record(entity) for entity in entities]
        records += [_named(event) for event in events]
        self._known = {record["id"]: record for record in records}
        self._index = SearchIndex(made(list(self._known.values()), ID))

    def named(self, path: str) -> Thing | None:
        """The thing of this path."""
        record = self._known.get(ID + path)
        return _thing(record) if record else None

    def every(self) -> dict[str, str]:
        """The preferred name of each thing by its path."""
        return {path_of(iri): _thing(record).name for iri, record in self._known.items()}

    def like(self, text: str, kinds: Sequence[str] = ()) -> list[Thing]:
        """The things of these kinds (none: of all) that have such a name, the likeliest first, at most ``MOST``."""
        hits = search(self._index, text, prefix=True)
        found = [_thing(hit.record, hit.features.name) for hit in hits]
        found += [_thing(record) for iri, record in self._known.items() if text.strip() == path_of(iri)]
        unique = {one.path: one for one in reversed(found)}
        ordered = [unique[path] for path in dict.fromkeys(one.path for one in found)]
        return [one for one in ordered if not kinds or one.path.partition("/")[0] in kinds][:MOST]


def _thing(record: Record, found_by: str = "") -> Thing:
    names = record["names"]
    name = names[0][0] if names else path_of(record["id"])
    return Thing(path_of(record["id"]), name, record["types"][0], found_by if found_by != name else "")


def _named(event: Thing) -> Record:
    return {"id": ID + event.path, "names": [[event.name, "en", "preferred"]], "types": [event.type]}


def _record(entity: Entity) -> Record:
    names = [
        [text, language, kind]
        for key, kind in (("prefLabel", "preferred"), ("altLabel", "alternative"), ("hiddenLabel", "hidden"))
        for language, texts in sorted(entity.node.get(key, {}).items(), key=lambda item: item[0] != "en")
        for text in ([texts] if isinstance(texts, str) else texts)
    ]
    return {"id": entity.iri, "names": names, "types": [entity.type]}


def known_entities(settings: Settings) -> list[Entity]:
    """The entities of every file that can be read, of lines too."""
    found: list[Entity] = []
    for source in chain.from_iterable(map(sources, DataFiles.of(settings.data).entities)):
        with suppress(InvalidInput):
            document = source.read()
            if not structure.problems(document):
                found += read_entities(document)
    return found


def file_for(settings: Settings, kind: str) -> Path:
    """The entity file that holds most things of this kind, or the one that would."""
    if not re.fullmatch("[a-z]+", kind) or kind not in FILES:
        raise CannotWrite(f"{kind[:40]!r} is no kind of thing", f"choose one of {', '.join(FILES)}")
    counts: dict[Path, int] = {}
    for entity in known_entities(settings):
        if entity.kind == kind and not is_lines(entity.document.file):
            counts[entity.document.file] = counts.get(entity.document.file, 0) + 1
    if counts:
        return max(counts, key=lambda file: (counts[file], str(file)))
    return settings.data / "entities" / f"{FILES[kind]}.yaml"


def with_entity(file: Path, data: dict[str, Any]) -> tuple[Sheet, str | None]:
    """The entity file with one thing more, and the SHA-256 of the file as it is (None where there is none yet)."""
    if file.exists():
        sheet = Sheet.of(file)
        return sheet.saying({"entities": [*sheet.document.data.get("entities", []), data]}), sheet.digest
    head = {"@context": f"{PUBLIC_BASE}context.jsonld", "entities": [data]}
    text = "\n".join(line for key, value in head.items() for line in entry(key, value, 0)) + "\n"
    return Sheet(file, text, "", read(file, text)), None
