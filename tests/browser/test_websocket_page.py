"""The page /WebSockets/client.html in a real browser, against the real servers: every event, every kind of data."""

import struct
from pathlib import Path
from socket import socket
from urllib.parse import quote

import pytest
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By

from servers.resources import resource_path
from tests.browser.websocket_client import PAGE, ClientPage, LogEntry, client, console, store
from tests.serving import serving

PNG = resource_path("sites") / "Breakout" / "images" / "stars.png"


def test_a_conversation_from_open_to_close(browser: Chrome, tmp_path: Path) -> None:
    with client(browser, tmp_path, mode="broadcast-reply", compression=True) as page:
        assert page.state() == "CLOSED"
        page.open()
        assert page.state() == "OPEN"
        page.send("text", text="Ahoy <b>there</b>")
        page.wait_for("reply")
        page.type("code", "3001")
        page.type("reason", "done “here”")
        page.submit("closing")
        page.wait_for("close")
        opened, *rest = page.entries()
        assert (opened.look, opened.words) == ("open", "Connected")
        assert "protocol “”, extensions “permessage-deflate" in opened.facts
        assert rest == [
            LogEntry("sent", "Sent", "send() string, 17 characters", "Ahoy <b>there</b>"),
            LogEntry("broadcast", "Broadcast", "message string, 28 characters", "BROADCAST! Ahoy <b>there</b>"),
            LogEntry("reply", "Special reply to you", "message string, 26 characters", "SPECIAL! Ahoy <b>there</b>"),
            LogEntry(
                "close",
                "Closed",
                "close wasClean true, code 3001 (a code of the application), reason “done “here””",
                "",
            ),
        ]
        assert page.state() == "CLOSED"
    assert console(browser) == []


@pytest.mark.parametrize(("binary_type", "name"), [("blob", "Blob"), ("arraybuffer", "ArrayBuffer")])
def test_binary_data_goes_and_comes_back_as_it_was(
    browser: Chrome, tmp_path: Path, binary_type: str, name: str
) -> None:
    file = tmp_path / "data.bin"
    file.write_bytes(bytes(range(20)))
    with client(browser, tmp_path, mode="verbatim") as page:
        page.choose("binary-type", binary_type)
        page.open()
        page.send("hex", hex="0xCAFE 00,ff")
        page.send("file", file=str(file))
        page.send("array", numbers="1, 2 255")
        page.choose("array-type", "Int16Array")
        page.send("array", numbers="-2 300")
        page.choose("array-type", "Float32Array")
        page.send("array", numbers="1.5, -2e3")
        for content in (
            bytes.fromhex("CAFE00FF"),
            bytes(range(20)),
            bytes([1, 2, 255]),
            struct.pack("<2h", -2, 300),
            struct.pack("<2f", 1.5, -2e3),
        ):
            page.wait_for("message", content.hex(" ").upper())
        sent = [entry.facts.removeprefix("send() ") for entry in page.looking("sent")]
        assert sent == [
            "Uint8Array, 4 bytes",
            "File, 20 bytes",
            "Uint8Array, 3 bytes",
            "Int16Array, 4 bytes",
            "Float32Array, 8 bytes",
        ]
        sizes = (4, 20, 3, 4, 8)
        assert [e.facts for e in page.looking("message")] == [f"message {name}, {size} bytes" for size in sizes]
    assert console(browser) == []


def test_the_type_of_binary_messages_can_change_while_connected(browser: Chrome, tmp_path: Path) -> None:
    with client(browser, tmp_path, mode="verbatim") as page:
        page.open()
        page.send("hex", hex="01")
        page.wait_for("message", "Blob, 1 bytes")
        page.choose("binary-type", "arraybuffer")
        page.send("hex", hex="02")
        page.wait_for("message", "ArrayBuffer, 1 bytes")


