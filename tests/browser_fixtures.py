"""A real Chromium on the real site: fixtures that fail a test on script errors, on refusals of the policy, and on any
request that leaves the server.

Every test has them by tests/conftest.py, so that one site serves them all. Chromium is Debian's (``make browser``).
"""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from live_fixtures import live
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright
from repository import REPOSITORY, SEED

from graph.build import build
from graph.settings import Settings

NAMES = ("chromium", "chromium-browser", "google-chrome")
AXE = REPOSITORY / "server" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
BUILT = REPOSITORY / "server" / "static" / "built" / "site.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over the project's own data, with the text at hand where it is on this machine."""
    home = tmp_path_factory.mktemp("site")
    texts = (SEED,) if SEED.is_dir() else ()
    build(Settings(data=REPOSITORY / "graph" / "data", texts=texts, home=home))
    with live(home, TEXTS=str(SEED) if texts else "") as running:
        yield f"http://{running.host}:{running.port}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a module: the loop that drives it must not be running in tests of others."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("this needs Chromium: `make browser` installs it where it may, `apt-get install chromium` as root")
    if not BUILT.exists():
        pytest.skip("the scripts of the pages have not been built: `make frontend`")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield started
        started.close()


@pytest.fixture
def page_errors() -> list[str]:
    """What went wrong on the pages of this test so far; a test that expects some takes it out."""
    return []


@pytest.fixture
def context_of(browser: Browser, site: str, page_errors: list[str]) -> Iterator[Callable[..., BrowserContext]]:
    """Makes watched contexts with Playwright's options: ``java_script_enabled``, ``color_scheme``, ``viewport``…"""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        given = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", "locale": "en-GB"} | options
        context = browser.new_context(base_url=site, **given)
        context.set_default_timeout(10_000)
        context.on("console", lambda message: _told(message, page_errors))
        context.on("weberror", lambda error: page_errors.append(f"script: {error.error}"))
        context.on("request", lambda request: _left(request, site, page_errors))
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()
    assert not page_errors, "\n".join(page_errors)


@pytest.fixture
def page(context_of: Callable[..., BrowserContext]) -> Page:
    """A page in a window of a usual size, in light, with scripts."""
    return context_of().new_page()


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """What axe-core finds wrong on a page, one line for each element; WCAG 2.2 A and AA, and best practice."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: `make frontend`")
    source = AXE.read_text(encoding="utf-8")

    def violations(page: Page) -> list[str]:
        page.evaluate(source)
        found = page.evaluate(f"axe.run({{ runOnly: {json.dumps(RULES)}, resultTypes: ['violations'] }})")
        return [
            f"{page.url}: {violation['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    return violations


def _told(message: ConsoleMessage, errors: list[str]) -> None:
    if message.type in ("error", "warning"):
        errors.append(f"console: {message.text} ({message.location.get('url', '')})")


def _left(request: Request, site: str, errors: list[str]) -> None:
    parts = urlsplit(request.url)
    if parts.scheme not in ("data", "blob") and f"{parts.scheme}://{parts.netloc}" != site:
        errors.append(f"a request left the server: {request.url}")


def screenshot(page: Page, path: Path) -> None:
    """The whole page as a picture, for people who look at it."""
    page.screenshot(path=path, full_page=True)
