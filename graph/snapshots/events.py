"""Every change of a claim since the first publication, numbered: what the feed and the event stream are made of.

    <root>/events/index.jsonl     a line for each change of ``current``: when, to which snapshot, and how many events
    <root>/events/00000001.jsonl  the first PAGE events, and so on; a full page never changes again

It is written after the log of publications, under the same lock, and makes up for what a killed process left out: the
index says how many events count. So it needs no old snapshot, and outlives pruning.

Of a claim about somebody's private life an event holds that there was one, and nothing of what it says; where a claim
is marked so later, its words are taken out of the pages written before. That is the one way in which a page changes.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from graph.errors import SnapshotDamaged
from graph.files.opening import bytes_of
from graph.snapshots.changes import Change, changes, counts
from graph.snapshots.event import PAGE, Event, Outcome, Recorded, outcome_of
from graph.snapshots.log import Publication
from graph.snapshots.register import CLAIM, Entry, Register, entry


class Events:
    """The events in the folder ``root`` of snapshots."""

    def __init__(self, root: Path) -> None:
        self._folder = root / "events"
        self._index = self._folder / "index.jsonl"

    def recorded(self) -> tuple[Recorded, ...]:
        """Every change of ``current`` that has been recorded, oldest first."""
        if not self._index.exists():
            return ()
        with self._told_if_damaged():
            lines = bytes_of(self._index).split(b"\n")
            return tuple(Recorded(**json.loads(line)) for line in lines[:-1])  # a torn line is the last one

    def page(self, number: int, total: int) -> tuple[Event, ...]:
        """The events of one page, of so many in all."""
        with self._told_if_damaged():
            return tuple(map(Event.of, self._lines(number, total)))

    def record(self, history: Sequence[Publication], register: Callable[[str], Register]) -> None:
        """Add what is not recorded yet; ``register`` is that of a snapshot, which need not be there any more."""
        known = self.recorded()
        missing = history[len(known) :]
        if not missing:
            return
        self._folder.mkdir(exist_ok=True)
        total, before = (known[-1].total, known[-1].snapshot) if known else (0, None)
        state, places = self._state(total)
        for publication in missing:
            found = register(publication.snapshot)
            made: list[Change] = []
            if found.is_current:
                made = [change for change in _changes(state, found) if change.is_claim]
            events = [
                _event(number, change, publication, before, found) for number, change in enumerate(made, total + 1)
            ]
            self._withhold(events, places, total)
            self._append(events, total)
            total += len(events)
            _apply(((event.number, event.outcome) for event in events), state, places)
            kinds = {str(how): number for how, number in counts(made).items()}
            told = Recorded(publication.snapshot, publication.at, publication.how, before, total, kinds)
            self._note(told)
            before = publication.snapshot

    def _lines(self, number: int, total: int) -> list[bytes]:
        """The lines of one page, of so many events in all."""
        count = min(PAGE, total - (number - 1) * PAGE)
        return bytes_of(self._path(number)).split(b"\n")[:count] if number > 0 and count > 0 else []

    @contextmanager
    def _told_if_damaged(self) -> Iterator[None]:
        try:
            yield
        except (ValueError, TypeError, LookupError) as error:
            hint = "move the folder away: the next build writes anew what it still can"
            raise SnapshotDamaged(f"{self._folder} is no log of changes: {error}", hint) from error

    def _state(self, total: int) -> tuple[dict[bytes, bytes], dict[str, list[int]]]:
        """What there is after so many events, as a register has it; and the numbers of each claim's events."""
        state: dict[bytes, bytes] = {}
        places: dict[str, list[int]] = {}
        pages = range(1, (total - 1) // PAGE + 2)
        with self._told_if_damaged():
            every = (line for page in pages for line in self._lines(page, total))
            _apply(enumerate(map(outcome_of, every), 1), state, places)
        return state, places

    def _withhold(self, events: Iterable[Event], places: dict[str, list[int]], total: int) -> None:
        """Take out of the pages written before what must not be told any more."""
        private = {event.entry.iri for event in events if event.entry.private}
        for page in sorted({(number - 1) // PAGE + 1 for iri in private for number in places.get(iri, ())}):
            kept = self.page(page, total)
            self._write(page, [_without_words(one) if one.entry.iri in private else one for one in kept])

    def _append(self, events: Sequence[Event], total: int) -> None:
        for page, here in groupby(events, key=lambda event: event.page):
            self._write(page, [*self.page(page, total), *here])

    def _write(self, page: int, events: Iterable[Event]) -> None:
        """In one step that either happened or did not."""
        new = self._path(page).with_suffix(".new")
        _put(new, "".join(event.line() for event in events), "w")
        os.replace(new, self._path(page))

    def _note(self, told: Recorded) -> None:
        text = bytes_of(self._index) if self._index.exists() else b""
        if text and not text.endswith(b"\n"):
            _put(self._index, text[: text.rfind(b"\n") + 1].decode(), "w")
        _put(self._index, json.dumps(asdict(told), sort_keys=True) + "\n", "a")

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:08}.jsonl"


def _put(path: Path, text: str, mode: str) -> None:
    with path.open(mode, encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _changes(state: dict[bytes, bytes], found: Register) -> list[Change]:
    def known(iri: str) -> Entry | None:
        told = state.get(iri.encode())
        return entry(told) if told else None

    start = f"{found.ids}{CLAIM}".encode()
    claims = ((iri, told) for iri, told in found.lines() if iri.startswith(start))
    return changes(sorted(state.items()), claims, known)


def _event(number: int, change: Change, publication: Publication, previous: str | None, found: Register) -> Event:
    replaced = change.before and change.before.iri
    is_gone = replaced and (change.after is None or replaced != change.after.iri) and found.find(replaced) is None
    return Event(
        number=number,
        at=publication.at,
        snapshot=publication.snapshot,
        previous=previous,
        how=change.how,
        entry=change.entry.withheld() if change.entry.private else change.entry,
        aspects=change.aspects,
        cause=change.cause,
        gone=(replaced,) if replaced and is_gone else (),
    )


def _apply(outcomes: Iterable[tuple[int, Outcome]], state: dict[bytes, bytes], places: dict[str, list[int]]) -> None:
    """What events of these numbers leave behind."""
    for number, (iri, told, gone) in outcomes:
        for one in gone:
            state.pop(one, None)
        if iri not in gone:
            state[iri] = told
        places.setdefault(iri.decode(), []).append(number)


def _without_words(event: Event) -> Event:
    return Event(**{**vars(event), "entry": event.entry.withheld()})
