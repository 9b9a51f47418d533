"""How much there is: from what was counted when the snapshot was published, so that nothing is counted now."""

from collections.abc import Mapping, Sequence

from flask import url_for
from rdflib import FOAF

from graph.iris import ONTOLOGY
from server import vocabulary
from server.holdings import holdings
from server.links import page_of
from server.pieces import Count, Link
from server.reading import iris
from server.site.about_views import Section, Share, StatisticsPage
from server.site.modality_counts import counted, held_counts
from server.versions import first_issued
from server.words.date_words import date_in_words
from server.words.language import ngettext

KINDS = (
    str(FOAF.Person),
    *(
        f"{ONTOLOGY}#{name}"
        for name in (
            *(
                "PoliticalParty",
                "Government",
                "AgentGroup",
                "MediaOutlet",
                "MediaSector",
                "SocialPlatform",
                "Editorial",
            ),
            *("PartyBan", "Detention", "Protest", "Election", "ElectionRigging", "MediaControl", "Tenure", "Goal"),
            *("LegalReform", "PartyFounding", "Announcement", "Statement"),
        )
    ),
)
"""The classes that are told of, people first."""


def statistics_page(sections: Sequence[Section]) -> StatisticsPage:
    """The page as of the snapshot in force."""
    counts = held_counts()
    snapshot = holdings().snapshot
    issued = first_issued(snapshot).get(snapshot.id, "")
    return StatisticsPage(
        sections=tuple(sections),
        claims=sum(counts.values()),
        shares=_shares(counts),
        kinds=_kinds(_of_classes()),
        counts=_graph(),
        snapshot=snapshot.id,
        issued=date_in_words(issued[:10]) if issued else "",
    )


def _shares(counts: Mapping[str, int]) -> tuple[Share, ...]:
    """Each modality beside the one with most claims."""
    most = max(counts.values(), default=0)
    return tuple(
        Share(
            vocabulary.modality(name),
            counts[name],
            max(round(100 * counts[name] / most), 1),
            url_for("pages.claims", modality=name),
        )
        for name in vocabulary.MARKS
        if counts.get(name)
    )


def _of_classes() -> Mapping[str, int]:
    """How many things of each class there are, by its IRI."""
    known = holdings().statistics
    if known:
        return {name[1:-1]: scope.subjects for name, scope in known.classes.items()}
    return counted(f"VALUES ?what {{ {iris(KINDS)} }} ?thing a ?what")


def _kinds(classes: Mapping[str, int]) -> tuple[tuple[Link, int], ...]:
    return tuple(
        (Link(vocabulary.in_words(kind), page_of(kind)), classes[kind]) for kind in KINDS if classes.get(kind)
    )  # fmt: skip


def _graph() -> tuple[Count, ...]:
    known = holdings().statistics
    if known is None:
        return ()
    whole = known.whole.triples
    return (
        Count(whole, ngettext("statement in the default graph", "statements in the default graph", whole)),
        Count(known.quads, ngettext("statement in named graphs", "statements in named graphs", known.quads)),
        Count(known.graphs, ngettext("named graph", "named graphs", known.graphs)),
    )
