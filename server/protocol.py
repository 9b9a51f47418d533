"""The SPARQL 1.1 Protocol's query operation (https://www.w3.org/TR/sparql11-protocol/#query-operation).

A query string comes in by GET, by form or by itself, passes to the engine, and goes out in the negotiated
format. Updates (section 2.2) are refused: a published graph never changes.
"""

import math
from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import Blueprint, Request, Response, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestURITooLarge, UnsupportedMediaType

from graph.engine import Formats, Query
from graph.errors import InvalidQuery, QueryRefused
from ontology.base import BASE
from server import query_page, service_description
from server.answers import shown
from server.errors import asked
from server.holdings import holdings
from server.negotiation import DOCUMENTS, HTML, TABLES, Choice, choice_of, choose, not_acceptable
from server.reading import READABLE
from server.watching.noting import FAILED

blueprint = Blueprint("protocol", __name__)

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
LONGEST = 64 << 10
"""The most bytes of parameters in an address; granian, our server, ends two bytes earlier, the path included."""


@dataclass(frozen=True)
class Operation:
    """One query operation as received; ``timeout`` in seconds, None for the engine's own."""

    query: Query
    timeout: float | None


@blueprint.route("/sparql", methods=["GET", "POST"], strict_slashes=False)
@blueprint.route("/sparql.<extension>", methods=["GET", "POST"])
def sparql(extension: str | None = None) -> Response:
    """The answer to the one query of the request; without any, what this service is."""
    fields = received(request)
    wanted = fields.get("format") or extension
    if request.method != "POST" and not {"query", "update"} & set(fields):
        return _introduction(wanted)
    operation = read(fields)
    if FAILED in request.environ:
        raise request.environ[FAILED]
    return _answer(operation, wanted)


def received(message: Request) -> MultiDict[str, str]:
    """The parameters of the address and of the body; a direct query is put under ``query``."""
    fields = parameters(message)
    if message.method == "POST":
        _check_body(message)
        fields.update(_body(message))
    return fields


def parameters(message: Request) -> MultiDict[str, str]:
    """The parameters of the address; RequestURITooLarge, or InvalidQuery if they are not UTF-8."""
    if len(message.query_string) > LONGEST:
        raise RequestURITooLarge
    return _fields(message.query_string, "the address")


def _check_body(message: Request) -> None:
    """UnsupportedMediaType for a body in another form, character encoding or compression than the protocol's."""
    if message.mimetype not in (FORM, DIRECT, UPDATE):
        raise UnsupportedMediaType(f"A query does not come as {message.mimetype or 'a body without Content-Type'}.")
    charset = message.mimetype_params.get("charset", "utf-8")
    if charset.lower() not in ("utf-8", "utf8"):
        raise UnsupportedMediaType(f"A query is sent in UTF-8, not in {charset}.")
    coding = message.headers.get("Content-Encoding", "identity")
    if coding.lower() != "identity":
        raise UnsupportedMediaType(f"A query is sent as it is, not as {coding}.")


def _body(message: Request) -> MultiDict[str, str]:
    if message.mimetype == FORM:
        return _fields(message.get_data(), "the form")
    if message.mimetype == UPDATE:
        return MultiDict({"update": ""})
    return MultiDict({"query": _text(message.get_data(), "the query")})


def read(fields: MultiDict[str, str]) -> Operation:
    """The operation that the parameters ask for; InvalidQuery, or QueryRefused for an update."""
    if "update" in fields:
        raise QueryRefused("this endpoint is read-only: it takes no updates", "send a query")
    texts = fields.getlist("query")
    if len(texts) != 1:
        what = f"{len(texts)} queries were sent" if texts else "no query was sent"
        raise InvalidQuery(what, "send exactly one, in the parameter query or as application/sparql-query")
    defaults, named = fields.getlist("default-graph-uri"), fields.getlist("named-graph-uri")
    if defaults or named:
        query = Query(asked(texts[0]), base=BASE, default_graphs=tuple(defaults), named_graphs=tuple(named))
    else:
        query = Query(asked(texts[0]), base=BASE)
    return Operation(query, _seconds(fields.get("timeout")))


def _answer(operation: Operation, wanted: str | None) -> Response:
    """The engine's answer in the best format for each form it could have; HTML is made of a readable one."""
    accept = request.headers.get("Accept")
    tables, documents = (choose((*offer, HTML), accept, wanted) for offer in (TABLES, DOCUMENTS))
    if tables is None and documents is None:
        raise not_acceptable((*TABLES, *DOCUMENTS), wanted)
    formats = Formats(bindings=_written(tables, READABLE.bindings), graph=_written(documents, READABLE.graph))
    answer = holdings().engine.evaluate(operation.query, formats, timeout=operation.timeout)
    chosen = documents if answer.kind == "graph" else tables
    if chosen is None or chosen.format is HTML:
        return query_page.respond(operation.query.text, shown(answer, operation.query))
    return Response(answer.body, content_type=chosen.content_type)


def _written(choice: Choice | None, readable: str | None) -> str | None:
    """The media type to ask the engine for: what a page is made of where HTML is chosen."""
    if choice is None:
        return None
    return readable if choice.format is HTML else choice.format.written


def _introduction(wanted: str | None) -> Response:
    """Without a query: the form for people, the Service Description for programs."""
    choice = choice_of((*DOCUMENTS, HTML), request.headers.get("Accept"), wanted)
    if choice.format is HTML:
        return query_page.respond()
    endpoint = (
        url_for("protocol.sparql", _external=True) if "extension" in (request.view_args or ()) else request.base_url
    )
    return Response(service_description.document(choice.format, endpoint), content_type=choice.content_type)


def _fields(raw: bytes, place: str) -> MultiDict[str, str]:
    try:
        return MultiDict(parse_qsl(raw.decode("utf-8"), keep_blank_values=True, errors="strict"))
    except UnicodeDecodeError:
        raise InvalidQuery(f"{place} is not percent-encoded UTF-8", "encode it as UTF-8") from None


def _text(raw: bytes, place: str) -> str:
    try:
        return raw.decode("utf-8-sig")  # some editors put a byte order mark before the first word
    except UnicodeDecodeError:
        raise InvalidQuery(f"{place} is not UTF-8", "encode it as UTF-8") from None


def _seconds(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise InvalidQuery(f"timeout={text} is not a number of seconds", "give a number above 0, such as timeout=5")
    return seconds
