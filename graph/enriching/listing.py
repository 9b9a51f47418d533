"""What is new put into a YAML file where rewriting a value would lose a comment that stands inside of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from graph.assertions import listed as several
from graph.editing import layout
from graph.editing.marks import Mark, marked
from graph.files.yaml_reader import Steps


def listed(text: str, *places: Steps) -> str:
    """The text with a list of one in place of the mapping at each of these steps."""
    whole = marked(text)
    for steps in sorted(places, key=lambda steps: _at(whole, steps).start, reverse=True):
        text = _one(text, _at(whole, steps[:-1]), _at(whole, steps))
    return text


def named(text: str, steps: Steps, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """The text with the names of ``new`` that ``old`` lacks at the ends of what stands in braces; else as it is."""
    mark = _at(marked(text), steps)
    if not mark.inline:
        return text
    for start, end, written in sorted(_named(text, mark, old, new), reverse=True):
        text = text[:start] + written + text[end:]
    return text


def _named(text: str, mark: Mark, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[int, int, str]]:
    for tag, names in old.items():
        part, more = mark.parts[tag], several(new[tag])[len(several(names)) :]
        written = "".join(f", {layout.inline(name)}" for name in more)
        if more and part.kind == "sequence":
            yield part.parts[len(part.parts) - 1].end, part.parts[len(part.parts) - 1].end, written
        elif more:
            yield part.start, part.end, f"[{text[part.start : part.end]}{written}]"
    end = max(part.end for part in mark.parts.values())
    fresh = {tag: names for tag, names in new.items() if tag not in old}
    if fresh:
        yield end, end, "".join(f", {layout.scalar(tag)}: {layout.inline(names)}" for tag, names in fresh.items())


def _at(mark: Mark, steps: Steps) -> Mark:
    for step in steps:
        mark = mark.parts[step]
    return mark


def _one(text: str, parent: Mark, value: Mark) -> str:
    before, inside, after = text[: value.start], text[value.start : value.end], text[value.end :]
    if parent.inline:
        return f"{before}[{inside}]{after}"
    line = before.rpartition("\n")[2]
    if line.strip():  # it stands behind its key: the dash gets a line of its own, below the key
        eol = "\r\n" if "\r\n" in text else "\n"
        return f"{before.rstrip(' ')}{eol}{' ' * (parent.column + 2)}- {inside}{after}"
    return f"{before}- {inside.replace(chr(10), f'{chr(10)}  ')}{after}"
