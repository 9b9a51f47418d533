"""Under which licence what is: what Samizdat says itself under its own, imported data sets under their publishers'.

A snapshot without imported data sets is under our licence as a whole. Of one that holds some nothing as a whole is: of
it, its dumps and its endpoint it is told in words which part is under which licence, and each part has its own.
"""

from collections.abc import Iterator

from pyoxigraph import Literal, Triple
from rdflib import DCTERMS, RDF, RDFS

from graph.claim_graphs import LICENCE
from graph.description import is_imported
from graph.errors import SnapshotDamaged
from graph.iris import ID
from graph.jsonld import node
from graph.snapshot import Snapshot
from server.describing.imported import imported
from server.describing.names import RIGHTS, Node, said, text
from server.holdings import holdings

THEIRS = ("dataset/", "indicator/", "measurement/")
"""How the paths begin of what only data sets speak of."""
WORDS = (
    "What Samizdat says itself is under the Creative Commons Attribution 4.0 licence "
    f"({LICENCE}). Imported data sets stay under the licences of their publishers, which are told of each of them; "
    "nothing is licensed here that is not ours."
)


def is_all_ours(snapshot: Snapshot) -> bool:
    """Whether a snapshot holds no imported data set, as far as it can be asked and its manifest says."""
    if snapshot.id == holdings().snapshot.id and imported():
        return False
    try:
        return not snapshot.manifest.get("counts", {}).get("evidence")
    except SnapshotDamaged:
        return True


def licensed(ours: bool) -> Iterator[tuple[str, Node | Literal]]:
    """Our licence, or else where it is told which part is under which."""
    yield (DCTERMS.license, node(LICENCE)) if ours else (DCTERMS.rights, node(RIGHTS))


def told_rights() -> Iterator[Triple]:
    """The node that ``licensed`` names instead of our licence."""
    yield from said(node(RIGHTS), (RDF.type, node(DCTERMS.RightsStatement)), (RDFS.label, text(WORDS)))


def licence_of(path: str) -> str:
    """The address of the licence of the dataset or of a thing, by its path; empty where it is told in words alone.

    What only data sets speak of is not ours to license, and of a whole that holds some of theirs nothing is as a whole.
    """
    sets = imported()
    if path == "dataset":
        return LICENCE if is_all_ours(holdings().snapshot) else ""
    if not sets:
        return "" if path.startswith(THEIRS) else LICENCE
    if path.startswith(THEIRS):
        name = path.split("/")[1]
        return next((found.licence for found in sets if found.name == name), "")
    return "" if is_imported(holdings().engine, ID + path) else LICENCE
