"""What looks at every page can itself fail, and looks at the page it was asked for."""

import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page

from tests.functional.axe import assert_accessible, assert_fits

PAGE = """<!doctype html><html lang="en"><head><title>A page</title></head>
<body><main><h1>A page</h1>{}</main></body></html>"""
BROKEN = PAGE.format('<img src="data:,">')
WIDE = PAGE.format('<p style="width: 400px">More than a narrow window holds.</p>')
LINK = PAGE.format('<a href="/late">Go on</a>')


class Late(BaseHTTPRequestHandler):
    """Answers at once; what it says of ``/late`` comes after a while."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        late = self.path == "/late"
        if late:
            time.sleep(0.3)
        self.wfile.write((BROKEN if late else LINK).encode())

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def late() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Late) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_page_with_a_breach_fails_and_says_where(page: Page):
    page.set_content(LINK)
    assert_accessible(page)
    page.set_content(BROKEN)
    with pytest.raises(AssertionError, match=r"image-alt .*<img src="):
        assert_accessible(page)


def test_a_page_wider_than_the_window_fails_and_the_windows_size_is_put_back(page: Page):
    page.set_content(WIDE)
    assert_fits(page, width=640)
    with pytest.raises(AssertionError, match=r"needs 4.. px in a window of 320 px"):
        assert_fits(page)
    assert page.viewport_size == {"width": 1280, "height": 720}


def test_a_page_that_is_still_on_its_way_is_waited_for(page: Page, late):
    page.goto(late)
    page.get_by_role("link", name="Go on").click()
    with pytest.raises(AssertionError, match=r"axe on .*/late"):
        assert_accessible(page)
