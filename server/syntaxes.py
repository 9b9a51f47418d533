"""Which of the engine's syntaxes writes each of our formats for documents."""

from pyoxigraph import RdfFormat

from server.negotiation import JSONLD, NQUADS, NTRIPLES, RDFXML, TRIG, TURTLE

SYNTAX = {
    TURTLE: RdfFormat.TURTLE,
    NTRIPLES: RdfFormat.N_TRIPLES,
    RDFXML: RdfFormat.RDF_XML,
    JSONLD: RdfFormat.JSON_LD,
    TRIG: RdfFormat.TRIG,
    NQUADS: RdfFormat.N_QUADS,
}
