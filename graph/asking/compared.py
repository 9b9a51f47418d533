"""What was measured beside claims, with all that a reader wants to know of it: value, scale, time, row and licence.

Asked of ``{base}graph/comparisons`` and the graphs of the data sets through SPARQL alone, in a few queries whatever the
number of claims; nothing where nothing is imported.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode, Triple
from rdflib import CSVW, DCTERMS, ORG, PROV, QB, RDF, SDO, SKOS

from graph import iris
from graph.asking.evidence_statements import GRAPHS
from graph.asking.selecting import Row, select
from graph.engine import Engine
from graph.executables import RULES
from graph.iris import local_name
from graph.jsonld import node
from ontology.terms import POL

BATCH = 200
"""Things asked about in one query."""
ORDER = ("supports", "disputes", "beside")
Said = Mapping[str, Mapping[str, tuple[str, ...]]]
"""What data sets say: the texts of the values by property, by subject."""


@dataclass(frozen=True)
class Compared:
    """One comparison. ``relation`` is one of ``ORDER``; ``rule`` the name of a rule; years and numbers are text.

    ``claimed`` is the time of the claim (EDTF), ``is_own`` whether the claim itself states it and not its editorial,
    ``inferred`` what it rests on where no text states it. ``covers`` is the year measured, ``edition`` the time
    that the value bears, ``until`` the end of a tenure; ``apart`` years from the claim's to the one measured. Of a
    tenure ``indicator`` is the post and ``value`` empty. ``about`` is the IRI of the country, party or person.
    """

    record: str
    claim: str
    relation: str
    rule: str
    measurement: str
    claimed: str
    is_own: bool
    inferred: str
    covers: str
    apart: int
    category: str
    about: str
    about_label: str
    indicator: str
    indicator_label: str
    scope: str
    method: str
    value: str
    unit: str
    lowest: str
    highest: str
    freest: str
    edition: str
    until: str
    row: str
    row_number: str
    row_words: str
    file: str
    file_sha256: str
    data_set: str
    data_set_title: str
    publisher: str
    licence: str
    rights: str


def compared(engine: Engine, claims: Iterable[str]) -> list[Compared]:
    """The comparisons of these claims, by claim, data set, indicator and time; errors of the engine."""
    rows = list(_records(engine, sorted(set(claims))))
    said = _said(engine, {row["measurement"].value for row in rows})
    found = [_compared(row, said) for row in rows]
    return sorted(found, key=lambda one: (one.claim, one.data_set_title, one.indicator_label, one.edition, one.record))


def counted(engine: Engine, claims: Iterable[str]) -> dict[str, Counter[str]]:
    """How many measurements support, dispute and stand beside each of these claims that has any."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in _records(engine, sorted(set(claims))):
        found[row["claim"].value][local_name(row["relation"].value)] += 1
    return dict(found)


def statements(engine: Engine, claim: str) -> list[Triple]:
    """What the graph of the comparisons says of a claim: each comparison as a statement, and its record; sorted."""
    wanted = NamedNode(claim)
    found = select(
        engine,
        f"""
        SELECT DISTINCT ?s ?p ?o WHERE {{ GRAPH <{iris.COMPARISONS_GRAPH}> {{
          {{ ?record {node(RDF.object)} {wanted} ; ?p ?o BIND(?record AS ?s) }}
          UNION {{ ?s ?p {wanted} BIND({wanted} AS ?o) }} }} }}""",
    )
    return sorted((Triple(row["s"], row["p"], row["o"]) for row in found), key=str)


def _records(engine: Engine, claims: list[str]) -> Iterable[Row]:
    for at in range(0, len(claims), BATCH):
        wanted = " ".join(str(NamedNode(claim)) for claim in claims[at : at + BATCH])
        kept: dict[str, Row] = {}
        for row in select(
            engine,
            f"""
            SELECT ?record ?claim ?relation ?rule ?measurement ?moment ?covers ?apart ?category ?edtf ?inferred WHERE {{
              GRAPH <{iris.COMPARISONS_GRAPH}> {{
                VALUES ?claim {{ {wanted} }}
                ?record {node(RDF.object)} ?claim ; {node(RDF.subject)} ?measurement ; {node(RDF.predicate)} ?relation ;
                  {node(POL.rule)} ?rule ; {node(POL.date)} ?moment ; {node(POL.yearsApart)} ?apart .
                OPTIONAL {{ ?record {node(POL.covers)} ?covers }}
                OPTIONAL {{ ?record {node(POL.category)} ?category }}
              }}
              OPTIONAL {{ GRAPH ?somewhere {{ ?moment {node(POL.edtf)} ?edtf }} }}
              OPTIONAL {{ GRAPH ?elsewhere {{ ?moment {node(POL.inferredFrom)} ?inferred }} }}
            }} ORDER BY ?record""",
        ):
            kept.setdefault(row["record"].value, row)  # a date may be told of in several graphs
        yield from kept.values()


