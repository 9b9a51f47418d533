"""What every page has in common, in a real browser: the frame, the switch of languages, the way to the search box."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect


def test_slash_leads_to_the_search_box_unless_something_is_typed(page: Page) -> None:
    page.goto("/claims")
    page.keyboard.press("/")
    box = page.locator("[data-search]").first
    expect(box).to_be_focused()
    page.keyboard.type("a/b")
    expect(box).to_have_value("a/b")


def test_the_first_tab_leads_past_the_masthead(page: Page) -> None:
    page.goto("/claims")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    assert skip.bounding_box()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_another_language_is_kept_along_the_way(page: Page) -> None:
    page.goto("/claims")
    page.locator(".languages").get_by_role("link", name="Русский").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    page.locator(".masthead .title a").click()
    expect(page).to_have_url(re.compile(r"/\?lang=ru$"))


def test_the_browsers_own_language_is_taken(context_of: Callable[..., BrowserContext]) -> None:
    page = context_of(locale="kk-KZ").new_page()
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "kk")
