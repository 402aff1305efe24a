"""Drives the page /WebSockets/client.html as its user does, and reads its log."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from tests.serving import serving

PAGE = "WebSockets/client.html"

_ENTRIES = """
return Array.from(document.querySelectorAll("#log .entry"), (entry) => [
  entry.className.replace("entry ", ""),
  entry.querySelector(".words").textContent,
  entry.querySelector(".facts").textContent.trim(),
  entry.querySelector(":scope > .text, :scope > .binary")?.textContent ?? "",
  entry.querySelectorAll("img").length,
])
"""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """An entry of the log: the class that gives its look, its words, what the event says, its content, its pictures."""

    look: str
    words: str
    facts: str
    text: str
    images: int = 0


class ClientPage:
    """The page in a browser; it is loaded with ``url`` in its field."""

    def __init__(self, browser: Chrome, page: str, url: str) -> None:
        self.browser = browser
        self._wait = WebDriverWait(browser, 30, poll_frequency=0.05)
        browser.get(f"{page}?url={url}")

    def one(self, name: str) -> WebElement:
        """The element with this id."""
        return self.browser.find_element(By.ID, name)

    def value(self, name: str) -> str:
        """What is in a field."""
        return self.one(name).get_attribute("value") or ""

    def type(self, name: str, text: str) -> None:
        """Put text into a field in place of what is there."""
        self.one(name).clear()
        self.one(name).send_keys(text)

    def choose(self, name: str, option: str) -> None:
        """Choose an option by its text."""
        Select(self.one(name)).select_by_visible_text(option)

    def submit(self, form: str) -> None:
        """Press the button of a form."""
        self.browser.find_element(By.CSS_SELECTOR, f"#{form} button:not([type])").click()

    def open(self, protocol: str = "none", name: str = "") -> None:
        """Connect, and wait until that is logged."""
        self.choose("protocol", protocol)
        self.type("name", name)
        self.submit("opening")
        self.wait_for("open")

    def send(self, content: str, **fields: str) -> None:
        """Choose what to send (text, hex, file, array), fill in its fields, and send."""
        self.browser.find_element(By.CSS_SELECTOR, f"#sending [value={content}]").find_element(By.XPATH, "..").click()
        for name, value in fields.items():
            self.one(name).send_keys(value) if name == "file" else self.type(name, value)
        self.submit("sending")

    def run(self, code: str, *arguments: object) -> Any:
        """The result of JavaScript in the page."""
        return self.browser.execute_script(code, *arguments)

    def feed(self, *messages: str, protocol: str = "") -> None:
        """Give the page texts as if they came over a connection of this subprotocol."""
        self.run("socket = { protocol: arguments[0], readyState: WebSocket.CLOSED, bufferedAmount: 0 }", protocol)
        self.run("for (const data of arguments) onMessage({ data })", *messages)

    def entries(self) -> list[LogEntry]:
        """What the log shows."""
        return [LogEntry(*found) for found in self.run(_ENTRIES)]

    def looking(self, look: str) -> list[LogEntry]:
        """The entries with this look."""
        return [entry for entry in self.entries() if entry.look == look]

    def wait_for(self, look: str, text: str = "", images: int = 0) -> LogEntry:
        """Wait for an entry with this look that has ``text`` in its content or facts, and so many pictures."""

        def find(_: Chrome) -> LogEntry | None:
            return next((e for e in self.looking(look) if text in e.facts + e.text and e.images == images), None)

        found = self._wait.until(find)
        assert found is not None
        return found

    def wait_until(self, condition: Callable[[], object]) -> None:
        """Wait until this is true."""
        self._wait.until(lambda _: condition())

    def complaint(self, form: str) -> str:
        """What is said below a form."""
        return self.one(f"{form}-complaint").text

    def state(self) -> str:
        """The state shown."""
        return self.one("state").text


@contextmanager
def client(browser: Chrome, folder: Path, **settings: object) -> Iterator[ClientPage]:
    """The page, delivered by the HTTP server, with the URL of a WebSocket server that has these settings."""
    store(folder, **settings)
    with serving(folder, "http", "ws") as ports:
        page = f"http://localhost:{ports['HTTP']}/{PAGE}"
        yield ClientPage(browser, page, f"ws://localhost:{ports['WebSocket']}/")
        browser.get("about:blank")


def store(folder: Path, **settings: object) -> None:
    """Write down settings of the WebSocket server for a run in this folder."""
    (folder / "config").mkdir()
    (folder / "config" / "settings.json").write_text(json.dumps({"ws": settings}))


def console(browser: Chrome) -> list[str]:
    """What the browser has complained about, for example what its policies do not allow."""
    return [entry["message"] for entry in browser.get_log("browser")]  # type: ignore[no-untyped-call] # left untyped
