"""What can go wrong between us and somebody's endpoint, as errors of the tree."""

import ast
import json
import re
import urllib.error
from contextlib import closing
from http.client import HTTPException, HTTPResponse
from xml.parsers import expat

from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from graph.engine import Kind, outcomes
from graph.engine.complaints import place
from graph.errors import (
    AnswerTooLarge,
    EngineUnavailable,
    FormNotAcceptable,
    InvalidQuery,
    QuerySyntaxError,
    QueryTimeout,
    SamizdatError,
)

_LONGEST = 300
"""Characters of an endpoint's message that are passed on."""

_ALIASES = {
    ("application/json", "application/sparql-results+json"),
    ("application/xml", "application/sparql-results+xml"),
    ("text/xml", "application/sparql-results+xml"),
    ("application/xml", "application/rdf+xml"),
    ("text/xml", "application/rdf+xml"),
    ("text/plain", "application/n-triples"),
    ("application/x-turtle", "text/turtle"),
}
"""Other names that endpoints give the media types we ask for."""

_TIMED_OUT = re.compile(r"time[d\s-]*out|time limit|execution time", re.IGNORECASE)
_VIRTUOSO = re.compile(r"SPARQL compiler, line (\d+): (.*)")
_REPEATED = "\nSPARQL query:\n"
"""Behind it, Virtuoso repeats the query, with what it has been told besides."""
_UNAVAILABLE = "see whether it is a SPARQL endpoint and answers, then ask again"


def check_head(response: HTTPResponse, media_type: str) -> None:
    """The error for a response that is not the whole answer asked for, before its body is read."""
    found = response.headers.get_content_type().lower()
    if response.status != 200:
        raise EngineUnavailable(f"the endpoint answered with status {response.status}", _UNAVAILABLE)
    if found != media_type and (found, media_type) not in _ALIASES:
        raise EngineUnavailable(f"the endpoint answered in {found}, asked for {media_type}", _UNAVAILABLE)
    # Virtuoso sends half an answer with status 200, and says so only here.
    if response.headers["X-SQL-State"]:
        raise QueryTimeout("the endpoint ran out of time, and sent a part of the answer", outcomes.NARROWER)
    if rows := response.headers["X-SPARQL-MaxRows"]:
        raise AnswerTooLarge(f"the endpoint sends at most {rows} rows of an answer", "ask in parts, with LIMIT")


def check(body: bytes, media_type: str, kind: Kind) -> None:
    """EngineUnavailable for JSON and XML that is broken off or none; other formats cannot show it."""
    try:
        if media_type.endswith("+xml"):
            expat.ParserCreate().Parse(body, True)
        elif media_type == "application/sparql-results+json":
            document = json.loads(body)
            _ = document["boolean"] if kind == "boolean" else document["results"]["bindings"]
        elif media_type.endswith("+json"):
            json.loads(body)
    except (ValueError, KeyError, TypeError, RecursionError, expat.ExpatError) as fault:
        raise EngineUnavailable(f"the endpoint's answer is no {media_type}", _UNAVAILABLE) from fault


def error(fault: Exception, kind: Kind, seconds: float) -> SamizdatError:
    """The error for what SPARQLWrapper or the connection raised."""
    if isinstance(fault, SamizdatError):
        return fault
    if isinstance(fault, SPARQLWrapperException):
        status = getattr(fault.__context__, "code", 500)
        return _of_status(status, _message(_body(fault)), kind, seconds)
    if isinstance(fault, urllib.error.HTTPError):
        return _of_status(fault.code, _message(_complaint(fault)), kind, seconds)
    reason = fault.reason if isinstance(fault, urllib.error.URLError) else fault
    if isinstance(reason, TimeoutError):
        return outcomes.timed_out(seconds)
    if isinstance(fault, UnicodeError):
        return InvalidQuery("the query is no Unicode text", "send it in UTF-8")
    if isinstance(fault, HTTPException | OSError):
        return EngineUnavailable(f"the endpoint does not answer: {reason or type(reason).__name__}", _UNAVAILABLE)
    return EngineUnavailable(f"the endpoint cannot be asked: {fault}", _UNAVAILABLE)


def _of_status(status: int, message: str, kind: Kind, seconds: float) -> SamizdatError:
    """The error for an HTTP status other than 200 (SPARQL 1.1 Protocol, section 2.1.7)."""
    if status == 400:
        if compiler := _VIRTUOSO.search(message):
            return QuerySyntaxError(compiler[2].strip(), "correct the query in this line", line=int(compiler[1]))
        line, column = place(message) or (None, None)
        what = message or "the endpoint cannot read the query"
        if line is None:
            return InvalidQuery(what, "correct the query")
        return QuerySyntaxError(what, "correct the query at this place", line=line, column=column)
    if status == 406:
        return FormNotAcceptable("the endpoint does not write this format", "accept another format", kind=kind)
    if status in (408, 504) or (status >= 500 and _TIMED_OUT.search(message)):
        return outcomes.timed_out(seconds)
    told = f": {message}" if message else ""
    return EngineUnavailable(f"the endpoint answered with status {status}{told}", _UNAVAILABLE)


def _complaint(fault: urllib.error.HTTPError) -> bytes:
    """The beginning of a complaint's body, as far as it comes; one of no length is closed before it is read."""
    with closing(fault):
        try:
            return fault.read(65536)
        except (OSError, HTTPException, ValueError):
            return b""


def _body(fault: SPARQLWrapperException) -> bytes:
    """The response's body, which SPARQLWrapper keeps only as it shows it."""
    shown = str(fault).partition("Response:\n")[2]
    try:
        body = ast.literal_eval(shown) if shown else b""
    except (ValueError, SyntaxError):
        return b""
    return body if isinstance(body, bytes) else b""


def _message(body: bytes) -> str:
    """What a person can read of an error page: its detail if it is JSON (RFC 9457), without tags if it is HTML."""
    text = body[:65536].decode(errors="replace")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        document = None
    if isinstance(document, dict):
        text = str(document.get("detail") or document.get("message") or document.get("title") or text)
    elif text.lstrip().startswith("<"):
        text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL | re.IGNORECASE)
    text = " ".join(text.partition(_REPEATED)[0].split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
