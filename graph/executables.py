"""The saved questions as SHACL SPARQL executables, so that query editors and crawlers find them in the graph itself.

They stand in ``{base}graph/queries`` in the way of the SIB's collections
(https://github.com/sib-swiss/sparql-examples): each a ``sh:SPARQLExecutable`` with its words in ``rdfs:comment``, its
text in ``sh:select``, ``sh:ask`` or ``sh:construct``, its prefixes declared (SHACL, sections 5.2.1 and 8.1) and the
endpoint in ``schema:target``. The text is the question with its default values; what an asker may change is told as
``sh:parameter`` (SHACL Advanced Features, section 5.1).
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from pyoxigraph import Literal, NamedNode, Quad, Triple
from rdflib import DCTERMS, RDF, RDFS, SDO, SH, XSD

from graph.engine.tokens import form, tokens
from graph.iris import QUERIES_GRAPH
from graph.jsonld import node
from ontology.base import BASE
from queries import Parameter, StoredQuery

ENDPOINT = f"{BASE}sparql"
QUESTIONS = f"{BASE}questions/"
"""What the IRI of a question begins with: its page is there."""
RULES = f"{BASE}rules/"
"""What the IRI of a rule begins with, by which measurements are put beside claims."""
DESCRIBE = NamedNode("https://purl.expasy.org/sparql-examples/ontology#describe")
"""SHACL has executables of three forms; the SIB's vocabulary adds the fourth."""
DESCRIBES = NamedNode("https://purl.expasy.org/sparql-examples/ontology#SPARQLDescribeExecutable")
FORMS = {
    "SELECT": (node(SH.SPARQLSelectExecutable), node(SH.select)),
    "ASK": (node(SH.SPARQLAskExecutable), node(SH.ask)),
    "CONSTRUCT": (node(SH.SPARQLConstructExecutable), node(SH.construct)),
    "DESCRIBE": (DESCRIBES, DESCRIBE),
}
DATATYPES = {"string": XSD.string, "integer": XSD.integer, "date": XSD.date}


def quads(questions: Mapping[str, StoredQuery], start: str = QUESTIONS) -> Iterator[Quad]:
    """All of it, in the named graph; ``start`` is what their IRIs begin with."""
    for triple in triples(questions, start):
        yield Quad(triple.subject, triple.predicate, triple.object, node(QUERIES_GRAPH))


def triples(questions: Mapping[str, StoredQuery], start: str = QUESTIONS) -> Iterator[Triple]:
    """Each question, and the prefixes that they declare."""
    for name in sorted(questions):
        yield from _question(node(start + name), questions[name])
    found = {prefix: space for question in questions.values() for prefix, space in _declared(question.text)}
    for prefix, space in sorted(found.items()):
        declaration = _prefix(prefix)
        yield Triple(node(f"{QUERIES_GRAPH}#prefixes"), node(SH.declare), declaration)
        yield Triple(declaration, node(SH.prefix), Literal(prefix))
        yield Triple(declaration, node(SH.namespace), Literal(space, datatype=node(XSD.anyURI)))


def _question(subject: NamedNode, question: StoredQuery) -> Iterator[Triple]:
    kind, text = FORMS[form(question.text) or "SELECT"]
    said: Iterable[tuple[str, NamedNode | Literal]] = (
        (RDF.type, node(SH.SPARQLExecutable)),
        (RDF.type, kind),
        (RDFS.comment, Literal(question.summary, language="en")),
        (SH.prefixes, node(f"{QUERIES_GRAPH}#prefixes")),
        (text.value, Literal(question.fill({}))),
        (SDO.target, node(ENDPOINT)),
        (RDFS.isDefinedBy, node(QUERIES_GRAPH)),
        (DCTERMS.identifier, Literal(question.name)),
        *((SDO.keywords, Literal(tag)) for tag in question.tags),
        *([(DCTERMS.description, Literal(question.description, language="en"))] if question.description else []),
    )
    yield from (Triple(subject, node(property_), value) for property_, value in said)
    for parameter in question.parameters:
        yield from _parameter(subject, parameter)


def _parameter(question: NamedNode, parameter: Parameter) -> Iterator[Triple]:
    """What may be given in the address of the question's page, by this name."""
    subject = node(f"{QUERIES_GRAPH}#{question.value.removeprefix(QUESTIONS)}-{parameter.name}")
    yield Triple(question, node(SH.parameter), subject)
    yield Triple(subject, node(RDF.type), node(SH.Parameter))
    yield Triple(subject, node(SH.path), node(f"{QUERIES_GRAPH}#{parameter.name}"))
    yield Triple(subject, node(SH.name), Literal(parameter.name))
    yield Triple(subject, node(SH.description), Literal(parameter.description, language="en"))
    yield Triple(subject, node(SH.defaultValue), _default(parameter))
    if parameter.type == "iri":
        yield Triple(subject, node(SH.nodeKind), node(SH.IRI))
    else:
        yield Triple(subject, node(SH.datatype), node(DATATYPES[parameter.type]))


def _default(parameter: Parameter) -> NamedNode | Literal:
    """The default value as a term."""
    if parameter.type == "iri":
        return node(parameter.term(parameter.default)[1:-1])
    return Literal(parameter.default, datatype=node(DATATYPES[parameter.type]))


def _declared(text: str) -> Iterator[tuple[str, str]]:
    """Each prefix of a query's prologue with what it stands for."""
    found = tokens(text)
    for (keyword, name), (_, iri) in pairwise(pairwise(found)):
        if keyword.text.upper() == "PREFIX" and name.kind == "name" and iri.kind == "iri":
            yield name.prefix, iri.text[1:-1]


def _prefix(name: str) -> NamedNode:
    return node(f"{QUERIES_GRAPH}#prefix-{name}")