def _said(engine: Engine, measurements: Iterable[str]) -> Said:
    """What data sets say of these, of what they name, and of what that names: file and publisher."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    waiting = set(measurements)
    for _step in range(3):
        known = _triples(engine, sorted(waiting))
        found |= known
        waiting = {
            value
            for said in known.values()
            for property_ in FOLLOWED
            for value in said.get(property_, ())
            if value.startswith(iris.ID) and value not in found
        }
    return found


FOLLOWED = tuple(
    str(term)
    for term in (
        *(POL.indicator, POL.country, POL.party, POL.date, POL.post, POL.beginning, POL.end, ORG.member),
        *(QB.dataSet, PROV.wasDerivedFrom, DCTERMS.isPartOf, DCTERMS.publisher),
    )
)  # fmt: skip


def _triples(engine: Engine, things: list[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for at in range(0, len(things), BATCH):
        wanted = " ".join(str(NamedNode(thing)) for thing in things[at : at + BATCH])
        text = f"""SELECT DISTINCT ?s ?p ?o WHERE {{
            GRAPH ?g {{ VALUES ?s {{ {wanted} }} ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{GRAPHS}")) }}"""
        for row in select(engine, text):
            said = found.setdefault(row["s"].value, {})
            said[row["p"].value] = tuple(sorted({*said.get(row["p"].value, ()), getattr(row["o"], "value", "")}))
    return found


def _compared(row: Row, said: Said) -> Compared:
    measurement = row["measurement"].value
    itself = _Facts(said, measurement)
    about = itself.one(POL.party) or itself.one(ORG.member) or itself.one(POL.country)
    source = itself.of(PROV.wasDerivedFrom)
    file = source.of(DCTERMS.isPartOf)
    data_set = itself.of(QB.dataSet) if itself.one(QB.dataSet) else _Facts(said, file.iri.partition("#")[0])
    indicator = itself.of(POL.indicator) if itself.one(POL.indicator) else itself.of(POL.post)
    moment, claim = row["moment"].value, row["claim"].value
    return Compared(
        record=row["record"].value,
        claim=claim,
        relation=local_name(row["relation"].value),
        rule=row["rule"].value.removeprefix(RULES),
        measurement=measurement,
        claimed=_text(row, "edtf"),
        is_own=moment.startswith(f"{claim}#"),
        inferred=_text(row, "inferred"),
        covers=_text(row, "covers"),
        apart=int(row["apart"].value),
        category=_text(row, "category"),
        about=about,
        about_label=_Facts(said, about).one(SKOS.prefLabel),
        indicator=indicator.iri,
        indicator_label=indicator.one(SKOS.prefLabel),
        scope=indicator.one(SKOS.scopeNote),
        method=indicator.one(DCTERMS.source),
        value=itself.one(RDF.value),
        unit=indicator.one(POL.unit),
        lowest=indicator.one(POL.lowest),
        highest=indicator.one(POL.highest),
        freest=indicator.one(POL.freest),
        edition=itself.of(POL.date if itself.one(POL.date) else POL.beginning).one(POL.edtf),
        until=itself.of(POL.end).one(POL.edtf),
        row=source.iri,
        row_number=source.one(CSVW.rownum),
        row_words=source.one(PROV.value),
        file=file.one(DCTERMS.title),
        file_sha256=file.one(POL.sha256),
        data_set=data_set.iri,
        data_set_title=data_set.one(DCTERMS.title),
        publisher=data_set.of(DCTERMS.publisher).one(SDO.name),
        licence=data_set.one(DCTERMS.license),
        rights=data_set.one(DCTERMS.rights),
    )


@dataclass(frozen=True)
class _Facts:
    """What is said of one thing; empty text for what is not."""

    said: Said
    iri: str

    def one(self, term: Any) -> str:
        return next(iter(self.said.get(self.iri, {}).get(str(term), ())), "")

    def of(self, term: Any) -> "_Facts":
        return _Facts(self.said, self.one(term))


def _text(row: Row, name: str) -> str:
    return str(row[name].value) if name in row else ""
