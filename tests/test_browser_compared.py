"""What was measured beside a claim, in a real browser: read, opened by keys, at any width, and printed on one page."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from comparing import compared_store
from flask import Flask, render_template
from live_fixtures import live
from playwright.sync_api import Browser, Page
from pyoxigraph import Store
from seed_app import seed_app

from graph.asking.compared import compared
from graph.iris import ID
from graph.snapshot import Snapshots
from server.claim_forms.details import details_of
from server.holdings import holdings
from server.packing.contents import pack_of
from server.packing.summary import summary_of

CLAIM = "2021-01-progress-kazakhstan/government-media-control"


@pytest.fixture(scope="module")
def content(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    return compared_store(seed_store, tmp_path_factory.mktemp("compared"))


@pytest.fixture(scope="module")
def measured(content: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over the seed with a few rows of indices."""
    home = tmp_path_factory.mktemp("home")
    Snapshots(home / "snapshots").publish(list(content), {"counts": {}})
    with live(home) as running:
        yield f"http://{running.host}:{running.port}"


@pytest.fixture
def app(content: Store, tmp_path: Path) -> Flask:
    return seed_app(content, tmp_path)


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_section_is_accessible_and_fits(
    width: int, scheme: str, measured: str, browser: Browser, axe: Callable[[Page], list[str]]
) -> None:
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "base_url": measured}
    context = browser.new_context(**options)  # type: ignore[arg-type]
    page = context.new_page()
    for path in (f"/doc/claim/{CLAIM}", "/rules/media-control-rsf-score"):
        page.goto(path)
        for summary in page.locator(".measured summary").all():
            summary.click()
        assert not axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_its_reasons_open_by_keys(measured: str, browser: Browser) -> None:
    context = browser.new_context(base_url=measured)
    page = context.new_page()
    page.goto(f"/doc/claim/{CLAIM}#on-measured")
    row = page.locator(".measured pre.row").first
    assert not row.is_visible()
    page.locator(".measured summary").first.focus()
    page.keyboard.press("Enter")
    assert row.inner_text() == "2021,Kazakhstan,KAZ,D1,0"
    assert row.is_visible()
    context.close()


# --- the page to print ---


def summary(app: Flask, *, times: int = 1, words: int = 0) -> str:
    """The page of the pack, with as many times the measurements, and a quote of so many words if any."""
    with app.test_request_context():
        if times == 1 and not words:
            return pack_of(f"{ID}claim/{CLAIM}").files["summary.html"].decode()
        details = details_of(f"{ID}claim/{CLAIM}")
        passages = tuple(replace(one, exact="Verwaltungsgerichtshof " * words) for one in details.passages)
        details = replace(details, passages=passages, sentence="A sentence of some length. " * 8)
        found = compared(holdings().engine, [details.iri]) * times
        return render_template("packing/summary.html", view=summary_of(details, "0" * 64, found))


@pytest.mark.parametrize(("times", "words"), [(1, 0), (6, 400)])
def test_it_is_printed_on_one_page_and_needs_nothing_else(
    times: int, words: int, app: Flask, browser: Browser, axe: Callable[[Page], list[str]]
) -> None:
    text = summary(app, times=times, words=words)
    assert not re.search(r"<script|<link|<img|src=|@import|url\(", text)
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.set_content(text)
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1
    assert not axe(page)
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
