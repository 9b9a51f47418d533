"""Timeline and map in a real browser: drawn, reached by keyboard, taken away as files, and there without scripts."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import BrowserContext, Page, expect

TIMELINE, MAP = "/pictures/timeline", "/pictures/map"
SVG = "{http://www.w3.org/2000/svg}"


def drawn(page: Page, path: str) -> Page:
    """The page once its picture has been drawn."""
    page.goto(path)
    page.wait_for_selector(".picture-canvas a")
    return page


def parameters(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_every_row_of_the_table_is_a_mark_with_the_same_words(page: Page) -> None:
    drawn(page, TIMELINE)
    rows, marks = page.locator("tr[data-earliest]"), page.locator("a.entry")
    assert marks.count() == rows.count() > 5
    said = {mark.get_attribute("aria-label") or "" for mark in marks.all()}
    for row in rows.all():
        sentence = row.locator("td:nth-child(2) p:last-child a").inner_text()
        assert any(sentence in words for words in said)


def test_arrows_go_from_mark_to_mark_and_the_address_keeps_up(page: Page) -> None:
    drawn(page, TIMELINE)
    page.locator("a.entry").first.focus()
    page.keyboard.press("ArrowRight")
    second = page.locator("a.entry").nth(1)
    expect(second).to_be_focused()
    tip = page.locator("[role=tooltip]")
    expect(tip).to_be_visible()
    assert second.get_attribute("aria-describedby") == tip.get_attribute("id")
    expect(tip).to_contain_text("asserted")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    assert parameters(page)["at"][0].startswith("2021-01-progress-kazakhstan/")
    assert page.locator("a.entry[tabindex='0']").count() == 1
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/doc/claim/"))


def test_a_nearer_view_is_in_the_address_in_the_table_and_in_the_data(page: Page) -> None:
    drawn(page, TIMELINE)
    shown = page.locator("tr[data-earliest]:visible").count()
    for _ in range(2):
        page.locator("[data-view=nearer]").click()
    expect(page).to_have_url(re.compile("[?&]from="))
    fewer = page.locator("tr[data-earliest]:visible").count()
    assert 0 < fewer < shown
    view = parameters(page)
    data = parse_qs(urlsplit(page.locator("a[data-download]").first.get_attribute("href") or "").query)
    assert (data["from"], data["until"], data["format"]) == (view["from"], view["until"], ["csv"])
    # What is drawn follows the window's width, which a scroll bar changes: it is looked at when it has settled.
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    ticks = page.locator("text.tick").all_text_contents()
    drawn(page, page.url)
    expect(page.locator("text.tick")).to_have_text(ticks)
    assert page.locator("tr[data-earliest]:visible").count() == fewer
    page.locator("[data-view=whole]").click()
    expect(page).not_to_have_url(re.compile("[?&]from="))


@pytest.mark.parametrize(("path", "words"), [(TIMELINE, "Kazakhstan became independent"), (MAP, "Kazakhstan")])
def test_a_picture_is_saved_with_where_it_comes_from(page: Page, path: str, words: str, tmp_path: Path) -> None:
    drawn(page, path)
    with page.expect_download() as saved:
        page.locator("[data-save=svg]").click()
    saved.value.save_as(tmp_path / "picture.svg")
    found = ElementTree.fromstring((tmp_path / "picture.svg").read_bytes())
    said = " ".join(text.strip() for text in found.itertext())
    assert words in said
    assert "Samizdat, snapshot" in said
    assert "CC BY 4.0" in said
    assert path in said.replace(" ", "")
    names = {name for element in found.iter() for name in element.attrib}
    assert not {name for name in names if name in ("class", "style", "role", "tabindex") or name.startswith("aria-")}
    filled = {element.get("fill") for element in found.iter() if element.tag in (f"{SVG}path", f"{SVG}rect")}
    assert any(str(fill).startswith("rgb") for fill in filled)
    with page.expect_download() as saved:
        page.locator("[data-save=png]").click()
    saved.value.save_as(tmp_path / "picture.png")
    assert (tmp_path / "picture.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    expect(page.locator("[data-said]")).to_have_text("Saved as PNG.")


def test_countries_with_claims_are_links_to_them(page: Page) -> None:
    drawn(page, MAP)
    kazakhstan = page.locator("a.country[aria-label^='Kazakhstan']")
    number = page.locator("tr[data-country=kazakhstan] td").first.inner_text()
    assert number in (kazakhstan.get_attribute("aria-label") or "")
    page.locator("a.country").first.focus()
    expect(page.locator("[role=tooltip]")).to_contain_text("■ asserted")
    for _ in range(3):
        page.keyboard.press("+")
    expect(page).to_have_url(re.compile("[?&]view="))
    assert float(parameters(page)["view"][0].split(",")[2]) > 4
    kazakhstan.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?.*country=kazakhstan"))


@pytest.mark.parametrize(
    ("path", "scheme"),
    [("/pictures/", "light"), (TIMELINE, "dark"), (MAP, "dark"), (f"{TIMELINE}?about=party/progress", "light")],
)
def test_pictures_are_accessible_and_fit_a_small_screen(
    context_of: Callable[..., BrowserContext], axe: Callable[[Page], list[str]], path: str, scheme: str
) -> None:
    page = context_of(color_scheme=scheme, viewport={"width": 320, "height": 640}).new_page()
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_scripts_the_table_is_the_picture(context_of: Callable[..., BrowserContext]) -> None:
    page = context_of(java_script_enabled=False).new_page()
    page.goto(f"{TIMELINE}?from=2019&until=2019")
    expect(page.locator(".picture")).to_be_hidden()
    expect(page.get_by_role("link", name="In 2019 Nursultan Nazarbayev handed over power")).to_be_visible()
    expect(page.get_by_role("link", name="Kazakhstan became independent in 1991.")).to_be_hidden()
    page.get_by_label("until").fill("1991")
    page.get_by_label("From").fill("1991")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Kazakhstan became independent in 1991.")).to_be_visible()
