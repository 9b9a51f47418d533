"""The query page in a real browser: typing, completing, asking, looking, passing on; and without scripts."""

import json
import subprocess
import sys
from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from queries import questions

NAMES = "SELECT ?person WHERE { ?person a foaf:Per"
TYPED = "PREFIX foaf: <http://xmlns.com/foaf/0.1/>\n"
MEDIA = "/query?query=" + quote(questions()["media-control"].fill({}), safe="")


def editor(page: Page, text: str | None = None) -> None:
    """The focus in the editor, at the end; with a text, in the place of what it held."""
    page.locator(".CodeMirror").click(position={"x": 200, "y": 12})
    if text is not None:
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
        page.keyboard.insert_text(text)


def written(page: Page) -> str:
    return str(page.locator(".CodeMirror").evaluate("element => element.CodeMirror.getValue()"))


def test_somebody_types_a_query_with_completions_asks_and_passes_it_on(page: Page) -> None:
    page.goto("/query")
    editor(page, NAMES)
    hint = page.locator(".CodeMirror-hint").first
    expect(hint).to_contain_text("foaf:Person")
    expect(hint).to_contain_text("person")
    page.keyboard.press("Enter")
    page.keyboard.insert_text(" }")
    assert written(page) == f"{TYPED}{NAMES}son }}"
    link = page.locator("[data-short-link]")
    expect(page.locator("#code-curl")).to_contain_text("foaf:Person }")
    address = link.get_attribute("href") or ""
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer")).to_contain_text("rows")
    expect(page.locator(".answer table")).to_contain_text("Nursultan Nazarbayev")
    page.goto(address)
    expect(page.locator(".answer table")).to_contain_text("Nursultan Nazarbayev")
    assert written(page) == f"{TYPED}{NAMES}son }}"
    expect(page.locator("[data-short-link]")).to_have_attribute("href", address)


def test_a_thing_is_completed_by_its_name(page: Page) -> None:
    page.goto("/query")
    editor(page, "SELECT * WHERE { ?claim ?about tulesov")
    hint = page.locator(".CodeMirror-hint").first
    expect(hint).to_contain_text("Asya Tulesova")
    page.keyboard.press("Enter")
    assert written(page).endswith("/id/person/asya-tulesova>")


def test_a_mistake_is_said_in_words_and_hovering_its_sign_breaks_no_policy(page: Page) -> None:
    page.goto("/query")
    editor(page, "SELECT * WHERE {\n ?s ?p }")
    note = page.locator(".editor-note")
    expect(note).to_contain_text("Line 2 is not SPARQL yet")
    page.locator(".parseErrorIcon").hover()
    expect(note).to_have_attribute("role", "status")


def test_a_query_that_was_refused_is_mended_in_the_editor(page: Page, page_errors: list[str]) -> None:
    page.goto("/query?query=" + quote("SELECT ?x WHERE { ?x ?y }"))
    expect(page.locator(".editor-note")).to_contain_text("Line 1 is not SPARQL yet")
    editor(page, "SELECT ?x WHERE { VALUES ?x { 7 } }")
    page.locator(".asking button").click()
    expect(page.locator(".answer td")).to_have_text("7")
    # Chromium tells of the status of a page that was refused.
    page_errors[:] = [error for error in page_errors if "400" not in error]


