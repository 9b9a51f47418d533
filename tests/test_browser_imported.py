"""What imported data sets say, in a real browser: for everybody, at every width, and found as one types."""

from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from evidence_fixtures import app_of, publish
from playwright.sync_api import Page, expect
from pyoxigraph import Store
from test_browser_pages import LOOKS
from werkzeug.serving import make_server

PAGES = (
    "/doc/measurement/rsf/2021/KAZ/score",
    "/doc/indicator/rsf/rank",
    "/doc/dataset/rsf",
    "/doc/country/kazakhstan",
    "/doc/country/norway",
    "/dataset",
    "/search?q=norway+kazakhstan",
)


@pytest.fixture(scope="module")
def site(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over a snapshot with imported data sets, in place of the usual one."""
    app = app_of(publish(seed_store, tmp_path_factory.mktemp("imported")))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_pages_are_for_everybody(page: Page, axe: Callable[[Page], list[str]]) -> None:
    problems = []
    for address in PAGES:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
        problems += axe(page)
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 640})
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                problems.append(f"{address} is wider than {width} px")
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="dark")
        problems += page.evaluate(LOOKS)
        page.emulate_media(color_scheme="light")
    assert problems == []


def test_what_is_imported_is_suggested_last_and_as_such(page: Page) -> None:
    page.goto("/claims")
    page.get_by_role("combobox").press_sequentially("norway")
    group = page.get_by_role("group", name="Imported, nothing claimed")
    expect(group.get_by_role("option")).to_contain_text("Norway")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Norway")


def test_a_line_stands_above_the_values_that_it_is_drawn_from(page: Page) -> None:
    page.goto("/doc/country/kazakhstan")
    section = page.get_by_role("region", name="World Press Freedom Index", exact=True)
    line, table = section.locator("svg.curve").first, section.get_by_role("table").first
    above, below = line.bounding_box(), table.bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]
    expect(table.get_by_role("row")).to_have_count(4)
