"""What a form gives, as the claim files write it: nothing empty, one value without brackets, keys in their order."""

import re
from typing import Any

from graph.annotating.faults import CannotWrite

ORDER = (
    *("id", "label", "modality", "condition", "attributedTo", "sensitive", "quote", "mention"),
    *("inTensionWith", "supports", "disputes", "fulfils", "belies", "revisionOf", "supersedes", "retracts"),
    *("note", "begun", "suggestions", "assertion"),
)
LISTS = ("claims", "drafts", "entities", "assertion", "mention", "suggestions")
"""The keys whose value is a list even of one, unless the file has it otherwise."""
EMPTY: tuple[Any, ...] = (None, "", [], {})
DEEPEST, LONGEST = 12, 100_000
_KEY = re.compile(r"[@A-Za-z][A-Za-z0-9:_-]{0,63}")


def normal(new: Any, old: Any, key: str = "") -> Any:
    """The value without empty parts, written as ``old`` was where that says the same."""
    if isinstance(new, dict):
        olds = old if isinstance(old, dict) else {}
        parts = {name: normal(part, olds.get(name), name) for name, part in new.items()}
        return {name: part for name, part in parts.items() if not _is_empty(part)}
    if isinstance(new, list):
        earlier = old if isinstance(old, list) else [old]
        items = [normal(item, earlier[at] if at < len(earlier) else None) for at, item in enumerate(new)]
        items = [item for item in items if not _is_empty(item)]
        is_one = len(items) == 1 and not isinstance(old, list) and (key not in LISTS or old is not None)
        return items[0] if is_one else items
    # A year that the file has as a number is a text in a form.
    return old if isinstance(old, int | float) and not isinstance(old, bool) and str(old) == new else new


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str | list | dict) and not value)


def in_order(claim: dict[str, Any]) -> dict[str, Any]:
    """The keys of a claim in the order of the claim files, those that are not known before the assertion."""
    places = {key: at for at, key in enumerate(ORDER)}
    return dict(sorted(claim.items(), key=lambda item: places.get(item[0], len(ORDER) - 2)))


def sound(value: Any, depth: int = 0) -> None:
    """CannotWrite unless this is what a form may give: bounded, with names for keys, and texts that are text."""
    if depth > DEEPEST:
        raise CannotWrite("this is nested too deeply", "write it flatter")
    if isinstance(value, dict):
        for key, part in value.items():
            if not _KEY.fullmatch(key):
                raise CannotWrite(f"{key[:40]!r} is no key", "leave it out")
            sound(part, depth + 1)
    elif isinstance(value, list):
        for part in value:
            sound(part, depth + 1)
    elif isinstance(value, str):
        _text(value)


def _text(value: str) -> None:
    if len(value) > LONGEST:
        raise CannotWrite(f"a text of {len(value):,} characters is too long", f"{LONGEST:,} at most")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise CannotWrite("a text has half a character", "paste the words again") from None
