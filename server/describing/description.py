"""The dataset in RDF: DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/) and VoID (https://www.w3.org/TR/void/) in one.

    {base}dataset                the dataset, as of the snapshot in force: counts, partitions, distributions, endpoint
    {base}snapshot/{id}/dataset  each snapshot, as a version of it with its own dumps
    {base}dataset#series         the snapshots as a series
    {base}sparql                 the endpoint, as a data service
    {base}dataset#catalogue      what catalogues harvest
    {base}dataset#own            what Samizdat says itself, where imported data sets stand beside it: see parts.py

Names are below the base; addresses, where something can be had, are on the host that was asked.
"""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from flask import url_for
from pyoxigraph import Literal, NamedNode, Triple
from rdflib import DCTERMS, FOAF, RDF, RDFS, XSD

from graph.claim_graphs import LICENCE
from graph.jsonld import node
from graph.snapshots.dumps import OURS, Dump
from ontology.base import BASE
from server.describing.imported import imported
from server.describing.licences import is_all_ours, licensed, told_rights
from server.describing.names import (
    CATALOGUE,
    DATASET,
    OWN,
    PUBLISHER,
    SERIES,
    SERVICE,
    Node,
    said,
    text,
)  # fmt: skip
from server.describing.parts import PUBLIC, parts
from server.describing.terms import DCAT, SPDX
from server.describing.void import void_triples
from server.versions import Version, versions

TITLE = "Samizdat: what editorials say, with their words"
SUMMARY = (
    "A press-freedom knowledge graph: what editorials say about people, parties, bans, detentions and the control of "
    "media. Every statement leads back to the exact words it came from, and says whether it is asserted, reported, "
    "believed, predicted, doubted, conditional or evaluated, and by whom."
)
KEYWORDS = ("press freedom", "political parties", "media control", "editorials", "claims", "nanopublications")
EU = "http://publications.europa.eu/resource/authority/"
MEDIA = "https://www.iana.org/assignments/media-types/"
PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"
TITLES = {
    "data.nq.gz": "Everything, as sorted N-Quads",
    "data.trig.gz": "Everything, as TriG",
    "data.jsonld.gz": "Everything, as JSON-LD",
    "own.nq.gz": "Without imported data sets, as sorted N-Quads",
    "claims.csv": "The claims, as a table",
}
WITH_IMPORTED = "Everything, imported data sets included, "


def triples() -> Iterator[Triple]:
    """All that is said of the dataset as of the snapshot in force."""
    known, sets = versions(), imported()
    now = is_all_ours(known[-1].snapshot)
    ours = now and all(is_all_ours(version.snapshot) for version in known)
    yield from _catalogue((DATASET, SERIES, *([OWN] if sets else []), *(found.graph for found in sets)))
    yield from _dataset(known, now)
    yield from void_triples(node(DATASET), known[-1])
    yield from parts(sets, known[-1])
    yield from _service(now)
    yield from _series(known, ours)
    if not ours:
        yield from told_rights()
    for before, version in zip((None, *known), known, strict=False):
        yield from _version(version, before)


def title_of(name: str, ours: bool) -> str:
    """What a dump is; ``ours``: its snapshot holds no imported data sets."""
    return TITLES[name] if ours or name in OURS else TITLES[name].replace("Everything, ", WITH_IMPORTED)


def _rights(ours: bool) -> tuple[tuple[str, Node | Literal], ...]:
    return (
        *licensed(ours),
        (DCTERMS.publisher, node(PUBLISHER)),
        (DCTERMS.accessRights, node(PUBLIC)),
    )


def _catalogue(sets: Iterable[str]) -> Iterator[Triple]:
    yield from said(
        node(CATALOGUE),
        (RDF.type, node(DCAT.Catalog)),
        (DCTERMS.title, text("The catalogue of Samizdat")),
        (DCTERMS.description, text("One dataset, the snapshots it was published as, and its SPARQL endpoint.")),
        (DCTERMS.publisher, node(PUBLISHER)),
        (DCTERMS.license, node(LICENCE)),
        *((DCAT.dataset, node(name)) for name in sets),
        (DCAT.service, node(SERVICE)),
        (FOAF.homepage, node(url_for("pages.home", _external=True))),
    )
    yield from said(
        node(PUBLISHER), (RDF.type, node(FOAF.Agent)), (FOAF.name, Literal("Samizdat contributors"))
    )  # fmt: skip


