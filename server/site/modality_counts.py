"""How many claims there are of each modality: known since the snapshot was published, else counted when asked."""

from collections.abc import Mapping

from flask import url_for

from graph.errors import QueryRefused
from graph.iris import ONTOLOGY
from server import vocabulary
from server.holdings import holdings
from server.pieces import ModalityCount
from server.reading import select, text_of

PROPERTY = f"<{ONTOLOGY}#modality>"


def held_counts() -> Mapping[str, int]:
    """Claims by the name of their modality; empty where counting takes longer than a query may."""
    known = holdings().statistics
    found = known.whole.properties.get(PROPERTY) if known else None
    if found and found.objects is not None:
        return {name[1:-1].rpartition("#")[2]: number for name, number in found.objects.items()}
    if known:
        return {}
    try:
        rows = select("SELECT ?held (COUNT(?claim) AS ?number) WHERE { ?claim pol:modality ?held } GROUP BY ?held")
    except QueryRefused:
        return {}
    return {text_of(row, "held").rpartition("#")[2]: int(text_of(row, "number", "0")) for row in rows}


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
