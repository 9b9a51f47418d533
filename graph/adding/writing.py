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
    editorial: Mapping[str, Any], drafts: Sequence[Draft], *, schema: str | None = None, unknown: Sequence[str] = ()
) -> str:
    """The text of the file; ``editorial`` holds the keys of the editorial that are known, in their order.

    ``unknown`` are lines of what may have to be written into a file of entities first (``graph.adding.stubs``).
    """
    lines = [SCHEMA.format(schema), HOW] if schema else [HOW.removeprefix("#\n")]
    lines += [f"# {line}".rstrip() for line in ("", *unknown)] if unknown else []
    lines.append(f'"@context": {PUBLIC_BASE}context.jsonld')
    lines += [f"{key}: {value(given)}" for key, given in editorial.items() if given]
    lines.append("drafts:")
    for number, draft in enumerate(drafts, start=1):
        lines += ["", *_draft(number, draft)] if number > 1 else _draft(number, draft)
    return "\n".join(lines) + "\n"


def _draft(number: int, draft: Draft) -> Iterator[str]:
    yield f"  - id: sentence-{number}"
    yield "    quote:"
    yield from (f"      {key}: {value(given)}" for key, given in _quote(draft.quote).items())
    if draft.suggestions:
        yield "    suggestions:"
    for one in draft.suggestions:
        yield f"      - {{ {one.key}: {value(one.value)}, words: {_text(one.words)}, why: {_text(one.why)} }}"


def _quote(quote: Quote) -> dict[str, Any]:
    found = {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
    return {key: value for key, value in found.items() if value} | {"start": quote.start, "end": quote.end}


def value(given: Any) -> str:
    """A value as YAML on one line; None is left empty, which `samizdat check` takes for missing."""
    if given is None:
        return ""
    if isinstance(given, bool | int):
        return json.dumps(given)
    if isinstance(given, dict):
        return "{ " + ", ".join(f"{key}: {value(item)}" for key, item in given.items()) + " }"
    if isinstance(given, list | tuple):
        return "[" + ", ".join(map(value, given)) + "]"
    return str(given) if _PLAIN.fullmatch(str(given)) and str(given).casefold() not in _WORDS else _text(given)


def _text(value: str) -> str:
    """A text in quotation marks, on one line: JSON, which YAML 1.2 reads."""
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))
