"""A changed value put into the text of its file: what did not change keeps every byte, comments and order among it.

The text is looked at through ``graph.editing.marks``, and is to be read again by whoever asked: a layout that is not
foreseen here shows itself as other data than was wanted. ruamel.yaml 0.19 keeps comments too, and yet writes 33 of the
1,106 lines of the first editorial's file anew where nothing has changed (181 at the width that it has by itself).
"""

import json
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from graph.editing import layout
from graph.editing.lines import Edit, Lines
from graph.editing.marks import Mark, marked


def edited(text: str, old: Any, new: Any) -> str:
    """The text, which says ``old``, as one that says ``new``."""
    found = sorted(_Editor(text).value(marked(text), old, new), key=lambda edit: (edit.start, edit.end))
    parts, at = [], 0
    for edit in found:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


class _Editor(Lines):
    def value(self, mark: Mark, old: Any, new: Any, at: int = 0) -> Iterator[Edit]:
        """What turns one value into another; ``at`` is how deep it stands."""
        if same(old, new):
            return
        if mark.kind == "mapping" and isinstance(new, dict) and set(old) & set(new):
            if not mark.inline:
                yield from self.mapping(mark, old, new, at)
                return
            if set(old) == set(new):
                for key in old:
                    yield from self.value(mark.parts[key], old[key], new[key], at + 1)
                return
        if mark.kind == "sequence" and not mark.inline and isinstance(new, list) and new:
            yield from self.sequence(mark, old, new, at)
            return
        yield self.written(mark, old, new)

    def written(self, mark: Mark, old: Any, new: Any) -> Edit:
        """The value written anew where it stands."""
        if isinstance(old, dict) and isinstance(new, dict):
            new = {key: new[key] for key in (*(key for key in old if key in new), *(k for k in new if k not in old))}
        if mark.inline or self.has_comment(mark.end):
            plain = mark.style not in ("'", '"') or not isinstance(new, str)
            return Edit(mark.start, mark.end, layout.inline(new) if plain else layout.quoted(new))
        return Edit(mark.start, mark.end, self.joined(layout.block(new, mark.column)).lstrip(" "))

    # Mappings

    def mapping(self, mark: Mark, old: dict[str, Any], new: dict[str, Any], at: int) -> Iterator[Edit]:
        for key in old:
            if key not in new:
                yield self.without_key(mark, key)
            elif not same(old[key], new[key]):
                yield from self.of_key(mark, key, old[key], new[key], at)
        kept = [key for key in new if key in old]
        before: str | None = None
        added: dict[str | None, list[str]] = {}
        for key in new:
            if key in old:
                before = key
            else:
                added.setdefault(before, []).append(key)
        for after, keys in added.items():
            lines = [line for key in keys for line in layout.entry(key, new[key], mark.column)]
            yield self.below(mark.parts[after].end, lines) if after else self.above(mark.keys[kept[0]][0], lines)

    def of_key(self, mark: Mark, key: str, old: Any, new: Any, at: int) -> Iterator[Edit]:
        """A key with another value: written from the colon on where the value can neither be kept nor stay inline."""
        part = mark.parts[key]
        colon = self.text.index(":", mark.keys[key][1]) + 1
        free = not self.has_comment(part.end) and "#" not in self.text[colon : part.start]
        as_block = isinstance(new, dict | list) and part.inline and part.kind != "mapping" and new
        folds = isinstance(new, str) and part.kind == "scalar" and part.style not in ("'", '"')
        replaced = part.kind != "scalar" and not isinstance(new, dict if part.kind == "mapping" else list)
        if free and (as_block or folds or replaced):
            text = self.joined(layout.entry(key, new, mark.column)).lstrip(" ")
            yield Edit(mark.keys[key][0], part.end, text)
            return
        yield from self.value(part, old, new, at + 1)

    def without_key(self, mark: Mark, key: str) -> Edit:
        start, part = mark.keys[key][0], mark.parts[key]
        line = self.line_start(start)
        if not self.text[line:start].strip():
            return Edit(line, self.next_line(part.end), "")
        # It stands behind a dash: the next key takes its place.
        later = [at for at, _ in mark.keys.values() if at > start]
        end = min(later) if later and "#" not in self.text[part.end : min(later)] else part.end
        return Edit(start, end, "")

    # Lists

    def sequence(self, mark: Mark, old: list[Any], new: list[Any], at: int) -> Iterator[Edit]:
        a, b = [json.dumps(item) for item in old], [json.dumps(item) for item in new]
        for tag, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
            if tag == "equal":
                continue
            both = min(a2 - a1, b2 - b1)
            for i in range(both):
                yield from self.value(mark.parts[a1 + i], old[a1 + i], new[b1 + i], at + 1)
            for i in range(a1 + both, a2):
                yield self.without_item(mark, i, at)
            if b1 + both < b2:
                yield self.with_items(mark, a1 + both, new[b1 + both : b2], at)

    def without_item(self, mark: Mark, index: int, at: int) -> Edit:
        start, end = self.line_start(self._dash(mark, index)), self.next_line(mark.parts[index].end)
        if self._is_spaced(mark, at) and index + 1 < len(mark.parts):
            blank = re.compile(r"[ \t]*\r?\n").match(self.text, end)
            end = blank.end() if blank else end
        elif self._is_spaced(mark, at) and (blank := re.search(r"\n[ \t]*\r?\n\Z", self.text[:start])):
            start = blank.start() + 1
        return Edit(start, end, "")

    def with_items(self, mark: Mark, index: int, items: list[Any], at: int) -> Edit:
        written = [layout.item(item, mark.column) for item in items]
        gap = [""] if self._is_spaced(mark, at) else []
        if index:
            return self.below(mark.parts[index - 1].end, [line for lines in written for line in (*gap, *lines)])
        lines = [line for lines in written for line in (*lines, *gap)]
        start = self._dash(mark, 0)
        return Edit(start, start, self.joined(lines).lstrip(" ") + self.eol + " " * mark.column)

    def _dash(self, mark: Mark, index: int) -> int:
        if not index:
            return mark.start
        found = re.compile(rf"^ {{{mark.column}}}-(?=\s)", re.MULTILINE).search(self.text, mark.parts[index - 1].end)
        return found.end() - 1 if found else mark.parts[index].start

    def _is_spaced(self, mark: Mark, at: int) -> bool:
        """Whether blank lines stand between the items; where there are too few to tell, between those of the file."""
        if len(mark.parts) < 2:
            return at <= 1
        return bool(re.search(r"\n[ \t]*\r?\n", self.text[mark.parts[0].end : mark.parts[1].start]))


def same(one: Any, other: Any) -> bool:
    """Equal, and of the same kinds: true is not 1. The order of keys says nothing."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
