"""What a request asks for, as a key that every request for the same has, whatever its method and headers look like.

Nothing here decides what a request means: whatever is not plain is left to the application, and not kept.
"""

import math
from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from werkzeug.http import parse_accept_header

from graph.compression import CODINGS
from graph.engine import Formats
from server.negotiation import DOCUMENTS, HTML, TABLES, Choice, choose, prefers_html
from server.watching.noting import form_of
from server.words.languages import preferred

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

NEVER: Final = ("/dump/", "/healthz", "/readyz", "/metrics", "/favicon.ico")
"""Paths that are not kept: dumps are large and compressed already, and the others tell of this moment."""
KNOWN = frozenset({"query", "default-graph-uri", "named-graph-uri", "format", "timeout"})
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
BODIES = {kind + charset: kind for kind in (FORM, DIRECT) for charset in ("", ";charset=utf-8")}
"""The Content-Types of a query sent by POST, without blanks and in small letters."""
CHOSEN = {"select": (0,), "ask": (0,), "construct": (1,), "describe": (1,)}
"""Which of the formats for tables and for graphs decides, by the form of a query."""
LONGEST_ADDRESS: Final = 64 << 10
LONGEST_HEADER: Final = 512


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query and the format for each form that its answer could have; None where the client takes none.

    ``timeout`` in seconds, None for the longest.
    """

    text: str
    tables: Choice | None
    documents: Choice | None
    timeout: float | None = None

    @property
    def formats(self) -> Formats | None:
        """What an engine is asked for; None where a page is made of the answer."""
        if any(choice and choice.format is HTML for choice in (self.tables, self.documents)):
            return None
        return Formats(*(choice.format.written if choice else None for choice in (self.tables, self.documents)))


@dataclass(frozen=True, slots=True)
class Asked:
    """``key``: what is asked for. ``codings``: the compressions that the client likes best, none for as it is.

    ``flight``: the same for requests that would fare the same, in errors too. ``wanted``: set for a query of the whole
    default dataset. ``size``: bytes of the key.
    """

    key: Hashable
    codings: tuple[str, ...]
    flight: Hashable
    wanted: Wanted | None
    size: int


def asked(environ: "WSGIEnvironment", body: bytes | None = None) -> Asked | None:
    """What the request asks for; None if its answer is not to be kept. ``body`` is that of a POST."""
    path, accept = environ["PATH_INFO"], environ.get("HTTP_ACCEPT", "")
    if path.startswith(NEVER) or len(accept) > LONGEST_HEADER or len(environ["QUERY_STRING"]) > LONGEST_ADDRESS:
        return None
    codings = _memoised_codings(environ.get("HTTP_ACCEPT_ENCODING", "")[:LONGEST_HEADER])
    language = preferred(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
    fields = _fields(environ, body)
    extension = path.removeprefix("/sparql.") if path.startswith("/sparql.") else None
    if fields is not None and (extension or path in ("/sparql", "/sparql/")):
        found = _query(fields, extension, accept, codings, language)
        if found:
            return found
    if body is not None:
        return None
    host = environ.get("HTTP_HOST", "")
    place = (
        environ.get("wsgi.url_scheme"),
        host,
        environ.get("SCRIPT_NAME"),
        path,
        environ["QUERY_STRING"],
        accept,
        language,
    )
    return Asked(place, codings, place, None, sum(len(part or "") for part in place))


def _query(
    fields: list[tuple[str, str]], extension: str | None, accept: str, codings: tuple[str, ...], language: str
) -> Asked | None:
    """The key of a plain query; None for anything odd."""
    values: dict[str, list[str]] = {name: [] for name in KNOWN}
    for name, value in fields:
        if name not in KNOWN:
            return None
        values[name].append(value)
    (texts, formats, timeouts) = (values[name] for name in ("query", "format", "timeout"))
    if len(texts) != 1 or len(formats) > 1 or len(timeouts) > 1 or not all(map(_is_time, timeouts)):
        return None
    named = ("".join(formats) or extension or None) if formats or extension else None
    tables, documents = _choices(accept, named)
    if tables is None and documents is None:
        return None
    default, others = (tuple(sorted(set(values[f"{which}-graph-uri"]))) for which in ("default", "named"))
    # Where the form of the query is plain, the format for the other form of answer does not matter.
    choices = [(tables, documents)[place] for place in CHOSEN.get(form_of(texts[0]), (0, 1))]
    types = tuple(choice.content_type if choice else None for choice in choices)
    page = language if prefers_html(accept) or any(choice and choice.format is HTML for choice in choices) else None
    key = (texts[0], default, others, types, page)
    timeout = float(timeouts[0]) if timeouts else None
    wanted = Wanted(texts[0], tables, documents, timeout) if not default and not others else None
    size = sum(4 * len(text) for text in (*texts, *default, *others))
    # An answer is the same however long it might have taken; a refusal is not.
    return Asked(key, codings, (key, tuple(timeouts), prefers_html(accept)), wanted, size)


def _fields(environ: "WSGIEnvironment", body: bytes | None) -> list[tuple[str, str]] | None:
    """The parameters of the address and the body; None if they cannot be read, which the application explains."""
    try:
        fields = _parsed(environ["QUERY_STRING"].encode("latin-1"))
        if body is None:
            return fields
        kind = BODIES.get(environ.get("CONTENT_TYPE", "").replace(" ", "").lower())
        if kind is None or "HTTP_CONTENT_ENCODING" in environ:
            return None
        return [*fields, ("query", body.decode("utf-8-sig"))] if kind == DIRECT else [*fields, *_parsed(body)]
    except ValueError:
        return None


def _parsed(raw: bytes) -> list[tuple[str, str]]:
    return parse_qsl(raw.decode(), keep_blank_values=True, errors="strict") if raw else []


def _is_time(text: str) -> bool:
    try:
        return 0 < float(text) < math.inf
    except ValueError:
        return False


@lru_cache(maxsize=1024)
def _choices(accept: str, named: str | None) -> tuple[Choice | None, Choice | None]:
    """The format for a table or a truth value, and the format for a graph."""
    tables, documents = (choose((*offer, HTML), accept or None, named) for offer in (TABLES, DOCUMENTS))
    return tables, documents


def codings_of(header: str) -> tuple[str, ...]:
    """The compressions an Accept-Encoding header likes best (RFC 9110, section 12.5.3); none for as it is."""
    given = {name.lower(): quality for name, quality in parse_accept_header(header)}
    qualities = {name: given.get(name, given.get("*", 0)) for name in CODINGS}
    best = max(qualities.values())
    if best <= 0 or given.get("identity", 0) > best:
        return ()
    return tuple(name for name, quality in qualities.items() if quality == best)


_memoised_codings = lru_cache(maxsize=1024)(codings_of)
