"""Pages of things and claims in a real browser: the words beside a reference, by keyboard, without scripts, small."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

NAZARBAYEV = "/doc/person/nursultan-nazarbayev"
RIGGED = "/doc/claim/2021-01-progress-kazakhstan/elections-rigged"


def test_a_reference_opens_the_exact_words_and_escape_puts_them_away(page: Page) -> None:
    page.goto(NAZARBAYEV)
    first = page.locator(".lead .ref").first
    first.click()
    slip = page.locator(".slip")
    expect(slip).to_contain_text("who was in power from 1989")
    expect(slip).to_be_focused()
    expect(first).to_have_attribute("aria-expanded", "true")
    assert "#source" not in page.url
    page.keyboard.press("Escape")
    expect(slip).to_have_count(0)
    expect(first).to_be_focused()


def test_the_words_can_be_read_with_the_keyboard_alone(page: Page) -> None:
    page.goto(NAZARBAYEV)
    page.locator(".lead .ref").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".slip")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".slip a").first).to_be_focused()
    page.locator("h1").click()
    expect(page.locator(".slip")).to_have_count(0)


def test_without_scripts_a_reference_leads_to_its_words_and_back(context_of: Callable[..., BrowserContext]) -> None:
    page = context_of(java_script_enabled=False).new_page()
    page.goto(NAZARBAYEV)
    page.locator(".lead .ref").first.click()
    expect(page).to_have_url(re.compile("#source-1$"))
    expect(page.locator("#source-1 .quote")).to_be_visible()
    page.locator("#source-1 .back").first.click()
    expect(page).to_have_url(re.compile("#ref-1-1$"))


def test_the_switch_is_kept_on_the_way_to_another_thing(page: Page) -> None:
    page.goto("/doc/party/progress")
    everything = page.locator(".fact").count()
    page.locator(".switch").get_by_role("link", name="Only what is asserted").click()
    expect(page.locator(".switch [aria-current]")).to_contain_text("Only what is asserted")
    assert page.locator(".fact").count() < everything
    page.locator(".statement a:not(.ref):not(.why)").first.click()
    expect(page).to_have_url(re.compile("held=asserted"))


def test_why_leads_down_to_the_words(page: Page) -> None:
    page.goto("/doc/sector/tv-stations-of-kazakhstan")
    page.locator(".why").first.click()
    expect(page.locator(".proof .ground").first).to_contain_text("the government has control over most TV stations")


def test_a_claim_shows_its_words_in_the_text(page: Page) -> None:
    page.goto(RIGGED)
    expect(page.locator(".context mark")).to_contain_text("which many believe to have been the result")


def test_pages_of_things_are_accessible(page: Page, axe: Callable[[Page], list[str]]) -> None:
    found: list[str] = []
    for path in (NAZARBAYEV, "/doc/country/kazakhstan", "/doc/party/nur-otan", RIGGED):
        page.goto(path)
        found += axe(page)
    page.goto(NAZARBAYEV)
    page.locator(".lead .ref").first.click()
    found += axe(page)
    page.goto("/doc/party/nur-otan")
    page.locator(".why").first.click()
    page.wait_for_load_state()
    found += axe(page)
    assert not found, "\n".join(found)


def test_small_and_dark_they_scroll_one_way_only(
    context_of: Callable[..., BrowserContext], axe: Callable[[Page], list[str]]
) -> None:
    page = context_of(viewport={"width": 320, "height": 640}, color_scheme="dark").new_page()
    for path in (NAZARBAYEV, "/doc/country/kazakhstan", RIGGED):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    assert not axe(page)
    page.goto(NAZARBAYEV)
    page.locator(".lead .ref").last.click()
    box = page.locator(".slip").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
