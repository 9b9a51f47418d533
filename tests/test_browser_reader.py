"""In a real browser: reading an editorial with its claims beside it, the list of claims, the pages about the site."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

EDITORIAL = "/doc/editorial/2021-01-progress-kazakhstan"
RIGGED = "2021-01-progress-kazakhstan/elections-rigged"
ABOUT = ("/about", "/about/modalities", "/about/citing", "/about/corrections", "/about/statistics")
NARROW = {"width": 320, "height": 640}

Contexts = Callable[..., BrowserContext]
Axe = Callable[[Page], list[str]]


def test_words_claim_and_names_light_up_together(page: Page) -> None:
    page.goto(EDITORIAL)
    words = page.locator(f'.body .passage[data-claims~="{RIGGED}"]')
    words.last.hover()
    expect(words.first).to_have_class("passage lit")
    expect(page.locator(f'[id="{RIGGED}"]')).to_have_class("claim lit")
    expect(page.get_by_role("listitem").filter(has_text="many (people not named)")).to_have_class("lit")
    page.locator(".names a", has_text="Democratic Choice Party").first.hover()
    assert "banned after being deemed" in " ".join(page.locator(".body .passage.lit").all_inner_texts())
    expect(words.first).to_have_class("passage")


def test_a_click_on_words_brings_their_claim_beside_them(page: Page) -> None:
    page.goto(EDITORIAL)
    note = page.locator('[id="2021-01-progress-kazakhstan/abysmal-record"]')
    words = page.locator('.body .passage[data-claims~="2021-01-progress-kazakhstan/abysmal-record"]').first
    words.click()
    expect(note).to_be_in_viewport()
    expect(words).to_be_in_viewport()


def test_the_claims_keep_up_with_the_reader(page: Page) -> None:
    page.goto(EDITORIAL)
    claim = "2021-01-progress-kazakhstan/abysmal-record"
    expect(page.locator(f'[id="{claim}"]')).not_to_be_in_viewport()
    page.locator(f'[id="words/{claim}"]').evaluate("words => words.scrollIntoView({ block: 'center' })")
    expect(page.locator(f'[id="{claim}"]')).to_be_in_viewport()


def test_it_can_be_read_by_keyboard_alone(page: Page) -> None:
    page.goto(EDITORIAL)
    reference = page.locator(f'[id="words/{RIGGED}"]')
    reference.focus()
    expect(page.locator(f'[id="{RIGGED}"]')).to_have_class("claim lit")
    page.keyboard.press("Enter")
    expect(page.locator(f'[id="{RIGGED}"]')).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.claim')?.id") == RIGGED


def test_a_tap_on_a_phone_opens_a_slip_that_closes_again(context_of: Contexts) -> None:
    page = context_of(viewport={"width": 375, "height": 700}, has_touch=True).new_page()
    page.goto(EDITORIAL)
    page.locator(f'[id="words/{RIGGED}"]').tap()
    slip = page.locator(".slip")
    expect(slip.get_by_role("link", name="The margins by which")).to_be_visible()
    assert page.evaluate("document.activeElement.className") == "slip notes"
    page.keyboard.press("Escape")
    expect(slip).to_have_count(0)
    assert page.evaluate("document.activeElement.id") == f"words/{RIGGED}"


def test_without_scripts_words_and_claims_are_links(context_of: Contexts) -> None:
    page = context_of(java_script_enabled=False).new_page()
    page.goto(EDITORIAL)
    page.locator(f'[id="words/{RIGGED}"]').click()
    expect(page.locator(f'[id="{RIGGED}"]')).to_be_in_viewport()
    page.locator(f'[id="{RIGGED}"] .back').click()
    expect(page.locator(f'[id="words/{RIGGED}"]')).to_be_in_viewport()


def test_the_switch_takes_what_is_not_asserted_off_the_page(page: Page) -> None:
    page.goto(EDITORIAL)
    page.get_by_role("link", name="Only what is asserted").click()
    expect(page.locator(".notes .claim")).to_have_count(36)
    expect(page.locator(".line-believed")).to_have_count(1)  # the one in the key
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Claims").click()
    assert page.url.endswith("/claims?held=asserted")


@pytest.mark.parametrize(
    ("scheme", "paths"),
    [("light", (EDITORIAL, "/claims?modality=predicted", *ABOUT)), ("dark", (EDITORIAL, "/about/modalities"))],
    ids=["light", "dark"],
)
def test_axe_finds_nothing(context_of: Contexts, axe: Axe, scheme: str, paths: tuple[str, ...]) -> None:
    page = context_of(color_scheme=scheme).new_page()
    for path in paths:
        page.goto(path)
        assert axe(page) == [], path


def test_nothing_is_wider_than_a_small_screen(context_of: Contexts) -> None:
    page = context_of(viewport=NARROW).new_page()
    for path in (EDITORIAL, "/claims?modality=reported", *ABOUT):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], path


def test_an_error_page_leads_to_what_was_meant(page: Page, page_errors: list[str], axe: Axe) -> None:
    page.goto("/people/nazarbaev")
    assert axe(page) == []
    page_errors[:] = [error for error in page_errors if "404" not in error]
    page.get_by_role("link", name="Nursultan Nazarbayev", exact=True).click()
    assert page.url.endswith("/doc/person/nursultan-nazarbayev")


def test_print_holds_every_claim(page: Page) -> None:
    page.goto(EDITORIAL)
    page.emulate_media(media="print")
    assert page.locator(".notes").evaluate("notes => notes.scrollHeight - notes.clientHeight") <= 1
    assert page.pdf().startswith(b"%PDF")
