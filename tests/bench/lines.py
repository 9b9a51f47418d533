"""N-Quads as text: names, literals, and the two places where a line of ours stands."""

from hashlib import sha256

from graph import iris
from ontology.base import BASE

PREFIXES = {
    "cito": "http://purl.org/spar/cito/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "np": "http://www.nanopub.org/nschema#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "pol": f"{BASE}politics#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

ENTITIES = f"<{iris.ENTITIES_GRAPH}>"
INFERRED = f"<{iris.INFERRED_GRAPH}>"


def name(short: str) -> str:
    """The term of a prefixed name."""
    prefix, _, local = short.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


A = name("rdf:type")


def thing(path: str) -> str:
    """The term of a thing, of its path below id/."""
    return f"<{iris.ID}{path}>"


def text(words: str) -> str:
    """An English text; nothing in it needs escaping."""
    return f'"{words}"@en'


def typed(value: str | int, datatype: str) -> str:
    """A literal of an XML Schema datatype."""
    return f'"{value}"^^{name(f"xsd:{datatype}")}'


def record(triple: str) -> str:
    """The term of the record of a statement, as graph.iris.derivation names it."""
    return f"<{iris.INFERRED_GRAPH}#{sha256(f'{triple} .'.encode()).hexdigest()}>"


def both(triples: list[str], place: str) -> str:
    """The lines of triples that stand in a named graph and in the default graph."""
    return "".join([f"{triple} {place} .\n{triple} .\n" for triple in triples])


def only(triples: list[str], place: str) -> str:
    """The lines of triples that stand in a named graph alone."""
    return "".join([f"{triple} {place} .\n" for triple in triples])
