"""Queries and graphs: the SPARQL 1.1 Protocol and the Graph Store Protocol."""

from collections.abc import Mapping
from dataclasses import replace

from graph.iris import INFERRED_GRAPH
from server.negotiation import DOCUMENTS, HTML, JSON, TABLES
from server.openapi.headers import KEPT
from server.openapi.model import (
    STRING,
    TEXT,
    Answer,
    Body,
    Operation,
    Parameter,
    Schema,
    extension_of,
    format_of,
    formats,
)
from server.openapi.schemas import ref
from server.protocol import DIRECT, FORM

TAG = "Queries"
IRI: Schema = {"type": "string", "format": "iri", "pattern": '^[A-Za-z][A-Za-z0-9+.-]*:[^\\s<>"{}|\\\\^`]+$'}
QUERY: Schema = {"type": "string", "minLength": 1, "contentMediaType": DIRECT, "format": "sparql-query"}
IRIS: Schema = {"type": "array", "items": {"type": "string", "format": "iri"}}
SECONDS: Schema = {"type": "number", "exclusiveMinimum": 0}
SAMPLE = "PREFIX pol: <https://w3id.org/samizdat/politics#> SELECT ?claim WHERE { ?claim a pol:Claim } LIMIT 3"
OFFER = (*TABLES, *DOCUMENTS, HTML)
ANSWERED = Answer(
    "The answer: a table or a truth value in one of the formats for these, a graph in one of those for graphs; whole, "
    "never a part. Without a query: the Service Description, or the query page.",
    formats(OFFER) | dict.fromkeys((JSON.media_type,), ref("Table")),
    (KEPT, "Link"),
)
ERRORS = (400, 403, 406, 413, 414)
PROTOCOL = (
    Parameter("query", "One SPARQL 1.1 query. Updates are refused: a published graph never changes.", QUERY, SAMPLE),
    Parameter("default-graph-uri", "Named graphs that make up the default graph; goes before FROM.", IRIS),
    Parameter("named-graph-uri", "Named graphs that GRAPH finds; goes before FROM NAMED.", IRIS),
    Parameter("timeout", "Seconds after which the answer is of no use any more; at most the server's own.", SECONDS),
    format_of(OFFER),
)
EXTENSION = extension_of(OFFER)
FIELDS: dict[str, Schema] = {item.name: item.schema for item in PROTOCOL[:3]}
POSTED = Body(
    "The query and its dataset as a form, or the query by itself with its dataset in the address. `timeout` and "
    "`format` may stand in the address or the form.",
    {FORM: {"type": "object", "properties": FIELDS, "required": ["query"]}, DIRECT: QUERY},
    {FORM: {"query": SAMPLE}, DIRECT: SAMPLE},
)
STORED = Answer("The triples of the graph, or for people the query page with the first of them.",
                formats((*DOCUMENTS, HTML)), ("ETag",))  # fmt: skip

OPERATIONS: Mapping[str, Operation] = {
    "protocol.sparql": Operation(
        TAG,
        "Answer a query",
        {200: ANSWERED},
        "SPARQL 1.1 Protocol, section 2.1, by GET.",
        (EXTENSION,),
        PROTOCOL,
        ERRORS,
    ),
    "POST protocol.sparql": Operation(
        TAG,
        "Answer a query sent in the body",
        {200: replace(ANSWERED, headers=())},
        "SPARQL 1.1 Protocol, section 2.1, for queries of any length.",
        (EXTENSION,),
        PROTOCOL[1:],
        (*ERRORS, 415),
        POSTED,
    ),
    "graph_store.indirect": Operation(
        TAG,
        "Read the graph that a parameter names",
        {200: STORED},
        "SPARQL 1.1 Graph Store HTTP Protocol, section 4.2. Give exactly one of `graph` and `default`.",
        (extension_of((*DOCUMENTS, HTML)),),
        (
            Parameter("graph", "The absolute IRI of a named graph.", IRI, INFERRED_GRAPH),
            Parameter("default", "The default graph; the value is not read.", STRING),
            format_of((*DOCUMENTS, HTML)),
        ),
        (400, 404, 406, 413, 414),
    ),
    "graph_store.direct": Operation(
        TAG,
        "Read the graph at its own address",
        {200: STORED},
        "SPARQL 1.1 Graph Store HTTP Protocol, section 4.1. An extension such as `.ttl` chooses the format.",
        (Parameter("path", "The rest of the graph's name; may have slashes.", TEXT, "inferred"),),
        (format_of((*DOCUMENTS, HTML)),),
        (404, 406, 413),
    ),
    "pages.query": Operation(
        "Pages",
        "The query page",
        {200: Answer("A form for a query, and the answer to it.", formats((HTML,)), (KEPT,))},
        parameters=(Parameter("query", "The query to answer.", {**QUERY, "minLength": 0}, SAMPLE),),
        errors=(400, 403, 413, 414),
    ),
}
