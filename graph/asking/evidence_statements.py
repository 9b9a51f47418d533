"""What imported data sets say of something of which the default graph says nothing: a measurement, a data set, a party.

Only what it says itself is asked for: what is measured of a country is much, and belongs to questions.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Triple
from rdflib import PROV, SKOS

from graph import iris
from graph.asking.selecting import select
from graph.engine import Engine
from graph.jsonld import node

GRAPHS = iris.evidence_graph("")
"""How the names of their graphs begin."""
PARTS = 300
"""The most parts of one thing that are looked at."""
_SOURCE = node(PROV.wasDerivedFrom)


def says(engine: Engine, thing: NamedNode) -> bool:
    """Whether any data set says anything of it."""
    return bool(select(engine, f"SELECT ?p WHERE {{ {_in_evidence(f'{thing} ?p ?o')} }} LIMIT 1"))


def graphs(engine: Engine, thing: NamedNode) -> frozenset[str]:
    """The graphs of the data sets that say anything of it."""
    found = select(engine, f"SELECT DISTINCT ?g WHERE {{ {_in_evidence(f'{thing} ?p ?o')} }}")
    return frozenset(row["g"].value for row in found)


def in_scheme(engine: Engine, data_set: NamedNode) -> list[tuple[str, str]]:
    """What a data set measures: each with its name, in the order of these."""
    pattern = f"?it {node(SKOS.inScheme)} {data_set} ; {node(SKOS.prefLabel)} ?label"
    found = select(engine, f"SELECT ?it ?label WHERE {{ {_in_evidence(pattern)} }} LIMIT {PARTS}")
    return sorted(((row["it"].value, row["label"].value) for row in found), key=lambda pair: (pair[1], pair[0]))


def parts(engine: Engine, thing: NamedNode) -> set[str]:
    """The nodes it leads to whose names are fragments of its own, and the rows it was read from."""
    pattern = _in_evidence(f'{thing} ?p ?part FILTER(?p = {_SOURCE} || STRSTARTS(STR(?part), "{thing.value}#"))')
    found = select(engine, f"SELECT DISTINCT ?part WHERE {{ {pattern} }} LIMIT {PARTS}")
    return {row["part"].value for row in found if isinstance(row["part"], NamedNode)}


def statements(engine: Engine, own: Iterable[str], limit: int) -> list[Triple]:
    """What is said of these nodes."""
    kept = " ".join(str(NamedNode(name)) for name in sorted(own))
    pattern = _in_evidence(f"VALUES ?s {{ {kept} }} ?s ?p ?o")
    return list(_triples(engine, f"{pattern} }} LIMIT {limit}"))


def named(engine: Engine, things: Iterable[str], properties: Iterable[NamedNode]) -> Iterator[Triple]:
    """Their labels and classes, as the data sets give them."""
    kept = " ".join(str(NamedNode(name)) for name in sorted(things) if name.startswith(iris.ID))
    wanted = ", ".join(map(str, properties))
    yield from _triples(engine, f"{_in_evidence(f'VALUES ?s {{ {kept} }} ?s ?p ?o FILTER(?p IN ({wanted}))')} }}")


def _triples(engine: Engine, rest: str) -> Iterator[Triple]:
    for row in select(engine, f"SELECT DISTINCT ?s ?p ?o WHERE {{ {rest}"):
        yield Triple(row["s"], row["p"], row["o"])


def _in_evidence(pattern: str) -> str:
    return f'GRAPH ?g {{ {pattern} }} FILTER(STRSTARTS(STR(?g), "{GRAPHS}"))'
