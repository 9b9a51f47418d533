"""A claim file of drafts as YAML: one suggestion a line, so that a change is seen as a change of lines."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graph.adding.suggesting import Draft
from graph.quotes import Quote
from ontology.base import PUBLIC_BASE

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9-]*(?:/[a-z0-9-]+)*")
_WORDS = ("true", "false", "null")
"""Texts that YAML takes for something else."""
_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
"""What YAML takes for the end of a line, or what an editor does not show."""
SCHEMA = "# yaml-language-server: $schema={}"
HOW = """#
# Drafts: nothing here is a claim yet, and no snapshot has anything of this file while it stands in drafts/.
# Write under claims: what each sentence states, in the words of the context; a suggestion is a program's guess with
# its reason, and where no modality is suggested no word speaks against asserted. Remove the drafts that are done with,
# run `samizdat check` on the file, and move it to claims/ when its claims may be published."""


def written(
    editorial: Mapping[str, Any], drafts: Sequence[Draft], *, schema: str | None = None, strangers: Sequence[str] = ()
) -> str:
    """The text of the file; ``editorial`` holds the keys of the editorial that are known, in their order.

    ``strangers`` are names that may have to be written into a file of entities first.
    """
    lines = [SCHEMA.format(schema), HOW] if schema else [HOW.removeprefix("#\n")]
    lines += ["#", "# Names that nobody is known by yet:"] if strangers else []
    lines += [f"#   {name}" for name in strangers]
    lines.append(f'"@context": {PUBLIC_BASE}context.jsonld')
    lines += [f"{key}: {_value(value)}" for key, value in editorial.items() if value]
    lines.append("drafts:")
    for number, draft in enumerate(drafts, start=1):
        lines += ["", *_draft(number, draft)] if number > 1 else _draft(number, draft)
    return "\n".join(lines) + "\n"


def _draft(number: int, draft: Draft) -> Iterator[str]:
    yield f"  - id: sentence-{number}"
    yield "    quote:"
    yield from (f"      {key}: {_value(value)}" for key, value in _quote(draft.quote).items())
    if draft.suggestions:
        yield "    suggestions:"
    for one in draft.suggestions:
        yield f"      - {{ {one.key}: {_value(one.value)}, words: {_text(one.words)}, why: {_text(one.why)} }}"


def _quote(quote: Quote) -> dict[str, Any]:
    found = {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
    return {key: value for key, value in found.items() if value} | {"start": quote.start, "end": quote.end}


def _value(value: Any) -> str:
    if isinstance(value, bool | int):
        return json.dumps(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key}: {_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return str(value) if _PLAIN.fullmatch(str(value)) and str(value).casefold() not in _WORDS else _text(value)


def _text(value: str) -> str:
    """A text in quotation marks, on one line: JSON, which YAML 1.2 reads."""
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))
