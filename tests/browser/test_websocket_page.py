"""A page with `WebSocket` in a real browser against the WebSocket server."""

import json
from pathlib import Path

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from tests.serving import serving

PAGES = Path(__file__).resolve().parent / "pages"


def events(browser: Chrome) -> list[str]:
    return [item.text for item in browser.find_elements(By.CSS_SELECTOR, "#log li")]


def test_broadcast_and_special_reply_reach_a_page(browser: Chrome, tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.json").write_text(json.dumps({"http": {"root": str(PAGES)}}))
    with serving(tmp_path, "http", "ws") as ports:
        browser.get(f"http://localhost:{ports['HTTP']}/websocket.html?port={ports['WebSocket']}")
        WebDriverWait(browser, 20).until(lambda _: events(browser)[-1:] == ["close 3001 done true"])
        assert events(browser) == ["open", "message BROADCAST! Ahoy", "message SPECIAL! Ahoy", "close 3001 done true"]


def test_a_page_of_another_site_is_refused(browser: Chrome, tmp_path: Path) -> None:
    with serving(tmp_path, "ws") as ports:
        browser.get("data:text/html,<title>elsewhere</title>")  # its origin is opaque: "null"
        outcome = browser.execute_async_script(
            "const done = arguments[1];"
            "const socket = new WebSocket(`ws://localhost:${arguments[0]}/`);"
            "socket.onopen = () => done('open'); socket.onclose = (event) => done(`closed ${event.code}`);",
            ports["WebSocket"],
        )
        assert outcome == "closed 1006"
