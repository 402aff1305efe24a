"""How the page /WebSockets/client.html shows what it hears: kinds told apart, in both schemes, on small screens."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from tests.browser.websocket_client import PAGE, ClientPage, LogEntry, client, console
from tests.serving import serving

CHAT = "portside.chat.v1"

CONTRASTS = """
const parts = (color) => color.match(/[\\d.]+/g).map(Number);
const light = (channel) => (channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
const luminance = ([r, g, b]) => 0.2126 * light(r / 255) + 0.7152 * light(g / 255) + 0.0722 * light(b / 255);
function behind(element) {
  const found = parts(getComputedStyle(element).backgroundColor);
  return found.length === 4 && found[3] === 0 ? behind(element.parentElement) : found;
}
const hasText = (element) => Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.data.trim());
const shown = Array.from(document.querySelectorAll("body *")).filter(
  (element) => (hasText(element) || element.matches("input, select, textarea")) && element.checkVisibility(),
);
return shown.map((element) => {
  const [a, b] = [luminance(parts(getComputedStyle(element).color)), luminance(behind(element))];
  return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), `${element.className || element.tagName}`];
});
"""


LOOKS = """
return Array.from(document.querySelectorAll(".entry"), (entry) => {
  const icon = entry.querySelector("use").getAttribute("href");
  const words = entry.querySelector(".words").textContent;
  return [words, icon, getComputedStyle(entry).backgroundColor, document.querySelector(icon).tagName];
});
"""

HEIGHTS = """
const touched = "input:not([type=radio]), select, button, textarea, .choice label, summary";
const heights = Array.from(document.querySelectorAll(touched), (one) => one.getBoundingClientRect().height);
return heights.filter((height) => height > 0);
"""

NAMELESS = """
const hasName = (one) => (one.labels?.[0] ?? one).textContent.trim() !== "";
const controls = Array.from(document.querySelectorAll("input, select, textarea, button"));
return controls.filter((one) => !hasName(one)).map((one) => one.id);
"""

COVERED = """
const covered = [];
for (const choice of document.querySelectorAll(".choice input")) {
  choice.click();
  for (const one of document.querySelectorAll("#sending :is(input:not([type=radio]), select, button, textarea)")) {
    one.scrollIntoView({ block: "center" });
    const { right, top, width } = one.getBoundingClientRect();
    if (width && document.elementFromPoint(right - 4, top + 8) !== one) covered.push(`${choice.value} ${one.id}`);
  }
}
return covered;
"""

TO_END = "const view = byId('log'); return view.scrollHeight - view.scrollTop - view.clientHeight;"
WIDTHS = "const view = byId('log'); return [document.documentElement.scrollWidth, view.scrollWidth - view.clientWidth];"


def screen(browser: Chrome, width: int, height: int, scheme: str = "light") -> None:
    """Make the browser's screen this big, in CSS pixels, and of this colour scheme."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)


@contextmanager
def idle(browser: Chrome, folder: Path) -> Iterator[ClientPage]:
    """The page without a WebSocket server, as a stranger to its network."""
    with serving(folder, "http") as ports:
        yield ClientPage(browser, f"http://localhost:{ports['HTTP']}/{PAGE}", "ws://localhost:1/")
        browser.get("about:blank")


def chat(**fields: object) -> str:
    """A message of the chat subprotocol."""
    return json.dumps(fields)


def test_a_chat_client_sees_who_says_what_to_whom(browser: Chrome, tmp_path: Path) -> None:
    with client(browser, tmp_path, mode="broadcast-reply") as page:
        page.open(CHAT, name="Ada")
        welcome = page.wait_for("welcome", "Welcome, Ada.")
        assert "protocol “portside.chat.v1”" in page.entries()[0].facts
        assert welcome.words == "Welcome"
        page.send("text", text="Ahoy")
        assert page.wait_for("reply", "Ahoy").words == "Special reply to you"
        broadcast = page.wait_for("broadcast", "Ahoy")
        assert broadcast.words == "Broadcast"
        assert "from Ada, number 1, string" in broadcast.facts
        assert page.looking("sent")[0].text == '{"kind":"say","text":"Ahoy"}'
        page.send("hex", hex="00 01")
        bare = page.wait_for("broadcast", "00 01")
        assert bare.facts == "message from Ada, number 2, Blob, 2 bytes"
        page.type("name", "Grace")
        page.one("rename").click()
        page.wait_for("name", "Ada is now Grace.")
        page.one("who").click()
        page.wait_for("clients", "Grace")
        page.type("to", "Nobody")
        page.send("text", text="psst")
        page.wait_for("error", "“Nobody”")
    assert console(browser) == []


