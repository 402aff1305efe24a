"""The start page of the HTTP server: where it leads, how it looks on every screen, and the form that it sends."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser.test_websocket_look import CONTRASTS, screen
from tests.browser.websocket_client import console
from tests.serving import serving

LINKS = {
    "Snooker/index.html",
    "Catch/index.html",
    "Breakout/index.html",
    "SomeFolder/SomeResource.zzz",
    "WebSockets/client.html",
}

STATUS = "const [url, done] = arguments; fetch(url).then((answer) => done(answer.status), () => done(0));"

PICTURES = (
    "return Array.from(document.images, (image) => [image.getAttribute('src'), image.complete && image.naturalWidth]);"
)

FOCUSED = """
const focused = document.activeElement;
const rings = [null, "::after"].map((part) => getComputedStyle(focused, part).outlineStyle);
return [focused.href || focused.name || focused.textContent, rings.includes("solid")];
"""


@pytest.fixture
def root(browser: Chrome, tmp_path: Path) -> Iterator[str]:
    """The address of the HTTP server, with its start page in the browser."""
    with serving(tmp_path, "http") as ports:
        address = f"http://localhost:{ports['HTTP']}/"
        browser.get(address)
        yield address
        browser.get("about:blank")


def test_it_leads_to_the_games_the_websocket_page_and_a_dynamic_page(browser: Chrome, root: str) -> None:
    links = [link.get_attribute("href") for link in browser.find_elements(By.TAG_NAME, "a")]
    assert set(links) == {root + link for link in LINKS}
    answers = {link: browser.execute_async_script(STATUS, link) for link in links}
    assert answers == dict.fromkeys(answers, 200)
    pictures = browser.execute_script(PICTURES)
    assert all(width for _, width in pictures), pictures
    assert len({name for name, _ in pictures}) == len(pictures)
    assert console(browser) == []


@pytest.mark.parametrize("page", sorted(link for link in LINKS if link.endswith(".html")))
def test_every_page_leads_back(browser: Chrome, root: str, page: str) -> None:
    browser.get(root + page)
    back = [
        link for link in browser.find_elements(By.TAG_NAME, "a") if link.get_attribute("href") == f"{root}index.html"
    ]
    back[0].click()
    WebDriverWait(browser, 30, poll_frequency=0.05).until(lambda _: browser.current_url == f"{root}index.html")


def test_its_link_to_a_dynamic_page_shows_the_path(browser: Chrome, root: str) -> None:
    browser.find_element(By.PARTIAL_LINK_TEXT, ".zzz").click()
    wait_for_text(browser, "You requested /SomeFolder/SomeResource.zzz on day")


@pytest.mark.parametrize("encoding", ["multipart", "urlencoded"])
def test_its_form_is_answered_with_the_fields(browser: Chrome, root: str, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "cargo.txt").write_text("twelve crates", encoding="utf-8")
    name = browser.find_element(By.NAME, "name")
    name.clear()
    name.send_keys("Zoë <b>&")
    browser.find_element(By.NAME, "file").send_keys(str(tmp_path / "cargo.txt"))
    browser.find_element(By.XPATH, f"//button[contains(., '{encoding}')]").click()
    for text in ("You requested /SomeFolder/SomeForm.zzz on day", "Zoë <b>&", "cargo.txt"):
        wait_for_text(browser, text)
    assert browser.find_elements(By.TAG_NAME, "b") == []
    assert console(browser) == []


def wait_for_text(browser: Chrome, text: str) -> None:
    """Wait until the page shows this text."""
    wait = WebDriverWait(browser, 30, poll_frequency=0.05)
    wait.until(lambda _: text in browser.execute_script("return document.body?.innerText ?? ''"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_has_contrast_and_every_control_shows_the_focus(browser: Chrome, root: str, scheme: str) -> None:
    screen(browser, 1280, 800, scheme)
    contrasts = browser.execute_script(CONTRASTS)
    assert len(contrasts) > 20
    assert [found for found in contrasts if found[0] < 4.5] == []
    controls = browser.find_elements(By.CSS_SELECTOR, "a, input, button")
    rings = []
    for _ in controls:
        ActionChains(browser).send_keys(Keys.TAB).perform()
        rings.append(tuple(browser.execute_script(FOCUSED)))
    assert len(set(rings)) == len(LINKS) + 4
    assert all(ring for _, ring in rings), rings


@pytest.mark.parametrize("width", [320, 600, 1024, 1920])
def test_nothing_is_wider_than_the_screen(browser: Chrome, root: str, width: int) -> None:
    screen(browser, width, 640)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


def test_it_has_one_heading_landmarks_and_no_script(browser: Chrome, root: str) -> None:
    for element, count in {"h1": 1, "header": 1, "main": 1, "script": 0, "style": 0, "[style]": 0}.items():
        assert len(browser.find_elements(By.CSS_SELECTOR, element)) == count, element
    levels = [int(one.tag_name[1]) for one in browser.find_elements(By.CSS_SELECTOR, "h1, h2, h3")]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(field.accessible_name for field in browser.find_elements(By.CSS_SELECTOR, "input, button, a"))
