"""Examples that lead somewhere: taken from the snapshot that is served, and none of somebody's private life."""

from graph.errors import SamizdatError
from graph.iris import ID, INFERRED_GRAPH
from ontology.vocabulary import version_iri
from server.claim_forms.documents import trusty_uri
from server.holdings import holdings
from server.openapi.model import Examples
from server.reading import select, text_of

CLAIM = "SELECT ?claim WHERE { ?claim a pol:Claim FILTER NOT EXISTS { ?claim pol:sensitive true } } LIMIT 1"
DERIVATION = f"SELECT ?step WHERE {{ GRAPH <{INFERRED_GRAPH}> {{ ?step a pol:Derivation }} }} LIMIT 1"


def examples() -> Examples:
    """Of each kind one."""
    held = holdings()
    path = _claim()
    editorial, claim = path.split("/")[1:] if path.count("/") == 2 else ("", "")
    return Examples(
        thing=path,
        editorial=editorial,
        claim=claim,
        trusty=_code(path) if claim else "",
        snapshot=held.snapshot.id,
        version=version_iri().rpartition("/")[2],
        question=next(iter(held.catalogue), ""),
        derivation=_derivation(),
    )


def _claim() -> str:
    """The path of a claim; empty if there is none, or finding one takes too long."""
    return _first(CLAIM, "claim").removeprefix(ID)


def _derivation() -> str:
    """The code of a derived statement; empty likewise."""
    return _first(DERIVATION, "step").rpartition("#")[2]


def _first(query: str, name: str) -> str:
    try:
        rows = select(query)
    except SamizdatError:
        return ""
    return text_of(rows[0], name) if rows else ""


def _code(path: str) -> str:
    uri = trusty_uri(ID + path)
    return uri.rpartition("/")[2] if uri else ""
