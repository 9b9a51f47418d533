"""A claim file that somebody is at work on: what it says, and the same file with one claim or draft changed."""

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from graph.annotating.faults import CannotWrite
from graph.annotating.plain import in_order, normal
from graph.assertions import listed
from graph.editing.edits import edited, same
from graph.errors import InvalidInput
from graph.files.yaml_reader import MAX_BYTES, Document, read

Item = dict[str, Any]
_BOM = "\ufeff"


@dataclass(frozen=True)
class Sheet:
    """The text of the file and its data; ``digest`` is the SHA-256 of its bytes."""

    file: Path
    text: str
    bom: str
    document: Document

    @classmethod
    def of(cls, file: Path) -> "Sheet":
        """The file as it is now; InvalidInput if it cannot be read."""
        document = read(file)
        text = file.read_bytes().decode("utf-8")
        return cls(file, text.removeprefix(_BOM), text[: text.startswith(_BOM)], document)

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        return (self.bom + self.text).encode()

    @property
    def digest(self) -> str:
        """By which it is told whether somebody else has changed the file."""
        return sha256(self.content).hexdigest()

    @property
    def claims(self) -> list[Item]:
        """The claims, in the order of the file."""
        return self._items("claims")

    @property
    def drafts(self) -> list[Item]:
        """The drafts, in the order of the file."""
        return self._items("drafts")

    def _items(self, key: str) -> list[Item]:
        found = self.document.data.get(key) if isinstance(self.document.data, dict) else None
        return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []

    def _whole(self, key: str) -> list[Item]:
        """The same, for a change: nothing that is no claim may get lost by it."""
        items, stated = self._items(key), self.document.data.get(key, [])
        if not isinstance(stated, list) or len(stated) != len(items):
            hint = "correct it in an editor, where `samizdat check` leads to it"
            raise CannotWrite(f"“{key}” of {self.file.name} is no list of mappings", hint)
        return items

    def with_item(self, key: str, data: Item, before: str | None = None) -> "Sheet":
        """With this claim or draft (``key``: claims or drafts) in place of the one of that name, or as a new one."""
        items = self._whole(key)
        at = next((i for i, item in enumerate(items) if before is not None and item.get("id") == before), None)
        if at is not None:
            items[at] = in_order(normal(data, items[at]))
        else:
            written = in_order(normal(data, None))
            items.insert(_place(items, written), written)
        return self.saying({key: items})

    def without_item(self, key: str, name: str) -> "Sheet":
        """Without the claim or draft of this name."""
        return self.saying({key: [item for item in self._whole(key) if item.get("id") != name]})

    def saying(self, changed: dict[str, Any]) -> "Sheet":
        """With other values of some keys, an empty one for no such key; CannotWrite where the layout forbids it."""
        data = self.document.data
        new = {key: changed.get(key, value) for key, value in data.items()}
        if "claims" in changed and "claims" not in data and "drafts" in data:  # before the drafts, if there are any
            at = list(new).index("drafts")
            new = dict([*list(new.items())[:at], ("claims", changed["claims"]), *list(new.items())[at:]])
        new |= {key: value for key, value in changed.items() if key not in new}
        return self._written({key: value for key, value in new.items() if value not in ([], {}, None, "")})

    def _written(self, new: Any) -> "Sheet":
        text = edited(self.text, self.document.data, new)
        if len(text.encode(errors="replace")) > MAX_BYTES:
            raise CannotWrite("the file would become too long", "split it")
        try:
            document = read(self.file, text)
        except InvalidInput:
            document = None
        if document is None or not same(document.data, new):
            hint = "make this change in an editor, and load the page anew"
            raise CannotWrite(f"{self.file.name} is laid out in a way that cannot be changed here", hint)
        return replace(self, text=text, document=document)


def _start(item: Item) -> int:
    found = [quote.get("start") for quote in listed(item.get("quote")) if isinstance(quote, dict)]
    return min((start for start in found if isinstance(start, int)), default=0)


def _place(items: list[Item], written: Item) -> int:
    """Below the last item whose words stand before those of the new one."""
    return max((at + 1 for at, item in enumerate(items) if _start(item) <= _start(written)), default=0)
