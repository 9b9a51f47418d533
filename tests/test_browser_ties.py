"""The network with its path finder and the view of who controls the media, as people use them in a browser."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

WAY = "/pictures/network?from=sector/tv-stations-of-kazakhstan&to=sector/print-media-of-kazakhstan"
NETWORK, CONTROL = "/pictures/network", "/pictures/control"
WORDS = "the government has control over most TV stations and print media in the country"


def numbers(page: Page) -> list[float]:
    """How far the picture is moved, and how near it is."""
    return [float(number) for number in re.findall(r"[-\d.]+", page.locator(".moved").get_attribute("transform") or "")]


def test_how_two_media_are_tied_is_found_down_to_the_words(page: Page) -> None:
    page.goto("/pictures/")
    page.get_by_role("link", name="Network").first.click()
    page.get_by_label("What ties").select_option(label="TV stations of Kazakhstan")
    page.get_by_label("to", exact=True).select_option(label="print media of Kazakhstan")
    page.get_by_role("button", name="Find the way").click()
    expect(page.locator(".verdict")).to_contain_text("2 steps lead from TV stations of Kazakhstan")
    expect(page.locator(".way .quote").first).to_contain_text(WORDS)
    expect(page.locator(".thing.is-way")).to_have_count(3)
    page.locator(".way .why").first.click()
    expect(page.locator("main")).to_contain_text(WORDS)


def test_a_thing_is_chosen_by_keyboard_and_stays_in_the_address(page: Page) -> None:
    page.goto(NETWORK)
    page.locator('.thing[tabindex="0"]').focus()
    page.keyboard.press("End")
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    chosen = page.locator(".thing:focus")
    page.keyboard.press("Enter")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url(re.compile(r"[?&]at=\w+%2F"))
    said = page.get_by_role("status").filter(has_text="only its ties")
    expect(said).to_contain_text("“")
    expect(page.locator(".thing.is-dim").first).to_be_attached()
    page.reload()
    expect(page.locator('.thing[aria-pressed="true"]')).to_have_count(1)
    page.locator('.thing[tabindex="0"]').focus()
    page.keyboard.press("Escape")
    expect(page.locator('.thing[aria-pressed="true"]')).to_have_count(0)
    expect(page).not_to_have_url(re.compile("at="))


def test_how_near_it_is_and_what_is_hidden_stay_in_the_address(page: Page) -> None:
    page.goto(NETWORK)
    shown = page.locator(".tie-reported:visible")
    assert shown.count() > 0
    page.get_by_label("reported").uncheck()
    expect(page.locator(".line .tie-reported:visible")).to_have_count(0)
    page.get_by_role("button", name="Nearer").click()
    expect(page).to_have_url(re.compile(r"hide=reported.*view=|view=.*hide=reported"))
    moved = numbers(page)
    page.reload()
    expect(page.get_by_label("reported")).not_to_be_checked()
    assert numbers(page) == pytest.approx(moved, abs=0.01)
    page.get_by_role("button", name="All of it").click()
    expect(page).not_to_have_url(re.compile("view="))


def test_a_thing_can_be_dragged(page: Page) -> None:
    page.goto(NETWORK)
    thing = page.get_by_role("button", name=re.compile("^Nursultan"))
    before = thing.get_attribute("transform")
    box = thing.locator(".shape").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 40, steps=4)
    page.mouse.up()
    assert thing.get_attribute("transform") != before


def test_what_controls_what_is_drawn_once_for_each_word(page: Page) -> None:
    page.goto(CONTROL)
    lines = page.locator("a.line")
    expect(lines).to_have_count(3)
    expect(page.locator(".control-line .extent").filter(has_text="“most”")).to_have_count(2)
    expect(page.locator(".control-line .extent").filter(has_text="extent not stated")).to_have_count(1)
    page.locator('a.line[tabindex="0"]').focus()
    expect(page.get_by_role("tooltip")).to_contain_text("in the editorial’s own voice")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/doc/claim/.*media-control"))


def test_a_saved_picture_says_where_it_is_from(page: Page) -> None:
    for address in (NETWORK, CONTROL):
        page.goto(address)
        with page.expect_download() as saved:
            page.get_by_role("button", name="SVG").click()
        text = Path(saved.value.path()).read_text(encoding="utf-8")
        assert "CC BY 4.0" in text
        assert address in text
        assert "Government of" in text
        assert 'class="' not in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_in_the_way_of_anybody(
    context_of: Callable[..., BrowserContext], axe: Callable[[Page], list[str]], scheme: str
) -> None:
    page = context_of(color_scheme=scheme).new_page()
    for address in (WAY, CONTROL, f"{NETWORK}?at=party/progress"):
        page.goto(address)
        assert axe(page) == []


def test_on_a_small_screen_nothing_goes_beyond_it(context_of: Callable[..., BrowserContext]) -> None:
    page = context_of(viewport={"width": 320, "height": 640}).new_page()
    for address in (WAY, CONTROL, NETWORK):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_scripts_the_table_is_the_picture(context_of: Callable[..., BrowserContext]) -> None:
    page = context_of(java_script_enabled=False).new_page()
    page.goto(WAY)
    expect(page.locator(".way .quote").first).to_contain_text(WORDS)
    expect(page.locator(".picture")).to_be_hidden()
    page.goto(CONTROL)
    expect(page.locator("main")).to_contain_text("not stated")


def test_nothing_moves_while_the_page_comes(page: Page) -> None:
    page.add_init_script("""
        window.shifted = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => (window.shifted += entry.value)))
            .observe({ type: "layout-shift", buffered: true });""")
    for address in (NETWORK, CONTROL):
        page.goto(address)
        page.wait_for_timeout(100)
        assert page.evaluate("window.shifted") < 0.02
