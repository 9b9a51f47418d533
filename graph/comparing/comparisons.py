"""The comparisons of a build: each measurement that a rule puts beside a claim, with the premises it rests on.

<a measurement> cito:supports <a claim> .
<graph/comparisons#hash> a pol:Comparison ; rdf:subject <the measurement> ; rdf:predicate cito:supports ;
    rdf:object <the claim> ; pol:rule <rules/media-control-freedom-house> ; pol:date <the time of the claim> ;
    pol:covers 2021 ; pol:yearsApart 0 ; pol:category "smallest degree of freedom"@en ;
    prov:wasDerivedFrom <the claim>, <the measurement>, <the time of the claim> .

They stand in ``{base}graph/comparisons`` alone. From the claim it leads on to its quote, from the measurement to its
row. Of one indicator a claim is compared with what was measured at its own time; where nothing was, with the nearest,
or the two that are as near.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pyoxigraph import Literal, NamedNode, Quad, QuerySolution, QuerySolutions, Store
from rdflib import PROV, RDF, XSD

from graph import executables, iris
from graph.comparing import working
from graph.evidence import Evidence
from graph.jsonld import node
from ontology.terms import POL
from queries import StoredQuery, rules

BESIDE = str(POL.beside)
_GRAPH = node(iris.COMPARISONS_GRAPH)
_INTEGER = node(XSD.integer)


@dataclass(frozen=True, order=True)
class Comparison:
    """One row of a rule: IRIs, and literals as their text. ``apart``: years from the claim's to the one measured."""

    claim: str
    about: str
    indicator: str
    distance: int
    measurement: str
    apart: int
    moment: str
    relation: str
    covers: str = ""
    category: str = ""

    @property
    def group(self) -> tuple[str, str, str]:
        """What is compared once: of these the nearest are kept."""
        return self.claim, self.about, self.indicator


def comparisons(quads: Iterable[Quad], imported: Sequence[Evidence]) -> list[Quad]:
    """What the rules find, with the rules themselves; nothing where nothing is imported. The same for the same input.

    SamizdatError for damaged evidence.
    """
    if not imported:
        return []
    found = rules()
    store = working.working_store(quads, imported, found.values())
    result = list(executables.quads(found, executables.RULES))
    for name, rule in found.items():
        for one in compared(store, rule):
            result += _record(one, executables.RULES + name)
    return result


def telling(lines: bytes, ids: str) -> bytes:
    """Of these N-Quads those that a rule can speak of; ``ids`` means nothing here."""
    return working.telling(lines, rules().values())


def compared(store: Store, rule: StoredQuery) -> Iterator[Comparison]:
    """What one rule finds, sorted: of each group the nearest, each measurement once."""
    solutions = store.query(rule.fill({}))
    if not isinstance(solutions, QuerySolutions):
        raise TypeError(f"the rule {rule.name} is no SELECT")
    names = [variable.value for variable in solutions.variables]
    rows = sorted({_read(solution, names) for solution in solutions})
    for _group, group in groupby(rows, lambda row: row.group):
        near = list(group)
        near = [row for row in near if row.distance == near[0].distance]
        for _measurement, same in groupby(near, lambda row: row.measurement):
            yield _one(list(same))


def _one(rows: Sequence[Comparison]) -> Comparison:
    """A measurement that supports one part of a claim, and not another, stands beside the whole."""
    return rows[0] if len({row.relation for row in rows}) == 1 else replace(rows[0], relation=BESIDE)


def _read(solution: QuerySolution, names: Sequence[str]) -> Comparison:
    values = {name: getattr(value, "value", "") for name, value in zip(names, solution, strict=True)}
    numbers = {"distance": int(values.pop("distance")), "apart": int(values.pop("yearsApart"))}
    return Comparison(**values, **numbers)  # type: ignore[arg-type]  # the rules select its fields


def _record(one: Comparison, rule: str) -> Iterator[Quad]:
    measurement, relation, claim, moment = map(NamedNode, (one.measurement, one.relation, one.claim, one.moment))
    record = node(iris.comparison(f"{measurement} {relation} {claim} . {rule}"))
    said: Mapping[str, Sequence[NamedNode | Literal]] = {
        str(RDF.type): [node(POL.Comparison)],
        str(RDF.subject): [measurement],
        str(RDF.predicate): [relation],
        str(RDF.object): [claim],
        str(POL.rule): [NamedNode(rule)],
        str(POL.date): [moment],
        str(POL.yearsApart): [Literal(str(one.apart), datatype=_INTEGER)],
        str(POL.covers): [Literal(one.covers, datatype=_INTEGER)] if one.covers else [],
        str(POL.category): [Literal(one.category, language="en")] if one.category else [],
        str(PROV.wasDerivedFrom): [claim, measurement, moment],
    }
    yield Quad(measurement, relation, claim, _GRAPH)
    for property_, values in said.items():
        for value in values:
            yield Quad(record, node(property_), value, _GRAPH)
