"""A YAML file as plain Python, with the place of every key and value.

YAML 1.2, core schema (https://yaml.org/spec/1.2.2/#103-core-schema): ``no`` and ``2020-12-18`` are
text. PyYAML's C parser reads the stream; the tree is built here because its own constructors apply
YAML 1.1 and forget where a value stood. Anchors, aliases and tags are refused: a claim file needs
none, and without them no file can unfold into more than it is.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from graph.errors import InvalidInput, Place, Problem
from graph.files.opening import bytes_of

MAX_BYTES = 10_000_000
MAX_DEPTH = 60

Step = str | int
Steps = tuple[Step, ...]

_INTEGER = re.compile(r"[-+]?[0-9]+")
_WHOLE = 10**15
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= dict.fromkeys(("true", "True", "TRUE"), True) | dict.fromkeys(("false", "False", "FALSE"), False)


@dataclass(frozen=True)
class Document:
    """The data of one file, or of one line of a file; places by the steps (keys and list indexes) that lead there."""

    file: Path
    data: Any
    values: Mapping[Steps, tuple[int, int]] = field(repr=False)
    keys: Mapping[Steps, tuple[int, int]] = field(repr=False)
    pointed: int | None = field(default=None, repr=False)
    """JSON: how many of the first steps its pointers leave out. None: YAML, where line and column are enough."""

    def place(self, steps: Sequence[Step] = (), *, key: bool = False) -> Place:
        """Where the value (or the key) at these steps stands, or else its nearest parent."""
        path = tuple(steps)
        if key and path in self.keys:
            return Place(self.file, *self.keys[path], self._pointer(path))
        while path and path not in self.values:
            path = path[:-1]
        return Place(self.file, *self.values.get(path, (1, 1)), self._pointer(path))

    def _pointer(self, path: Steps) -> str:
        """The JSON Pointer (RFC 6901) of these steps."""
        steps = () if self.pointed is None else path[self.pointed :]
        return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)

    def problem(self, steps: Sequence[Step], what: str, hint: str, rule: str, *, key: bool = False) -> Problem:
        """A problem at these steps."""
        return Problem(self.place(steps, key=key), what, hint, rule)


class _Fault(Exception):
    def __init__(self, mark: Any, what: str, hint: str) -> None:
        super().__init__(what)
        self.mark, self.what, self.hint = mark, what, hint


@dataclass
class _Places:
    values: dict[Steps, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Steps, tuple[int, int]] = field(default_factory=dict)


def read(file: Path, text: str | None = None) -> Document:
    """The document of a file, or of a text as if the file held it.

    Raises ``InvalidInput`` that says where and why it cannot be read.
    """
    return parse(file, content_of(file) if text is None else text.encode(errors="surrogatepass"))


def content_of(file: Path) -> bytes:
    """The bytes of a file, of one that is too long no more than shows it; raises ``InvalidInput``."""
    try:
        return bytes_of(file, MAX_BYTES)
    except OSError as error:
        problem = Problem(Place(file), f"cannot be read: {error.strerror}", "give a readable file", "yaml")
        raise InvalidInput([problem]) from None


def parse(file: Path, content: bytes) -> Document:
    """The document of a file with this content; raises ``InvalidInput`` that says where and why it is none."""
    try:
        return _read(file, _text(file, content))
    except _Fault as fault:
        line, column = (fault.mark.line + 1, fault.mark.column + 1) if fault.mark else (1, 1)
        raise InvalidInput([Problem(Place(file, line, column), fault.what, fault.hint, "yaml")]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        what = f"not YAML: {error.problem or error.context}"
        raise InvalidInput([Problem(place, what, "mend the YAML here or just above", "yaml")]) from None
    except yaml.YAMLError as error:
        what = f"not YAML: {str(error).splitlines()[0]}"
        raise InvalidInput([Problem(Place(file), what, "remove the character", "yaml")]) from None


def _text(file: Path, content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise _Fault(None, f"more than {MAX_BYTES:,} bytes", f"split the file: {MAX_BYTES:,} bytes at most")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        problem = Problem(Place(file, line, column), "not UTF-8 text", "save the file as UTF-8", "yaml")
        raise InvalidInput([problem]) from None


def _read(file: Path, text: str) -> Document:
    places = _Places()
    events = yaml.parse(text, Loader=yaml.CSafeLoader)
    data: Any = None
    count = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            count += 1
            if count > 1:
                raise _Fault(event.start_mark, "a second YAML document", "keep one document in a file")
            data = _node(next(events), events, (), places)
    if data is None:
        raise _Fault(None, "the file is empty", "write an editorial with its claims, or entities")
    return Document(file, data, places.values, places.keys)


def _node(event: Any, events: Iterator[Any], steps: Steps, places: _Places) -> Any:
    mark = event.start_mark
    if getattr(event, "anchor", None) is not None:
        raise _Fault(mark, "an anchor or alias", "write the value out: claim files have no anchors")
    if getattr(event, "tag", None) is not None:
        raise _Fault(mark, f"the tag {event.tag}", "remove it: claim files have no tags")
    if len(steps) > MAX_DEPTH:
        raise _Fault(mark, f"nested deeper than {MAX_DEPTH} levels", "flatten it")
    places.values[steps] = _position(mark)
    if isinstance(event, yaml.ScalarEvent):
        return scalar(event.value) if event.implicit[0] else event.value
    if isinstance(event, yaml.SequenceStartEvent):
        return list(_items(events, steps, places))
    return _mapping(events, steps, places)


def _items(events: Iterator[Any], steps: Steps, places: _Places) -> Iterator[Any]:
    for index, event in enumerate(events):
        if isinstance(event, yaml.SequenceEndEvent):
            return
        yield _node(event, events, (*steps, index), places)


def _mapping(events: Iterator[Any], steps: Steps, places: _Places) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        if not isinstance(event, yaml.ScalarEvent):
            raise _Fault(event.start_mark, "a key that is not a word", "write one word before the colon")
        key = event.value
        if key in result:
            raise _Fault(event.start_mark, f"the key {key!r} a second time", "keep one of the two")
        places.keys[(*steps, key)] = _position(event.start_mark)
        result[key] = _node(next(events), events, (*steps, key), places)
    return result


def _position(mark: Any) -> tuple[int, int]:
    """Line and column from 1; the parser counts them from 0."""
    return mark.line + 1, mark.column + 1


def scalar(text: str) -> Any:
    """What a plain scalar stands for in the core schema: a text, unless it is a number, true, false or null."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) < 400 else text
    return number(text) if _FLOAT.fullmatch(text) else text


def number(text: str) -> int | float | str:
    """A number with a point or an exponent, a whole one as such; one that is too great to count with stays a text."""
    value = float(text)
    if abs(value) == math.inf:
        return text
    return int(value) if value.is_integer() and abs(value) < _WHOLE else value
