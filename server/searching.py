"""What can be searched: the index of the snapshot in force, or one made of what its engine says, once, when asked."""

from collections.abc import Iterable, Mapping
from threading import Lock

from flask import current_app

from graph.errors import EngineUnavailable, QueryRefused
from graph.iris import ID, local_name
from graph.searching.index import Record
from graph.searching.records import SENSITIVE, STATED, WANTED, Collector
from graph.searching.searchable import Searchable
from server import vocabulary
from server.holdings import holdings
from server.reading import Rows, iris, select, text_of

KEY = "samizdat-search"
MOST = 200_000
"""Statements that an index is made of where the snapshot has none; a larger graph has to be published anew."""

_making = Lock()


def searchable() -> Searchable:
    """The indexes of the snapshot in force; EngineUnavailable if it has none and is too large for one to be made."""
    held = holdings()
    found = held.snapshot.search
    if found is not None and found.things.ids == ID:
        return found
    kept: dict[str, Searchable] = current_app.extensions.setdefault(KEY, {})
    with _making:
        if held.snapshot.id not in kept:
            made = _made()
            kept.clear()  # nobody searches an earlier snapshot again
            kept[held.snapshot.id] = made
        return kept[held.snapshot.id]


def record_of(iri: str) -> Record | None:
    """What the index knows of a thing or claim; None for what is private, and what is not there."""
    found = searchable()
    return (found.claims if iri.startswith(f"{ID}claim/") else found.things).find(iri)


def name_of(record: Record) -> str:
    """The best name of a record."""
    return str(record["names"][0][0])


def kinds_of(record: Record) -> list[str]:
    """The classes of a record without those that another of them is a kind of; IRIs, by name."""
    return vocabulary.most_specific(record.get("types", ()))


def description_of(record: Record) -> str:
    """In a few words what the thing is, to tell it from others of its name."""
    kinds = ", ".join(vocabulary.in_words(kind) for kind in kinds_of(record))
    parts = (
        kinds,
        record.get("country", ""),
        record.get("note", ""),
        f"imported from {', '.join(record['imported'])}" if "imported" in record else "",
        *(f"“{quote}”" for quote in record.get("quotes", ())),
    )
    return " · ".join(part for part in parts if part)


def _made() -> Searchable:
    collector = Collector()
    try:
        collector.make_private(text_of(row, "claim") for row in _rows("?claim", f"?claim <{SENSITIVE}> true"))
        for row in _rows(
            "?thing ?property ?value", f"VALUES ?property {{ {iris(sorted(WANTED))} }} ?thing ?property ?value"
        ):
            value = row["value"]
            collector.add(text_of(row, "thing"), text_of(row, "property"), value.value, value.language or "")
        for claim, thing in _speaking():
            collector.speaks(claim, thing)
        for row in _stating():
            collector.states(text_of(row, "claim").partition("#")[0], text_of(row, "property"), text_of(row, "value"))
    except QueryRefused as error:
        raise EngineUnavailable(
            "this snapshot has no search index, and is too large to be searched without", "publish it anew"
        ) from error
    return Searchable.of(*collector.records())


def _speaking() -> Iterable[tuple[str, str]]:
    """Which claim speaks of which thing, once for each statement."""
    ours = f'FILTER(STRSTARTS(STR(?claim), "{ID}claim/") && STRSTARTS(STR(?thing), "{ID}"))'
    for pattern in (
        f"?claim ?property ?thing {ours}",
        f"GRAPH ?claim {{ {{ ?thing ?property ?value }} UNION {{ ?value ?property ?thing }} }} {ours}",
    ):
        for row in _rows("?claim ?thing", pattern):
            thing = text_of(row, "thing")
            if "#" not in thing:
                yield text_of(row, "claim").partition("#")[0], thing


def _stating() -> Rows:
    """What tells the topics of claims."""
    ours = f'FILTER(STRSTARTS(STR(?claim), "{ID}claim/") && STRENDS(STR(?claim), "#assertion"))'
    pattern = f"VALUES ?property {{ {iris(sorted(STATED))} }} GRAPH ?claim {{ ?thing ?property ?value }} {ours}"
    return _rows("?claim ?property ?value", pattern)


def _rows(variables: str, pattern: str) -> Rows:
    """The rows; QueryRefused where there are too many."""
    rows = select(f"SELECT {variables} WHERE {{ {pattern} }} LIMIT {MOST + 1}")
    if len(rows) > MOST:
        raise QueryRefused("there is too much to search", "publish the snapshot anew")
    return rows


def labelled(names: Mapping[str, str]) -> list[Record]:
    """Records of terms by their IRIs, in the order given, to be searched like things."""
    return [{"id": iri, "names": [[name, "en", "label"], [local_name(iri), "", "name"]]} for iri, name in names.items()]
