"""The page with a query form, and under it the answer."""

from flask import Response, render_template

from server.answers import answered
from server.holdings import holdings
from server.links import query_page
from server.pieces import Answer, Question
from server.reading import PREFIXES
from server.views import QueryPage

FIRST = f"""{PREFIXES}
# Who controls which media, as claimed?
SELECT ?controller ?controlled ?extent WHERE {{
  ?control a pol:MediaControl ; pol:controller ?controller ; pol:controlled ?controlled .
  OPTIONAL {{ ?control pol:extent ?extent }}
}}
"""
"""What the form holds before anything is asked."""


def run(sparql: str) -> Response:
    """The page for a query, answered."""
    return respond(sparql, answered(sparql))


def respond(sparql: str = "", answer: Answer | None = None) -> Response:
    """The page for a query and its answer; without them, a query to begin with."""
    examples = tuple(
        Question(name, query.summary, query_page(query.fill({}))) for name, query in holdings().catalogue.items()
    )
    page = render_template("query.html", view=QueryPage(sparql or FIRST, answer, examples))
    return Response(page, content_type="text/html; charset=utf-8")
