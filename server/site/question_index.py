"""``/questions/``: every saved question, by what it is about."""

from collections import defaultdict
from dataclasses import dataclass

from flask import Blueprint, render_template, url_for

from queries import StoredQuery
from server.holdings import holdings
from server.vocabulary import in_words

blueprint = Blueprint("questions", __name__)

OTHER = "other"
"""The subject of a question without a tag."""


@dataclass(frozen=True)
class Listed:
    """A question in the list; ``asks`` are the names of what a reader may choose."""

    summary: str
    href: str
    asks: tuple[str, ...]


@dataclass(frozen=True)
class Subject:
    """The questions whose first tag this is; ``anchor`` is where links to it lead."""

    title: str
    anchor: str
    questions: tuple[Listed, ...]


@dataclass(frozen=True)
class QuestionsPage:
    """Every question under its subject, in alphabetical order of the subjects."""

    subjects: tuple[Subject, ...]
    total: int


@blueprint.get("/questions/")
def index() -> str:
    """The list of questions."""
    catalogue = holdings().catalogue
    by_tag: dict[str, list[Listed]] = defaultdict(list)
    for query in catalogue.values():
        by_tag[query.tags[0] if query.tags else OTHER].append(_listed(query))
    subjects = tuple(Subject(tag, tag.replace(" ", "-"), tuple(by_tag[tag])) for tag in sorted(by_tag))
    return render_template("questions.html", view=QuestionsPage(subjects, len(catalogue)))


def _listed(query: StoredQuery) -> Listed:
    names = tuple(in_words(parameter.name) for parameter in query.parameters)
    return Listed(query.summary, url_for("pages.question", name=query.name), names)
