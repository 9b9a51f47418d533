"""An address of every kind of page, over the project's own data."""

EDITORIAL = "2021-01-progress-kazakhstan"
PROVED = "/doc/party/progress"
"""A thing of which something was derived."""
PROOF = "proof"
"""The address of a proof holds a digest of what is proved: it is found on the page of the thing."""

KINDS = {
    "home": "/",
    "search": "/search?q=nazarbayev",
    "nothing found": "/search?q=zzzzzz",
    "person": "/doc/person/nursultan-nazarbayev",
    "party": PROVED,
    "government": "/doc/government/kazakhstan",
    "sector": "/doc/sector/tv-stations-of-kazakhstan",
    "platform": "/doc/platform/facebook",
    "event": "/doc/event/founding-of-progress",
    "country": "/doc/country/kazakhstan",
    "claim": f"/doc/claim/{EDITORIAL}/elections-rigged",
    "editorial": f"/doc/editorial/{EDITORIAL}",
    "claims": "/claims",
    "questions": "/questions/",
    "question": "/questions/media-control",
    "question with a form": "/questions/claims-of-modality",
    "pictures": "/pictures/",
    "timeline": "/pictures/timeline",
    "map": "/pictures/map",
    "network": "/pictures/network",
    "path": "/pictures/network?from=government/kazakhstan&to=sector/tv-stations-of-kazakhstan",
    "control": "/pictures/control",
    "query": "/query",
    "about": "/about",
    "modalities": "/about/modalities",
    "citing": "/about/citing",
    "corrections": "/about/corrections",
    "statistics": "/about/statistics",
    "ontology": "/politics",
    "dataset": "/dataset",
    "changes": "/changes",
    "reconciliation": "/reconcile/about",
    "problems": "/problems",
    PROOF: "",
    "not found": "/doc/person/nursultan-nazarbaev",
    "mistake": "/claims?held=perhaps",
}
ADDRESSES = tuple(address for address in KINDS.values() if address)
REFUSED = {"not found": 404, "mistake": 400}
"""The kinds that are answered with another status than 200."""
