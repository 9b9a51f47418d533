"""What the reconciliation service tells of itself.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/#service-manifest
"""

from importlib.metadata import version
from typing import Any

from flask import request, url_for

from graph.iris import ID, ONTOLOGY
from server.assets import asset
from server.reconciling.extension import SETTINGS
from server.reconciling.queries import BATCH
from server.reconciling.suggest import SUGGESTED
from server.reconciling.terms import iri_of, term
from server.searching import searchable

NAME = "Samizdat: people, parties and media in editorials on press freedom"
USUAL_TYPES = (
    "foaf:Person",
    "pol:PoliticalParty",
    "pol:Government",
    "pol:MediaSector",
    "pol:AgentGroup",
    "schema:Country",
)
"""Types that are offered first, if there are things of them."""
WIDTH, HEIGHT = 430, 300
"""Pixels of a preview."""
SLOT, FLYOUT_SLOT, TEMPLATE = "{{id}}", "${id}", "{+id}"
"""Where the identifier stands in an address: in version 0.2, in its flyouts, and in the draft (RFC 6570)."""


def manifest() -> dict[str, Any]:
    """Of version 0.2. It is named by the host that is asked, so that it is true behind any address."""
    root = request.host_url.rstrip("/")
    return {
        "versions": ["0.2"],
        **_shared(),
        "identifierSpace": ID,
        "schemaSpace": f"{ONTOLOGY}#",
        "view": {"url": _thing(SLOT)},
        "feature_view": {"url": _features(SLOT)},
        "preview": {"url": _address("reconcile.preview") + f"?id={SLOT}", "width": WIDTH, "height": HEIGHT},
        "suggest": {
            kind: {
                "service_url": root,
                "service_path": url_for("reconcile.suggest", kind=kind),
                "flyout_service_url": root,
                "flyout_service_path": url_for("reconcile.flyout", kind=kind) + f"?id={FLYOUT_SLOT}",
            }
            for kind in SUGGESTED
        },
        "extend": {
            "propose_properties": {"service_url": root, "service_path": url_for("reconcile.propose")},
            "property_settings": list(SETTINGS),
        },
    }


def draft_manifest() -> dict[str, Any]:
    """Of the 1.0 draft, whose routes are fixed."""
    renamed = {"name": "id", "label": "name", "help_text": "helpText"}
    return {
        "versions": ["1.0-draft"],
        **_shared(),
        "lang": "en",
        "standardizedScore": True,
        "view": {"url": _thing(TEMPLATE)},
        "featureView": {"url": _features("{id}")},
        "preview": {"width": WIDTH, "height": HEIGHT},
        "suggest": dict.fromkeys(SUGGESTED, True),
        "extend": {
            "proposeProperties": True,
            "propertySettings": [{renamed.get(name, name): value for name, value in item.items()} for item in SETTINGS],
        },
    }


def _shared() -> dict[str, Any]:
    there = searchable().things.types
    usual = [iri for name in USUAL_TYPES if (iri := iri_of(name)) in there]
    return {
        "name": NAME,
        "documentation": _address("reconcile.about"),
        "logo": request.host_url.rstrip("/") + asset("mark.svg"),
        "serviceVersion": version("samizdat"),
        "defaultTypes": [term(iri) for iri in usual],
        "batchSize": BATCH,
    }


def _address(endpoint: str) -> str:
    return url_for(endpoint, _external=True)


def _thing(slot: str) -> str:
    """The address of a thing on this host; the base IRI may lead elsewhere, or nowhere yet."""
    return url_for("linked_data.thing", path="-", _external=True).removesuffix("-") + slot


def _features(slot: str) -> str:
    return f"{_address('reconcile.about')}#{slot}"
