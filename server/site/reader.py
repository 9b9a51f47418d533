"""The editorial reader: a text with the claims that were read out of it beside it, in the order of the text."""

from collections.abc import Iterable, Mapping

from flask import Response, render_template, url_for

from graph.description import Description
from graph.iris import path_of
from server import vocabulary
from server.claim_forms.details import source_of
from server.claim_forms.structured_data import CONTEXT, embedded, source
from server.describing import cite
from server.labels import Names
from server.links import query_page
from server.pieces import Link, ModalityCount
from server.reading import PREFIXES
from server.site import editorial_data as data
from server.site import reader_parts as parts
from server.site import source_facts
from server.site.held import asserted_only
from server.site.passages import of_quotes, of_text
from server.site.private_pages import private_page
from server.site.reader_views import ReaderPage
from server.site.source_texts import may_be_shown, text_at_hand
from server.site.things.measured import summaries
from server.words.language import gettext as _

EDITORIAL = "editorial/"


def is_editorial(path: str) -> bool:
    """Whether the document of this path is about an editorial."""
    return path.startswith(EDITORIAL)


def respond(found: Description, turns: Mapping[str, str], formats: Mapping[str, str]) -> Response:
    """The page; where the text is at hand no cache may keep it, since it is not for everybody."""
    stated = data.stated_of(found.iri)
    text = text_at_hand(source_facts.digest_of(stated))
    shown = text if text is not None and may_be_shown() else None
    view = _page(found, stated, shown, turns, formats)
    page = render_template("editorial.html", view=view)
    return Response(page, content_type="text/html; charset=utf-8") if text is None else private_page(page)


def _page(
    found: Description,
    stated: source_facts.Statements,
    text: str | None,
    turns: Mapping[str, str],
    formats: Mapping[str, str],
) -> ReaderPage:
    on_page = [claim for claim in data.claims_on(found.iri, found.page) if not claim.private]
    shown = [claim for claim in on_page if not asserted_only() or claim.modality.name == "asserted"]
    by_iri = {claim.iri: claim for claim in shown}
    read = parts.Read({claim.anchor: claim for claim in shown}, data.things_in(by_iri), data.relations_of(by_iri))
    names = Names({thing for things in read.things.values() for thing in things})
    marks = data.marks_of(shown)
    paragraphs, lost = of_text(text, marks) if text is not None else (of_quotes(marks), [])
    if text is not None and (found.page > 1 or found.more):
        paragraphs = parts.between(paragraphs)
    held = data.held_in(found.iri)
    return ReaderPage(
        iri=found.iri,
        headline=source_facts.headline_of(stated) or vocabulary.compact(found.iri),
        language=source_facts.language_of(stated),
        date=source_facts.date_of(stated),
        byline=source_facts.byline(stated),
        structured=embedded({"@context": CONTEXT, **source(source_of(found.iri))}),
        is_whole=text is not None,
        paragraphs=tuple(parts.passages(paragraph, read) for paragraph in paragraphs),
        notes=tuple(parts.notes(marks, lost, read, names)),
        measured=summaries(shown),
        pairs=tuple(parts.pairs(read, by_iri)),
        names=tuple(parts.index(read, names)),
        counts=tuple(_counts(held)),
        asserted=sum(number for iri, number in held.items() if iri.endswith("#asserted")),
        everything=sum(held.values()),
        withheld=data.withheld_in(found.iri),
        withheld_href=url_for("pages.claims", editorial=path_of(found.iri).removeprefix(EDITORIAL)),
        source=source_facts.known(stated, is_at_hand=text is not None),
        parts=source_facts.other_parts(found, stated),
        page=found.page,
        turns=tuple(Link(_turn(name), href) for name, href in turns.items()),
        formats=tuple(Link(name, href) for name, href in formats.items()),
        citations=cite.links(path_of(found.iri)),
        query_href=query_page(f"{PREFIXES}\nDESCRIBE <{found.iri}>\n"),
    )


def _counts(held: Mapping[str, int]) -> Iterable[ModalityCount]:
    """How the claims are held, in the order of certainty."""
    by_name = {vocabulary.modality(iri).name: number for iri, number in held.items()}
    for name in (*vocabulary.MARKS, *sorted(set(by_name) - set(vocabulary.MARKS))):
        if by_name.get(name):
            yield ModalityCount(vocabulary.modality(name), by_name[name], url_for("pages.claims", modality=name))


def _turn(name: str) -> str:
    return {"first": _("First page"), "prev": _("Page before"), "next": _("Next page")}[name]
