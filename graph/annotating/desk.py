"""One claim file at work: what a page shows of it, what it says of a form as it is typed, and how that is saved."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from difflib import unified_diff
from threading import RLock

from graph.adding.moments import dates
from graph.annotating import opening
from graph.annotating.beside import Beside, beside, known_in
from graph.annotating.changing import Change, as_claim, as_draft
from graph.annotating.clashing import clashes
from graph.annotating.faults import CannotWrite, ChangedMeanwhile
from graph.annotating.placing import placed
from graph.annotating.rdf import nanopublication, one_claim, topics_of
from graph.annotating.saving import write
from graph.annotating.sheet import Sheet
from graph.annotating.stock import Stock
from graph.annotating.trying import faults, tried
from graph.errors import InvalidInput, Problem, SamizdatError
from graph.files.yaml_reader import Steps
from graph.quotes import Quote
from graph.settings import Settings

REMEMBERED = 32
"""Versions of the file that can still be told apart from the newest line by line."""
LONGEST = 500
"""Characters of words that are read as a date."""


@dataclass(frozen=True)
class Looked:
    """What is to be said of a form as it stands."""

    problems: tuple[tuple[Problem, Steps | None], ...]
    """Each with the steps to its field, or None where it is not about this claim."""
    notes: tuple[str, ...]
    rdf: str | None
    topics: tuple[str, ...]
    beside: tuple[Beside, ...]
    clashes: tuple[str, ...]
    diff: tuple[str, ...]
    """The lines of the file that saving would change, as a unified diff."""


class Desk:
    """The file, its text, and the folder that it stands in. CannotAnnotate or InvalidInput if it cannot be opened."""

    def __init__(self, settings: Settings, named: str) -> None:
        self.settings = settings
        self.file = opening.found(settings, named)
        self.stock = Stock(settings, self.file)
        self._versions: dict[str, str] = {}
        self._lock = RLock()
        self.text(self.sheet())

    def sheet(self) -> Sheet:
        """The file as it is now; CannotAnnotate or InvalidInput if it has become none."""
        sheet = Sheet.of(self.file)
        opening.digest_of(sheet)
        with self._lock:
            self._versions[sheet.digest] = sheet.text
            while len(self._versions) > REMEMBERED:
                self._versions.pop(next(iter(self._versions)))
        return sheet

    @property
    def is_draft(self) -> bool:
        """Whether no build reads the file, for it stands in drafts/."""
        return self.file.resolve().is_relative_to((self.settings.data / "drafts").resolve())

    def text(self, sheet: Sheet) -> str:
        """The text that the file is about; CannotAnnotate if it is not at hand."""
        return opening.text_of(self.settings, sheet)

    def language(self, sheet: Sheet) -> str:
        """The language of the text."""
        return str(sheet.document.data.get("inLanguage", "en"))

    def warm(self) -> None:
        """Look at the file once, so that who types does not wait for what is read or compiled the first time."""
        with suppress(SamizdatError), self._lock:
            sheet = self.sheet()
            tried(self.settings, sheet, ("claims",))
            self.stock.things(sheet)

    def looked(self, change: Change) -> Looked:
        """What `samizdat check` would say of the form, and what stands beside it; nothing is written."""
        sheet = self.sheet()
        made, steps = as_claim(sheet, change)
        with self._lock:
            trial = tried(self.settings, made, steps)
            found = beside(known_in(made.document)[int(steps[1])], self.stock.claims(made))
            read, whole = one_claim(made, int(steps[1])), trial.checked.content
            against = clashes(whole, read[1], self.stock.files()) if whole and read else []
        rdf, on = (nanopublication(read[0]), topics_of(read[0])) if read else (None, [])
        diff = tuple(_lines(sheet.text, made.text, self.file.name))
        return Looked(trial.problems, trial.notes, rdf, tuple(on), tuple(found), tuple(against), diff)

    def placed(self, quote: Quote) -> Quote:
        """The quote with its position; QuoteFault as `samizdat check` has it, where it has none or several."""
        return placed(self.text(self.sheet()), quote)

    def dates(self, text: str) -> list[tuple[str, str]]:
        """What the words may mean in EDTF, each with how it was read."""
        return [(one.edtf, one.why) for one in dates(text[:LONGEST], self.language(self.sheet()))]

    def save(self, change: Change, digest: str) -> None:
        """Write the claim; InvalidInput if it does not pass, ChangedMeanwhile if the file is not as it was read."""
        sheet = self._unchanged(digest)
        made, steps = as_claim(sheet, change)
        with self._lock:
            if wrong := faults(self.settings, sheet, made, steps):
                raise InvalidInput(wrong)
            write(self.file, made.content, digest)

    def keep(self, change: Change, digest: str) -> str:
        """Write what has been begun as a draft; its name."""
        made, steps = as_draft(self._unchanged(digest), change)
        with self._lock:
            if wrong := tried(self.settings, made, steps).of_item:
                raise InvalidInput(wrong)
            write(self.file, made.content, digest)
        return str(made.drafts[int(steps[1])]["id"])

    def drop(self, draft: str, digest: str) -> None:
        """Take a draft out of the file."""
        made = self._unchanged(digest).without_item("drafts", draft)
        if not made.claims and not made.drafts:
            raise CannotWrite("the file would be empty", "write a claim first, or remove the file")
        write(self.file, made.content, digest)

    def changes_since(self, digest: str) -> tuple[str, ...]:
        """What somebody else has changed since the version with this SHA-256, as a diff; none if it is not known."""
        sheet, old = self.sheet(), self._versions.get(digest)
        return () if old is None else tuple(_lines(old, sheet.text, self.file.name))

    def _unchanged(self, digest: str) -> Sheet:
        sheet = self.sheet()
        if sheet.digest != digest:
            what = f"{self.file.name} was changed by somebody else since it was read"
            raise ChangedMeanwhile(what, "look at what is new, and put your claim onto it")
        return sheet


def _lines(old: str, new: str, name: str) -> Iterator[str]:
    found = unified_diff(old.splitlines(), new.splitlines(), name, name, n=2, lineterm="")
    return (line for number, line in enumerate(found) if number > 1)
