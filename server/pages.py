"""The pages for people. Each view gathers one dataclass of ``server/views.py`` and hands it to a template."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from server import query_page
from server.problems import every_kind
from server.site.claims_list import claims_page
from server.site.home import home_page
from server.site.question_page import question_page
from server.views import ProblemKind, ProblemsPage

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def home() -> str:
    """What this is, the newest editorial, and five questions answered."""
    return render_template("home.html", view=home_page())


@blueprint.get("/questions/<name>")
def question(name: str) -> str:
    """One saved question with its form, answered for the parameters of the address."""
    return render_template("question.html", view=question_page(name))


@blueprint.get("/query")
def query() -> Response:
    """A query typed by a person, and its answer."""
    # A form sends its lines with the ends that mail has (HTML, "constructing the form data set").
    sparql = request.args.get("query", "").replace("\r\n", "\n")
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
