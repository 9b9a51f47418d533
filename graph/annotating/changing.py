"""What somebody does to a claim file: a claim written or changed, a draft kept, a draft dropped."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from graph.annotating.faults import CannotWrite
from graph.annotating.plain import normal, sound
from graph.annotating.sheet import Item, Sheet
from graph.assertions import listed
from graph.files.yaml_reader import Steps


@dataclass(frozen=True)
class Change:
    """A form as it stands. ``claim``: the name of the claim that it changes; ``draft``: that of the draft it is of."""

    data: dict[str, Any]
    claim: str | None = None
    draft: str | None = None

    def __post_init__(self) -> None:
        sound(self.data)


def as_claim(sheet: Sheet, change: Change) -> tuple[Sheet, Steps]:
    """The file with this claim, and the steps to it; the draft that it was is gone."""
    if change.claim is not None and not any(item.get("id") == change.claim for item in sheet.claims):
        raise CannotWrite(f"there is no claim {change.claim} in the file any more", "save it as a new one")
    made = sheet.without_item("drafts", change.draft) if change.draft else sheet
    made = made.with_item("claims", change.data, change.claim)
    same = [at for at, item in enumerate(made.claims) if at >= len(sheet.claims) or item != sheet.claims[at]]
    return made, ("claims", same[0] if same else _place(made, change.claim))


def as_draft(sheet: Sheet, change: Change) -> tuple[Sheet, Steps]:
    """The file with what has been begun, kept as a draft; claims stay as they are."""
    written = normal(change.data, None)
    quotes = [quote for quote in listed(written.get("quote")) if isinstance(quote, dict) and quote.get("exact")]
    if not quotes:
        raise CannotWrite("there are no words yet", "select the words in the text: without them nothing is kept")
    begun = {key: value for key, value in written.items() if key != "quote" or len(quotes) > 1}
    old = next((item for item in sheet.drafts if item.get("id") == change.draft), None)
    names = {str(item.get("id")) for item in (*sheet.claims, *sheet.drafts)}
    name = change.draft if old else _free(str(written.get("id") or "draft"), names)
    draft: Item = {"id": name, "quote": quotes[0], "begun": begun}
    if old and "suggestions" in old:
        draft["suggestions"] = old["suggestions"]
    made = sheet.with_item("drafts", draft, change.draft if old else None)
    return made, ("drafts", next(at for at, item in enumerate(made.drafts) if item.get("id") == name))


def of_draft(draft: Item) -> Item:
    """The form of a draft: what has been begun of it, with its words; what is suggested waits to be taken over."""
    begun = draft.get("begun")
    return {"quote": draft.get("quote")} | (begun if isinstance(begun, dict) else {})


def _place(sheet: Sheet, name: str | None) -> int:
    return next((at for at, item in enumerate(sheet.claims) if item.get("id") == name), 0)


def _free(name: str, taken: Collection[str]) -> str:
    """The name, or the first with a number that nobody has."""
    base = "".join(letter if letter in "abcdefghijklmnopqrstuvwxyz0123456789-" else "" for letter in name).strip("-")
    base = "-".join(filter(None, base.split("-"))) or "draft"
    number = 2
    found = base
    while found in taken:
        found, number = f"{base}-{number}", number + 1
    return found