def test_each_kind_of_chat_message_has_its_words(browser: Chrome, tmp_path: Path) -> None:
    with idle(browser, tmp_path) as page:
        page.feed(
            chat(kind="private", text="psst", sender="Bob", to="Ada", id=4),
            chat(kind="notice", text="Lunch!"),
            chat(kind="join", text="Bob joined.", sender="Bob"),
            chat(kind="leave", text="Bob left.", sender="Bob"),
            chat(kind="clients", text="2 clients are connected.", clients=["Ada", "<b>Bob</b>"]),
            chat(kind="error", text="There is no such client."),
            chat(kind="toString", text="no kind"),
            "no JSON",
            "null",
            chat(kind="broadcast", text="2 bytes", sender="Bob", size=2),
            protocol=CHAT,
        )
        page.run("onMessage({ data: new Uint8Array([1, 2]).buffer })")
        page.run("onMessage({ data: new Uint8Array([3]).buffer })")
        page.wait_for("message", "03")
        page.wait_for("broadcast", "01 02")
        found = page.entries()
        assert [entry.words for entry in found] == [
            "Private message",
            "Notice from the server",
            "Joined",
            "Left",
            "Who is here",
            "Error from the server",
            "Message",
            "Message",
            "Message",
            "Broadcast",
            "Broadcast",
            "Message",
        ]
        assert found[0].facts.startswith("message from Bob to Ada, string")
        assert found[4].text == "2 clients are connected.\nAda\n<b>Bob</b>"
        assert found[10] == LogEntry("broadcast", "Broadcast", "message from Bob, ArrayBuffer, 2 bytes", "01 02")
        assert page.run("return document.querySelectorAll('#log b').length") == 0


@pytest.mark.parametrize("plain", [True, False])
def test_broadcast_and_special_reply_differ_in_word_icon_and_colour(
    browser: Chrome, tmp_path: Path, plain: bool
) -> None:
    texts = ["BROADCAST! Ahoy", "SPECIAL! Ahoy", "ECHO! Ahoy", "PRIVATE! Ahoy", "Ahoy"]
    kinds = ["broadcast", "reply", "echo", "private", "notice"]
    with idle(browser, tmp_path) as page:
        if plain:
            page.feed(*texts)
        else:
            page.feed(*(chat(kind=kind, text="Ahoy") for kind in kinds), protocol=CHAT)
        page.wait_until(lambda: len(page.entries()) == 5)
        assert [entry.look for entry in page.entries()] == [*kinds[:4], "message" if plain else "notice"]
        looks = page.run(LOOKS)
        assert len({words for words, *_ in looks}) == 5
        assert len({icon for _, icon, *_ in looks}) == 5
        assert len({colour for _, _, colour, _ in looks[:2]}) == 2
        assert {symbol for *_, symbol in looks} == {"symbol"}


def test_the_log_is_bounded_and_follows_unless_its_reader_scrolled_up(browser: Chrome, tmp_path: Path) -> None:
    with idle(browser, tmp_path) as page:
        page.feed()
        page.run("for (let i = 0; i < 1200; i += 1) onMessage({ data: `number ${i}` })")
        page.wait_for("message", "number 1199")
        entries = page.entries()
        assert (len(entries), entries[0].text) == (500, "number 700")
        assert page.run(TO_END) < 10
        page.run("byId('log').scrollTop = 0; onMessage({ data: 'the last one' })")
        page.wait_for("message", "the last one")
        assert page.run(TO_END) > 100
        page.run("onMessage({ data: 'x'.repeat(50000) })")
        page.wait_for("message", "… and 30,000 more characters")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (360, 640)])
def test_everything_can_be_read_in_both_schemes(
    browser: Chrome, tmp_path: Path, scheme: str, size: tuple[int, int]
) -> None:
    kinds = ["broadcast", "reply", "echo", "private", "notice", "welcome", "error", "join", "leave"]
    screen(browser, *size, scheme)
    with idle(browser, tmp_path) as page:
        page.feed(*(chat(kind=kind, text="W" * 300) for kind in kinds), protocol=CHAT)
        page.submit("opening")  # nobody listens there
        page.wait_for("close")
        page.submit("sending")  # a complaint
        page.send("text", text="unsendable")
        contrasts = page.run(CONTRASTS)
        assert len(contrasts) > 50
        assert [one for one in contrasts if one[0] < 4.5] == []
        width = page.run(WIDTHS)
        assert width == [size[0], 0]


def test_fingers_can_hit_everything_on_a_phone(browser: Chrome, tmp_path: Path) -> None:
    screen(browser, 360, 640)
    with client(browser, tmp_path) as page:
        page.run("byId('rename').hidden = byId('chat').hidden = false")
        heights = page.run(HEIGHTS)
        assert min(heights) >= 44
        assert page.run(COVERED) == []
        page.open()
        assert page.one("connection").get_attribute("open") is None  # folded away, so that the events can be seen
        assert page.one("log").is_displayed()


def test_every_control_has_a_name_for_screen_readers(browser: Chrome, tmp_path: Path) -> None:
    with idle(browser, tmp_path) as page:
        nameless = page.run(NAMELESS)
        assert nameless == []
        log = page.one("log")
        assert (log.aria_role, log.get_attribute("aria-live"), log.accessible_name) == ("log", "polite", "Events")


def test_a_browser_without_websockets_is_told_so(browser: Chrome, tmp_path: Path) -> None:
    browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": "delete window.WebSocket"})
    with idle(browser, tmp_path) as page:
        assert page.one("support").text == "This browser has no WebSocket, which is what this page is about."
        assert not page.one("client").is_displayed()
