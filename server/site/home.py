"""The first page: counts, the newest editorial with three of its claims, and five questions answered."""

from collections.abc import Sequence

from flask import url_for

from graph.errors import EngineUnavailable
from graph.iris import ID
from graph.searching.index import Record
from graph.searching.searchable import Searchable
from server import vocabulary
from server.claims import claims
from server.holdings import holdings
from server.links import page_of
from server.pieces import Claim, ModalityCount
from server.reading import iris, select, text_of
from server.searching import searchable
from server.site.held import ASSERTED, asserted_only
from server.site.home_answers import answers
from server.site.home_views import Counted, HomePage, Newest
from server.words.date_words import date_in_words
from server.words.language import ngettext

FEATURED = 3
RANGE = ("asserted", "believed", "predicted")
READ = 150
"""Claims of the newest editorial among which the three are chosen, the first ones of the text."""


def home_page() -> HomePage:
    """The first page of the snapshot in force; without counts where it cannot be searched."""
    try:
        found: Searchable | None = searchable()
    except EngineUnavailable:
        found = None
    held = found.claims.sizes("held-as") if found else {}
    return HomePage(
        counts=_counts(found) if found else (),
        newest=_newest(found) if found else None,
        modalities=_modalities(held),
        answers=answers(),
        questions=len(holdings().catalogue),
        asserted=held.get(ASSERTED, 0) if found else None,
        everything=len(found.claims) if found else None,
    )


def _counts(found: Searchable) -> tuple[Counted, ...]:
    """How much can be found here: nothing about private life is counted."""
    kinds = found.things.sizes("kind")
    held = len(found.claims.having("held-as", ASSERTED)) if asserted_only() else len(found.claims)
    numbers = {"editorial": kinds.get("editorial", 0), "claims": held}
    numbers |= {kind: kinds.get(kind, 0) for kind in ("person", "party", "country", "event")}
    return tuple(
        Counted(_in_words(kind, number), url_for("search.find", kind=kind))
        for kind, number in numbers.items()
        if number
    )


def _in_words(kind: str, number: int) -> str:
    words = {
        "editorial": lambda: ngettext("%(num)s editorial", "%(num)s editorials", number),
        "claims": lambda: ngettext("%(num)s claim", "%(num)s claims", number),
        "person": lambda: ngettext("%(num)s person", "%(num)s people", number),
        "party": lambda: ngettext("%(num)s party", "%(num)s parties", number),
        "country": lambda: ngettext("%(num)s country", "%(num)s countries", number),
        "event": lambda: ngettext("%(num)s event", "%(num)s events", number),
    }
    return words[kind]()


def _modalities(held: dict[str, int]) -> tuple[ModalityCount, ...]:
    """How many claims are held in each way, in the order of certainty."""
    shown = [ASSERTED] if asserted_only() else list(vocabulary.MARKS)
    return tuple(
        ModalityCount(vocabulary.modality(name), held[name], url_for("pages.claims", modality=name))
        for name in shown
        if held.get(name)
    )


def _newest(found: Searchable) -> Newest | None:
    record = _newest_record(found)
    if record is None:
        return None
    iri: str = record["id"]
    name, language, _kind = record["names"][0]
    number = len(found.claims.having("editorial", iri.removeprefix(f"{ID}editorial/")))
    return Newest(name, language, page_of(iri) or "", _date(iri), featured(_claims(iri)), number)


def _newest_record(found: Searchable) -> Record | None:
    """The editorial that appeared last, by the index: the graph is not searched for it."""
    narrowing = found.narrowing[0]
    for year in (*sorted(found.things.sizes("year"), key=int, reverse=True), ""):
        chosen = {"kind": ["editorial"]} | ({"year": [year]} if year else {})
        if narrowing.number(chosen):
            return max(narrowing.listed(chosen), key=lambda record: (record.get("until", ""), record["id"]))
    return None


def _date(editorial: str) -> str:
    rows = select(f"SELECT ?date WHERE {{ {iris([editorial])} pol:date/pol:edtf ?date }} ORDER BY ?date LIMIT 1")
    return date_in_words(text_of(rows[0], "date")) if rows else ""


def _claims(editorial: str) -> list[Claim]:
    held = "; pol:modality pol:asserted" if asserted_only() else ""
    return claims(
        f"{{ SELECT ?claim WHERE {{ ?claim pol:statedIn {iris([editorial])} {held} "
        f"OPTIONAL {{ ?claim schema:position ?at }} }} ORDER BY ?at ?claim LIMIT {READ} }}"
    )


def featured(found: Sequence[Claim]) -> tuple[Claim, ...]:
    """Three claims that show the range, in the order of the text: if it can be, one asserted, believed, predicted.

    Of each modality it is the first that another claim contradicts, or else the first. What is private stays out.
    """
    open_to_all = [claim for claim in found if not claim.private and claim.quotes]
    ranked = sorted(open_to_all, key=lambda claim: (not claim.tensions, claim.number))
    first_of = {claim.modality.name: claim for claim in reversed(ranked)}
    chosen = [first_of[name] for name in (*RANGE, *vocabulary.MARKS) if name in first_of]
    chosen += ranked
    return tuple(sorted(list(dict.fromkeys(chosen))[:FEATURED], key=lambda claim: claim.number))
