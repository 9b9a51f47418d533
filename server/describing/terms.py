"""Closed namespaces of the vocabularies that describe data sets, as far as they are used here."""

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace


class DCAT(DefinedNamespace):
    """Data Catalog Vocabulary, version 3: https://www.w3.org/TR/vocab-dcat-3/."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/dcat#")

    Catalog: URIRef
    DataService: URIRef
    Dataset: URIRef
    DatasetSeries: URIRef
    Distribution: URIRef

    accessService: URIRef
    accessURL: URIRef
    byteSize: URIRef
    compressFormat: URIRef
    dataset: URIRef
    distribution: URIRef
    downloadURL: URIRef
    endDate: URIRef
    endpointDescription: URIRef
    endpointURL: URIRef
    first: URIRef
    hasCurrentVersion: URIRef
    hasVersion: URIRef
    inSeries: URIRef
    isVersionOf: URIRef
    keyword: URIRef
    landingPage: URIRef
    last: URIRef
    mediaType: URIRef
    prev: URIRef
    previousVersion: URIRef
    servesDataset: URIRef
    service: URIRef
    startDate: URIRef
    theme: URIRef
    version: URIRef


class SPDX(DefinedNamespace):
    """Software Package Data Exchange, for checksums: http://spdx.org/rdf/terms."""

    _fail = True
    _NS = Namespace("http://spdx.org/rdf/terms#")

    Checksum: URIRef
    algorithm: URIRef
    checksum: URIRef
    checksumAlgorithm_sha256: URIRef
    checksumValue: URIRef
