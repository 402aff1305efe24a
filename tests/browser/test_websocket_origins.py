"""Pages of other sites, sandboxed frames among them, try to reach the WebSocket server in a real browser."""

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser.conftest import ELSEWHERE
from tests.browser.websocket_client import console, store
from tests.serving import serving

PAGES = Path(__file__).resolve().parent / "pages"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Keep the requests out of the output of the tests."""


@contextmanager
def another_site() -> Iterator[str]:
    """A web server that is none of ours; gives its root under another host name."""
    handler = functools.partial(_Quiet, directory=str(PAGES))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://{ELSEWHERE}:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(("null_origin", "sandboxed"), [(False, "1006"), (True, "open")])
def test_pages_of_another_site_are_refused(browser: Chrome, tmp_path: Path, null_origin: bool, sandboxed: str) -> None:
    """A sandboxed frame of any site has the origin of a file, so that only a setting lets both in."""
    store(tmp_path, null_origin=null_origin)
    with serving(tmp_path, "ws") as ports, another_site() as root:
        browser.get(f"{root}elsewhere.html?url=ws://localhost:{ports['WebSocket']}/")
        expected = f"{root.rstrip('/')} 1006, null {sandboxed}"
        WebDriverWait(browser, 30, poll_frequency=0.05).until(lambda _: browser.title == expected)
        assert any("Unexpected response code: 403" in message for message in console(browser))  # by the server
        browser.get("about:blank")
