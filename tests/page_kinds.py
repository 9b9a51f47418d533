"""Going to pages of every kind in a browser."""

from page_addresses import KINDS, PROOF, PROVED, REFUSED
from playwright.sync_api import Page, Response

__all__ = ["KINDS", "opened"]


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
