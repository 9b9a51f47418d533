"""The list of claims: some editorials at a time, so that a page is as quick in a large graph as in a small one."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from flask import request, url_for

from graph.errors import ParameterError, UnknownName
from graph.iris import ID, is_path
from server import vocabulary
from server.claims import claims
from server.links import page_of
from server.pieces import Claim, Editorial, Link
from server.reading import iris, select, text_of
from server.site.claims_views import ClaimsPage
from server.site.held import ASSERTED, asserted_only
from server.site.here import here
from server.site.modality_counts import held_counts, with_pages
from server.suggestions import unknown
from server.words.date_words import date_in_words
from server.words.language import gettext as _

EDITORIALS = 8
"""Editorials on one page."""
CLAIMS = 1000
"""Claims on one page."""
FURTHEST = 100_000
"""The last page that is looked for."""


def claims_page() -> ClaimsPage:
    """The page that the address asks for: ``modality``, ``editorial`` (its slug), ``page`` and the switch."""
    wanted, slug, number = _modality(), request.args.get("editorial") or None, _page()
    found = _one(slug) if slug else _some(number)
    more, shown = len(found) > EDITORIALS, found[:EDITORIALS]
    listed = _claims([editorial.iri for editorial in shown], wanted)
    counts = Counter(claim.modality.name for claim in _claims([shown[0].iri], None)) if slug else held_counts()
    return ClaimsPage(
        editorials=tuple(_with_claims(shown, listed)),
        modalities=with_pages(counts, editorial=slug),
        only=vocabulary.modality(wanted) if wanted else None,
        within=Link(shown[0].headline, url_for("pages.claims")) if slug else None,
        all_href=url_for("pages.claims", editorial=slug),
        asserted=counts.get(ASSERTED, 0) if counts else None,
        everything=sum(counts.values()) if counts else None,
        is_cut=len(listed) == CLAIMS,
        page=number,
        turns=tuple(_turns(number, more=more)),
    )


def _claims(editorials: Sequence[str], wanted: str | None) -> list[Claim]:
    """Their claims in the order of the texts, of one modality or all, as the switch allows."""
    held = f"; pol:modality pol:{wanted}" if wanted else ""
    asserted = "; pol:modality pol:asserted" if asserted_only() else ""
    if not editorials:
        return []
    pattern = f"VALUES ?in {{ {iris(editorials)} }} ?claim pol:statedIn ?in {held} {asserted}"
    return claims(f"{{ SELECT ?claim WHERE {{ {pattern} }} LIMIT {CLAIMS} }}")


def _some(page: int) -> list[Editorial]:
    """The editorials of a page, the newest first, and one more if there is one."""
    rows = select(f"""
        SELECT ?editorial (MAX(?end) AS ?latest) WHERE {{
          ?editorial a pol:Editorial OPTIONAL {{ ?editorial pol:date/pol:latest ?end }}
        }} GROUP BY ?editorial ORDER BY DESC(?latest) ?editorial
        LIMIT {EDITORIALS + 1} OFFSET {EDITORIALS * (page - 1)}""")
    found = _named([text_of(row, "editorial") for row in rows])
    if not found and page > 1:
        raise UnknownName(f"there is no page {page} of the claims", "the first page leads to all of them")
    return found


def _one(slug: str) -> list[Editorial]:
    """The editorial of this slug; UnknownName if there is none."""
    iri = f"{ID}editorial/{slug}"
    found = _named([iri]) if is_path(f"editorial/{slug}") else []
    return found or unknown(iri)


def _named(wanted: Sequence[str]) -> list[Editorial]:
    """These editorials, without their claims, in the same order; what is none is left out."""
    if not wanted:
        return []
    rows = select(f"""
        SELECT ?editorial ?headline ?date WHERE {{
          VALUES ?editorial {{ {iris(wanted)} }} ?editorial a pol:Editorial
          OPTIONAL {{ ?editorial schema:headline ?headline }}
          OPTIONAL {{ ?editorial pol:date/pol:edtf ?date }}
        }} ORDER BY ?editorial ?date""")
    found = {text_of(row, "editorial"): row for row in reversed(rows)}
    return [
        Editorial(
            iri,
            page_of(iri) or "",
            text_of(found[iri], "headline", vocabulary.compact(iri)),
            date_in_words(text_of(found[iri], "date")),
            (),
        )
        for iri in wanted
        if iri in found
    ]


def _with_claims(found: Sequence[Editorial], listed: Sequence[Claim]) -> list[Editorial]:
    by_editorial: defaultdict[str | None, list[Claim]] = defaultdict(list)
    for claim in listed:
        by_editorial[claim.editorial.href].append(claim)
    return [
        Editorial(one.iri, one.href, one.headline, one.date, tuple(by_editorial[one.href])) for one in found
    ]  # fmt: skip


def _modality() -> str | None:
    wanted = request.args.get("modality") or None
    if wanted and wanted not in vocabulary.MARKS:
        raise UnknownName(f"there is no modality {wanted!r}", f"it is one of {', '.join(vocabulary.MARKS)}")
    return wanted


def _page() -> int:
    given = request.args.get("page", "1")
    if not (given.isascii() and given.isdecimal() and 0 < int(given) <= FURTHEST):
        raise ParameterError(f"page={given!r} is not the number of a page", "pages are numbered from 1")
    return int(given)


def _turns(number: int, *, more: bool) -> list[Link]:
    """To the pages before and after."""
    before = [Link(_("Newer editorials"), here(page=number - 1 if number > 2 else None))] if number > 1 else []
    return before + ([Link(_("Older editorials"), here(page=number + 1))] if more else [])
