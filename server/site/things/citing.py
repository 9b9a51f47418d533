"""References of one page: each claim has one number, in the order in which the page first rests on it."""

from collections.abc import Iterable, Mapping

from graph.iris import ID
from server.pieces import Claim
from server.site.things.claimed import languages_of
from server.site.things.views import Reference, Source


class Register:
    """Numbers the claims that a page cites; claims about private life and unknown ones are not cited."""

    def __init__(self, claims: Mapping[str, Claim]) -> None:
        self._claims = {iri: claim for iri, claim in claims.items() if not claim.private}
        self._backs: dict[str, list[str]] = {}

    def cite(self, claims: Iterable[str]) -> tuple[Reference, ...]:
        """A mark for each of these claims, in the order of their numbers."""
        wanted = [claim for claim in dict.fromkeys(claims) if claim in self._claims]
        for claim in wanted:
            self._backs.setdefault(claim, [])
        numbers = {claim: number for number, claim in enumerate(self._backs, start=1)}
        return tuple(self._mark(claim, numbers[claim]) for claim in sorted(wanted, key=numbers.__getitem__))

    def sources(self) -> tuple[Source, ...]:
        """What was cited, by number."""
        languages = languages_of(self._editorial(claim) for claim in self._backs)
        return tuple(
            Source(number, self._claims[claim], languages.get(self._editorial(claim), ""), tuple(backs))
            for number, (claim, backs) in enumerate(self._backs.items(), start=1)
        )

    def _mark(self, claim: str, number: int) -> Reference:
        backs = self._backs[claim]
        backs.append(f"ref-{number}-{len(backs) + 1}")
        return Reference(number, backs[-1])

    def _editorial(self, claim: str) -> str:
        """The IRI of the editorial that a claim is named under."""
        return f"{ID}editorial/{claim.split('/')[-2]}"
