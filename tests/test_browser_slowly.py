"""A page that comes in pieces: what is seen of it already keeps its place when the rest arrives."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser
from test_browser_pages import DRAWN, WATCH

PIECES = ("</form>", "</li>", "</li>", "</nav>", "</header>", "</h1>")
"""Where the page stops for a while, one after the other."""
PAUSE = 0.15
"""Seconds; a browser draws what it has after a few hundredths."""


@pytest.fixture
def slowly(site: str) -> Iterator[str]:
    """The address of a server that passes on the site's answers, its pages in pieces."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            request = Request(site + self.path, headers={"Accept": self.headers["Accept"]})
            with urlopen(request, timeout=30) as reply:
                rest, kind = reply.read().decode(), reply.headers["Content-Type"]
            self.send_response(reply.status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            for end in PIECES if "html" in kind else ():
                piece, end, rest = rest.partition(end)
                assert end, "a piece is not there"
                self.wfile.write((piece + end).encode())
                time.sleep(PAUSE)
            self.wfile.write(rest.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: what the browser asked for is no output of a test."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_the_masthead_stands_still_while_its_pages_come(browser: Browser, slowly: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(slowly + "/claims")
    page.evaluate(DRAWN)
    assert page.locator(".masthead nav").is_visible()
    assert page.evaluate("window.moved") == []
    context.close()
