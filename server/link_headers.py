"""Typed links in the header of a response, one ``Link`` field each (RFC 8288, section 3).

Every value is quoted, which each grammar of the field allows; what is not ASCII is percent-encoded in an address, and
sent beside it as ``title*`` in a title (RFC 8187).
"""

from urllib.parse import quote

from flask import Response
from werkzeug.urls import iri_to_uri

OTHER_WORDS = frozenset({"title"})
"""The attributes that people read, and which may therefore be in any script."""


def add(response: Response, href: str, rel: str, **attributes: str | None) -> None:
    """Add a link from what the response is about to ``href``; an attribute that is None is left out.

    ``rel`` may name several relations with blanks between. ``anchor`` among the attributes says what else the link is
    from. ValueError where a value holds a control character, or an attribute but a title what is not ASCII.
    """
    response.headers.add("Link", link(href, rel, **attributes))


def link(href: str, rel: str, **attributes: str | None) -> str:
    """One link-value."""
    parts = [f"<{address(href)}>", f"rel={_quoted('rel', rel)}"]
    for name, value in attributes.items():
        if value is not None:
            parts.append(_attribute(name.rstrip("_"), address(value) if name == "anchor" else value))
    return "; ".join(parts)


def address(href: str) -> str:
    """The IRI reference as a URI reference, without a character that would end it in the field."""
    uri = iri_to_uri(href)
    return "".join(quote(char) if char in '<>"{}|^`\\' or char <= " " else char for char in uri)


def _attribute(name: str, value: str) -> str:
    if name in OTHER_WORDS and not value.isascii():
        return f"{name}*=UTF-8''{quote(value, safe='')}"
    return f"{name}={_quoted(name, value)}"


def _quoted(name: str, value: str) -> str:
    if not value.isascii() or not value.isprintable():
        raise ValueError(f"{name}={value!r} cannot stand in a header")
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