def test_pictures_are_shown_and_their_urls_given_back(browser: Chrome, tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\nthat is all")
    with client(browser, tmp_path, mode="verbatim") as page:
        page.run(
            "window.alive = new Set();"
            "const { createObjectURL, revokeObjectURL } = URL;"
            "URL.createObjectURL = (blob) => { const url = createObjectURL(blob); alive.add(url); return url; };"
            "URL.revokeObjectURL = (url) => { alive.delete(url); revokeObjectURL(url); };"
        )
        page.open()
        page.send("file", file=str(PNG))
        page.wait_for("message", images=1)
        page.send("file", file=str(broken))
        page.wait_for("message", "89 50 4E 47 0D 0A 1A 0A 74")
        widths, alive = page.run(
            "return [Array.from(document.querySelectorAll('#log img'), (image) => image.naturalWidth), alive.size]"
        )
        assert len(widths) == 2  # as sent and as received
        assert min(widths) > 0
        assert alive == 0
    assert console(browser) == []


def test_the_server_ends_the_connection_with_code_and_reason(browser: Chrome, tmp_path: Path) -> None:
    with client(browser, tmp_path, mode="verbatim", max_rate=1) as page:
        page.open()
        page.run("for (let i = 0; i < 9; i += 1) socket.send('again')")
        closed = page.wait_for("close")
        assert "code 1008 (policy violation), reason “more than 1 messages a second”" in closed.facts
        assert "wasClean true" in closed.facts
        page.submit("opening")  # the page can connect again
        page.wait_until(lambda: len(page.looking("open")) == 2)


def test_a_connection_that_fails_shows_error_and_close(browser: Chrome, tmp_path: Path) -> None:
    with client(browser, tmp_path) as page:
        page.type("url", page.value("url") + "no-such-room")
        page.submit("opening")
        closed = page.wait_for("close")
        assert closed.facts == "close wasClean false, code 1006 (connection lost, or never made), reason “”"
        assert [entry.look for entry in page.entries()] == ["error", "close"]


def test_what_the_browser_refuses_is_said_in_words(browser: Chrome, tmp_path: Path) -> None:
    with client(browser, tmp_path) as page:
        url = page.value("url")
        page.submit("sending")
        assert page.complaint("sending") == "There is no open connection. Open one first."
        page.submit("closing")
        assert page.complaint("closing") == "There is no connection to close."
        page.type("url", "ftp://localhost/")
        page.submit("opening")
        assert "SyntaxError: “ftp://localhost/” is not the URL of a WebSocket." in page.complaint("opening")
        page.type("url", url)
        page.choose("protocol", "other")
        page.type("other", "one, two words")
        page.submit("opening")
        assert "SyntaxError: “one, two words” cannot be offered." in page.complaint("opening")
        page.open()
        assert page.complaint("opening") == ""
        page.submit("opening")
        assert page.complaint("opening") == "There is a connection already. Close it first."
        for code, reason, sentence in (
            (
                "1001",
                "",
                "InvalidAccessError: A page can close with 1000 or a code from 3000 to 4999, not with “1001”.",
            ),
            ("1000", "ä" * 62, "SyntaxError: The reason is 124 bytes long in UTF-8; 123 are allowed."),
            ("", "done", "A reason needs a code before it."),
        ):
            page.type("code", code)
            page.type("reason", reason)
            page.submit("closing")
            assert page.complaint("closing") == sentence
        page.send("hex", hex="ABC")
        assert page.complaint("sending") == "“ABC” is not made of pairs of hexadecimal digits, like 48 65 6C."
        page.send("array", numbers="1 300")
        assert page.complaint("sending") == "“300” is not a number that a Uint8Array can hold."
        page.send("file")
        assert page.complaint("sending") == "Choose a file first."
        assert page.looking("sent") == []


def test_enter_sends_and_shift_enter_starts_a_line(browser: Chrome, tmp_path: Path) -> None:
    with client(browser, tmp_path, mode="echo") as page:
        page.one("url").send_keys(Keys.ENTER)  # Enter in its field opens, too
        page.wait_for("open")
        box = page.one("text")
        box.click()
        keys = ActionChains(browser).send_keys("one").key_down(Keys.SHIFT).send_keys(Keys.ENTER).key_up(Keys.SHIFT)
        keys.send_keys("two", Keys.ENTER).perform()
        page.wait_for("echo", "ECHO! one\ntwo")
        assert page.value("text") == ""
        page.one("clear").click()
        assert page.entries() == []


def test_a_page_opened_from_disk_connects_where_it_may(browser: Chrome, tmp_path: Path) -> None:
    store(tmp_path, null_origin=True, mode="verbatim")
    with serving(tmp_path, "ws") as ports:
        file = (resource_path("sites") / PAGE).as_uri()
        browser.get(file)
        assert browser.find_element(By.ID, "url").get_attribute("value") == "ws://localhost:8002/"
        page = ClientPage(browser, file, quote(f"ws://localhost:{ports['WebSocket']}/rooms/disk", safe=""))
        page.open()
        page.send("file", file=str(PNG))
        page.wait_for("message", images=1)
        assert console(browser) == []


def test_a_page_opened_from_disk_says_what_lets_it_in(browser: Chrome, tmp_path: Path) -> None:
    with serving(tmp_path, "ws") as ports:
        file = (resource_path("sites") / PAGE).as_uri()
        page = ClientPage(browser, file, f"ws://localhost:{ports['WebSocket']}/")
        page.submit("opening")
        page.wait_for("close")
        assert "“Let in pages from disk”" in page.wait_for("error").text
        assert any("403" in message for message in console(browser))


def test_an_untrusted_certificate_is_thought_of(browser: Chrome) -> None:
    with socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"wss://localhost:{nobody.getsockname()[1]}/"
        page = ClientPage(browser, (resource_path("sites") / PAGE).as_uri(), url)
        page.submit("opening")
        assert "trust the certificate" in page.wait_for("error").text
