"""What the editor of the query page knows: prefixes, and the classes and properties to suggest, with their names."""

from collections.abc import Mapping
from functools import cache

from flask import url_for

from graph.engine.prefixes import PREFIXES
from server import vocabulary
from server.words.language import gettext as _

Known = tuple[tuple[str, str], ...]
"""Terms by prefixed name, each with its label."""

REUSED: Mapping[str, Known] = {
    "classes": (
        ("foaf:Person", "person"), ("np:Nanopublication", "nanopublication"), ("org:Membership", "membership"),
        ("org:Organization", "organization"), ("org:Post", "post"), ("skos:Concept", "concept"),
        ("prov:Entity", "entity"), ("oa:TextQuoteSelector", "text of a quote"),
        ("oa:TextPositionSelector", "place of a quote"),
    ),
    "properties": (
        ("rdf:type", "is a"), ("rdfs:label", "label"), ("skos:prefLabel", "preferred name"),
        ("skos:altLabel", "other name"), ("skos:hiddenLabel", "misspelt name"), ("skos:broader", "broader concept"),
        ("np:hasAssertion", "graph of the assertion"), ("np:hasProvenance", "graph of the provenance"),
        ("prov:wasDerivedFrom", "derived from"), ("prov:generatedAtTime", "generated at"),
        ("oa:hasSelector", "selector"), ("oa:hasSource", "source"), ("oa:exact", "exact words"),
        ("oa:prefix", "words before"), ("oa:suffix", "words after"), ("oa:start", "first character"),
        ("oa:end", "character after the last"), ("org:member", "member"), ("org:hasMember", "has member"),
        ("schema:founder", "founder"), ("schema:headline", "headline"), ("schema:datePublished", "date of publication"),
        ("schema:position", "place in the text"), ("schema:minValue", "at least"), ("schema:maxValue", "at most"),
        ("schema:about", "about"), ("cito:supports", "supports"), ("cito:disputes", "disputes"),
        ("foaf:name", "name"), ("foaf:homepage", "home page"), ("dcterms:creator", "creator"),
        ("dcterms:license", "licence"),
    ),
}  # fmt: skip
"""What the ontology takes from others (see its own file), by the names that queries use."""
OURS = {"classes": ("Classes",), "properties": ("Relations", "Values")}
"""The groups of our own terms that these are."""


def editor() -> Mapping[str, object]:
    """The data of the editor, and the words that it says, as JSON."""
    return {
        "prefixes": PREFIXES,
        "terms": {what: [list(term) for term in known(what)] for what in REUSED},
        "search": url_for("search.find"),
        "code": url_for("asking.code"),
        "words": {
            "label": _("A SPARQL query"),
            "invalid": _("Line %(line)s is not SPARQL yet."),
            "expected": _("Expected: %(what)s."),
            "keys": _("Ctrl+Enter asks, Ctrl+Space completes names, Tab leaves the editor."),
        },
    }


@cache
def known(what: str) -> Known:
    """Our own terms of a kind and those of others, in the order of their names."""
    ours = {
        f"pol:{term.name}": term.label
        for group in vocabulary.groups()
        if group.title in OURS[what]
        for term in group.terms
    }
    return tuple(sorted((ours | dict(REUSED[what])).items(), key=lambda term: term[0].lower()))


def plain(text: str, summary: str) -> str:
    """A saved question's text for the editor: what it asks stands over it, and its ``#+`` header does not."""
    kept = [line for line in text.splitlines() if not line.startswith("#+")]
    return "\n".join((f"# {summary}", *kept))
