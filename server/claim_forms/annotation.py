"""A claim as a W3C Web Annotation on the words of its editorial (https://www.w3.org/TR/annotation-model/).

The targets are the very nodes that the graph has for the quotes, each with its two selectors, so that the annotation
says nothing of them that the graph does not. A claim that rests on several passages has several targets.
"""

from typing import Any

from graph.iris import ONTOLOGY
from server.claim_forms.details import ClaimDetails, Named, Passage

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AGENTS = {"person": "Person", "group": "Organization", "party": "Organization", "outlet": "Organization"}


def annotation(claim: ClaimDetails) -> dict[str, Any]:
    """The claim under the context of Web Annotation.

    ``created`` is left out: it must have a time of day, and only the day is known.
    """
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "id": f"{claim.iri}#annotation",
        "type": "Annotation",
        "motivation": "describing",
        "creator": [_agent(creator) for creator in claim.creators],
        "rights": claim.licence,
        "canonical": f"{claim.iri}#annotation",
        "body": [_sentence(claim), _classified(claim), _link(claim.iri, "linking"), *map(_tag, claim.about)],
        "target": [_target(passage, claim.source.iri) for passage in claim.passages],
    }
    return {key: value for key, value in found.items() if value}


def _sentence(claim: ClaimDetails) -> dict[str, Any]:
    """Our wording with how it is held: a reader who shows nothing but this must not show a belief as a fact."""
    return {
        "type": "TextualBody",
        "value": f"{claim.sentence} [{claim.held}]",
        "format": "text/plain",
        "language": "en",
        "purpose": "describing",
    }


def _classified(claim: ClaimDetails) -> dict[str, Any]:
    return _link(f"{ONTOLOGY}#{claim.modality}", "classifying")


def _tag(thing: Named) -> dict[str, Any]:
    return _link(thing.iri, "tagging")


def _link(iri: str, purpose: str) -> dict[str, Any]:
    return {"type": "SpecificResource", "source": iri, "purpose": purpose}


def _agent(agent: Named) -> dict[str, Any]:
    found = {"id": agent.iri, "type": AGENTS.get(agent.kind), "name": agent.name}
    return {key: value for key, value in found.items() if value}


def _target(passage: Passage, source: str) -> dict[str, Any]:
    words = {"type": "TextQuoteSelector", "exact": passage.exact, "prefix": passage.prefix, "suffix": passage.suffix}
    selectors: list[dict[str, Any]] = [{key: value for key, value in words.items() if value}]
    if passage.start is not None and passage.end is not None:
        selectors.append({"type": "TextPositionSelector", "start": passage.start, "end": passage.end})
    return {"id": passage.iri, "type": "SpecificResource", "source": source, "selector": selectors}
