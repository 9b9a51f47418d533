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
SLOW = 60_000
"""Milliseconds that a check, a proof or a search may take on a machine that is busy with other tests."""


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
    page.set_default_timeout(SLOW)
    page.goto(running[1])
    expect(page.get_by_role("button", name="The government of Kazakhstan controls")).to_be_visible(timeout=SLOW)
    return page


def select(page: Page, words: str) -> None:
    """Select words of one text node with the pointer: pressed at their beginning, let go at their end."""
    places = page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.querySelector("#body"), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0) continue;
                walker.currentNode.parentElement.scrollIntoView({ block: "center" });
                return [at, at + words.length].map((place) => {
                    const range = document.createRange();
                    const last = place > at ? 1 : 0;
                    range.setStart(walker.currentNode, place - last);
                    range.setEnd(walker.currentNode, place - last + 1);
                    const box = range.getBoundingClientRect();
                    return [last ? box.right : box.left, (box.top + box.bottom) / 2];
                });
            }
            throw new Error("no such words");
        }""",
        words,
    )
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[1], steps=4)
    page.mouse.up()


def fill_ban(page: Page) -> None:
    page.get_by_label("claim in one sentence").fill("The Democratic Choice Party was banned in 2021.")
    page.get_by_role("combobox", name="modality").select_option("asserted")
    page.get_by_role("combobox", name="Kind of statement").select_option("PartyBan")
    party = page.get_by_role("combobox", name="banned party")
    party.fill("democratic choise")
    page.get_by_role("option", name="Democratic Choice Party").click()


def checked(page: Page) -> None:
    expect(page.locator(".looked:not([aria-busy])")).to_be_visible(timeout=SLOW)


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
    expect(wrong).to_contain_text(f"claims/2021/{NAME}.yaml:", timeout=SLOW)
    wrong.click()
    expect(desk.locator("#f-assertion-0-date-0-edtf")).to_be_focused()
    desk.keyboard.press("ControlOrMeta+a")
    desk.keyboard.type("2021")
    expect(desk.get_by_text("samizdat check finds nothing wrong with this claim.")).to_be_visible(timeout=SLOW)
    desk.locator("[data-part=rdf] summary").click()
    expect(desk.locator("[data-part=rdf] pre")).to_contain_text("pol:bannedParty", timeout=SLOW)
    desk.get_by_role("button", name="Save the claim").click()
    expect(desk.get_by_text("Saved.").first).to_be_visible(timeout=SLOW)
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
    expect(desk.locator(".passage", has_text=BANNED)).to_be_visible(timeout=SLOW)


def test_it_can_be_done_by_keyboard_alone(desk: Page, file: Path) -> None:
    keys = desk.keyboard
    for _ in range(6):
        keys.press("Tab")
        if desk.evaluate("document.activeElement.id") == "body":
            break
    assert desk.evaluate("document.activeElement.id") == "body"
    for _ in range(60):  # the arrows go from word to word
        keys.press("ArrowRight")
        if desk.evaluate("getSelection().focusNode.data.slice(getSelection().focusOffset).trim().startsWith('Asya')"):
            break
    for _ in range(2):
        keys.press("Shift+ArrowRight")
    expect(desk.get_by_text("Selected: Asya Tulesova")).to_be_visible()
    keys.press("Enter")
    expect(desk.get_by_label("Passage 1")).to_have_value("Asya Tulesova")
    assert desk.evaluate("document.activeElement.id") == "work"
    desk.get_by_label("claim in one sentence").focus()
    keys.type("Asya Tulesova spoke.")
    keys.press("Tab")
    keys.press("Tab")
    keys.type("asserted")
    desk.get_by_role("combobox", name="Kind of statement").focus()
    keys.type("statement")
    desk.get_by_role("combobox", name="Add a detail").first.focus()
    keys.type("about")
    expect(desk.locator("#f-assertion-0-about")).to_be_focused()
    keys.type("Тулесова")
    expect(desk.get_by_role("option", name="Asya Tulesova")).to_be_visible(timeout=SLOW)
    keys.press("Enter")
    expect(desk.get_by_role("button", name="Remove Asya Tulesova")).to_be_visible()
    content = desk.locator("#f-assertion-0-content")
    content.focus()
    keys.type("said Asya Tulesova")
    expect(desk.get_by_text("samizdat check finds nothing wrong with this claim.")).to_be_visible(timeout=SLOW)
    desk.get_by_role("button", name="Save the claim").focus()
    keys.press("Enter")
    expect(desk.get_by_text("Saved.").first).to_be_visible(timeout=SLOW)
    assert "about: person/asya-tulesova" in file.read_text(encoding="utf-8")
    assert desk.evaluate("document.activeElement.id") == "work"


def test_words_can_be_typed_where_they_cannot_be_selected(desk: Page) -> None:
    field = desk.get_by_label("Exact words of the text")
    field.fill("the Democratic Choice Partie was banned")
    desk.get_by_role("button", name="Make a claim", exact=True).click()
    expect(desk.get_by_role("alert")).to_contain_text("[-Partie-]{+Party+}", timeout=SLOW)
    field.fill(BANNED)
    desk.get_by_role("button", name="Make a claim", exact=True).click()
    start = TEXT.index(BANNED)
    expect(desk.get_by_text(f"characters {start} to {start + len(BANNED)}")).to_be_visible(timeout=SLOW)


def test_positions_count_code_points_and_text_is_never_markup(desk: Page) -> None:
    assert desk.locator("#body b").count() == 0
    select(desk, "& 🕊 are with it.")
    desk.get_by_role("button", name="Make a claim of these words").click()
    start = TEXT.index("& 🕊")
    expect(desk.get_by_text(f"characters {start} to {start + 16}")).to_be_visible(timeout=SLOW)


def test_a_claim_is_opened_from_its_words_and_shows_the_line_that_saving_changes(desk: Page) -> None:
    desk.get_by_role("link", name="Claim 1, asserted").click()
    expect(desk.locator(".passage.lit")).to_have_text("The government of Kazakhstan controls most television stations")
    desk.get_by_label("extent").fill("nearly all")
    desk.locator("[data-part=diff] summary").click()
    expect(desk.locator(".diff .added")).to_have_text("+        extent: nearly all\n", timeout=SLOW)
    expect(desk.locator(".diff .removed")).to_have_text("-        extent: most\n")


@pytest.mark.usefixtures("expected")
def test_what_does_not_pass_is_refused_and_kept_as_a_draft(desk: Page, file: Path) -> None:
    select(desk, BANNED)
    desk.get_by_role("button", name="Make a claim of these words").click()
    fill_ban(desk)
    desk.get_by_role("combobox", name="modality").select_option("believed")
    message = "a believed claim is attributed to the editorial itself"
    expect(desk.locator(".looked .problems")).to_contain_text(message, timeout=SLOW)
    expect(desk.locator("[data-field=modality] .problem")).to_contain_text(message)
    desk.get_by_role("button", name="Save the claim").click()
    expect(desk.locator(".refusal")).to_contain_text(message, timeout=SLOW)
    assert file.read_text(encoding="utf-8") == FILE
    desk.get_by_role("button", name="Keep as a draft").click()
    expect(desk.get_by_text("Kept as a draft.").first).to_be_visible(timeout=SLOW)
    assert not [line for line in changed(file) if line[0] == "-"]
    desk.get_by_role("button", name="The Democratic Choice Party was banned in 2021.").click()
    expect(desk.get_by_role("button", name="Remove Democratic Choice Party")).to_be_visible()
    desk.get_by_role("combobox", name="modality").select_option("asserted")
    expect(desk.get_by_text("samizdat check finds nothing wrong with this claim.")).to_be_visible(timeout=SLOW)


def test_suggestions_of_a_draft_wait_to_be_taken_over(desk: Page, file: Path) -> None:
    desk.get_by_role("button", name="“Many believe that the vote was rigged.”").click()
    modality = desk.get_by_role("combobox", name="modality")
    expect(modality).to_have_value("")
    desk.get_by_role("button", name="Use: modality believed").click()
    expect(modality).to_have_value("believed")
    assert file.read_text(encoding="utf-8") == FILE


def test_a_new_person_is_written_into_the_file_of_persons(desk: Page, folder: Path) -> None:
    persons = folder / "data" / "entities" / "persons.yaml"
    before = persons.read_text(encoding="utf-8")
    select(desk, "Asya Tulesova")
    desk.get_by_role("button", name="Make a claim of these words").click()
    who = desk.get_by_role("combobox", name="attributed to")
    who.fill("Janar Example")
    desk.get_by_role("option", name="New: Janar Example").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Kind of thing").select_option("Person")
    expect(dialog.get_by_label("Path")).to_have_value("person/janar-example")
    dialog.get_by_role("button", name="Write it").click()
    expect(desk.get_by_role("button", name="Remove Janar Example")).to_be_visible(timeout=SLOW)
    lines = "  - id: person/janar-example\n    type: Person\n    prefLabel: { en: Janar Example }\n"
    assert persons.read_text(encoding="utf-8") == before + lines
    persons.write_text(before, encoding="utf-8")


@pytest.mark.usefixtures("expected")
def test_two_tabs_do_not_overwrite_each_other(context_of: Contexts, running: tuple[str, str], file: Path) -> None:
    context = context_of()
    one, other = opened(context.new_page(), running), opened(context.new_page(), running)
    for page, extent in ((one, "almost all"), (other, "half")):
        page.get_by_role("button", name="The government of Kazakhstan controls").click()
        page.get_by_label("extent").fill(extent)
        checked(page)
    one.get_by_label("claim in one sentence").fill("The government controls television.")
    one.get_by_role("button", name="Save the claim").click()
    expect(one.get_by_text("Saved.").first).to_be_visible(timeout=SLOW)
    other.get_by_role("button", name="Save the claim").click()
    conflict = other.locator(".conflict")
    expect(conflict).to_contain_text("+        extent: almost all", timeout=SLOW)
    expect(conflict).to_contain_text("+        extent: half")
    assert "extent: almost all" in file.read_text(encoding="utf-8")
    conflict.get_by_role("button", name="Take over their changes and keep my form").click()
    expect(other.get_by_label("extent")).to_have_value("half")
    expect(other.get_by_label("claim in one sentence")).to_have_value("The government controls television.")
    expect(other.locator(".diff")).to_contain_text("-        extent: almost all", timeout=SLOW)


@pytest.fixture
def expected(context_of: Contexts, page_errors: list[str]) -> Iterator[None]:
    """The browser tells of refusals that these tests ask for."""
    yield
    page_errors[:] = [line for line in page_errors if "Failed to load resource" not in line]


@pytest.mark.parametrize(
    ("scheme", "viewport"),
    [("light", {"width": 1280, "height": 900}), ("dark", PHONE)],
    ids=["desk-light", "phone-dark"],
)
def test_it_is_accessible(
    context_of: Contexts, running: tuple[str, str], file: Path, axe: Axe, scheme: str, viewport: dict[str, int]
) -> None:
    page = opened(context_of(color_scheme=scheme, viewport=viewport).new_page(), running)
    assert axe(page) == []
    page.get_by_role("button", name="The government of Kazakhstan controls").click()
    page.get_by_label("claim in one sentence").fill("")
    expect(page.locator(".at-field").first).to_be_visible(timeout=SLOW)
    page.locator("details.rest summary").click()
    page.locator("[data-part=rdf] summary").click()
    page.locator("[data-part=diff] summary").click()
    assert axe(page) == []
    page.locator("#f-assertion-0-controller").fill("Nur")
    expect(page.locator(".options li").first).to_be_visible(timeout=SLOW)
    assert axe(page) == []
    page.get_by_role("option", name="New: Nur").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_a_phone_words_become_a_claim(context_of: Contexts, running: tuple[str, str], file: Path) -> None:
    page = opened(context_of(viewport=PHONE, has_touch=True).new_page(), running)
    select(page, BANNED)
    page.get_by_role("button", name="Make a claim of these words").tap()
    expect(page.get_by_label("Passage 1")).to_be_in_viewport(timeout=SLOW)
    fill_ban(page)
    expect(page.get_by_text("samizdat check finds nothing wrong with this claim.")).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("button", name="Save the claim")).to_be_in_viewport()


def test_hostile_claims_stay_text(page: Page, file: Path, running: tuple[str, str]) -> None:
    evil = '<img src=x onerror="document.title=1"></script><script>document.title=2</script>'
    text = (
        file.read_text(encoding="utf-8")
        .replace("label: Nur Otan rules.", f"label: '{evil}'")
        .replace('headline: "A winter of silence"', f"headline: '{evil}'")
    )
    file.write_text(text, encoding="utf-8")
    opened(page, running)
    page.get_by_role("button", name=evil).click()
    checked(page)
    expect(page.get_by_label("claim in one sentence")).to_have_value(evil)
    page.locator("[data-part=rdf] summary").click()
    assert page.locator("img, #body script").count() == 0
    assert page.title() not in ("1", "2")
