"""Search in a real browser: suggestions by keyboard and without scripts, facets, small and dark."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect


def typed(page: Page, text: str) -> None:
    page.keyboard.press("/")
    page.keyboard.insert_text(text)  # at once: what is suggested for a part of it would come first
    page.locator(".suggestion").first.wait_for()


def test_a_person_is_found_by_keyboard_alone(page: Page) -> None:
    page.goto("/claims")
    typed(page, "нaзарбаев")
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)
    expect(chosen).to_contain_text("Nursultan Nazarbayev")
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/doc/person/nursultan-nazarbayev$"))


def test_escape_closes_and_enter_searches(page: Page) -> None:
    page.goto("/claims")
    typed(page, "extremist group")
    expect(page.get_by_role("group", name="Claims").get_by_role("option").first).to_contain_text("asserted")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option", selected=True)).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=extremist\+group"))
    expect(page.locator(".hit mark").first).to_be_visible()


def test_a_slow_press_of_the_mouse_opens_what_it_is_on(page: Page) -> None:
    page.goto("/claims")
    typed(page, "tulesova")
    page.locator(".suggestion").first.click(delay=400)
    expect(page).to_have_url(re.compile("/doc/person/asya-tulesova$"))


def test_suggestions_keep_the_switch_and_the_language(page: Page) -> None:
    page.goto("/claims?held=asserted&lang=ru")
    typed(page, "elections rigged")
    held = page.locator(".suggestion .held")
    expect(held.first).to_be_visible()
    assert {text[0] for text in held.all_inner_texts()} == {"■"}
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"(?=.*held=asserted)(?=.*lang=ru)"))


def test_facets_narrow_and_are_taken_back_without_scripts(context_of: Callable[..., BrowserContext]) -> None:
    page = context_of(java_script_enabled=False).new_page()
    page.goto("/claims")
    page.get_by_role("searchbox").fill("party")
    page.get_by_role("button", name="Find").click()
    narrowing = page.get_by_role("navigation", name="Narrow down")
    narrowing.get_by_role("link", name=re.compile("predicted")).click()
    assert set(page.locator(".hit .modality").all_inner_texts()) == {"→predicted"}
    page.get_by_role("link", name=re.compile("Take back: predicted")).click()
    expect(page.locator(".hit .modality").first).to_contain_text("asserted")


@pytest.mark.parametrize("address", ["/search", "/search?q=nazarbayev&topic=offices", "/search?q=zzzzzz"])
def test_the_search_page_is_for_everybody(
    context_of: Callable[..., BrowserContext], axe: Callable[[Page], list[str]], address: str
) -> None:
    page = context_of(viewport={"width": 320, "height": 640}, color_scheme="dark").new_page()
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert axe(page) == []
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).focus()
    page.keyboard.type("n")
    page.locator(".suggestion, [role=status]").first.wait_for(state="attached")
    assert axe(page) == []
