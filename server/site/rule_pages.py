"""``/rules/``: the rules by which measurements are put beside claims, each with its reason and as a query to run."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from flask import Blueprint, render_template, url_for

from graph.errors import UnknownName
from queries import StoredQuery, rules
from server.errors import suggest
from server.links import query_page
from server.pieces import Link
from server.site.query_editor import plain

blueprint = Blueprint("rules", __name__)


@dataclass(frozen=True)
class RulePage:
    """One rule, and the list of all of them."""

    rule: StoredQuery
    sparql: str
    query_href: str
    others: tuple[Link, ...]


@blueprint.get("/rules/")
def index() -> str:
    """The list of rules."""
    return render_template("rules.html", links=_links(tuple(rules().values())))


@blueprint.get("/rules/<name>")
def rule(name: str) -> str:
    """One rule."""
    known = rules()
    if name not in known:
        near = get_close_matches(name, known, n=1)
        if near:
            suggest(Link(known[near[0]].summary, url_for("rules.rule", name=near[0])))
        raise UnknownName(f"there is no rule {name!r}", "the list of rules has them all")
    asked = known[name]
    others = _links([other for other in known.values() if other is not asked])
    sparql = plain(asked.fill({}), asked.summary)
    view = RulePage(asked, sparql, query_page(sparql), others)
    return render_template("rule.html", view=view)


def _links(found: Sequence[StoredQuery]) -> tuple[Link, ...]:
    return tuple(Link(one.summary, url_for("rules.rule", name=one.name)) for one in found)
