"""The one page of a pack that is printed: what is claimed, in which words, and what was measured beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.asking.compared import Compared
from graph.iris import ID
from server.claim_forms.details import ClaimDetails
from server.describing.citations import Citation, citation_of
from server.holdings import holdings
from server.site.things.measured import Measured, told

MOST, LONGEST = 8, 900
"""Measurements and characters of quotes that one page has room for; the files of the pack have all."""


@dataclass(frozen=True)
class Summary:
    """What the page shows; ``more`` measurements are in the table of the pack alone."""

    claim: ClaimDetails
    quotes: tuple[str, ...]
    is_cut: bool
    sha256: str
    measured: tuple[Measured, ...]
    more: int
    snapshot: str
    citation: str


def summary_of(claim: ClaimDetails, sha256: str, found: Sequence[Compared]) -> Summary:
    """The page of a claim; ``sha256`` of the text that it stands in."""
    shown = told(found)
    quotes = tuple(passage.exact for passage in claim.passages)
    room = LONGEST // max(len(quotes), 1)
    return Summary(
        claim=claim,
        quotes=tuple(words if len(words) <= room else f"{words[:room].rpartition(' ')[0]} …" for words in quotes),
        is_cut=any(len(words) > room for words in quotes),
        sha256=sha256,
        measured=shown[:MOST],
        more=len(shown) - len(shown[:MOST]),
        snapshot=holdings().snapshot.id,
        citation=_in_words(citation_of(claim.iri.removeprefix(ID))),
    )


def _in_words(cited: Citation) -> str:
    """The citation in a line, with what every style has."""
    year = f" ({cited.date.parts[0]})" if cited.date else ""
    return f"{', '.join(cited.authors)}{year}: {cited.title}. {cited.container}, {cited.version[:12]}. {cited.url}"
