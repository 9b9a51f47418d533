"""Prefixes in one order, and only those in use: the engine writes all it is given, in an order of chance."""

import re

_TURTLE_LINE = re.compile(rb"@prefix ([\w-]*): <[^>]*> \.\n")
_XML_NAME = re.compile(rb' xmlns:([\w-]+)="[^"]*"')
_XML_BEFORE_ROOT = re.compile(rb"(?:<\?[^>]*\?>\s*)?<rdf:RDF")
_CONTROLS = bytes({*range(32)} - {*b"\t\n\r"})


def turtle(written: bytes) -> bytes:
    """Turtle as the engine wrote it, with a header that is short and always the same."""
    lines, end = [], 0
    while match := _TURTLE_LINE.match(written, end):
        lines.append((match[1], match[0]))
        end = match.end()
    body = written[end:]
    used = sorted(line for prefix, line in lines if prefix + b":" in body)
    return b"".join([*used, b"\n", body]) if used else body


def rdf_xml(written: bytes) -> bytes:
    """RDF/XML as the engine wrote it, with the namespaces of its root in order."""
    before = _XML_BEFORE_ROOT.match(written)
    if not before:
        return written
    end = written.index(b">", before.end())
    body = written[end:]
    names = _XML_NAME.finditer(written, before.end(), end)
    used = sorted(name[0] for name in names if name[1] + b":" in body)
    return b"".join([before[0], *used, body])


def is_xml(written: bytes) -> bool:
    """Whether XML 1.0 can hold what the engine wrote: not control characters, nor a predicate without an XML name.

    Oxigraph writes both without a complaint; what it writes then is no XML.
    """
    return (
        len(written.translate(None, _CONTROLS)) == len(written)
        and b"<oxprefix: " not in written
        and b"\xef\xbf\xbe" not in written
        and b"\xef\xbf\xbf" not in written
    )
