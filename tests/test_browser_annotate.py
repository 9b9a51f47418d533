"""In a real browser: words of a text become a claim, which is checked as it is typed and saved into its file."""

import difflib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from annotating import FILE, NAME, TEXT, annotating, prepared, reset, samizdat
from playwright.sync_api import BrowserContext, Page, expect

Contexts = Callable[..., BrowserContext]
Axe = Callable[[Page], list[str]]
BANNED = "the Democratic Choice Party was banned"
PHONE = {"width": 390, "height": 800}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("annotating")
    prepared(made)
    return made


@pytest.fixture(scope="module")
def running(folder: Path) -> Iterator[tuple[str, str]]:
    with annotating(folder) as found:
        yield found


@pytest.fixture
def site(running: tuple[str, str]) -> str:
    """In place of the public site: where the page is, so that nothing may leave it."""
    return running[0]


@pytest.fixture
def file(folder: Path) -> Path:
    return reset(folder)


@pytest.fixture
def desk(page: Page, file: Path, running: tuple[str, str]) -> Page:
    return opened(page, running)


def opened(page: Page, running: tuple[str, str]) -> Page:
    page.goto(running[1])
    expect(page.get_by_role("button", name="The government of Kazakhstan controls")).to_be_visible()
    return page


def select(page: Page, words: str) -> None:
    """Select words that stand in one text node, as a pointer does."""
    page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.querySelector("#body"), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at >= 0) {
                    getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
                    return;
                }
            }
            throw new Error("no such words");
        }""",
        words,
    )


def fill_ban(page: Page) -> None:
    page.get_by_label("claim in one sentence").fill("The Democratic Choice Party was banned in 2021.")
    page.get_by_role("combobox", name="modality").select_option("asserted")
    page.get_by_role("combobox", name="Kind of statement").select_option("PartyBan")
    party = page.get_by_role("combobox", name="banned party")
    party.fill("democratic choise")
    page.get_by_role("option", name="Democratic Choice Party").click()


def checked(page: Page) -> None:
    expect(page.locator(".looked:not([aria-busy])")).to_be_visible()


def changed(file: Path) -> list[str]:
    """The lines that are not as they were, with + or - before them."""
    now = file.read_text(encoding="utf-8").splitlines()
    return [line for line in difflib.ndiff(FILE.splitlines(), now) if line[:2] in ("+ ", "- ")]


def test_words_become_a_claim_that_is_checked_corrected_and_saved(desk: Page, file: Path, folder: Path) -> None:
    select(desk, BANNED)
    desk.get_by_role("button", name="Make a claim of these words").click()
    expect(desk.get_by_label("Passage 1")).to_have_value(BANNED)
    fill_ban(desk)
    date = desk.locator(".statement").get_by_role("combobox", name="Add a detail")
    date.select_option("date")
    desk.locator("#f-assertion-0-date-0-edtf").fill("2021-13")
    wrong = desk.get_by_role("link", name="'2021-13' is not a date in EDTF")
    expect(wrong).to_contain_text(f"claims/2021/{NAME}.yaml:")
    wrong.click()
    expect(desk.locator("#f-assertion-0-date-0-edtf")).to_be_focused()
    desk.keyboard.press("ControlOrMeta+a")
    desk.keyboard.type("2021")
    expect(desk.get_by_text("samizdat check finds nothing wrong with this claim.")).to_be_visible()
    desk.locator("[data-part=rdf] summary").click()
    expect(desk.locator("[data-part=rdf] pre")).to_contain_text("pol:bannedParty")
    desk.get_by_role("button", name="Save the claim").click()
    expect(desk.get_by_text("Saved.").first).to_be_visible(timeout=30_000)
    start = TEXT.index(BANNED)
    assert changed(file) == [
        "+   - id: the-democratic-choice-party-was-banned-in-2021",
        "+     label: The Democratic Choice Party was banned in 2021.",
        "+     modality: asserted",
        "+     quote:",
        f"+       exact: {BANNED}",
        f"+       start: {start}",
        f"+       end: {start + len(BANNED)}",
        "+     assertion:",
        "+       - type: PartyBan",
        "+         bannedParty: party/democratic-choice-party",
        '+         date: { edtf: "2021" }',
        "+ ",
    ]
    result = samizdat(folder, "check")
    assert result.returncode == 0, result.stdout
    expect(desk.locator(".passage", has_text=BANNED)).to_be_visible()
