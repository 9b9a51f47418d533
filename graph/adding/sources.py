"""What is to be added, wherever it comes from: a text, a file or a page, with what it says of itself.

Pages are read by ``trafilatura`` (https://trafilatura.readthedocs.io): the text without what surrounds it, and title,
date, author, publisher and language as the page's own metadata state them. Its search for dates in the running text is
off, and so is everything else that would be a guess.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from graph.adding.bounded import bounded
from graph.adding.faults import CannotAdd
from graph.adding.fetching import MOST_BYTES, fetch
from graph.files.opening import bytes_of

_PAGE = re.compile(rb"^\s*(?:<!--.*?-->\s*)*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_LANGUAGE = re.compile(r"<html\b[^>]*?\s(?:xml:)?lang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta\b[^>]*?charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_HEAD = 4_096
"""Bytes of a page in which it says how it is encoded, and characters in which it says in which language."""
LONGEST = 300_000
"""Characters of a text; a longer one is no editorial."""
_CONTROLS = frozenset(map(chr, (*range(9), 11, *range(14, 32), 127)))
SECONDS = 10
"""Of a processor, that a page may take to be read."""
_GIVEN = 20
"""Characters that an argument has at least if it is itself the text."""


@dataclass(frozen=True)
class Stated:
    """What a source says of itself; empty where it says nothing. ``date`` is a day (YYYY-MM-DD)."""

    headline: str = ""
    date: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    language: str = ""
    url: str = ""


@dataclass(frozen=True)
class Source:
    """A text, where it came from, and the bytes that it was taken from."""

    text: str
    origin: str
    stated: Stated = field(default_factory=Stated)
    content: bytes | None = None


def source(given: str, *, allow_private: bool = False, encoding: str | None = None) -> Source:
    """What is meant by a web address, the path of a file, or the text itself; CannotAdd if it is none of them."""
    if re.match(r"https?://", given, re.IGNORECASE):
        page = fetch(given, allow_private=allow_private)
        if page.kind == "text/plain":
            text = _plain(page.content, page.url, encoding or page.charset)
            return Source(text, page.url, Stated(url=page.url), page.content)
        return _page(page.content, page.url, encoding or page.charset, page.url)
    if len(given) < 1000 and "\0" not in given and Path(given).is_file():
        return of_bytes(_content(Path(given)), given, encoding=encoding)
    if len(given) >= _GIVEN and any(character.isspace() for character in given):
        return of_bytes(given.encode("utf-8", "surrogateescape"), "the command line")
    raise CannotAdd(
        f"there is no file {given[:200]!r}", "give a file, an http(s) address, a text, or - for standard input"
    )


def of_bytes(content: bytes, origin: str, *, encoding: str | None = None) -> Source:
    """A page or a plain text, whichever these bytes are."""
    if len(content) > MOST_BYTES:
        raise CannotAdd(f"{origin} has more than {MOST_BYTES:,} bytes", "give one editorial, and no more")
    if _PAGE.match(content[:_HEAD]):
        return _page(content, origin, encoding, None)
    return Source(_plain(content, origin, encoding), origin, content=content)


def _content(file: Path) -> bytes:
    try:
        return bytes_of(file, MOST_BYTES)
    except OSError as error:
        raise CannotAdd(f"{file} cannot be read: {error.strerror}", "give a readable file") from None


def _plain(content: bytes, origin: str, encoding: str | None) -> str:
    text = _decoded(content, origin, encoding or "utf-8").removeprefix("\ufeff")
    if found := next((character for character in text if character in _CONTROLS), None):
        line = text[: text.index(found)].count("\n") + 1
        raise CannotAdd(f"{origin}:{line}: the control character U+{ord(found):04X}", "give plain text, or a page")
    if len(text) > LONGEST:
        raise CannotAdd(f"{origin} has {len(text):,} characters", f"give {LONGEST:,} at most: one editorial")
    if not text.strip():
        raise CannotAdd(f"{origin} has no text", "give the text of an editorial")
    return text


def _decoded(content: bytes, origin: str, encoding: str) -> str:
    try:
        text = content.decode(encoding)
        text.encode()  # some encodings have half characters, which no text has
        return text
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise CannotAdd(f"{origin}:{line}: not {encoding} text", "say which it is with --encoding") from None
    except UnicodeError:
        raise CannotAdd(f"{origin}: not {encoding} text", "say which it is with --encoding") from None
    except (LookupError, ValueError):
        hint = "name one, such as --encoding windows-1251"
        raise CannotAdd(f"{origin}: there is no encoding {encoding!r}", hint) from None


def _page(content: bytes, origin: str, encoding: str | None, url: str | None) -> Source:
    said = _CHARSET.search(content[:_HEAD])
    page = _decoded(content, origin, encoding or (said[1].decode() if said else "utf-8")).replace("\0", "")
    read = _extracted(page, url)
    if read is None:
        raise CannotAdd(f"{origin} cannot be read as a page", "save the text alone and add that file")
    body, title, date, author, sitename, own_url = read
    if not body.strip():
        raise CannotAdd(f"no text is found in {origin}", "save the text alone and add that file")
    body = "\n\n".join(line for line in body.splitlines() if line.strip())  # each line is a paragraph or a heading
    headline = " ".join(title.split())
    text = body if not headline or body.startswith(headline) else f"{headline}\n\n{body}"
    language = _LANGUAGE.search(page[:_HEAD])
    authors = tuple(name.strip() for name in author.split(";") if name.strip())
    stated = Stated(
        headline, date, authors, _publisher(sitename), _tag(language[1]) if language else "", url or _web(own_url)
    )  # fmt: skip
    return Source(_plain(text.encode(), origin, None), origin, stated, content)


def _extracted(page: str, url: str | None) -> list[str] | None:
    """Text, title, date, author, publisher and address that a page states; None if it cannot be read in time."""
    from trafilatura import extract, extract_metadata  # slow to import, and needed for pages alone

    def work() -> list[str]:
        certain = {"original_date": True, "extensive_search": False}
        body = extract(page, url=url, include_comments=False, include_tables=False, date_extraction_params=certain)
        # The address is not told: a name or a day made of it would be a guess.
        found = extract_metadata(page, default_url=None, date_config=certain, extensive=False)
        return [told or "" for told in (body, found.title, found.date, found.author, found.sitename, found.url)]

    read: list[str] | None = bounded(work, SECONDS)
    return read


def _publisher(name: str) -> str:
    """What a page calls itself; a bare host is made of its address, and no name."""
    return "" if not name or re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", name) else name


def _tag(language: str) -> str:
    main, hyphen, rest = language.partition("-")
    return main.lower() + hyphen + rest


def _web(url: str) -> str:
    return url if url.startswith(("http://", "https://")) else ""
