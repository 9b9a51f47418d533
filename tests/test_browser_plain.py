"""Without scripts, on paper, and large: what a page says is there in every way of looking at it."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from page_kinds import KINDS, opened
from playwright.sync_api import BrowserContext, Page, expect

PRINTED = {
    "home": "What editorials say of people",
    "person": "Nursultan Nazarbayev",
    "claim": "rigging",
    "editorial": "Progress",
    "network": "Government of Kazakhstan",
    "question": "TV stations of Kazakhstan",
}
"""Kinds of pages, and words that their paper must bear."""


def test_every_page_is_whole_without_scripts(context_of: Callable[..., BrowserContext], page_errors: list[str]) -> None:
    page = context_of(java_script_enabled=False).new_page()
    problems = []
    for kind in KINDS:
        opened(page, kind, page_errors)
        if page.locator("h1").count() != 1 or not page.locator("h1").inner_text().strip():
            problems.append(f"{kind}: no headline")
        if len(page.locator("main").inner_text()) < 150:
            problems.append(f"{kind}: next to nothing is said")
        if page.locator("main .picture:visible").count():
            problems.append(f"{kind}: an empty picture")
        if page.locator("main button:visible:not([type=submit])").count():
            problems.append(f"{kind}: a button that does nothing")
    assert problems == []


def test_from_search_to_the_words_without_scripts(context_of: Callable[..., BrowserContext]) -> None:
    page = context_of(java_script_enabled=False).new_page()
    page.goto("/")
    page.get_by_role("searchbox").first.fill("tulesowa")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Asya Tulesova").first.click()
    reference = page.locator("a.ref").first
    reference.click()
    source = page.locator(":target")
    expect(source).to_be_visible()
    expect(source.locator("blockquote")).to_contain_text("has been detained several times")
    source.locator("a.back").first.click()
    expect(page).to_have_url(re.compile("#ref-1-1$"))
    page.goto("/query")
    page.locator("textarea[name=query]").fill("ASK { ?rigging a <https://w3id.org/samizdat/politics#ElectionRigging> }")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("main")).to_contain_text("No.")


@pytest.mark.parametrize("kind", PRINTED)
def test_a_page_on_paper(context_of: Callable[..., BrowserContext], tmp_path: Path, kind: str) -> None:
    page = context_of(color_scheme="dark").new_page()
    opened(page, kind)
    paper = tmp_path / "page.pdf"
    page.pdf(path=paper, format="A4")
    assert paper.read_bytes().startswith(b"%PDF")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.locator(".masthead nav:visible, button:visible, input:visible").count() == 0
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", paper, "-"], capture_output=True, text=True, check=True).stdout
        assert PRINTED[kind] in re.sub(r"\s+", " ", text)


def test_a_page_twice_as_large(context_of: Callable[..., BrowserContext]) -> None:
    page: Page = context_of(viewport={"width": 640, "height": 450}, device_scale_factor=2).new_page()
    for kind in ("home", "person", "editorial", "network", "query"):
        opened(page, kind)
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, kind
        top, bottom = page.evaluate("(() => { const r = document.querySelector('h1').getBoundingClientRect(); "
                                    "return [r.top, r.bottom]; })()")  # fmt: skip
        assert 0 <= top < bottom < 900, kind
