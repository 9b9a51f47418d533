"""Every kind of page in a real browser, for everybody: clean by axe in light and dark, soon there, still while it
loads, and never wider than its window, be that a phone, a page at 200%, or one that is written from right to left."""

from collections.abc import Callable

import pytest
from page_kinds import KINDS, opened
from playwright.sync_api import BrowserContext, Page, Response

# Under a thousandth nothing moves that anybody sees: a font measured once more, a fraction of a pixel.
WEIGHT = 60_000
"""Bytes that a page may weigh, compressed, with all that comes with it, when nothing is kept from another."""
HEAVIER = {"map": 110_000, "query": 200_000}
"""The outlines of all countries; an editor that knows SPARQL."""

WATCH = """
window.moved = [];
const seen = ({ value }) => value > 0.001;
new PerformanceObserver((list) => list.getEntries().filter(seen).forEach((entry) => window.moved.push(
  `moved by ${entry.value}: ` + entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 80)).join(" | "),
))).observe({ type: "layout-shift", buffered: true });
"""
DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
WIDER = """(most) => {
  if (document.documentElement.scrollWidth <= most) return [];
  const outside = [...document.querySelectorAll("body *")].filter((one) => {
    const { left, right, width } = one.getBoundingClientRect();
    return width && (left < -1 || right > most + 1) && !one.closest("[tabindex='0'], .skip");
  });
  const found = outside.slice(0, 3).map((one) => one.outerHTML.slice(0, 120));
  return [`${document.documentElement.scrollWidth} px, not ${most}: ${found.join(" | ")}`];
}"""
LOOKS = """axe.run({ runOnly: ["color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable"] })
  .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `dark: ${id}: ${html}`)))"""
"""What axe finds in how a page looks; the rest is the same in the dark."""
SCROLLED_BY_ITS_FIELD = 'scrollable-region-focusable: <div class="CodeMirror-scroll"'
"""The query editor's text field, which has the focus, scrolls what stands around it."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_for_everybody(
    context_of: Callable[..., BrowserContext], axe: Callable[[Page], list[str]], page_errors: list[str], kind: str
) -> None:
    context = context_of()
    context.add_init_script(WATCH)
    page = context.new_page()
    replies: list[Response] = []
    page.on("response", lambda reply: replies.append(reply))
    last = opened(page, kind, page_errors)
    page.evaluate(DRAWN)
    problems = list(page.evaluate("window.moved"))
    came = replies[next(at for at, reply in enumerate(replies) if reply.url == last.url) :]
    weight = sum(int(reply.headers.get("content-length", 0)) for reply in came)
    if not 0 < weight < HEAVIER.get(kind, WEIGHT):
        problems.append(f"it weighs {weight} bytes")
    problems += axe(page)
    for width in (640, 320):  # 640 px are what a window of 1280 has at 200%
        page.set_viewport_size({"width": width, "height": 640})
        problems += page.evaluate(WIDER, width)
    page.emulate_media(color_scheme="dark")
    problems += page.evaluate(LOOKS)
    page.evaluate("document.documentElement.dir = 'rtl'")
    problems += page.evaluate(WIDER, 320)
    page.set_viewport_size({"width": 1280, "height": 900})
    problems += page.evaluate(WIDER, 1280)
    assert [problem for problem in problems if SCROLLED_BY_ITS_FIELD not in problem] == []


@pytest.mark.parametrize("code", ["kk", "ru"])
def test_longer_words_of_other_languages_fit_a_phone(context_of: Callable[..., BrowserContext], code: str) -> None:
    page = context_of(viewport={"width": 320, "height": 640}, locale=code).new_page()
    problems = []
    for kind in (
        "home",
        "search",
        "person",
        "editorial",
        "claims",
        "question",
        "network",
        "query",
        "dataset",
        "changes",
    ):
        opened(page, kind)
        problems += [f"{kind}: {found}" for found in page.evaluate(WIDER, 320)]
        if page.locator("html").get_attribute("lang") != code:
            problems.append(f"{kind}: in another language")
    assert problems == []
