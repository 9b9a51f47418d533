"""One claim file at work: what a page shows of it, what it says of a form as it is typed, and how that is saved."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path
from threading import RLock
from typing import Any

from graph import quotes
from graph.adding.moments import dates
from graph.annotating import opening
from graph.annotating.beside import Beside, Known, beside, known_in, known_of
from graph.annotating.changing import Change, as_claim, as_draft
from graph.annotating.clashing import clashes
from graph.annotating.faults import CannotWrite, ChangedMeanwhile
from graph.annotating.rdf import nanopublication, one_claim
from graph.annotating.saving import write
from graph.annotating.sheet import Sheet
from graph.annotating.things import Thing, Things, file_for, known_entities, with_entity
from graph.annotating.trying import Trial, new_problems, tried
from graph.checking import check
from graph.dataset import DataFiles
from graph.errors import InvalidInput, Problem
from graph.files.yaml_reader import Steps
from graph.quotes import Quote
from graph.settings import Settings

REMEMBERED = 32
"""Versions of the file that can still be told apart from the newest line by line."""


@dataclass(frozen=True)
class Looked:
    """What is to be said of a form as it stands."""

    problems: tuple[tuple[Problem, Steps | None], ...]
    """Each with the steps to its field, or None where it is not about this claim."""
    notes: tuple[str, ...]
    rdf: str | None
    beside: tuple[Beside, ...]
    clashes: tuple[str, ...]
    diff: tuple[str, ...]
    """The lines of the file that saving would change, as a unified diff."""


@dataclass
class Desk:
    """The file, its text, and the folder that it stands in."""

    settings: Settings
    file: Path
    text: str
    _texts: dict[str, str] = field(default_factory=dict)
    _things: tuple[object, Things] | None = None
    _lock: RLock = field(default_factory=RLock)

    @classmethod
    def of(cls, settings: Settings, named: str) -> "Desk":
        """The desk for this claim file or editorial; CannotAnnotate or InvalidInput if it cannot be opened."""
        file = opening.found(settings, named)
        return cls(settings, file, opening.text_of(settings, Sheet.of(file)))

    def sheet(self) -> Sheet:
        """The file as it is now."""
        sheet = Sheet.of(self.file)
        with self._lock:
            self._texts[sheet.digest] = sheet.text
            while len(self._texts) > REMEMBERED:
                self._texts.pop(next(iter(self._texts)))
        return sheet

    def language(self, sheet: Sheet) -> str:
        """The language of the text."""
        return str(sheet.document.data.get("inLanguage", "en"))

    # Looking

    def looked(self, change: Change) -> Looked:
        """What `samizdat check` would say of the form, and what stands beside it; nothing is written."""
        sheet = self.sheet()
        made, steps = as_claim(sheet, change)
        with self._lock:
            trial = tried(self.settings, made, steps)
            own = known_in(made.document)[int(steps[1])]
            found = beside(own, self._others(made))
            read = one_claim(made, int(steps[1]))
            whole = trial.checked.content
            against = clashes(whole, read[1], self._other_files()) if whole and read else []
        rdf = nanopublication(read[0]) if read else None
        return Looked(trial.problems, trial.notes, rdf, tuple(found), tuple(against), _diff(sheet, made))

    def placed(self, quote: Quote) -> Quote:
        """The quote with its position; where its words stand several times, with those around the given position.

        QuoteFault as `samizdat check` has it, where it stands nowhere or cannot be told apart.
        """
        if quote.start is not None and self.text.startswith(quote.exact, quote.start) and quote.exact:
            for around in (0, 16, 30, 100, 400):
                end = quote.start + len(quote.exact)
                before, after = self.text[max(0, quote.start - around) : quote.start], self.text[end : end + around]
                wider = Quote(quote.exact, before or None, after or None) if around else Quote(quote.exact)
                try:
                    found = quotes.locate(self.text, wider)
                except quotes.QuoteFault:
                    continue
                if found.start == quote.start:
                    return found
        return quotes.locate(self.text, Quote(quote.exact, quote.prefix, quote.suffix))

    def dates(self, text: str) -> list[tuple[str, str]]:
        """What the words may mean in EDTF, each with how it was read."""
        return [(one.edtf, one.why) for one in dates(text[:500], self.language(self.sheet()))]

    # Saving

    def save(self, change: Change, digest: str) -> None:
        """Write the claim; InvalidInput if it does not pass, ChangedMeanwhile if the file is not as it was read."""
        sheet = self._unchanged(digest)
        made, steps = as_claim(sheet, change)
        with self._lock:
            if faults := self._faults(sheet, made, steps):
                raise InvalidInput(faults)
            write(self.file, made.content, digest)

    def keep(self, change: Change, digest: str) -> str:
        """Write what has been begun as a draft; its name."""
        made, steps = as_draft(self._unchanged(digest), change)
        with self._lock:
            trial = tried(self.settings, made, steps)
            if trial.of_item:
                raise InvalidInput(trial.of_item)
            write(self.file, made.content, digest)
        return str(made.drafts[int(steps[1])]["id"])

    def drop(self, draft: str, digest: str) -> None:
        """Take a draft out of the file."""
        sheet = self._unchanged(digest)
        made = sheet.without_item("drafts", draft)
        if not made.claims and not made.drafts:
            raise CannotWrite("the file would be empty", "write a claim first, or remove the file")
        write(self.file, made.content, digest)

    def changes_since(self, digest: str) -> tuple[str, ...]:
        """What somebody else has changed since the version with this SHA-256, as a diff; none if it is not known."""
        sheet, old = self.sheet(), self._texts.get(digest)
        return () if old is None else tuple(_lines(old, sheet.text, self.file.name))

    def _unchanged(self, digest: str) -> Sheet:
        sheet = self.sheet()
        if sheet.digest != digest:
            what = f"{self.file.name} was changed by somebody else since it was read"
            raise ChangedMeanwhile(what, "look at what is new, and put your claim onto it")
        return sheet

    def _faults(self, sheet: Sheet, made: Sheet, steps: Steps) -> list[Problem]:
        """What stands in the way of saving: all that is wrong with the claim, and what it makes wrong elsewhere."""
        trial = tried(self.settings, made, steps, reason=True)
        if not trial.problems:
            return []
        before = tried(self.settings, sheet, ("claims",), reason=True)
        new = new_problems(before.checked.problems, trial.checked.problems)
        if trial.of_item or new:
            return sorted({*trial.of_item, *new})
        # Others are broken and were before. They hide from shapes and proof what is wrong with this one.
        alone, at = _without_broken(made, trial, steps)
        return list(tried(self.settings, alone, at, reason=True).of_item)

    # What else there is

    def things(self) -> Things:
        """The things that may be named now."""
        files = DataFiles.of(self.settings.data)
        state = tuple((file, file.stat().st_mtime_ns) for file in (*files.entities, *files.claims) if file.exists())
        with self._lock:
            if self._things is None or self._things[0] != (state, self.sheet().digest):
                known = [*known_in(self.sheet().document), *known_of(self._other_files())]
                events = [Thing(*event) for claim in known for event in claim.events]
                self._things = (state, self.sheet().digest), Things(known_entities(self.settings), events)
            return self._things[1]

    def create(self, data: dict[str, Any]) -> Path:
        """Write a new thing into the file of its kind; that file. InvalidInput if it does not pass the checks."""
        file = file_for(self.settings, str(data.get("id", "")).partition("/")[0])
        with self._lock:
            made, digest = with_entity(file, data)
            found = check(self.settings, [file], reason=False, unsaved={file: made.text}).problems
            earlier = check(self.settings, [file], reason=False).problems if digest else ()
            if faults := new_problems(earlier, found):
                raise InvalidInput(faults)
            write(file, made.content, digest)
        return file

    def _others(self, sheet: Sheet) -> Iterator[Known]:
        yield from known_in(sheet.document)
        yield from known_of(self._other_files())

    def _other_files(self) -> list[Path]:
        return [file for file in DataFiles.of(self.settings.data).claims if file.resolve() != self.file.resolve()]


def _without_broken(sheet: Sheet, trial: Trial, steps: Steps) -> tuple[Sheet, Steps]:
    name = sheet.claims[int(steps[1])]["id"]
    lines = {problem.place.line for problem, _ in trial.problems if problem.place.file == sheet.file}
    places = [sheet.document.place(("claims", at)).line for at in range(len(sheet.claims))]
    broken = {max((at for at, line in enumerate(places) if line <= wrong), default=-1) for wrong in lines}
    kept = [claim for at, claim in enumerate(sheet.claims) if at not in broken or claim["id"] == name]
    made = sheet.saying({"claims": kept, "drafts": []})
    return made, ("claims", next(at for at, claim in enumerate(made.claims) if claim["id"] == name))


def _diff(old: Sheet, new: Sheet) -> tuple[str, ...]:
    return tuple(_lines(old.text, new.text, old.file.name))


def _lines(old: str, new: str, name: str) -> Iterator[str]:
    found = unified_diff(old.splitlines(), new.splitlines(), name, name, n=2, lineterm="")
    return (line for number, line in enumerate(found) if number > 1)
