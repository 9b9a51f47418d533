"""How to cite: the dataset as of this snapshot, an editorial as it is known here, and a single claim."""

from collections.abc import Sequence

from graph.claim_graphs import LICENCE
from graph.iris import path_of
from server.describing import cite
from server.describing.citations import DATASET, Citation, citation_of
from server.site.about_examples import example
from server.site.about_views import Cited, CitingPage, Section


def citing_page(sections: Sequence[Section]) -> CitingPage:
    """The page, with a claim of the snapshot in force as the example."""
    shown = example()
    editorial = f"editorial/{path_of(shown.iri).split('/')[1]}" if shown else ""
    return CitingPage(
        sections=tuple(sections),
        dataset=_cited(DATASET),
        editorial=_cited(editorial) if shown else None,
        claim=_cited(path_of(shown.iri)) if shown else None,
        licence=LICENCE,
    )


def _cited(path: str) -> Cited:
    found = citation_of(path)
    return Cited(_in_words(found), found.url, cite.links(path))


def _in_words(cited: Citation) -> str:
    """As a bibliography has it: who, when, what, in what, which version; in English, like the files.

    What is not stated is left out.
    """
    year = str(cited.date.parts[0]) if cited.date else ""
    if cited.date and cited.date.circa:
        year = f"about {year}"
    version = f"Snapshot {cited.version[:12]}" if cited.version else ""
    who = ", ".join(cited.authors)
    if not who and year:
        year = year[:1].upper() + year[1:]
    parts = (f"{who} ({year})" if who and year else who or year, cited.title, cited.container, version)
    return "".join(f"{part.rstrip('.')}. " for part in parts if part).strip()
