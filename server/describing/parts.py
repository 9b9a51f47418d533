"""The parts of a dataset that holds imported data sets: what Samizdat says itself, and each data set, a dcat:Dataset.

{base}dataset#own                 the default graph and all named graphs but those of data sets, under our licence
{base}graph/evidence/rsf          an imported data set as it is published here, under its publisher's licence
"""

from collections.abc import Iterator

from flask import url_for
from pyoxigraph import BlankNode, Literal, Triple
from rdflib import CSVW, DCTERMS, FOAF, RDF, RDFS, VOID, XSD

from graph.claim_graphs import LICENCE
from graph.jsonld import node
from graph.snapshots.dumps import OURS
from ontology.base import BASE
from ontology.terms import POL
from server.describing.imported import DataSet
from server.describing.names import DATASET, OWN, PUBLISHER, Node, said, text
from server.describing.terms import DCAT
from server.versions import Version

PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"


def parts(sets: tuple[DataSet, ...], current: Version) -> Iterator[Triple]:
    """What is said of the parts; nothing where there is no imported data set, for then there is but one part."""
    if not sets:
        return
    for part in (OWN, *(found.graph for found in sets)):
        yield from said(node(DATASET), (DCTERMS.hasPart, node(part)), (VOID.subset, node(part)))
    yield from _own(current)
    for found in sets:
        yield from _data_set(found)


def _own(current: Version) -> Iterator[Triple]:
    files = [name for name in current.snapshot.dumps.files if name in OURS]
    yield from said(
        node(OWN),
        *_part("Samizdat without imported data sets", "What Samizdat says itself: claims, things, what follows."),
        (DCTERMS.publisher, node(PUBLISHER)),
        (DCTERMS.license, node(LICENCE)),
        *((VOID.dataDump, node(current.address(name))) for name in files),
        *((DCAT.distribution, node(f"{current.iri}#{name}")) for name in files),
    )


def _data_set(found: DataSet) -> Iterator[Triple]:
    subject, publisher = node(found.graph), node(found.publisher)
    distribution = node(f"{found.graph}#graph")
    address = url_for("graph_store.direct", path=found.graph.removeprefix(f"{BASE}graph/"), _external=True)
    yield from said(
        subject,
        *_part(found.title, f"Imported as evidence beside the claims; published by {found.publisher_name}."),
        (DCTERMS.publisher, publisher),
        (DCTERMS.source, node(found.iri)),
        *([(DCAT.landingPage, node(found.homepage))] if found.homepage else []),
        *_terms(found),
        *_counted(found),
        (DCAT.distribution, distribution),
    )
    yield from said(publisher, (RDF.type, node(FOAF.Agent)), (FOAF.name, Literal(found.publisher_name)))
    yield from said(
        distribution,
        (RDF.type, node(DCAT.Distribution)),
        (DCTERMS.title, text("Its graph")),
        (DCAT.accessURL, node(address)),
        *_terms(found),
    )
    yield from _sizes(found)


def _part(title: str, summary: str) -> Iterator[tuple[str, Node | Literal]]:
    yield RDF.type, node(DCAT.Dataset)
    yield RDF.type, node(VOID.Dataset)
    yield DCTERMS.title, text(title)
    yield DCTERMS.description, text(summary)
    yield DCTERMS.isPartOf, node(DATASET)
    yield DCTERMS.accessRights, node(PUBLIC)


def _terms(found: DataSet) -> Iterator[tuple[str, Node | Literal]]:
    """Its licence, or the words in which its own graph tells of it."""
    yield (DCTERMS.license, node(found.licence)) if found.licence else (DCTERMS.rights, _rights(found))


def _rights(found: DataSet) -> Node:
    return node(f"{found.graph}#rights")


def _counted(found: DataSet) -> Iterator[tuple[str, Node | Literal]]:
    for name, number in (("rows", found.rows), ("measurements", found.measurements)):
        if number:
            yield VOID.classPartition, BlankNode(f"{found.name}-{name}")
    if all(found.years):
        yield DCTERMS.temporal, BlankNode(f"{found.name}-years")


def _sizes(found: DataSet) -> Iterator[Triple]:
    """What the nodes are that ``_terms`` and ``_counted`` name."""
    if not found.licence:
        yield from said(_rights(found), (RDF.type, node(DCTERMS.RightsStatement)), (RDFS.label, text(found.rights)))
    for name, kind, number in (
        ("rows", CSVW.Row, found.rows), ("measurements", POL.Measurement, found.measurements),
    ):  # fmt: skip
        if number:
            entities = Literal(str(number), datatype=node(XSD.integer))
            yield from said(
                BlankNode(f"{found.name}-{name}"), (VOID["class"], node(kind)), (VOID.entities, entities)
            )  # fmt: skip
    if all(found.years):
        first, last = (Literal(year, datatype=node(XSD.gYear)) for year in found.years)
        yield from said(
            BlankNode(f"{found.name}-years"),
            (RDF.type, node(DCTERMS.PeriodOfTime)), (DCAT.startDate, first), (DCAT.endDate, last),
        )  # fmt: skip
