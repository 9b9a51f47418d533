"""Where each key and value of a JSON text stands, and what in it is no data that can be relied on.

Reading for data is the standard library's business, and a hundred times faster; a text is read in this way only when
something is wrong with it. What is refused beyond RFC 8259 is what RFC 7493 (I-JSON) forbids.
"""

import re
from dataclasses import dataclass, field
from json.decoder import scanstring  # type: ignore[attr-defined]  # the C scanner of the standard library

from graph.files.yaml_reader import MAX_DEPTH, Steps

MAX_DIGITS = 400
_BLANK = re.compile(r"[ \t\r\n]*")
_SCALAR = re.compile(r"[^\s,\]}]+")
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


class JsonFault(ValueError):
    """What is wrong at an offset (characters from 0), and what to do."""

    def __init__(self, at: int, what: str, hint: str) -> None:
        super().__init__(what)
        self.at, self.what, self.hint = at, what, hint


@dataclass
class Positions:
    """The offset of every value and of every key, by the steps (keys and list indexes) that lead there."""

    text: str
    values: dict[Steps, int] = field(default_factory=dict)
    keys: dict[Steps, int] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> "Positions":
        """Of a text that the standard library reads as JSON; ``JsonFault`` at the first thing we do not accept."""
        found = cls(text)
        found._value(found._blank(0), ())
        return found

    def _value(self, at: int, steps: Steps) -> int:
        """The offset after the value that begins here."""
        if len(steps) > MAX_DEPTH:
            raise JsonFault(at, f"nested deeper than {MAX_DEPTH} levels", "flatten it")
        self.values[steps] = at
        match self.text[at]:
            case "{":
                return self._object(at, steps)
            case "[":
                return self._list(at, steps)
            case '"':
                return self._string(at)[1]
        return self._scalar(at)

    def _object(self, at: int, steps: Steps) -> int:
        at = self._blank(at + 1)
        while self.text[at] != "}":
            key, after = self._string(at)
            path = (*steps, key)
            if path in self.keys:
                raise JsonFault(at, f"the key {key!r} a second time", "keep one of the two")
            self.keys[path] = at
            at = self._next(self._value(self._blank(self._blank(after) + 1), path))
        return at + 1

    def _list(self, at: int, steps: Steps) -> int:
        at, index = self._blank(at + 1), 0
        while self.text[at] != "]":
            at, index = self._next(self._value(at, (*steps, index))), index + 1
        return at + 1

    def _next(self, at: int) -> int:
        at = self._blank(at)
        return self._blank(at + 1) if self.text[at] == "," else at

    def _blank(self, at: int) -> int:
        found = _BLANK.match(self.text, at)
        return found.end() if found else at

    def _string(self, at: int) -> tuple[str, int]:
        value, after = scanstring(self.text, at + 1)
        if fault := _NO_TEXT.search(value):
            what = "a NUL character" if fault[0] == "\0" else "half of a surrogate pair"
            raise JsonFault(at, what, "write the character that is meant, or leave it out")
        return value, after

    def _scalar(self, at: int) -> int:
        found = _SCALAR.match(self.text, at)
        word = found[0] if found else ""
        if word not in ("true", "false", "null"):
            _look_at_number(word, at)
        return at + len(word)


def _look_at_number(word: str, at: int) -> None:
    if len(word) > MAX_DIGITS:
        raise JsonFault(at, f"a number of {len(word):,} digits", "write a number that can be counted with")
    if not word[-1:].isdigit() or abs(float(word)) == float("inf"):
        raise JsonFault(at, f"{word} is no number", "write a number, or leave the key out")