def test_the_tab_key_leaves_the_editor(page: Page) -> None:
    page.goto("/query")
    before = written(page)
    editor(page)
    page.keyboard.press("Tab")
    expect(page.locator(".asking button")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('.CodeMirror') !== null")
    assert written(page) == before


def test_code_on_the_screen_runs_as_it_stands(page: Page) -> None:
    page.goto("/query?query=" + quote("ASK { BIND('it\\'s `${1}`' AS ?x) }"))
    for name, command in {"curl": ["bash", "-c"], "python": [sys.executable, "-c"],
                          "javascript": ["node", "--input-type=module", "-e"]}.items():  # fmt: skip
        code = page.locator(f"#code-{name}").text_content() or ""
        done = subprocess.run([*command, code], capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, done.stderr
        assert "true" in done.stdout.lower()


@pytest.mark.parametrize("view", ["chart", "network"])
def test_an_answer_is_looked_at_as_a_picture_by_keyboard_and_saved(page: Page, view: str) -> None:
    page.goto(MEDIA)
    page.get_by_role("link", name=view.capitalize(), exact=True).click()
    marks = page.locator(".picture-canvas [data-mark]")
    expect(marks.nth(2)).to_be_attached()
    marks.first.focus()
    expect(page.locator(".picture-tip")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(marks.nth(1)).to_be_focused()
    page.locator(".answer-choices select").first.select_option("controlledLabel")
    assert "x=controlledLabel" in page.url
    page.reload()
    expect(page.locator(".answer-choices select").first).to_have_value("controlledLabel")
    with page.expect_download() as saving:
        page.locator("[data-save=svg]").click()
    assert "Samizdat, snapshot" in saving.value.path().read_text(encoding="utf-8")


def test_nothing_moves_while_the_page_comes(page: Page) -> None:
    page.add_init_script("""window.moved = 0; new PerformanceObserver(list => {
        for (const entry of list.getEntries()) window.moved += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });""")
    for address in ("/query", f"{MEDIA}&view=network", "/questions/"):
        page.goto(address, wait_until="networkidle")
        page.wait_for_timeout(150)
        assert page.evaluate("window.moved") < 0.02, address


PAGES = {
    "light": ("/query", f"{MEDIA}&view=network", "/questions/", "/questions/media-control?view=chart"),
    "dark": (MEDIA, "/questions/election-results?view=chart"),
}


@pytest.mark.parametrize("scheme", PAGES)
def test_axe_finds_nothing(
    context_of: Callable[..., BrowserContext], axe: Callable[[Page], list[str]], scheme: str
) -> None:
    page = context_of(color_scheme=scheme).new_page()
    for address in PAGES[scheme]:
        page.goto(address)
        assert axe(page) == []


def test_a_narrow_window_needs_no_scrolling_sideways(context_of: Callable[..., BrowserContext]) -> None:
    page = context_of(viewport={"width": 320, "height": 700}).new_page()
    for address in ("/query", MEDIA, f"{MEDIA}&view=chart", "/questions/", "/questions/media-control"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_on_a_phone_the_editor_comes_when_somebody_wants_to_type(context_of: Callable[..., BrowserContext]) -> None:
    page = context_of(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True).new_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto("/query", wait_until="networkidle")
    expect(page.locator("textarea[name=query]")).to_be_visible()
    assert not any("editor" in address for address in fetched)
    page.locator("textarea[name=query]").tap()
    expect(page.locator(".CodeMirror-focused")).to_be_visible()
    assert "pol:MediaControl" in written(page)


def test_without_scripts_a_query_is_asked_in_a_plain_field(context_of: Callable[..., BrowserContext]) -> None:
    page = context_of(java_script_enabled=False).new_page()
    page.goto("/query")
    page.locator("textarea[name=query]").fill("SELECT ?x WHERE { VALUES ?x { 7 } }")
    page.locator(".asking button").click()
    expect(page.locator(".answer td")).to_have_text("7")
    expect(page.locator("#code-curl")).to_contain_text("VALUES ?x { 7 }")
    page.goto(f"{MEDIA}&view=network")
    expect(page.locator(".answer table")).to_contain_text("Government of Kazakhstan")
    expect(page.locator(".picture")).to_be_hidden()


def test_data_for_the_editor_is_whole(page: Page) -> None:
    page.goto("/query")
    data = json.loads(page.locator("#query-data").text_content() or "")
    names = {name for known in data["terms"].values() for name, _ in known}
    assert {"pol:MediaControl", "pol:modality", "foaf:Person"} <= names
    assert all(name.partition(":")[0] in data["prefixes"] for name in names)
