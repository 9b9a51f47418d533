"""Five saved questions answered on the first page: each by the first claims that its answer rests on."""

from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import urljoin

from flask import url_for

from graph.engine import Query
from graph.engine.results import ask, table
from ontology.base import BASE
from queries import StoredQuery
from server.claims import claims_by_iri, is_claim
from server.holdings import holdings
from server.labels import Names
from server.links import query_page
from server.pieces import Claim, Link
from server.reading import READABLE, Row
from server.site.held import ASSERTED, asserted_only
from server.site.home_views import AnsweredQuestion

ASKED = ("media-control", "party-bans", "elections-rigged-believed", "said-of-person", "predictions")
"""The questions, in this order, each of one thing unless somebody chooses another: prepared, and short."""
SHOWN = 2
"""Claims of each answer."""
LOOKED_AT = 40
"""Claims of an answer among which those are found that may be shown."""
MAIN = "claim"
"""The variable that names the claim a row rests on."""


def answers() -> tuple[AnsweredQuestion, ...]:
    """The answers to those of ASKED that are saved here."""
    catalogue = holdings().catalogue
    return tuple(_answered(catalogue[name]) for name in ASKED if name in catalogue)


def _answered(question: StoredQuery) -> AnsweredQuestion:
    sparql = question.fill({})
    found = holdings().engine.evaluate(Query(sparql, base=BASE), READABLE)
    verdict = ask(found) if found.kind == "boolean" else None
    rested_on = list(islice(_claims(table(found).rows), LOOKED_AT)) if found.kind == "bindings" else []
    told = claims_by_iri(rested_on)
    kept = [told[iri] for iri in rested_on if iri in told and _may_be_shown(told[iri])]
    return AnsweredQuestion(
        name=question.name,
        summary=question.summary,
        about=_about(question),
        href=url_for("pages.question", name=question.name),
        query_href=query_page(sparql),
        claims=tuple(kept[:SHOWN]),
        more=len(kept) > SHOWN,
        verdict=verdict,
    )


def _about(question: StoredQuery) -> tuple[Link, ...]:
    """What the question is asked of, where it could be asked of other things too."""
    defaults = [parameter.default for parameter in question.parameters if parameter.type == "iri"]
    wanted = [urljoin(BASE, default) for default in defaults]
    names = Names(wanted)
    return tuple(names.link(iri) for iri in wanted)


def _claims(rows: Iterable[Row]) -> Iterator[str]:
    """The claims that the rows rest on, each once, in the order of the rows."""
    named = (row[MAIN].value for row in rows if MAIN in row)
    return iter(dict.fromkeys(iri for iri in named if is_claim(iri)))


def _may_be_shown(claim: Claim) -> bool:
    return not claim.private and (claim.modality.name == ASSERTED or not asserted_only())
