"""The proof of a pack: what the claim rests on and what rests on it, each down to the words of a source."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from pyoxigraph import NamedNode
from rdflib import PROV, RDF

from graph import iris
from graph.asking.compared import Compared
from graph.asking.explanation import Explanation, explain
from graph.asking.selecting import select
from graph.engine import Engine
from graph.errors import UnknownName
from graph.jsonld import node
from ontology.terms import POL

MOST = 40
"""Derived statements that are explained; more rest on hardly any claim."""


def proof(engine: Engine, claim: str, found: Sequence[Compared]) -> dict[str, Any]:
    """As plain data: the claim with its quote, what is derived from it, and the premises of each comparison."""
    return {
        "claim": [asdict(one) for one in explain(engine, claim)],
        "derivedFromIt": [asdict(one) for one in derived(engine, claim)],
        "comparisons": [premises(one) for one in found],
    }


def derived(engine: Engine, claim: str) -> list[Explanation]:
    """The statements that rest on the claim at once, with everything else that they rest on."""
    rows = select(
        engine,
        f"""
        SELECT DISTINCT ?record WHERE {{ GRAPH <{iris.INFERRED_GRAPH}> {{
          ?premise {node(PROV.wasDerivedFrom)} {NamedNode(claim)} .
          ?record {node(POL.premise)} ?premise ; {node(RDF.type)} {node(POL.Derivation)} }} }}
        ORDER BY ?record LIMIT {MOST}""",
    )
    return [one for row in rows for one in _explained(engine, row["record"].value)]


def _explained(engine: Engine, record: str) -> tuple[Explanation, ...]:
    try:
        return explain(engine, record)
    except UnknownName:
        return ()


def premises(one: Compared) -> dict[str, Any]:
    """What one comparison rests on: the claim, its time, the measurement with its exact row, and the rule."""
    return {
        "comparison": one.record,
        "relation": one.relation,
        "rule": f"rules/{one.rule}.rq",
        "premises": {
            "claim": one.claim,
            "timeOfTheClaim": {"edtf": one.claimed, "statedByTheClaim": one.is_own, "inferredFrom": one.inferred},
            "measurement": one.measurement,
            "row": {"iri": one.row, "number": one.row_number, "words": one.row_words},
            "file": {"name": one.file, "sha256": one.file_sha256},
        },
    }


def compared_in_words(found: Sequence[Compared]) -> Iterator[str]:
    """The comparisons as lines of text, each with the rule and the row that it rests on."""
    for one in found:
        value = f": {one.value}" if one.value else ""
        measured = f"{one.indicator_label}{value}, for {one.covers or one.edition or 'a time that is not stated'}"
        stands = {"supports": "supports the claim", "disputes": "disputes the claim"}.get(
            one.relation, "stands beside it"
        )
        yield f"- {measured}, {stands}"
        yield f"  because of the rule rules/{one.rule}.rq"
        yield f"  <{one.record}>"
        whose = "the claim says that it is" if one.is_own else "the claim states no date; its editorial is"
        yield f"  - {whose} of {one.claimed or 'no stated date'}"
        yield f"  - row {one.row_number} of {one.file}: {one.row_words}"
        yield f"    <{one.row}>"


def in_words(found: Sequence[Explanation], depth: int = 0) -> Iterator[str]:
    """The same as lines of text, indented."""
    for one in found:
        yield f"{'  ' * depth}- {one.statement}"
        if one.rule:
            yield f"{'  ' * depth}  because {one.rule}"
        if one.quote:
            yield f"{'  ' * depth}  “{one.quote}”"
        yield f"{'  ' * depth}  <{one.iri}>"
        yield from in_words(one.premises, depth + 1)
