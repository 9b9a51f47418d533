"""Where each value of a YAML file begins and ends, so that it can be written anew and the rest left as it is.

Positions count characters of the text from 0. The stream is read by the same parser as ``graph.files.yaml_reader``,
which has to have read the file before: what it refuses is not expected here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from graph.files.yaml_reader import Step


@dataclass(frozen=True)
class Mark:
    """A value: its characters are ``start`` to ``end``, without blanks, ends of lines or comments after it.

    ``column`` counts from 0; that of a block is where its keys or dashes stand.
    """

    start: int
    end: int
    column: int
    kind: str
    """``scalar``, ``mapping`` or ``sequence``."""
    inline: bool
    """In braces or brackets, or a scalar."""
    style: str = ""
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Where the keys of a mapping begin and end."""
    parts: dict[Step, "Mark"] = field(default_factory=dict)


def marked(text: str) -> Mark:
    """The value that the whole text is."""
    events = (event for event in yaml.parse(text, Loader=yaml.CSafeLoader) if not isinstance(event, _AROUND))
    return _mark(next(events), events, text)


_AROUND = (yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent, yaml.StreamEndEvent)


def _mark(event: Any, events: Iterator[Any], text: str) -> Mark:
    start, column = event.start_mark.index, event.start_mark.column
    if isinstance(event, yaml.ScalarEvent):
        style = event.style or ""
        end = _at(event.end_mark)
        if style in ("|", ">"):  # the parser counts the blank lines after it in
            end = start + len(text[start:end].rstrip())
        return Mark(start, end, column, "scalar", True, style)
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(event, events, text)
    return _mapping(event, events, text)


def _sequence(event: Any, events: Iterator[Any], text: str) -> Mark:
    parts: dict[Step, Mark] = {}
    end = _at(event.end_mark)
    for item in events:
        if isinstance(item, yaml.SequenceEndEvent):
            end = _at(item.end_mark) if event.flow_style else end
            break
        part = parts[len(parts)] = _mark(item, events, text)
        end = max(end, part.end)
    return Mark(event.start_mark.index, end, event.start_mark.column, "sequence", event.flow_style, parts=parts)


def _mapping(event: Any, events: Iterator[Any], text: str) -> Mark:
    keys: dict[str, tuple[int, int]] = {}
    parts: dict[Step, Mark] = {}
    end = _at(event.end_mark)
    for key in events:
        if isinstance(key, yaml.MappingEndEvent):
            end = _at(key.end_mark) if event.flow_style else end
            break
        keys[key.value] = _at(key.start_mark), _at(key.end_mark)
        part = parts[key.value] = _mark(next(events), events, text)
        end = max(end, part.end)
    return Mark(event.start_mark.index, end, event.start_mark.column, "mapping", event.flow_style, "", keys, parts)


def _at(place: Any) -> int:
    """How many characters stand before a place."""
    return int(place.index)
