"""A quote must stand in its text: Web Annotation text-quote and text-position selectors.

Positions count Unicode code points from 0, the end exclusive
(https://www.w3.org/TR/annotation-model/#text-position-selector).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from rapidfuzz import fuzz

from graph.errors import SamizdatError
from graph.files.opening import bytes_of

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
LONGEST = 20_000_000
"""Bytes of a file that may hold a source text; a longer one is something else."""
NEAR = 75.0
"""A passage at least this alike, in percent, is shown as a near miss."""


@dataclass(frozen=True)
class Quote:
    """Exact words of a source; ``start`` and ``end`` are None until they have been located."""

    exact: str
    prefix: str | None = None
    suffix: str | None = None
    start: int | None = None
    end: int | None = None


class QuoteFault(ValueError):
    """The quote does not stand in the text as it is recorded: what is wrong, and what to do."""

    def __init__(self, what: str, hint: str, rule: str) -> None:
        super().__init__(what)
        self.what, self.hint, self.rule = what, hint, rule


def locate(text: str, quote: Quote) -> Quote:
    """The quote with its position in the text; raises ``QuoteFault`` if it has none, or several."""
    found = [start for start in _starts(text, quote.exact) if _fits(text, start, quote)]
    if len(found) == 1:
        return replace(quote, start=found[0], end=found[0] + len(quote.exact))
    if found or (anywhere := len(_starts(text, quote.exact))) > 1:
        count = len(found) or anywhere
        what = f"the quote {_short(quote.exact)} stands {count} times in the text"
        raise QuoteFault(what, "add a prefix or suffix that only this place has", "quote-ambiguous")
    if anywhere:
        what = f"the quote {_short(quote.exact)} does not stand between its prefix and suffix"
        raise QuoteFault(what, "copy prefix and suffix from the text", "quote-context")
    near = nearest(text, quote.exact)
    if near is None:
        raise QuoteFault(
            f"the quote {_short(quote.exact)} is not in the text", "copy the words exactly", "quote-absent"
        )
    what = f"the quote is not in the text; nearest: {word_diff(quote.exact, near)}"
    raise QuoteFault(what, "take out [-…-] and put in {+…+}", "quote-near-miss")


def verify(text: str, quote: Quote) -> None:
    """Raise ``QuoteFault`` unless the quote stands in the text just where it is recorded."""
    located = locate(text, quote)
    if quote.start is None or quote.end is None:
        raise QuoteFault("the quote has no recorded position", "run `samizdat locate` on this file", "quote-position")
    if (quote.start, quote.end) != (located.start, located.end):
        what = f"the quote stands at {located.start}-{located.end}, not at {quote.start}-{quote.end}"
        raise QuoteFault(what, "run `samizdat locate` on this file", "quote-position")


def verify_unread(quote: Quote) -> None:
    """The same without the text: the recorded position must be there and as long as the quote."""
    if quote.start is None or quote.end is None:
        hint = "run `samizdat locate` on this file where the text is at hand (SAMIZDAT_TEXTS)"
        raise QuoteFault("the quote has no recorded position and its text is not at hand", hint, "quote-position")
    if quote.end - quote.start != len(quote.exact):
        what = f"the recorded position spans {quote.end - quote.start} characters, the quote has {len(quote.exact)}"
        raise QuoteFault(what, "run `samizdat locate` where the text is at hand (SAMIZDAT_TEXTS)", "quote-position")


def nearest(text: str, exact: str) -> str | None:
    """The passage of the text most like these words, in whole words; None if nothing is near."""
    found = fuzz.partial_ratio_alignment(exact, text, score_cutoff=NEAR)
    if found is None:
        return None
    # The alignment may stop short of a word that was changed: look a little further, then keep what is alike.
    start, end = found.dest_start, max(found.dest_end, found.dest_start + len(exact))
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    words = _WORD.findall(text[start:end])
    blocks = SequenceMatcher(None, _WORD.findall(exact), words, autojunk=False).get_matching_blocks()
    if len(blocks) < 2:
        return text[start:end].strip()
    missing_at_end = len(_WORD.findall(exact)) - (blocks[-2].a + blocks[-2].size)
    last = blocks[-2].b + blocks[-2].size + missing_at_end
    return "".join(words[blocks[0].b if blocks[0].a == 0 else 0 : last]).strip()


def word_diff(ours: str, theirs: str) -> str:
    """How to get from our words to theirs: ``[-ours-]{+theirs+}``, the rest as it is."""
    a, b = _WORD.findall(ours), _WORD.findall(theirs)
    parts = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append("".join(a[a1:a2]))
            continue
        parts.append(f"[-{''.join(a[a1:a2])}-]" if a2 > a1 else "")
        parts.append(f"{{+{''.join(b[b1:b2])}+}}" if b2 > b1 else "")
    return "".join(parts)


def find_text(digest: str, folders: Sequence[Path]) -> str | None:
    """The source text with this SHA-256, from the ``.txt`` files of these folders; None if not at hand.

    ``SamizdatError`` if the text is not UTF-8: positions count code points, so its bytes must be read in one way.
    """
    for folder in folders:
        file = _texts(folder).get(digest)
        if file is not None:
            try:
                return bytes_of(file, LONGEST).decode("utf-8")
            except UnicodeDecodeError:
                hint = "save it as UTF-8 and record the SHA-256 of that"
                raise SamizdatError(f"the source text {file} is not UTF-8", hint) from None
    return None


def texts_at_hand(folders: Sequence[Path]) -> set[str]:
    """The SHA-256 of every text in these folders."""
    return {digest for folder in folders for digest in _texts(folder)}


def _texts(folder: Path) -> dict[str, Path]:
    try:
        return _index(folder, folder.stat().st_mtime_ns)
    except FileNotFoundError:
        return {}


@lru_cache(maxsize=16)
def _index(folder: Path, _: int) -> dict[str, Path]:
    # A private archive of texts is flat and small; it is hashed again when a text has come or gone.
    files = ((file, bytes_of(file, LONGEST)) for file in sorted(folder.glob("*.txt")) if file.is_file())
    return {sha256(content).hexdigest(): file for file, content in files if len(content) <= LONGEST}


def _starts(text: str, exact: str) -> list[int]:
    starts, at = [], text.find(exact) if exact else -1
    while at >= 0:
        starts.append(at)
        at = text.find(exact, at + 1)
    return starts


def _fits(text: str, start: int, quote: Quote) -> bool:
    end = start + len(quote.exact)
    return text[:start].endswith(quote.prefix or "") and text.startswith(quote.suffix or "", end)


def _short(words: str, width: int = 60) -> str:
    return f"“{words if len(words) <= width else words[: width - 1] + '…'}”"
