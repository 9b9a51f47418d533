"""Claims that others correct: what is taken back, and what is wrong with how a correction is written down.

``revisionOf`` (prov:wasRevisionOf) names what a source said before and has corrected: both stand. ``supersedes``
(npx:supersedes) replaces a claim that was wrongly encoded, and ``retracts`` (npx:retracts) is a source taking back
what it said, in the words quoted: what they name keeps its graphs and its address, and nothing rests on it any more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.claims import CORRECTIONS, Claim, Editorial
from graph.errors import Problem
from graph.iris import path_of

TAKING_BACK = ("supersedes", "retracts")
"""The keys that name claims on which nothing rests any more."""
WORDS = {"revisionOf": "is a revision of", "supersedes": "supersedes", "retracts": "retracts"}


def taken_back(editorials: Iterable[Editorial]) -> frozenset[str]:
    """The IRIs of the claims that others supersede or retract.

    What was taken back by a claim that is itself taken back does not come back: encode it anew.
    """
    claims = (claim for editorial in editorials for claim in editorial.claims)
    return frozenset(other for claim in claims for key in TAKING_BACK for other in claim.corrections[key])


def correction_problems(editorials: Sequence[Editorial]) -> Iterator[Problem]:
    """Claims that come round to themselves, and retractions that nobody makes in their own voice."""
    named = {
        claim.iri: [(key, other) for key in CORRECTIONS for other in claim.corrections[key]]
        for editorial in editorials
        for claim in editorial.claims
    }
    for editorial in editorials:
        for claim in editorial.claims:
            yield from _circle(editorial, claim, named)
            yield from _voice(editorial, claim)


def _circle(editorial: Editorial, claim: Claim, named: Mapping[str, list[tuple[str, str]]]) -> Iterator[Problem]:
    for key, other in named[claim.iri]:
        way = _way(other, claim.iri, named)
        if way is not None:
            told = "".join(f", which {WORDS[how]} {path_of(iri)}" for how, iri in way)
            name = "itself" if other == claim.iri else path_of(other)
            what = f"the claim {WORDS[key]} {name}{told}"
            yield editorial.document.problem((*claim.steps, key), what, "name an earlier claim only", "correction")


def _way(start: str, end: str, named: Mapping[str, list[tuple[str, str]]]) -> list[tuple[str, str]] | None:
    """The shortest way from one claim to another, each step with its key; None if there is none."""
    ways: dict[str, list[tuple[str, str]]] = {start: []}
    todo = [start]
    for iri in todo:  # grows as it is read
        if iri == end:
            return ways[iri]
        for key, other in named.get(iri, ()):
            if other not in ways:
                ways[other] = [*ways[iri], (key, other)]
                todo.append(other)
    return None


def _voice(editorial: Editorial, claim: Claim) -> Iterator[Problem]:
    if claim.corrections["retracts"] and claim.modality != "asserted":
        article = "an" if claim.modality[0] in "ae" else "a"
        what = f"{article} {claim.modality} claim retracts another"
        hint = "a source takes back in its own voice what it said: make the claim asserted, or write disputes"
        yield editorial.document.problem((*claim.steps, "retracts"), what, hint, "correction")
