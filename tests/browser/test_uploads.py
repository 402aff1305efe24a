"""The page that lists a folder, with its form to add files, in a real browser and without any script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser.test_websocket_look import CONTRASTS, screen
from tests.browser.websocket_client import console
from tests.serving import serving


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an empty one in it."""
    root = tmp_path / "site"
    (root / "sub").mkdir(parents=True)
    (root / "old.txt").write_text("old")
    (root / f"{'long' * 50}.txt").write_text("")
    return root


@pytest.fixture
def address(browser: Chrome, folder: Path, tmp_path: Path) -> Iterator[str]:
    """Where the folder is served, with uploads."""
    with serving(tmp_path, "http", str(folder), "--uploads") as ports:
        yield f"http://localhost:{ports['HTTP']}/"
        browser.get("about:blank")


def send(browser: Chrome, *files: Path, replace: bool = False) -> str:
    """Add files through the form; the title of the page that comes then."""
    if replace:
        browser.find_element(By.NAME, "overwrite").click()
    browser.find_element(By.NAME, "file").send_keys("\n".join(map(str, files)))
    page = browser.find_element(By.TAG_NAME, "html")
    browser.find_element(By.TAG_NAME, "button").click()
    WebDriverWait(browser, 20).until(lambda one: one.find_element(By.TAG_NAME, "html") != page)
    return browser.find_element(By.TAG_NAME, "h1").text


def test_files_are_added_and_replaced_when_that_is_said(
    browser: Chrome, folder: Path, address: str, tmp_path: Path
) -> None:
    ours = [tmp_path / name for name in ('Ä "q" #1.txt', "old.txt")]
    for one in ours:
        one.write_text("new")
    browser.get(f"{address}sub/?sort=size")
    assert send(browser, ours[0]) == "Folder /sub/"
    assert browser.current_url == f"{address}sub/"
    assert browser.find_element(By.CSS_SELECTOR, "td a").text == ours[0].name
    assert (folder / "sub" / ours[0].name).read_text() == "new"
    assert console(browser) == []
    browser.get(address)
    assert send(browser, *ours) == "409 Conflict"
    assert "“old.txt” exists already" in browser.find_element(By.TAG_NAME, "main").text
    assert (folder / "old.txt").read_text() == "old"
    console(browser)  # it tells of the status
    browser.find_element(By.LINK_TEXT, "To the start page").click()
    assert send(browser, *ours, replace=True) == "Folder /"
    assert {one.name: one.read_text() for one in folder.glob("*.txt") if "long" not in one.name} == {
        one.name: "new" for one in ours
    }


def test_the_form_is_reached_by_keys_and_says_what_it_is_for(browser: Chrome, address: str) -> None:
    browser.get(f"{address}sub/")
    names = []
    for _ in range(4):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        names.append(browser.switch_to.active_element.accessible_name)
    assert names == ["Up to the parent folder", "Replace files of the same name", "Files to add", "Upload"]


@pytest.mark.parametrize("size", [(360, 640), (1280, 800)])
def test_every_page_fits_and_can_be_read(browser: Chrome, address: str, size: tuple[int, int]) -> None:
    for scheme in ("light", "dark"):
        screen(browser, *size, scheme)
        for path in ("", "sub/", "missing"):
            browser.get(address + path)
            assert browser.execute_script("return document.documentElement.scrollWidth") <= size[0]
            assert [one for one in browser.execute_script(CONTRASTS) if one[0] < 4.5] == []
