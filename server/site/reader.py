"""The editorial reader: a text with the claims that were read out of it beside it, in the order of the text."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import Response, render_template, url_for

from graph.description import Description
from graph.iris import path_of
from server import cite, vocabulary
from server.claims import claims_by_iri
from server.labels import Names
from server.links import query_page
from server.pieces import Claim, Link, ModalityCount
from server.reading import PREFIXES
from server.site import editorial_data as data
from server.site import source_facts
from server.site.held import asserted_only
from server.site.language import gettext as _
from server.site.passages import Mark, Paragraph, of_quotes, of_text
from server.site.private_pages import private_page
from server.site.reader_views import Entry, Note, Pair, Passage, ReaderPage, Reference
from server.site.source_texts import may_be_shown, text_at_hand

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


@dataclass(frozen=True)
class _Read:
    """The claims of one page that are shown, by anchor; all relations and things of theirs."""

    claims: Mapping[str, Claim]
    things: Mapping[str, list[str]]
    relations: Sequence[data.Relation]


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
    read = _Read({claim.anchor: claim for claim in shown}, data.things_in(by_iri), data.relations_of(by_iri))
    names = Names({thing for things in read.things.values() for thing in things})
    marks = data.marks_of(shown)
    paragraphs, lost = of_text(text, marks) if text is not None else (of_quotes(marks), [])
    if text is not None and (found.page > 1 or found.more):
        paragraphs = _between(paragraphs)
    held = data.held_in(found.iri)
    return ReaderPage(
        iri=found.iri,
        headline=source_facts.headline_of(stated) or vocabulary.compact(found.iri),
        language=source_facts.language_of(stated),
        date=source_facts.date_of(stated),
        is_whole=text is not None,
        paragraphs=tuple(_passages(paragraph, read) for paragraph in paragraphs),
        notes=tuple(_notes(marks, lost, read, names)),
        pairs=tuple(_pairs(read, by_iri)),
        names=tuple(_index(read, names)),
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


def _between(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """From the first paragraph with a quote to the last: of a long text a page shows what its claims are about."""
    quoted = [number for number, paragraph in enumerate(paragraphs) if any(piece.marks for piece in paragraph)]
    return paragraphs[quoted[0] : quoted[-1] + 1] if quoted else []


def _passages(paragraph: Paragraph, read: _Read) -> tuple[Passage, ...]:
    """With a lane for each modality, the same as long as the words are underlined without a break."""
    found: list[Passage] = []
    lanes: dict[str, int] = {}
    for piece in paragraph:
        held = {mark.modality for mark in piece.marks}
        lanes = {name: lane for name, lane in lanes.items() if name in held} if held & set(lanes) else {}
        for name in vocabulary.MARKS:
            if name in held and name not in lanes:
                lanes[name] = next(lane for lane in range(len(vocabulary.MARKS)) if lane not in lanes.values())
        found.append(
            Passage(
                piece.text,
                tuple(sorted(lanes.items(), key=lambda item: -item[1])),
                tuple(dict.fromkeys(mark.claim for mark in piece.marks)),
                tuple(Reference(_back(mark), read.claims[mark.claim]) for mark in piece.ending),
            )
        )
    return tuple(found)


def _back(mark: Mark) -> str:
    return f"words/{mark.claim}" + (f"/{mark.order}" if mark.order > 1 else "")


def _notes(marks: Sequence[Mark], lost: Sequence[Mark], read: _Read, names: Names) -> Iterable[Note]:
    """The claims in the order of the text."""
    gone = {_back(mark) for mark in lost}
    backs: defaultdict[str, list[str]] = defaultdict(list)
    for mark in marks:
        if _back(mark) not in gone:
            backs[mark.claim].append(_back(mark))
    missing = {mark.claim for mark in lost}
    for anchor, claim in read.claims.items():
        things = tuple(names.link(thing) for thing in read.things.get(claim.iri, ()))
        yield Note(claim, tuple(backs[anchor]), things, anchor in missing)


def _pairs(read: _Read, here: Mapping[str, Claim]) -> Iterable[Pair]:
    """Each pair once, what stands first in the text on the left; what is about private life in none."""
    elsewhere = {iri for relation in read.relations for iri in (relation.one, relation.other)} - set(here)
    known = {**claims_by_iri(elsewhere), **here}
    seen: set[tuple[bool, frozenset[str]]] = set()
    for relation in read.relations:
        one, other = known.get(relation.one), known.get(relation.other)
        is_dispute = relation.name == "disputes"
        key = (is_dispute, frozenset((relation.one, relation.other)))
        if not one or not other or one.private or other.private or key in seen or not _is_wanted(one, other):
            continue
        seen.add(key)
        turned = not is_dispute and (other.editorial.href or "", other.number) < (one.editorial.href or "", one.number)
        yield Pair(other, one, is_dispute) if turned else Pair(one, other, is_dispute)


def _is_wanted(*claims: Claim) -> bool:
    return not asserted_only() or all(claim.modality.name == "asserted" for claim in claims)


def _index(read: _Read, names: Names) -> Iterable[Entry]:
    """The things by name, each with its claims in the order of the text."""
    by_thing: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in read.claims.values():
        for thing in read.things.get(claim.iri, ()):
            by_thing[thing].append(claim)
    for thing, spoken in sorted(by_thing.items(), key=lambda item: names.of(item[0]).casefold()):
        yield Entry(names.link(thing), path_of(thing).partition("/")[0], tuple(spoken))


def _counts(held: Mapping[str, int]) -> Iterable[ModalityCount]:
    """How the claims are held, in the order of certainty."""
    by_name = {vocabulary.modality(iri).name: number for iri, number in held.items()}
    for name in (*vocabulary.MARKS, *sorted(set(by_name) - set(vocabulary.MARKS))):
        if by_name.get(name):
            yield ModalityCount(vocabulary.modality(name), by_name[name], url_for("pages.claims", modality=name))


def _turn(name: str) -> str:
    return {"first": _("First page"), "prev": _("Page before"), "next": _("Next page")}[name]
