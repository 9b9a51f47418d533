"""By keyboard alone: from the first page to a person, her words, what is only asserted of her, and a citation."""

import re
from collections.abc import Callable

from page_kinds import opened
from playwright.sync_api import BrowserContext, Locator, Page, expect

MOST = 150
SEEN = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
}"""


def reach(page: Page, wanted: Locator) -> None:
    """Press Tab until this has the focus, and can be seen to have it."""
    expect(wanted).to_be_attached()
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            assert page.evaluate(SEEN)
            return
    raise AssertionError(f"{wanted} is not reached in {MOST} steps")


def test_from_the_first_page_to_a_citation(page: Page) -> None:
    page.goto("/")
    reach(page, page.locator("[data-search]").first)
    page.keyboard.type("tulesowa")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/doc/person/asya-tulesova$"))

    reach(page, page.locator("a.ref").first)
    page.keyboard.press("Enter")
    words = page.get_by_role("dialog")
    expect(words).to_be_focused()
    expect(words.locator("blockquote")).to_contain_text("has been detained several times")
    page.keyboard.press("Escape")
    expect(words).to_have_count(0)
    expect(page.locator("a.ref").first).to_be_focused()

    page.keyboard.press("Home")
    page.locator("main").focus()
    reach(page, page.get_by_role("link", name=re.compile("Only what is asserted")))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?held=asserted$"))
    expect(page.locator(".fact-believed, .fact-predicted")).to_have_count(0)

    reach(page, page.locator(".sources a[href*='/doc/claim/']").first)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/doc/claim/.*held=asserted"))
    cite = page.locator("a[href*='/cite/'][href$='.bib']").first
    for closed in page.locator("details:not([open])").filter(has=cite).all():
        reach(page, closed.locator("summary"))
        page.keyboard.press("Enter")
    reach(page, cite)
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    assert taken.value.path().read_text(encoding="utf-8").startswith("@")


def test_nobody_is_caught_on_a_page(page: Page) -> None:
    for kind, last in (("network", ".languages a"), ("query", ".languages a"), ("editorial", ".languages a")):
        opened(page, kind)
        page.locator(last).last.focus()
        page.keyboard.press("Shift+Tab")
        expect(page.locator(last).nth(1)).to_be_focused()
    opened(page, "query")
    page.locator(".CodeMirror textarea").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".CodeMirror textarea")).not_to_be_focused()


def test_marks_of_a_picture_are_one_stop_with_arrows_inside(page: Page) -> None:
    opened(page, "network")
    marks = page.locator(".picture-canvas .thing")
    assert page.locator(".picture-canvas [tabindex='0']").count() == 1
    page.locator(".picture-canvas [tabindex='0']").focus()
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") not in (None, first)
    expect(page.locator(".picture-tip")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".picture-canvas .thing[aria-pressed='true']")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".picture-canvas .thing[aria-pressed='true']")).to_have_count(0)
    assert marks.count() > 5


def test_nothing_moves_for_those_who_asked_for_stillness(context_of: Callable[..., BrowserContext]) -> None:
    page = context_of(reduced_motion="reduce").new_page()
    for kind in ("home", "person", "editorial", "network", "query"):
        opened(page, kind)
        page.locator("main a").first.focus()
        moving = page.evaluate("document.getAnimations().filter(({ playState }) => playState === 'running').length")
        assert moving == 0, kind
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
