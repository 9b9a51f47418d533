"""From what a client accepts to the format it gets, once for the whole server (RFC 9110, section 12.5.1).

The most specific range that matches a format decides its quality, ``q=0`` excludes it, the highest quality
wins, then the more specific range, and where the client is indifferent the order of the offer. A range that
cannot be read is passed over. ``format=`` or an extension in the address overrides the header, for people.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header, parse_options_header

from graph.errors import FormNotAcceptable


@dataclass(frozen=True)
class Format:
    """One way to write an answer: the names ``format=`` takes, its media type, and types it also goes by.

    ``written`` is the media type an engine is asked for: every Turtle document is TriG, every N-Triples N-Quads.
    """

    names: tuple[str, ...]
    media_type: str
    aliases: tuple[str, ...] = ()
    written_as: str = ""

    @property
    def written(self) -> str:
        """The media type of a document that is one of this format too, and that every engine writes."""
        return self.written_as or self.media_type

    @property
    def types(self) -> tuple[str, ...]:
        """Its media types, its own first."""
        return self.media_type, *self.aliases


@dataclass(frozen=True)
class Choice:
    """The format to write, and the Content-Type to name it by: an alias only if that is all the client takes."""

    format: Format
    content_type: str


JSON = Format(("json", "srj"), "application/sparql-results+json", ("application/json",))
XML = Format(("xml", "srx"), "application/sparql-results+xml", ("application/xml", "text/xml"))
CSV = Format(("csv",), "text/csv")
TSV = Format(("tsv",), "text/tab-separated-values")
TURTLE = Format(("turtle", "ttl", "n3"), "text/turtle", ("application/x-turtle", "application/turtle", "text/n3"))
NTRIPLES = Format(("ntriples", "nt", "n-triples"), "application/n-triples", ("text/plain",))
RDFXML = Format(("rdfxml", "rdf", "rdf+xml", "xml"), "application/rdf+xml", ("application/xml", "text/xml"))
JSONLD = Format(("jsonld", "json-ld", "json"), "application/ld+json", ("application/json",))
TRIG = Format(("trig",), "application/trig", ("application/x-trig",), TURTLE.media_type)
NQUADS = Format(("nquads", "nq", "n-quads"), "application/n-quads", ("text/x-nquads",), NTRIPLES.media_type)
HTML = Format(("html",), "text/html")
PROBLEM = Format(("problem", "json"), "application/problem+json", ("application/json",))

LONGEST = 512
"""Characters of a header that is remembered with what it means."""
BARE_POINT = re.compile(r"\bq=\.(?=\d)", re.IGNORECASE)
"""``q=.2``, as Java's own client writes against the grammar."""

TABLES = (JSON, XML, CSV, TSV)
"""What SELECT and ASK answers are written in, the server's own preference first."""
DOCUMENTS = (TURTLE, NTRIPLES, RDFXML, JSONLD, TRIG, NQUADS)
"""What CONSTRUCT and DESCRIBE answers, and RDF documents, are written in."""


def choose(offer: Sequence[Format], accept: str | None, wanted: str | None = None) -> Choice | None:
    """The best of the offer for an Accept header (None or empty: anything), or None if nothing fits.

    ``wanted`` is the value of ``format=``: a name or a media type, and the header is then not read.
    """
    known = _known if len(accept or "") + len(wanted or "") <= LONGEST else _chosen
    return known(tuple(offer), accept, wanted)


def _chosen(offer: tuple[Format, ...], accept: str | None, wanted: str | None) -> Choice | None:
    if wanted:
        return next((Choice(item, _typed(item.media_type)) for item in offer if _is_named(item, wanted)), None)
    kinds = {media_type: item for item in reversed(offer) for media_type in reversed(item.types)}
    own = [item.media_type for item in offer]
    order = own + [media_type for item in offer for media_type in item.aliases if media_type not in own]
    best = _accepted(accept).best_match(order) if accept and accept.strip(" ,\t") else offer[0].media_type
    return Choice(kinds[best], _typed(best)) if best else None


_known = lru_cache(maxsize=1024)(_chosen)


def choice_of(offer: Sequence[Format], accept: str | None, wanted: str | None = None) -> Choice:
    """As ``choose``; FormNotAcceptable that lists the offer if nothing fits."""
    best = choose(offer, accept, wanted)
    if best is None:
        raise not_acceptable(offer, wanted)
    return best


def not_acceptable(offer: Sequence[Format], wanted: str | None = None, kind: str = "document") -> FormNotAcceptable:
    """The error for a client that takes nothing of the offer."""
    what = f"there is no format {wanted!r} here" if wanted else "this cannot be written in any format you accept"
    return FormNotAcceptable(what, f"ask for {listed(offer)}", kind=kind)


def listed(offer: Sequence[Format]) -> str:
    """The offer in words, as ``text/csv (format=csv), ...``."""
    return ", ".join(f"{item.media_type} (format={item.names[0]})" for item in offer)


def prefers_html(accept: str | None) -> bool:
    """Whether a person is reading: HTML is wanted more than anything a program takes."""
    best = choose((PROBLEM, HTML), accept)
    return bool(best and best.format is HTML)


def profiles_of(accept: str | None) -> tuple[str, ...]:
    """The profiles of JSON-LD that a client likes better than any other (RFC 6906); none where it names none."""
    ranges = [
        (quality, parse_options_header(item)) for item, quality in parse_accept_header(accept or "", MIMEAccept)
        if quality > 0
    ]  # fmt: skip
    known = [(quality, options) for quality, (media_type, options) in ranges if media_type == JSONLD.media_type]
    best = max(known, key=lambda found: found[0], default=(0, {}))[1]
    return tuple(best.get("profile", "").split())


def _accepted(accept: str) -> MIMEAccept:
    """The ranges of the header that can match anything here."""
    parsed = parse_accept_header(BARE_POINT.sub("q=0.", accept), MIMEAccept)
    return MIMEAccept([(found, quality) for item, quality in parsed if (found := _range(item))])


def _range(item: str) -> str | None:
    """The media range without parameters; None where they ask for what no format here is.

    Everything is in UTF-8, and the wish for a JSON-LD profile may be passed over (JSON-LD 1.1, IANA considerations).
    A lone star is what Java writes for any type.
    """
    media_type, options = parse_options_header(item)
    if options.get("charset", "utf-8").lower() == "utf-8":
        options.pop("charset", None)
    if media_type == JSONLD.media_type:
        options.pop("profile", None)
    if options:
        return None
    return "*/*" if media_type == "*" else media_type


def _is_named(item: Format, wanted: str) -> bool:
    """Whether ``format=`` names this format; a plus sign that nobody encoded arrives as a space."""
    name = wanted.strip().lower().replace(" ", "+")
    return name in item.names or name in item.types


def _typed(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