def _dataset(known: tuple[Version, ...], ours: bool) -> Iterator[Triple]:
    current, dataset = known[-1], node(DATASET)
    yield from said(
        dataset,
        (RDF.type, node(DCAT.Dataset)),
        (DCTERMS.title, text(TITLE)),
        (DCTERMS.description, text(SUMMARY)),
        *((DCAT.keyword, text(word)) for word in KEYWORDS),
        *_rights(ours),
        (DCTERMS.language, node(f"{EU}language/ENG")),
        (DCTERMS.accrualPeriodicity, node(f"{EU}frequency/IRREG")),
        (DCAT.theme, node(f"{EU}data-theme/GOVE")),
        (DCTERMS.conformsTo, node(f"{BASE}politics")),
        (DCAT.landingPage, node(url_for("dataset.dataset", _external=True))),
        (DCAT.version, Literal(current.snapshot.id)),
        (DCAT.hasCurrentVersion, node(current.iri)),
        (DCAT.inSeries, node(SERIES)),
        *((DCAT.hasVersion, node(version.iri)) for version in known),
        *_moment(DCTERMS.issued, known[0]),
        *_moment(DCTERMS.modified, current),
        (DCAT.distribution, node(f"{DATASET}#endpoint")),
    )
    yield from _distributions(dataset, current, ours)
    yield from said(
        node(f"{DATASET}#endpoint"),
        (RDF.type, node(DCAT.Distribution)),
        (DCTERMS.title, text("Everything, by SPARQL")),
        (DCAT.accessURL, node(url_for("protocol.sparql", _external=True))),
        (DCAT.accessService, node(SERVICE)),
        (DCTERMS.conformsTo, node(PROTOCOL)),
        *licensed(ours),
    )


def _moment(property_: str, version: Version) -> Iterator[tuple[str, Literal]]:
    if version.issued:
        yield property_, Literal(version.issued, datatype=node(XSD.dateTime))


def _service(ours: bool) -> Iterator[Triple]:
    endpoint = node(url_for("protocol.sparql", _external=True))
    yield from said(
        node(SERVICE),
        (RDF.type, node(DCAT.DataService)),
        (DCTERMS.title, text("SPARQL endpoint")),
        (DCTERMS.description, text("Answers SPARQL 1.1 queries; asked for nothing, it describes itself.")),
        (DCTERMS.conformsTo, node(PROTOCOL)),
        *_rights(ours),
        (DCAT.endpointURL, endpoint),
        (DCAT.endpointDescription, endpoint),
        (DCAT.servesDataset, node(DATASET)),
    )


def _series(known: tuple[Version, ...], ours: bool) -> Iterator[Triple]:
    yield from said(
        node(SERIES),
        (RDF.type, node(DCAT.DatasetSeries)),
        (RDF.type, node(DCAT.Dataset)),
        (DCTERMS.title, text("The snapshots of Samizdat")),
        (DCTERMS.description, text("What was published, one after another; none of them ever changes.")),
        *_rights(ours),
        (DCTERMS.accrualPeriodicity, node(f"{EU}frequency/IRREG")),
        (DCAT.first, node(known[0].iri)),
        (DCAT.last, node(known[-1].iri)),
        *_moment(DCTERMS.issued, known[0]),
        *_moment(DCTERMS.modified, known[-1]),
    )


def _version(version: Version, before: Version | None) -> Iterator[Triple]:
    subject, ours = node(version.iri), is_all_ours(version.snapshot)
    earlier = ((name, node(before.iri)) for name in (DCAT.previousVersion, DCAT.prev)) if before else ()
    yield from said(
        subject,
        (RDF.type, node(DCAT.Dataset)),
        (DCTERMS.title, text(f"Samizdat, snapshot {version.name}")),
        (DCTERMS.description, text(f"The graph whose sorted N-Quads have the SHA-256 {version.snapshot.id}.")),
        (DCTERMS.identifier, Literal(version.snapshot.id)),
        (DCAT.version, Literal(version.snapshot.id)),
        (DCAT.isVersionOf, node(DATASET)),
        (DCAT.inSeries, node(SERIES)),
        *_rights(ours),
        *earlier,
        *_moment(DCTERMS.issued, version),
    )
    yield from _distributions(subject, version, ours)


def _distributions(dataset: NamedNode, version: Version, ours: bool) -> Iterator[Triple]:
    for found in version.snapshot.dumps.files.values():
        distribution = node(f"{version.iri}#{quote(found.name)}")
        yield from said(dataset, (DCAT.distribution, distribution))
        if dataset.value == version.iri:
            yield from _distribution(distribution, found, version, ours)


def _distribution(subject: NamedNode, found: Dump, version: Version, ours: bool) -> Iterator[Triple]:
    address, checksum = node(version.address(found.name)), node(f"{subject.value}-checksum")
    yield from said(
        subject,
        (RDF.type, node(DCAT.Distribution)),
        (DCTERMS.title, text(title_of(found.name, ours))),
        (RDFS.label, Literal(found.name)),
        (DCAT.accessURL, address),
        (DCAT.downloadURL, address),
        (DCAT.byteSize, Literal(str(found.size), datatype=node(XSD.nonNegativeInteger))),
        (DCAT.mediaType, node(MEDIA + found.media_type)),
        *([(DCAT.compressFormat, node(f"{MEDIA}application/gzip"))] if found.is_packed else []),
        *licensed(ours or found.name in OURS),
        (SPDX.checksum, checksum),
        *_moment(DCTERMS.issued, version),
    )
    yield from said(
        checksum,
        (RDF.type, node(SPDX.Checksum)),
        (SPDX.algorithm, node(SPDX.checksumAlgorithm_sha256)),
        (SPDX.checksumValue, Literal(found.sha256, datatype=node(XSD.hexBinary))),
    )
