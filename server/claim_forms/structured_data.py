"""A claim in the words of schema.org, for search engines and fact checkers (https://schema.org/Claim).

It is a Claim and not a ClaimReview: a review rates whether something is true, and nobody here does. Whoever reviews it
names it in their ``itemReviewed``. The ``author`` of a Claim is who holds it, its ``claimInterpreter`` who put it into
these words, and it appears in the editorial, whose words are the Quotation that it cites.
"""

import json
from typing import Any

from graph.iris import ONTOLOGY
from ontology.terms import POL
from server.claim_forms.details import ClaimDetails, Named, Passage, Source

CONTEXT = "https://schema.org"
TYPES = {
    "person": "Person",
    "party": "Organization",
    "government": "GovernmentOrganization",
    "outlet": "NewsMediaOrganization",
    "platform": "WebSite",
    "country": "Country",
    "group": "Organization",
    "event": "Event",
    "law": "Legislation",
    "editorial": "OpinionNewsArticle",
}
"""Kinds of things in the words of schema.org; what is not here is a Thing."""


def structured(claim: ClaimDetails) -> dict[str, Any]:
    """The claim as a JSON-LD document under the context of schema.org."""
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Claim",
        "@id": claim.iri,
        "url": claim.iri,
        "name": claim.sentence,
        "description": f"{claim.sentence} [{claim.held}]",
        "inLanguage": "en",
        "author": [_thing(agent) for agent in claim.holders],
        "claimInterpreter": [_thing(agent) for agent in claim.creators],
        "appearance": source(claim.source),
        "citation": [_quotation(passage, claim.source) for passage in claim.passages],
        "about": [_thing(thing) for thing in claim.about],
        "keywords": _modality(claim.modality),
        "dateCreated": claim.created,
        "license": claim.licence,
    }
    return {key: value for key, value in found.items() if value}


def source(editorial: Source) -> dict[str, Any]:
    """An editorial; who wrote it and who published it is said where the text says so, and nowhere else.

    Their names are all that is known: whether one is of a person or an organisation is not.
    """
    found: dict[str, Any] = {
        "@type": TYPES["editorial"],
        "@id": editorial.iri,
        "headline": editorial.headline,
        "datePublished": editorial.published,
        "inLanguage": editorial.language,
        "author": [{"name": name} for name in editorial.authors],
        "publisher": {"name": editorial.publisher} if editorial.publisher else None,
    }
    return {key: value for key, value in found.items() if value}


def embedded(document: dict[str, Any]) -> str:
    """The document as the text of a ``script`` element, which nothing in it can end (HTML, section 4.12.1.3)."""
    written = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    escapes = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
    return "".join(escapes.get(char, char) for char in written)


def _thing(named: Named) -> dict[str, Any]:
    return {"@type": TYPES.get(named.kind, "Thing"), "@id": named.iri, "name": named.name}


def _quotation(passage: Passage, editorial: Source) -> dict[str, Any]:
    found = {"@type": "Quotation", "@id": passage.iri, "text": passage.exact, "inLanguage": passage.language}
    return {key: value for key, value in found.items() if value} | {"isPartOf": {"@id": editorial.iri}}


def _modality(name: str) -> dict[str, Any]:
    return {"@type": "DefinedTerm", "@id": f"{ONTOLOGY}#{name}", "name": name, "inDefinedTermSet": str(POL.modalities)}
