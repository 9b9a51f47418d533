"""What statements rest on: the claims that assert them, and for what is derived the derivation and its claims."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, Triple

from graph import iris
from graph.asking.records import Record, Records
from graph.asking.selecting import select
from graph.engine import Engine
from graph.jsonld import node
from ontology.terms import NP, POL

BATCH = 100
"""Statements asked about in one query."""
CLAIMS = f"{iris.ID}claim/"


@dataclass(frozen=True)
class Ground:
    """The ``claims`` that a statement rests on, at last; and the record of its ``derivation``, if it is derived."""

    claims: tuple[str, ...]
    derivation: str | None = None


def grounds(engine: Engine, statements: Sequence[Triple]) -> dict[Triple, Ground]:
    """The ground of each of these statements that has any.

    What a claim's own metadata says rests on nothing but the claim, and what an entity's description says on no claim.
    """
    asked = [triple for triple in statements if _may_have_grounds(triple)]
    claims: dict[Triple, set[str]] = {}
    for triple, claim in _asserted(engine, asked):
        claims.setdefault(triple, set()).add(claim)
    derivations = _derivations(engine, asked)
    tree = Records(engine).tree(derivations.values())
    for triple, name in derivations.items():
        claims.setdefault(triple, set()).update(_leaves(name, tree))
    return {
        triple: Ground(tuple(sorted(claims[triple])), derivations.get(triple)) for triple in asked if triple in claims
    }


def _may_have_grounds(triple: Triple) -> bool:
    subject = triple.subject
    is_claim = isinstance(subject, NamedNode) and subject.value.startswith(CLAIMS) and "#" not in subject.value
    blank = isinstance(subject, BlankNode) or isinstance(triple.object, BlankNode | Triple)
    return not is_claim and not blank


def _asserted(engine: Engine, statements: Sequence[Triple]) -> Iterator[tuple[Triple, str]]:
    """Each statement with each claim that asserts it in its source's own voice."""
    for start in range(0, len(statements), BATCH):
        wanted = " ".join(f"({t.subject} {t.predicate} {t.object})" for t in statements[start : start + BATCH])
        for row in select(
            engine,
            f"""SELECT ?s ?p ?o ?claim WHERE {{ VALUES (?s ?p ?o) {{ {wanted} }} GRAPH ?g {{ ?s ?p ?o }}
            ?claim {node(NP.hasAssertion)} ?g ; {node(POL.modality)} {node(POL.asserted)} }}""",
        ):
            yield Triple(row["s"], row["p"], row["o"]), row["claim"].value


def _derivations(engine: Engine, statements: Iterable[Triple]) -> dict[Triple, str]:
    """The record of each of these statements that is derived."""
    names = {iris.derivation(f"{triple} ."): triple for triple in statements}
    found: dict[Triple, str] = {}
    for start in range(0, len(names), BATCH):
        wanted = " ".join(f"<{name}>" for name in list(names)[start : start + BATCH])
        text = f"""SELECT ?it WHERE {{ GRAPH <{iris.INFERRED_GRAPH}> {{
            VALUES ?it {{ {wanted} }} ?it a {node(POL.Derivation)} }} }}"""
        found |= {names[row["it"].value]: row["it"].value for row in select(engine, text)}
    return found


def _leaves(name: str, tree: dict[str, Record]) -> set[str]:
    """The claims that the premises of a record come from, however far down."""
    found: set[str] = set()
    seen, waiting = {name}, [name]
    while waiting:
        record = tree.get(waiting.pop())
        if record:
            found |= {source for source in record.sources if source.startswith(CLAIMS)}
            waiting += record.premises - seen
            seen |= record.premises
    return found
