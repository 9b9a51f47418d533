"""Claims that stand as examples: short ones with their words, of nobody's private life, the same in each snapshot."""

from collections.abc import Iterable

from flask import url_for

from server import vocabulary
from server.claims import claims
from server.holdings import holdings
from server.pieces import Claim, Link
from server.site.about_views import Way
from server.site.modality_counts import held_counts

LOOKED_AT = 12
"""Claims of each modality that are looked at."""
ENOUGH = 220
"""Characters that an example and its words may have together; a longer one is taken where there is no shorter."""
ASKED = ("elections-rigged-asserted", "elections-rigged-believed", "attribution-chains", "claims-by-modality")
"""Saved questions that show what a modality does to an answer."""


def ways() -> tuple[Way, ...]:
    """Every modality with an example."""
    counts = held_counts()
    found = {claim.modality.name: claim for claim in reversed(_best(vocabulary.MARKS))}
    return tuple(
        Way(
            vocabulary.modality(name),
            counts.get(name, 0) if counts else None,
            url_for("pages.claims", modality=name),
            found.get(name),
        )
        for name in vocabulary.MARKS
    )


def example() -> Claim | None:
    """A claim that the editorial says others hold, for that shows most; else any."""
    found = _best(("believed", "reported", "asserted"))
    return next((claim for claim in found if claim.attribution), found[0] if found else None)


def questions() -> tuple[Link, ...]:
    """Saved questions to try it with, those that there are."""
    catalogue = holdings().catalogue
    return tuple(
        Link(catalogue[name].summary, url_for("pages.question", name=name)) for name in ASKED if name in catalogue
    )


def _best(modalities: Iterable[str]) -> list[Claim]:
    """Some claims of these modalities, best first: in the order given, with words, not too long, early in a text."""
    wanted = list(modalities)
    # The first that the engine comes upon: to sort all claims of a modality would be to read them all.
    some = " UNION ".join(
        f"{{ SELECT ?claim WHERE {{ ?claim pol:modality pol:{name} "
        f"FILTER NOT EXISTS {{ ?claim pol:sensitive true }} }} LIMIT {LOOKED_AT} }}"
        for name in wanted
    )
    found = [claim for claim in claims(some) if not claim.private]
    return sorted(found, key=lambda claim: (wanted.index(claim.modality.name), _weight(claim), claim.iri))


def _weight(claim: Claim) -> tuple[bool, bool, bool, int]:
    size = len(claim.sentence) + sum(map(len, claim.quotes))
    return not claim.quotes, size > ENOUGH, not claim.attribution and claim.modality.name != "asserted", claim.number
