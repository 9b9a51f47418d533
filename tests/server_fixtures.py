"""A small graph in the shape of a snapshot, an engine over it, and an application that serves it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import (
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
)

from graph.engine import Answer, Engine, Formats, Kind, Query
from graph.errors import FormNotAcceptable, InvalidQuery, QuerySyntaxError, SamizdatError
from graph.snapshot import Snapshot
from ontology.base import rebased
from queries import Parameter, StoredQuery
from server import create_app
from server.settings import ServerSettings

HOSTILE = "<script>alert('x')</script>\" onmouseover=\"y & \u202e<b>"
"""What a label or a quote could hold to break out of a page."""

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


def literal(text: str) -> str:
    """The text as a Turtle string in English."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"@en'


def claim(
    slug: str, number: int, modality: str, sentence: str, quote: str, by: str = "<id/editorial/one>", more: str = ""
) -> str:
    """The metadata of one claim, as the default graph has it."""
    iri = f"id/claim/one/{slug}"
    words = f"""
        <{iri}#quote> a oa:SpecificResource ; oa:hasSource <id/editorial/one> ;
            oa:hasSelector <{iri}#quote-text>, <{iri}#quote-position> .
        <{iri}#quote-text> a oa:TextQuoteSelector ; oa:exact {literal(quote)} .
        <{iri}#quote-position> a oa:TextPositionSelector ; oa:start {number} ; oa:end {number + len(quote)} .
    """
    return f"""
        <{iri}> a pol:Claim, np:Nanopublication ; rdfs:label {literal(sentence)} ; pol:modality pol:{modality} ;
            pol:attributedTo {by} ; pol:statedIn <id/editorial/one> ; pol:quote <{iri}#quote> ;
            np:hasAssertion <{iri}#assertion> ; schema:position {number} {more} .
        {words}
        GRAPH <{iri}#head> {{ <{iri}> np:hasAssertion <{iri}#assertion> }}
        GRAPH <{iri}#provenance> {{ <{iri}#assertion> prov:wasDerivedFrom <{iri}#quote> . {words} }}
        GRAPH <{iri}#pubinfo> {{ <{iri}> prov:generatedAtTime "2026-11-22" }}
    """


TRIG = rebased(f"""
@base <https://w3id.org/samizdat/> .
@prefix pol: <https://w3id.org/samizdat/politics#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix np: <http://www.nanopub.org/nschema#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<id/editorial/one> a pol:Editorial ; schema:headline {literal("Of bans & <i>parties</i>")} ;
    pol:date <id/editorial/one#date-2021-01> ; schema:inLanguage "en" ; pol:sha256 "00" .
<id/editorial/one#date-2021-01> pol:edtf "2021-01" ;
    pol:earliest "2021-01-01"^^xsd:date ; pol:latest "2021-01-31"^^xsd:date .
<id/person/asya> a foaf:Person ; skos:prefLabel "Asya"@en ; foaf:homepage <https://example.org/?a=1&b=2> .
<id/person/hostile> a foaf:Person ; skos:prefLabel {literal(HOSTILE)} ; foaf:homepage <javascript:alert(1)> .
<id/party/progress> a pol:PoliticalParty ; skos:prefLabel "Progress"@en, "Прогресс"@ru .
<id/group/officials> a pol:AgentGroup ; skos:prefLabel "officials"@en .
<id/claim/one/ban#ban> a pol:PartyBan ; pol:bannedParty <id/party/progress> .
<graph/inferred#d1> a pol:Derivation .
GRAPH <graph/inferred> {{ <graph/inferred#d1> a pol:Derivation . <id/party/progress> a pol:BannedParty }}
GRAPH <id/claim/one/ban#assertion> {{
    <id/claim/one/ban#ban> a pol:PartyBan ; pol:bannedParty <id/party/progress> }}
GRAPH <id/claim/one/rigged#assertion> {{ <id/claim/one/rigged#it> a pol:ElectionRigging }}
""")
MENTION = "<id/claim/one/children#mention-1> a pol:Mention ; pol:mentionOf <id/person/asya> ."
CLAIMS = rebased(
    claim("ban", 1, "asserted", "Progress was banned", "Progress was banned")
    + claim("rigged", 2, "believed", "The election was rigged", "many believe it rigged", "<id/group/officials>")
    + claim("hostile", 3, "reported", HOSTILE, HOSTILE, "<id/person/hostile>, <id/person/asya>")
    + claim("children", 4, "asserted", "Asya has children", "has two children", more="; pol:sensitive true "
            "; pol:mention <id/claim/one/children#mention-1>")
    + MENTION + f"GRAPH <id/claim/one/children#provenance> {{ {MENTION} }}"
    + claim("hard", 5, "predicted", "It will be hard", "will likely struggle", more='; pol:condition "if it lives" '
            "; pol:inTensionWith <id/claim/one/ban>")
)  # fmt: skip

