"""An address of every kind of page, over the project's own data."""

from playwright.sync_api import Page, Response

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
REFUSED = {"not found": 404, "mistake": 400}
"""The kinds that are answered with another status than 200."""


def opened(page: Page, kind: str, errors: list[str] | None = None) -> Response:
    """Go to a page of this kind; that a browser tells of the status of a refusal is no error of the page."""
    address = KINDS[kind]
    if kind == PROOF:
        page.goto(PROVED)
        address = page.locator("a[href*='/why?']").first.get_attribute("href") or ""
    reply = page.goto(address)
    assert reply
    assert reply.status == REFUSED.get(kind, 200), f"{reply.status} {reply.url}"
    if kind in REFUSED and errors is not None:
        told = [error for error in errors if f"status of {REFUSED[kind]}" in error]
        assert len(told) <= 1, told
        for error in told:
            errors.remove(error)
    return reply
