"""Live reload in a real browser, under the policy of the bundled sites: what loads again, and what stays as it is."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser.websocket_client import console
from tests.servers.http.live.harness import LiveServer

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title><link rel="icon" href="/image.svg">
<link rel="stylesheet" href="/style.css"></head>
<body><p id="text">text</p><img src="/image.svg" alt=""><div class="long"></div><!-- </body> --></body></html>
"""
IMAGE = '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="10"/>'
COLOUR = "return getComputedStyle(document.getElementById('text')).color"


class Site:
    """A site that is served by a thread, and a browser that looks at it."""

    def __init__(self, browser: Chrome, root: Path) -> None:
        self.browser = browser
        self.root = root
        self.server = LiveServer(root)
        self.server.change(root=None)  # a bundled site, with its policy
        self.write("index.html", PAGE.format(title="first"))
        self.write("style.css", "p { color: rgb(255, 0, 0) } .long { height: 5000px }")
        self.write("image.svg", IMAGE.format(width=10))
        self._loop = asyncio.new_event_loop()

    @contextmanager
    def serving(self) -> Iterator[None]:
        thread = threading.Thread(target=self._loop.run_forever)
        thread.start()
        try:
            self.do(self.server.start())
            yield
        finally:
            self.do(self.server.stop())
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join()
            self._loop.close()

    def do(self, work: Any) -> None:
        """Have the thread do it."""
        doing: Future[None] = asyncio.run_coroutine_threadsafe(work, self._loop)
        doing.result(30)

    def write(self, name: str, content: str) -> None:
        (self.root / name).write_text(content, encoding="utf-8")

    def open(self, path: str = "") -> None:
        """Open a page, wait until it listens, and leave a mark in it that lasts until it is loaded again."""
        self.browser.get(f"http://localhost:{self.server.port}/{path}")
        self.until(lambda: self.streams == 1 and self.server.live._state is not None)
        self.mark()

    def mark(self) -> None:
        self.run("window.mark = true")

    @property
    def is_marked(self) -> bool:
        """Whether it was not loaded again."""
        return bool(self.run("return window.mark === true"))

    @property
    def streams(self) -> int:
        """How many pages listen."""
        return len(self.server.live._streams)

    def run(self, code: str) -> Any:
        return self.browser.execute_script(code)

    def until(self, condition: Callable[[], object]) -> None:
        WebDriverWait(self.browser, 30, poll_frequency=0.05).until(lambda _: condition())

    def loads_again(self) -> None:
        """Wait until the page has been loaded again."""
        self.until(lambda: not self.is_marked)
        self.mark()


@pytest.fixture
def site(browser: Chrome, tmp_path: Path) -> Iterator[Site]:
    site = Site(browser, tmp_path)
    with site.serving():
        yield site
        browser.get("about:blank")


def test_a_page_loads_again_where_it_was_scrolled_to(site: Site) -> None:
    site.open()
    site.run("scrollTo(0, 3000)")
    for title in ("second", "third"):
        site.write("index.html", PAGE.format(title=title))
        site.loads_again()
        site.until(lambda: site.browser.title == title)  # noqa: B023 - waited for at once
        site.until(lambda: site.run("return scrollY") == 3000)
    assert console(site.browser) == []


def test_style_sheets_are_exchanged_in_the_page(site: Site) -> None:
    site.open()
    for number in (1, 2, 3):
        site.write("style.css", f"p {{ color: rgb(0, 0, {number}) }}")
        site.until(lambda: site.run(COLOUR) == f"rgb(0, 0, {number})")  # noqa: B023 - waited for at once
        site.until(lambda: site.run("return document.styleSheets.length") == 1)
    assert site.is_marked
    assert console(site.browser) == []


def test_images_are_exchanged_in_the_page(site: Site) -> None:
    site.open()
    site.write("image.svg", IMAGE.format(width=77))
    site.until(lambda: site.run("return document.images[0].naturalWidth") == 77)
    assert site.is_marked


@pytest.mark.parametrize("name", ["script.js", "other.css", "index.html"])
def test_anything_else_loads_the_page_again(site: Site, name: str) -> None:
    site.open()
    site.write(name, PAGE.format(title="x"))
    site.loads_again()


def test_a_restart_of_the_server_loads_pages_again_once(site: Site) -> None:
    site.open()
    site.server.settings = type(site.server.settings)(port=site.server.port)
    site.do(site.server.restart())
    site.loads_again()
    site.until(lambda: site.streams == 1)
    gets = [one.target for one in site.server.exchanges if one.method == "GET" and one.target == "/"]
    assert len(gets) == 2
    assert site.is_marked


def test_a_connection_that_breaks_loads_nothing_again(site: Site) -> None:
    site.open()
    (request,) = site.server.live._streams.values()
    assert request.transport is not None
    site._loop.call_soon_threadsafe(request.transport.abort)
    site.until(lambda: request not in site.server.live._streams.values() and site.streams == 1)
    site.write("style.css", "p { color: rgb(1, 1, 1) }")
    site.until(lambda: site.run(COLOUR) == "rgb(1, 1, 1)")
    assert site.is_marked


def test_a_page_that_is_gone_loads_again_when_it_is_back(site: Site) -> None:
    site.open()
    (site.root / "index.html").unlink()
    site.until(lambda: any(one.method == "HEAD" for one in site.server.exchanges))
    assert site.is_marked
    site.write("index.html", PAGE.format(title="back"))
    site.until(lambda: site.browser.title == "back")


def test_a_page_that_nobody_sees_holds_no_connection_and_catches_up(site: Site) -> None:
    site.open()
    first = site.browser.current_window_handle
    site.browser.switch_to.new_window("tab")
    site.until(lambda: site.streams == 0)
    site.browser.switch_to.window(first)
    site.until(lambda: site.streams == 1)
    site.browser.switch_to.new_window("tab")
    site.until(lambda: site.streams == 0)
    site.write("index.html", PAGE.format(title="unseen"))
    site.browser.switch_to.window(first)
    site.until(lambda: site.browser.title == "unseen")


def test_parts_of_a_page_do_not_listen(site: Site) -> None:
    site.write("frames.html", "<body>" + '<iframe src="/index.html"></iframe>' * 8)
    site.open("frames.html")
    site.run("scrollTo(0, 0)")
    assert site.streams == 1
    site.write("index.html", PAGE.format(title="part"))
    site.loads_again()


def test_without_the_switch_pages_have_no_script(site: Site) -> None:
    site.server.is_on = False
    site.browser.get(f"http://localhost:{site.server.port}/")
    assert site.run("return document.scripts.length") == 0
