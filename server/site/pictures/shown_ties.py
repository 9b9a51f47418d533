"""Ties as pages show them: with the claims that say them in their exact words, or the proof that they follow."""

from collections.abc import Iterable, Mapping, Sequence

from flask import current_app, url_for
from pyoxigraph import NamedNode, Triple

from graph.asking.grounds import grounds
from graph.iris import derivation
from server.claims import claims_by_iri
from server.holdings import holdings
from server.pieces import Claim
from server.site.pictures.asked_things import Shown
from server.site.pictures.network_views import Held, TieShown
from server.site.pictures.tie_words import MARKS, held_words, relation
from server.site.pictures.ties import DERIVED, Tie

CLAIMS = 3
"""Claims that are shown with one tie."""
PROOF = "proofs.why"
"""The endpoint of the page that proves a derived statement."""


class Writer:
    """Shows ties, each with so many ``claims`` at most; what all of them need is asked for together."""

    def __init__(self, ties: Sequence[Tie], further: Iterable[str] = (), claims: int = CLAIMS) -> None:
        self._most = claims
        self._things = Shown({*(end for tie in ties for end in (tie.source, tie.target)), *further})
        self.thing = self._things.of
        self._claims_of = _claims_of(ties)
        wanted = {claim for claims in self._claims_of.values() for claim in claims[: self._most]}
        self._claims = claims_by_iri(wanted)
        self._words = held_words()

    def of(self, tie: Tie) -> TieShown:
        """One of the ties."""
        claims = self._claims_of[tie]
        shown = [self._claims[iri] for iri in claims[: self._most] if iri in self._claims]
        return TieShown(
            source=self.thing(tie.source),
            relation=relation(tie),
            target=self.thing(tie.target),
            held=Held(tie.held, MARKS[tie.held], self._words[tie.held]),
            extent=tie.extent,
            claims=_in_order(shown),
            further=max(0, len(claims) - self._most),
            why=why(tie),
        )

    def may_show(self, tie: Tie) -> bool:
        """Whether it rests on more than claims about private life."""
        claims = self._claims_of[tie][: self._most]
        return not claims or any(iri in self._claims and not self._claims[iri].private for iri in claims)


def why(tie: Tie) -> str | None:
    """Where a derived tie is proved; None for others."""
    if tie.held != DERIVED or PROOF not in current_app.view_functions:
        return None
    return url_for(PROOF, of=derivation(f"{statement(tie)} .").rpartition("#")[2])


def statement(tie: Tie) -> Triple:
    """What a tie of one statement says."""
    return Triple(NamedNode(tie.source), NamedNode(tie.how), NamedNode(tie.target))


def _claims_of(ties: Sequence[Tie]) -> Mapping[Tie, tuple[str, ...]]:
    """The claims that say each tie, or that the statements rest on which it follows from; none of private life."""
    derived = {statement(tie): tie for tie in ties if tie.held == DERIVED}
    found = {tie: tie.claims for tie in ties}
    for triple, ground in grounds(holdings().engine, list(derived)).items():
        found[derived[triple]] = ground.claims
    return found


def _in_order(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(sorted((claim for claim in claims if not claim.private), key=lambda claim: (claim.href, claim.number)))
