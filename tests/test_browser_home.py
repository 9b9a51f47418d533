"""The first page in a real browser: for everybody, still, and light; from it to a person in four keys."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect

WEIGHT = 60_000
"""Bytes that the first page may weigh, compressed, with all that comes with it."""


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_the_first_page_is_for_everybody(
    context_of: Callable[..., BrowserContext], axe: Callable[[Page], list[str]], width: int, scheme: str
) -> None:
    page = context_of(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    page.goto("/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page) == []


def test_it_is_light_and_nothing_moves(page: Page) -> None:
    sizes: list[int] = []

    def weigh(reply: Response) -> None:
        sizes.append(int(reply.headers.get("content-length") or len(reply.body())))

    page.on("response", weigh)
    page.goto("/", wait_until="networkidle")
    moved = page.evaluate("""() => new Promise((done) => {
        let sum = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value)))
            .observe({ type: "layout-shift", buffered: true });
        setTimeout(() => done(sum), 100);
    })""")
    assert moved == 0
    assert 0 < sum(sizes) < WEIGHT


def test_from_the_first_page_to_a_claim_and_its_query(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.insert_text("tulesowa")
    page.locator(".suggestion").first.wait_for()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Asya Tulesova")
    page.keyboard.press("Escape")
    page.get_by_role("link", name=re.compile("Only what is asserted")).click()
    expect(page.locator(".modality").first).to_contain_text("asserted")
    assert set(page.locator(".claim .modality, .said .modality").all_inner_texts()) == {"■asserted"}
    page.get_by_role("link", name=re.compile(r"Open as query ?: Which parties")).click()
    expect(page).to_have_url(re.compile(r"/query\?query="))
