"""The page with a query form, and under it the answer."""

from collections import defaultdict
from functools import cache

from flask import Response, render_template

from queries import StoredQuery
from server.answers import answered
from server.holdings import holdings
from server.links import query_page
from server.pieces import Answer, Question, QuestionGroup
from server.reading import PREFIXES
from server.site.answer_picture import views_of
from server.site.asking import code_for, short_link
from server.site.query_editor import plain
from server.site.query_views import QueryPage

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
    return respond(sparql, answered(_saved(sparql) or sparql))


def _saved(sparql: str) -> str | None:
    """The whole text of the saved question that this is without its header: for that there is an answer already."""
    for query in holdings().catalogue.values():
        if sparql.startswith(f"# {query.summary}\n"):
            text = query.fill({})
            return text if plain(text, query.summary) == sparql.rstrip() else None
    return None


def respond(sparql: str = "", answer: Answer | None = None) -> Response:
    """The page for a query and its answer; without them, a query to begin with."""
    text = sparql or FIRST
    view = QueryPage(
        sparql=text,
        answer=answer,
        views=views_of(answer) if answer else None,
        examples=_examples(),
        snippets=code_for(text),
        link=short_link(text),
    )
    return Response(render_template("query.html", view=view), content_type="text/html; charset=utf-8")


def _examples() -> tuple[QuestionGroup, ...]:
    """The saved questions as queries, under the first tag of each."""
    by_tag = defaultdict(list)
    for name, query in holdings().catalogue.items():
        by_tag[query.tags[0] if query.tags else ""].append(Question(name, query.summary, query_page(_begun(query))))
    return tuple(QuestionGroup(tag, tuple(asked)) for tag, asked in sorted(by_tag.items()))


@cache
def _begun(query: StoredQuery) -> str:
    """The text of a saved question to begin with, its parameters filled."""
    return plain(query.fill({}), query.summary)
