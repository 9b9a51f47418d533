"""Short SPARQL over the seed's dataset, with answers short enough to be read in a test."""

from pyoxigraph import QueryBoolean, QuerySolutions, Store

from ontology.base import BASE

EDITORIAL = "editorial/2021-01-progress-kazakhstan"
FOUNDERS = {("person/aliya-zholboldina",), ("person/asya-tulesova",)}
KINDS = ("country", "event", "government", "group", "law", "party", "person", "platform", "post", "sector")
PREFIXES = (
    "".join(f"PREFIX {kind}: <{BASE}id/{kind}/>\n" for kind in KINDS)
    + f"""
PREFIX cito: <http://purl.org/spar/cito/>
PREFIX claim: <{BASE}id/claim/2021-01-progress-kazakhstan/>
PREFIX editorial: <{BASE}id/editorial/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX np: <http://www.nanopub.org/nschema#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX pol: <{BASE}politics#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
)
_SHORTENED = (f"{BASE}id/claim/2021-01-progress-kazakhstan/", f"{BASE}id/", f"{BASE}politics#")


def asks(store: Store, pattern: str) -> bool:
    """Whether the pattern holds; outside of GRAPH it is matched in the default graph alone."""
    answer = store.query(f"{PREFIXES} ASK {{ {pattern} }}")
    assert isinstance(answer, QueryBoolean)
    return bool(answer)


def rows(store: Store, query: str) -> set[tuple[str, ...]]:
    """The rows of a SELECT as text: a claim by its short id, other things by their path, unbound as ``""``."""
    answer = store.query(PREFIXES + query)
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return {tuple(_text(getattr(row[name], "value", "")) for name in names) for row in answer}


def _text(value: str) -> str:
    for start in _SHORTENED:
        if value.startswith(start):
            return value.removeprefix(start)
    return value
