"""What an explanation needs of a graph, asked for in SPARQL, so that any endpoint that holds the graph will do.

Things are asked for many at once, a few queries for a whole tree of explanations.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib import PROV, RDF, RDFS

from graph import iris
from graph.engine import Engine, Formats, Query
from graph.engine.results import RESULTS_JSON, Term, table
from graph.jsonld import node
from graph.logic.wording import LABELS, labels_in
from ontology.terms import NP, OA, POL

BATCH = 400
"""How many things one query asks about: a query over GET stays below the lengths that servers refuse."""

Row = dict[str, Term]


@dataclass
class Record:
    """A derivation or a premise: its statement, and what that rests on, by IRI."""

    statement: Triple
    rule: str | None = None
    premises: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class ClaimRecord:
    """A claim as people meet it; ``modality`` is the local name, ``quotes`` in the order of the text."""

    label: str | None
    modality: str | None
    quotes: tuple[str, ...]


class Records:
    """The records of one graph, behind an engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def named(self, iri: str) -> list[str]:
        """The records that an IRI stands for: itself, those of statements about it, those of a class's members."""
        record = f"GRAPH <{iris.INFERRED_GRAPH}>"
        rows = self._rows(f"""SELECT DISTINCT ?record WHERE {{ {record} {{
            {{ <{iri}> {node(RDF.subject)} ?any . BIND(<{iri}> AS ?record) }}
            UNION {{ ?record a {node(POL.Derivation)} ; {node(RDF.subject)}|{node(RDF.predicate)} <{iri}> }}
            UNION {{ ?record a {node(POL.Derivation)} ; {node(RDF.predicate)} {node(RDF.type)} ;
                {node(RDF.object)} <{iri}> }} }} }}""")
        return [row["record"].value for row in rows]

    def tree(self, roots: Iterable[str]) -> dict[str, Record]:
        """The records named, and all that they rest on."""
        found: dict[str, Record] = {}
        wanted = set(roots)
        while wanted:
            fetched = self._records(sorted(wanted))
            found |= fetched
            wanted = {premise for record in fetched.values() for premise in record.premises} - found.keys()
        return found

    def _records(self, names: Sequence[str]) -> dict[str, Record]:
        found: dict[str, Record] = {}
        for row in self._about(
            names,
            f"""GRAPH <{iris.INFERRED_GRAPH}> {{ VALUES ?it {{ %s }}
            ?it {node(RDF.subject)} ?s ; {node(RDF.predicate)} ?p ; {node(RDF.object)} ?o .
            OPTIONAL {{ ?it {node(RDFS.comment)} ?rule }} OPTIONAL {{ ?it {node(POL.premise)} ?premise }}
            OPTIONAL {{ ?it {node(PROV.wasDerivedFrom)} ?source }} }}""",
        ):
            statement = Triple(_resource(row["s"]), NamedNode(row["p"].value), term_of(row["o"]))
            record = found.setdefault(row["it"].value, Record(statement))
            record.rule = row["rule"].value if "rule" in row else None
            record.premises |= {row["premise"].value} if "premise" in row else set()
            record.sources |= {row["source"].value} if "source" in row else set()
        return found

    def claims(self, names: Iterable[str]) -> dict[str, ClaimRecord]:
        """Those of the names that are claims."""
        quotes: dict[str, list[tuple[int, str]]] = {}
        said: dict[str, Row] = {}
        for row in self._about(
            sorted(names),
            f"""VALUES ?it {{ %s }} ?it a {node(POL.Claim)} .
            OPTIONAL {{ ?it {node(RDFS.label)} ?label }} OPTIONAL {{ ?it {node(POL.modality)} ?modality }}
            OPTIONAL {{ ?it {node(POL.quote)} ?quote . ?quote {node(OA.hasSelector)}/{node(OA.exact)} ?exact
                OPTIONAL {{ ?quote {node(OA.hasSelector)}/{node(OA.start)} ?start }} }}""",
        ):
            said[row["it"].value] = row
            if "exact" in row:
                start = int(row["start"].value) if "start" in row else 0
                quotes.setdefault(row["it"].value, []).append((start, row["exact"].value))
        return {
            claim: ClaimRecord(
                row["label"].value if "label" in row else None,
                row["modality"].value.removeprefix(str(POL)) if "modality" in row else None,
                tuple(dict.fromkeys(exact for _, exact in sorted(quotes.get(claim, ())))),
            )
            for claim, row in said.items()
        }

    def claims_about(self, iri: str) -> list[str]:
        """The claims, asserted or not, whose assertion names a thing."""
        rows = self._rows(f"""SELECT DISTINCT ?claim WHERE {{
            GRAPH ?assertion {{ {{ <{iri}> ?p ?o }} UNION {{ ?s ?p <{iri}> }} }}
            ?claim {node(NP.hasAssertion)} ?assertion }} ORDER BY ?claim""")
        return [row["claim"].value for row in rows]

    def labels(self, names: Iterable[str]) -> dict[str, str]:
        """The best label of each of these things that has one."""
        properties = " ".join(map(str, LABELS))
        rows = self._about(
            sorted(names),
            f"""VALUES ?it {{ %s }} VALUES ?p {{ {properties} }}
            {{ ?it ?p ?label }} UNION {{ GRAPH <{iris.ONTOLOGY_GRAPH}> {{ ?it ?p ?label }} }}""",
        )
        triples = (Triple(_resource(row["it"]), NamedNode(row["p"].value), term_of(row["label"])) for row in rows)
        return labels_in(triples)

    def knows(self, iri: str) -> bool:
        """Whether anything at all is said of a thing."""
        rows = self._rows(f"""SELECT ?p WHERE {{
            {{ <{iri}> ?p ?o }} UNION {{ GRAPH ?any {{ <{iri}> ?p ?o }} }} }} LIMIT 1""")
        return bool(rows)

    def everything(self) -> list[str]:
        """The IRIs of all that bears a label: what somebody may have meant to name."""
        properties = " ".join(map(str, LABELS))
        rows = self._rows(f"""SELECT DISTINCT ?it WHERE {{ VALUES ?p {{ {properties} }}
            {{ ?it ?p ?label }} UNION {{ GRAPH <{iris.ONTOLOGY_GRAPH}> {{ ?it ?p ?label }} }} FILTER(isIRI(?it)) }}""")
        return [row["it"].value for row in rows]

    def _about(self, names: Sequence[str], pattern: str) -> Iterator[Row]:
        """The rows of a pattern, in which ``%s`` stands for the things asked about, batch by batch."""
        for at in range(0, len(names), BATCH):
            values = " ".join(f"<{name}>" for name in names[at : at + BATCH])
            yield from self._rows(f"SELECT * WHERE {{ {pattern.replace('%s', values)} }}")

    def _rows(self, text: str) -> list[Row]:
        return table(self._engine.evaluate(Query(text), Formats(bindings=RESULTS_JSON, graph=None))).rows


def _resource(term: Term) -> NamedNode | BlankNode:
    return BlankNode(term.value) if term.kind == "blank" else NamedNode(term.value)


def term_of(term: Term) -> NamedNode | BlankNode | Literal:
    """A term of an answer as pyoxigraph has it."""
    if term.kind != "literal":
        return _resource(term)
    if term.language:
        return Literal(term.value, language=term.language)
    return Literal(term.value, datatype=NamedNode(term.datatype)) if term.datatype else Literal(term.value)
