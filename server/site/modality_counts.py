"""How many claims there are of each modality: known since the snapshot was published, else counted when asked."""

from collections.abc import Mapping

from flask import url_for

from graph.asking.selecting import select
from graph.errors import QueryRefused
from graph.iris import ONTOLOGY
from server import vocabulary
from server.holdings import holdings
from server.pieces import ModalityCount

PROPERTY = f"<{ONTOLOGY}#modality>"
PATIENCE = 1.0
"""Seconds for counting while somebody waits, where nothing was counted before."""


def held_counts() -> Mapping[str, int]:
    """Claims by the name of their modality; empty where counting takes longer than a query may."""
    known = holdings().statistics
    found = known.whole.properties.get(PROPERTY) if known else None
    if found and found.objects is not None:
        return {name[1:-1].rpartition("#")[2]: number for name, number in found.objects.items()}
    if known:
        return {}
    found_now = counted(f"?claim {PROPERTY} ?what")
    return {name.rpartition("#")[2]: number for name, number in found_now.items()}


def counted(pattern: str) -> Mapping[str, int]:
    """How many solutions a pattern has by its ``?what``; empty where that takes longer than a page may wait."""
    text = f"SELECT ?what (COUNT(*) AS ?number) WHERE {{ {pattern} }} GROUP BY ?what"
    try:
        rows = select(holdings().engine, text, timeout=PATIENCE)
    except QueryRefused:
        return {}
    return {row["what"].value: int(row["number"].value) for row in rows if "what" in row}


def with_pages(counts: Mapping[str, int], editorial: str | None = None) -> tuple[ModalityCount, ...]:
    """The counts in the order of certainty, none for a modality without claims, each with the page that lists them.

    ``editorial`` is the slug of the only one that is listed, None for all.
    """
    return tuple(
        ModalityCount(
            vocabulary.modality(name), counts[name], url_for("pages.claims", modality=name, editorial=editorial)
        )
        for name in vocabulary.MARKS
        if counts.get(name)
    )
