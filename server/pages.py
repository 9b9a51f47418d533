"""The pages for people. Each view gathers one dataclass of ``server/views.py`` and hands it to a template."""

from difflib import get_close_matches

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from graph.errors import ParameterError, UnknownName
from queries import BadParameter, StoredQuery
from server import query_page
from server.answers import answered
from server.errors import suggest
from server.forms import fields_of
from server.holdings import holdings
from server.links import query_page as query_address
from server.pieces import Link
from server.problems import every_kind
from server.site.claims_list import claims_page
from server.site.here import CARRIED
from server.site.home import home_page
from server.views import ProblemKind, ProblemsPage, QuestionPage

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def home() -> str:
    """What this is, the newest editorial, and five questions answered."""
    return render_template("home.html", view=home_page())


@blueprint.get("/questions/<name>")
def question(name: str) -> str:
    """One saved question with its form, answered for the parameters of the address."""
    asked = _question(name)
    given = {key: value.strip() for key, value in request.args.items() if value.strip() and key not in CARRIED}
    try:
        sparql = asked.fill(given)
    except BadParameter as error:
        raise ParameterError(error.what, error.hint) from None
    view = QuestionPage(
        name=name,
        summary=asked.summary,
        description=asked.description,
        tags=asked.tags,
        fields=fields_of(asked, given),
        sparql=sparql,
        query_href=query_address(sparql),
        answer=answered(sparql, name),
    )
    return render_template("question.html", view=view)


@blueprint.get("/query")
def query() -> Response:
    """A query typed by a person, and its answer."""
    sparql = request.args.get("query", "")
    return query_page.run(sparql) if sparql.strip() else query_page.respond()


@blueprint.get("/claims")
def claims() -> str:
    """Claims in the order of the text; ``modality=`` only those held in one way, ``editorial=`` those of one."""
    return render_template("claims.html", view=claims_page())


@blueprint.get("/problems")
def problems() -> str:
    """What the ``type`` of a problem leads to."""
    kinds = (ProblemKind(name, kind.status, kind.title, kind.meaning) for name, kind in every_kind())
    return render_template("problems.html", view=ProblemsPage(tuple(kinds)))


@blueprint.get("/favicon.ico")
def favicon() -> BaseResponse:
    """For browsers that ask here before they have read the page."""
    return redirect(url_for("static", filename="mark.svg"), 301)


def _question(name: str) -> StoredQuery:
    catalogue = holdings().catalogue
    if name not in catalogue:
        near = get_close_matches(name, catalogue, n=1)
        if near:
            suggest(Link(catalogue[near[0]].summary, url_for("pages.question", name=near[0])))
        hint = f"did you mean {near[0]}?" if near else "see the first page for all of them"
        raise UnknownName(f"there is no question {name!r}", hint)
    return catalogue[name]
