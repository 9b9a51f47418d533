"""Hostile words in the data, on every kind of page and in what scripts make of it: nothing runs, nothing breaks out.

The project's own data is served with something hostile behind every word of it.
"""

import re
from collections.abc import Iterator
from threading import Thread

import pytest
from page_kinds import KINDS, opened
from playwright.sync_api import Page, expect
from pyoxigraph import Literal, Quad, Store
from seed_app import seed_app
from server_fixtures import HOSTILE
from werkzeug.serving import make_server

CODES = re.compile(r"(edtf|earliest|latest|sha256|inLanguage|notation|alpha-?\d|code|identifier|value|number)$", re.I)
"""Properties whose values are read by programs."""
LOADED = f"{HOSTILE}</script></textarea></title>'-->]]>"
WATCH = "window.hacked = []; window.alert = (what) => window.hacked.push(what);"
BROKEN_OUT = """() => [
  ...window.hacked,
  ...document.querySelectorAll("body b, [onmouseover], svg script, foreignObject, iframe, a[href^='javascript:' i]"),
  ...document.querySelectorAll("script:not([src], [type='application/json'], [type='application/ld+json'])"),
].map((one) => one.outerHTML ?? `ran: ${one}`)"""


def hostile(quad: Quad) -> Quad:
    """The quad with something hostile at the end of its words, unless they are a code."""
    said = quad.object
    if not isinstance(said, Literal) or CODES.search(quad.predicate.value) or len(said.value) < 3:
        return quad
    if said.language:
        return Quad(quad.subject, quad.predicate, Literal(said.value + LOADED, language=said.language), quad.graph_name)
    if said.datatype.value.endswith("#string"):
        return Quad(quad.subject, quad.predicate, Literal(said.value + LOADED), quad.graph_name)
    return quad


@pytest.fixture(scope="module")
def site(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over the hostile data, in place of the usual one."""
    store = Store()
    store.bulk_extend(map(hostile, seed_store))
    server = make_server("127.0.0.1", 0, seed_app(store, tmp_path_factory.mktemp("hostile")), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def watched(page: Page) -> Page:
    page.add_init_script(WATCH)
    return page


def test_nothing_breaks_out_of_any_page(watched: Page, page_errors: list[str]) -> None:
    found = []
    for kind in KINDS:
        opened(watched, kind, page_errors)
        found += [f"{kind}: {one}" for one in watched.evaluate(BROKEN_OUT)]
    assert found == []
    watched.goto(KINDS["claims"])
    expect(watched.locator("h3.sentence").first).to_contain_text("alert('x')")


def test_nothing_breaks_out_of_what_is_found_while_typing(watched: Page) -> None:
    watched.goto("/about")
    watched.keyboard.press("/")
    watched.keyboard.type("nazarbayev")
    expect(watched.get_by_role("option").first).to_contain_text("alert('x')")
    assert watched.evaluate(BROKEN_OUT) == []


@pytest.mark.parametrize("kind", ["timeline", "map", "network", "control"])
def test_nothing_breaks_out_of_a_picture(watched: Page, kind: str) -> None:
    opened(watched, kind)
    watched.locator(".picture-canvas [tabindex='0']").first.focus()
    expect(watched.locator(".picture-tip")).to_contain_text("<script>")
    for key in ("ArrowRight", "ArrowDown", "ArrowRight"):
        watched.keyboard.press(key)
        assert watched.evaluate(BROKEN_OUT) == []
    if kind == "network":
        watched.keyboard.press("Enter")
        expect(watched.locator(".chosen")).to_contain_text("<script>")
    assert watched.evaluate(BROKEN_OUT) == []


def test_nothing_breaks_out_of_words_that_are_opened(watched: Page) -> None:
    opened(watched, "person")
    watched.locator("a.ref").first.click()
    expect(watched.get_by_role("dialog")).to_contain_text("<script>")
    assert watched.evaluate(BROKEN_OUT) == []
    opened(watched, "editorial")
    watched.locator(".passage[data-claims]").first.hover()
    watched.locator("a.reference").first.click()
    assert watched.evaluate(BROKEN_OUT) == []
