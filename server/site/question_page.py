"""A saved question as a page: its form, its answer in words, as table and picture, files of it, and how to cite it."""

from dataclasses import dataclass, replace
from difflib import get_close_matches

from flask import request, url_for

from graph.engine import Query
from graph.engine.tokens import form, head, tokens
from graph.errors import ParameterError, SamizdatError, UnknownName
from ontology.base import BASE
from queries import BadParameter, StoredQuery
from server.addresses import Place
from server.answers import answered
from server.describing.imported import imported
from server.errors import suggest
from server.forms import fields_of
from server.holdings import holdings
from server.links import endpoint
from server.links import query_page as query_address
from server.pieces import Answer, Download, Field, Link
from server.site.answer_picture import Views, views_of
from server.site.answer_words import InWords, in_words
from server.site.asking import code_for
from server.site.held import asserted_only
from server.site.here import CARRIED
from server.site.query_editor import plain
from server.site.snippets import Snippet
from server.timeline import past
from server.words.language import gettext as _

VIEW = ("view", "x", "y")
"""What of the address says how the answer is looked at, and is no parameter of a question."""
RDF = (("turtle", "ttl"), ("jsonld", "jsonld"))
CLAIM = "claim"
MEASURED = "pol:indicator"
"""What the text of a question has that is answered with measurements, which are not ours to license."""


@dataclass(frozen=True)
class Counts:
    """The rows of the whole answer, and those that rest on asserted claims or on none; for the switch."""

    asserted: int
    everything: int


@dataclass(frozen=True)
class QuestionPage:
    """A saved question, its form and its answer. ``counts`` is None where no row rests on a claim.

    ``rdf`` are the things or claims of the answer as RDF, ``citation`` how to cite it, ``permanent`` the address at
    which it will always be answered as it is today, where there is one.
    """

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    fields: tuple[Field, ...]
    sparql: str
    query_href: str
    answer: Answer
    words: InWords
    views: Views | None
    counts: Counts | None
    rdf: tuple[Download, ...]
    citation: str
    permanent: str | None
    snippets: tuple[Snippet, ...]


def question_page(name: str) -> QuestionPage:
    """The page for the parameters of the address; UnknownName, or ParameterError for a value that cannot be."""
    asked = _named(name)
    given = {
        key: value.strip() for key, value in request.args.items() if value.strip() and key not in (*CARRIED, *VIEW)
    }
    try:
        text = asked.fill(given)
    except BadParameter as error:
        raise ParameterError(error.what, error.hint) from None
    sparql = plain(text, asked.summary)
    # By the question's own text, for which there is an answer already where the parameters are the usual ones.
    whole = answered(text, name)
    part = _asserted(whole)
    shown = part if asserted_only() else whole
    has_claims = any(group.claims for group in whole.groups)
    permanent = _permanent()
    return QuestionPage(
        name=name,
        summary=asked.summary,
        description=asked.description,
        tags=asked.tags,
        fields=fields_of(asked, given),
        sparql=sparql,
        query_href=query_address(sparql),
        answer=shown,
        words=in_words(asked, given, shown),
        views=views_of(shown),
        counts=Counts(part.total, whole.total) if has_claims else None,
        rdf=_rdf(text, name) if whole.groups else (),
        citation=_citation(asked),
        permanent=permanent,
        snippets=code_for(sparql),
    )


def _asserted(answer: Answer) -> Answer:
    """The rows that rest on an asserted claim first of all, or on no claim."""
    groups = tuple(group for group in answer.groups if not group.claims or group.claims[0].modality.name == "asserted")
    total = sum(len(group.rows) for group in groups)
    drawn = answer.drawable
    if drawn:
        drawn = replace(drawn, lines=tuple(line for line in drawn.lines if line.held in (None, "asserted")))
    whole = len(groups) == len(answer.groups)
    return answer if whole else replace(answer, groups=groups, total=total, shown=total, drawable=drawn)


def _rdf(sparql: str, name: str) -> tuple[Download, ...]:
    """The claims that the answer names, or else all that it names, described in RDF."""
    first = head(tokens(sparql))
    if first is None or form(sparql) != "SELECT":
        return ()
    what = f"?{CLAIM}" if f"?{CLAIM} " in sparql.partition("WHERE")[0] + " " else "*"
    start = sparql[: first.offset]
    query = Query(f"{start}DESCRIBE {what} WHERE {{ {{\n{sparql[first.offset :]}\n}} }}", base=BASE)
    return tuple(Download(syntax, endpoint(query, syntax), f"{name}.{ending}") for syntax, ending in RDF)


def _citation(asked: StoredQuery) -> str:
    summary = asked.summary
    if MEASURED in asked.text and imported():
        return _(
            "“%(question)s” Samizdat, answered from snapshot %(snapshot)s; measurements under the licences of their "
            "publishers, the rest CC BY 4.0.",
            question=summary,
            snapshot=holdings().snapshot.id[:12],
        )
    return _(
        "“%(question)s” Samizdat, answered from snapshot %(snapshot)s, CC BY 4.0.",
        question=summary,
        snapshot=holdings().snapshot.id[:12],
    )


def _permanent() -> str | None:
    """The address of this page as of the snapshot in force, whatever comes later; None where there is no past."""
    place = Place.of(request.environ, request.path)
    try:
        return place.memento(past().timeline().of(holdings().snapshot.id))
    except (SamizdatError, KeyError):
        return None


def _named(name: str) -> StoredQuery:
    catalogue = holdings().catalogue
    if name not in catalogue:
        near = get_close_matches(name, catalogue, n=1)
        if near:
            suggest(Link(catalogue[near[0]].summary, url_for("pages.question", name=near[0])))
        hint = f"did you mean {near[0]}?" if near else "the list of questions has them all"
        raise UnknownName(f"there is no question {name!r}", hint)
    return catalogue[name]
