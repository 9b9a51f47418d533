"""JSON from strangers: parsed strictly, and asked for values only through here.

JSON has no cycles of its own and nothing that unfolds; what is bounded is how deep it goes (Python's parser) and how
large it is (``files.py``). A key that stands twice, NaN and half of a surrogate pair are no data (RFC 7493).
"""

import json
from collections.abc import Collection, Iterator
from typing import Any

from graph.importing.faults import refusal
from graph.importing.files import SourceFile

Record = dict[str, Any]


def parse(file: SourceFile, text: str, line: int = 1) -> Any:
    """The value of a JSON text; ``InvalidInput`` says where it is none."""
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode()  # a lone surrogate can be escaped, and is no text
    except json.JSONDecodeError as error:
        at = line + error.lineno - 1
        raise refusal(file.path, f"not JSON: {error.msg}", "mend the JSON here", at, error.colno) from None
    except RecursionError:
        raise refusal(file.path, "nested too deeply", "flatten it", line) from None
    except UnicodeEncodeError:
        raise refusal(file.path, "half of a surrogate pair", "write the character itself", line) from None
    except ValueError as error:
        raise refusal(file.path, f"not JSON that can be relied on: {error}", "mend it", line) from None
    return value


def _once(pairs: list[tuple[str, Any]]) -> Record:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for at, (key, _) in enumerate(pairs) if key in dict(pairs[:at]))
        raise ValueError(f"the key {twice[:40]!r} stands twice in one object")
    return found


def _no_constant(text: str) -> Any:
    raise ValueError(f"{text} is no number of JSON")


def lines(file: SourceFile) -> Iterator[tuple[int, Record]]:
    """The objects of a file of JSON lines, with the line of each."""
    for number, line in enumerate(file.lines(), start=1):
        if line.strip():
            value = parse(file, line, number)
            if not isinstance(value, dict):
                raise refusal(file.path, "a line that is no JSON object", "give one object on each line", number)
            yield number, value


def text(value: Any) -> str:
    """A text as it is, but for blanks around it; empty where it is none or no text."""
    return value.strip() if isinstance(value, str) else ""


def texts(value: Any) -> list[str]:
    """One text or several."""
    return [found for item in (value if isinstance(value, list) else [value]) if (found := text(item))]


def records(value: Any) -> list[Record]:
    """The objects of a list; what is no object is left to ``unknown``."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def unknown(record: Record, known: Collection[str]) -> list[str]:
    """Keys that the format does not have."""
    return sorted(key[:40] for key in record if key not in known)


def shown(record: Record) -> str:
    """A record as it is kept: JSON in one line, its keys in order."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True)
