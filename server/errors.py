"""Errors to HTTP, in one place: RFC 9457 problem details for programs, a page for people.

Whatever goes wrong anywhere below a view arrives here as a SamizdatError, as one of werkzeug's HTTP errors, or
as a fault of ours (500). ``asked`` remembers the query a view is about to evaluate, so that a syntax error can
show the line it is in; ``suggest`` what the nearest address is.
"""

import json
from typing import Any

from flask import Flask, Response, current_app, g, render_template, request
from markupsafe import escape
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestURITooLarge

from graph.errors import FormNotAcceptable, QuerySyntaxError, SamizdatError
from ontology.base import BASE
from server.lost import help_with
from server.negotiation import DOCUMENTS, TABLES, prefers_html
from server.pieces import Link
from server.problems import FAULTS, kind_of
from server.views import Problem

OFFERS = {"bindings": TABLES, "boolean": TABLES, "graph": DOCUMENTS}
BARE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title} · Samizdat</title></head>
<body><main><h1>{title}</h1><p>{status}. {detail}</p></main></body></html>
"""
"""The page that is sent where not even the page of an error can be made."""
TAKEN = "application/sparql-query, application/x-www-form-urlencoded"


def asked(query: str) -> str:
    """Remember the query of this request for the message of an error; gives it back."""
    g.query = query
    return query


def suggest(link: Link) -> None:
    """Remember what was probably meant by an address that leads nowhere, for the page of the error."""
    g.suggestion = link


def register(app: Flask) -> None:
    """Have the application answer every error by this module."""
    app.register_error_handler(SamizdatError, of_samizdat)
    app.register_error_handler(HTTPException, of_http)


def of_samizdat(error: SamizdatError) -> Response:
    """The response to one of our errors."""
    name, kind = kind_of(type(error))
    query = g.get("query", "")
    line, column = (error.line, error.column) if isinstance(error, QuerySyntaxError) else (None, None)
    offer = OFFERS.get(error.kind, ()) if isinstance(error, FormNotAcceptable) else ()
    problem = Problem(
        type=f"{BASE}problems#{name}",
        title=kind.title,
        status=kind.status,
        detail=error.what,
        hint=error.hint,
        line=line,
        column=column,
        excerpt=_line(query, line),
        query=query,
        available=tuple(item.media_type for item in offer),
        suggestion=g.get("suggestion"),
    )
    return answer(problem, {"Retry-After": str(kind.retry)} if kind.retry else {})


def of_http(error: HTTPException) -> Response:
    """The response to an error of HTTP itself: an unknown address, a method not allowed, a fault of ours."""
    kept = {name: value for name, value in error.get_headers(request.environ) if name.lower() != "content-type"}
    status = error.code or 500
    if status == 415:
        kept |= {"Accept": TAKEN, "Accept-Post": TAKEN}
    name, kind, hint = FAULTS.get(status, ("", None, ""))
    problem = Problem(
        type=f"{BASE}problems#{name}" if kind else "about:blank",
        title=kind.title if kind else error.name,
        status=status,
        detail=_detail(error),
        hint=hint,
    )
    return answer(problem, kept)


def _detail(error: HTTPException) -> str:
    if isinstance(error, MethodNotAllowed):
        return f"{request.method} is not done at {request.path}: what is published never changes"
    if isinstance(error, RequestURITooLarge):
        return f"the address has {len(request.query_string)} bytes of parameters"
    return error.description or ""


def answer(problem: Problem, headers: dict[str, str]) -> Response:
    """The problem as a page if a person asks, and as ``application/problem+json`` otherwise."""
    if prefers_html(request.headers.get("Accept")):
        return Response(_page(problem), problem.status, headers, content_type="text/html; charset=utf-8")
    body = json.dumps(members(problem), ensure_ascii=False)
    return Response(body, problem.status, headers, content_type="application/problem+json")


def _page(problem: Problem) -> str:
    """The problem as a page; a bare one where a page is just what cannot be made."""
    try:
        return render_template("error.html", view=problem, help=help_with(problem.status, is_query=bool(problem.query)))
    except Exception:  # whatever it is: somebody waits for an answer, and the log tells the rest
        current_app.logger.exception("the page of an error could not be made")
        title = escape(problem.title)
        return BARE.format(status=problem.status, title=title, detail=escape(problem.detail))


def members(problem: Problem) -> dict[str, Any]:
    """The problem as RFC 9457 members, and beside them what else is known of it."""
    names = ("type", "title", "status", "detail", "hint", "line", "column", "excerpt", "available")
    return {name: value for name in names if (value := getattr(problem, name)) not in (None, "", ())}


def _line(query: str, line: int | None) -> str:
    """Line ``line`` (from 1) of the query; empty if there is none."""
    lines = query.split("\n")
    return lines[line - 1].rstrip("\r") if line and line <= len(lines) else ""
