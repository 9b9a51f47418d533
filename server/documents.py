"""The RDF document about a thing: what the snapshot says of it, what that rests on, and the document about itself.

Only what has the document's own IRI or a fragment of it as a subject was not in the snapshot before.
"""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256

from pyoxigraph import NamedNode, Quad, Triple, serialize
from rdflib import DCTERMS, FOAF, PROV, RDF, SDO
from rdflib.namespace import Namespace

from graph.asking.compared import statements
from graph.asking.grounds import Ground
from graph.claim_graphs import LICENCE
from graph.description import Description
from graph.engine.prefixes import PREFIXES
from graph.forms.nanopubs import of_claim
from graph.iris import COMPARISONS_GRAPH, DOC, ID, PARTS, part
from graph.jsonld import graph_of, node
from server.claims import is_claim
from server.framing import Frame
from server.holdings import holdings
from server.negotiation import JSONLD, NQUADS, TRIG, Format
from server.syntaxes import SYNTAX

XHV = Namespace("http://www.w3.org/1999/xhtml/vocab#")
ROOT = re.compile(rb"^(<\?xml[^>]*>\s*<rdf:RDF)((?: xmlns:?\w*=\"[^\"]*\")+)>")
"""What an RDF/XML document begins with."""
WITH_GRAPHS = (TRIG, NQUADS)


def body_of(description: Description, wanted: Format) -> bytes:
    """The document in a format; of a claim, in those that have named graphs, its nanopublication and nothing else."""
    if is_claim(description.iri) and wanted in WITH_GRAPHS:
        quads = of_claim(holdings().engine, description.iri)
        if quads:
            return written(quads, wanted)
    triples = [*description.statements, *description.names, *about_itself(description)]
    triples += statements(holdings().engine, description.iri) if is_claim(description.iri) else []
    if wanted is JSONLD:
        return _framed(description, triples)
    return written((Quad(t.subject, t.predicate, t.object) for t in triples), wanted)


def written(quads: Iterable[Quad], wanted: Format) -> bytes:
    """Some quads in a format other than JSON-LD."""
    kept = list(quads)
    terms = "\n".join(str(term) for quad in kept for term in (*quad.triple, quad.graph_name))
    used = {prefix: iri for prefix, iri in PREFIXES.items() if f"<{iri}" in terms}
    statements = kept if wanted in WITH_GRAPHS else [quad.triple for quad in kept]
    return _in_order(serialize(statements, format=SYNTAX[wanted], prefixes=used) or b"")


def _in_order(body: bytes) -> bytes:
    """With the prefixes in the order of their names: they come in another each time, and an answer must not."""
    lines = body.split(b"\n")
    count = next((number for number, line in enumerate(lines) if not line.startswith(b"@prefix ")), 0)
    sorted_lines = b"\n".join([*sorted(lines[:count]), *lines[count:]])
    return ROOT.sub(lambda match: match[1] + b" " + b" ".join(sorted(match[2].split())) + b">", sorted_lines, count=1)


def document_iri(iri: str, page: int = 1) -> str:
    """The IRI of the document about a thing."""
    return DOC + iri.removeprefix(ID) + (f"?page={page}" if page > 1 else "")


def about_itself(description: Description) -> Iterator[Triple]:
    """What the document is about, what comes before and after it, and what each statement in it rests on."""
    name = document_iri(description.iri, description.page)
    itself = node(name)
    yield Triple(itself, node(RDF.type), node(FOAF.Document))
    yield Triple(itself, node(FOAF.primaryTopic), node(description.iri))
    if not description.evidence:  # what others have measured is not ours to license
        yield Triple(itself, node(DCTERMS.license), node(LICENCE))
    for relation, page in pages(description).items():
        yield Triple(itself, node(XHV[relation]), node(document_iri(description.iri, page)))
    for claim in description.claims.listed:
        yield Triple(itself, node(DCTERMS.references), node(claim))
    for triple, ground in description.grounds.items():
        yield from _reason(name, triple, ground)


def pages(description: Description) -> dict[str, int]:
    """The other pages of a description, by the relation that leads there; none where there is but one."""
    found = {"first": 1, "prev": description.page - 1} if description.page > 1 else {}
    return found | ({"next": description.page + 1} if description.more else {})


def _reason(document: str, triple: Triple, ground: Ground) -> Iterator[Triple]:
    digest = sha256(f"{triple} .".encode()).hexdigest()[:32]
    reason = node(f"{document}#{digest}")
    yield Triple(node(document), node(SDO.hasPart), reason)
    yield Triple(reason, node(RDF.type), node(RDF.Statement))
    yield Triple(reason, node(RDF.subject), triple.subject)
    yield Triple(reason, node(RDF.predicate), triple.predicate)
    yield Triple(reason, node(RDF.object), triple.object)
    for source in (*ground.claims, *([ground.derivation] if ground.derivation else [])):
        yield Triple(reason, node(PROV.wasDerivedFrom), node(source))


def _framed(description: Description, triples: list[Triple]) -> bytes:
    document = document_iri(description.iri, description.page)
    starts = (f"<{document}#", f"<{COMPARISONS_GRAPH}#")
    own = {document, *(t.subject.value for t in triples if isinstance(t.subject, NamedNode) and _is_of(t, starts))}
    frame = Frame(description.iri, triples, description.own | own, document)
    if is_claim(description.iri):
        assertion = part(description.iri, PARTS[1])
        quads = of_claim(holdings().engine, description.iri)
        frame.add_graph(assertion, (quad.triple for quad in quads if graph_of(quad) == assertion))
    return frame.document()


def _is_of(triple: Triple, starts: tuple[str, ...]) -> bool:
    return str(triple.subject).startswith(starts)