PARTY = rebased("https://w3id.org/samizdat/id/party/progress")


@cache
def store() -> Store:
    """The graph above; nobody writes to it."""
    loaded = Store()
    loaded.load((TRIG + CLAIMS).encode(), format=RdfFormat.TRIG)
    return loaded


BINDINGS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}


@dataclass
class FakeEngine:
    """Evaluates on a store, remembers what it was asked, and raises ``error`` if it is given one."""

    error: SamizdatError | None = None
    content: Store = field(default_factory=store)
    seen: list[tuple[Query, Formats, float | None]] = field(default_factory=list)

    def evaluate(self, query: Query, formats: Formats, *, timeout: float | None = None) -> Answer:
        self.seen.append((query, formats, timeout))
        if self.error:
            raise self.error
        try:
            found = self.content.query(
                query.text,
                base_iri=query.base,
                default_graph=None if query.default_graphs is None else [NamedNode(i) for i in query.default_graphs],
                named_graphs=None if query.named_graphs is None else [NamedNode(i) for i in query.named_graphs],
            )
        except SyntaxError:
            raise QuerySyntaxError("it ends too early", "see the line", line=1, column=1) from None
        except (ValueError, RuntimeError) as error:
            raise InvalidQuery(str(error), "correct the query") from None
        kind: Kind = "bindings"
        if not isinstance(found, QuerySolutions):
            kind = "graph" if isinstance(found, QueryTriples) else "boolean"
        media_type = formats.graph if kind == "graph" else formats.bindings
        if media_type is None:
            del found  # or the error would carry it to other threads, and what is found must end in its own
            raise FormNotAcceptable("this is no such thing", "ask for Turtle, or JSON", kind=kind)
        if isinstance(found, QueryTriples):
            return Answer(kind, media_type, found.serialize(format=GRAPHS[media_type]) or b"")
        return Answer(kind, media_type, found.serialize(format=BINDINGS[media_type]) or b"")

    def close(self) -> None:
        """Nothing to close."""


def saved(name: str, text: str, *parameters: Parameter, tag: str = "parties", summary: str = "") -> StoredQuery:
    """A saved question."""
    return StoredQuery(name, summary or f"What of {name}?", "A description.", (tag, "all"), parameters, rebased(text))


POL = "PREFIX pol: <https://w3id.org/samizdat/politics#> "
CATALOGUE = {
    query.name: query
    for query in (
        saved("banned", f"{POL}SELECT ?party ?claim WHERE {{ ?ban pol:bannedParty ?party . ?claim a pol:Claim }}"),
        saved(
            "about",
            f"{POL}SELECT ?claim WHERE {{ ?claim pol:attributedTo ?_who }}",
            Parameter("who", "iri", "id/person/asya", f"who it is {HOSTILE}"),
            tag="people",
        ),
        saved("rigged", f"{POL}ASK {{ ?it a pol:ElectionRigging }}", summary=f"Was it? {HOSTILE}"),
        saved("everything", "CONSTRUCT WHERE { ?s ?p ?o }", tag="people"),
        saved("nothing", f"{POL}SELECT ?x WHERE {{ ?x pol:threshold 1 }}"),
    )
}


UNCACHED = ServerSettings(cache_mb=0)
"""So that every request reaches the engine; the cache has tests of its own."""


def make_app(
    engine: Engine | None = None,
    settings: ServerSettings | None = None,
    catalogue: Mapping[str, StoredQuery] = CATALOGUE,
) -> Flask:
    """The application over the graph above, or the engine's; its faults are answered, not raised."""
    snapshot = Snapshot(id="5a" * 32, path=Path("nowhere"))
    app = create_app(settings or UNCACHED, engine=engine or FakeEngine(), snapshot=snapshot, catalogue=catalogue)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


def make_client(engine: Engine | None = None) -> FlaskClient:
    """A client of such an application."""
    return make_app(engine).test_client()
