"""The pages of the REST service in a real browser: followed by their links, filled in, and sent, without a script."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from tests.serving import serving


class Pages:
    """What a person does with the pages; every step waits for the page that it leads to."""

    def __init__(self, browser: Chrome, root: str) -> None:
        self.browser = browser
        self.root = root
        browser.get(root)

    def one(self, css: str) -> WebElement:
        return self.browser.find_element(By.CSS_SELECTOR, css)

    def all(self, css: str) -> list[str]:
        return [one.text for one in self.browser.find_elements(By.CSS_SELECTOR, css)]

    @property
    def heading(self) -> str:
        return self.one("h1").text

    @property
    def path(self) -> str:
        return "/" + self.browser.current_url.removeprefix(self.root)

    def click(self, element: WebElement) -> None:
        element.click()
        other_words = [WebDriverException]  # for a stale element, while the next page is being put in place
        WebDriverWait(self.browser, 20, 0.05, other_words).until(staleness_of(element))

    def follow(self, words: str) -> None:
        self.click(self.browser.find_element(By.LINK_TEXT, words))

    def press(self, words: str) -> None:
        self.click(self.browser.find_element(By.XPATH, f"//*[local-name()='button'][.='{words}']"))

    def fill(self, name: str, text: str) -> None:
        field = self.one(f"[name='{name}']")
        field.clear()
        field.send_keys(text)

    def members(self) -> dict[str, str]:
        return dict(zip(self.all(".members > div > dt"), self.all(".members > div > dd"), strict=True))

    def new_player(self, name: str) -> None:
        self.browser.get(f"{self.root}players")
        self.one("summary").click()
        self.fill("name", name)
        Select(self.one("[name='position']")).select_by_visible_text("midfielder")
        self.press("Create")


@pytest.fixture
def pages(browser: Chrome, tmp_path: Path) -> Iterator[Pages]:
    """The entry page of a fresh service; nothing may be blocked or complained about until the end."""
    with serving(tmp_path, "rest") as ports:
        yield Pages(browser, f"http://localhost:{ports['REST']}/")
        complaints = browser.get_log("browser")  # type: ignore[no-untyped-call] # selenium leaves it untyped
        browser.get("about:blank")
    unexpected = [one for one in complaints if "status of 4" not in one["message"] or one["source"] != "network"]
    assert unexpected == []


def test_links_lead_from_the_entry_page_to_a_player_and_the_team(pages: Pages) -> None:
    pages.click(pages.one("a[href='/players']"))
    assert pages.heading == "Players"
    pages.follow("Wilfred Bony")
    assert pages.heading == "Wilfred Bony"
    assert pages.members()["number"] == "10"
    pages.follow("team")
    assert pages.heading == "Swansea City"
    assert "There are no forms here" in pages.one("main").text
    assert pages.all("form") == []
    pages.follow("players")
    assert "Wilfred Bony" in pages.all("td")
    pages.follow("REST service")
    assert pages.path == "/"


def test_the_same_page_works_as_html_and_as_xhtml_with_its_style(pages: Pages) -> None:
    pages.browser.get(f"{pages.root}players/1")
    assert pages.browser.execute_script("return document.compatMode") == "CSS1Compat"
    assert pages.one("label").value_of_css_property("font-weight") == "600"
    pages.browser.get(f"{pages.root}players/1?format=xhtml")
    assert pages.one("label").value_of_css_property("font-weight") == "600"
    assert pages.browser.execute_script("return document.contentType") == "application/xhtml+xml"
    pages.press("Save")
    assert pages.one("[role='status']").text == "Saved."


def test_a_player_is_created_edited_and_deleted_by_forms(pages: Pages) -> None:
    name = "O’Neill <b>“Ñ”</b> & Co"
    pages.new_player(name)
    assert (pages.heading, pages.one("[role='status']").text) == (name, "Created.")
    item = pages.one(".links a").get_attribute("href")
    assert item is not None
    pages.browser.get(item)
    assert "number" not in pages.members()

    pages.fill("number", "77")
    Select(pages.one("[name='position']")).select_by_value("")
    pages.press("Save")
    assert pages.one("[role='status']").text == "Saved."
    assert {"name": name, "number": "77"}.items() <= pages.members().items()
    assert "position" not in pages.members()

    pages.press("Delete this player")
    assert pages.one("[role='status']").text == "Deleted. This is what it was."
    assert pages.members()["name"] == name
    assert pages.all("form") == []
    pages.browser.get(item)
    assert pages.heading == "404 Not Found"


def test_what_is_wrong_comes_back_with_all_that_was_typed(pages: Pages) -> None:
    pages.browser.get(f"{pages.root}players")
    pages.one("summary").click()
    pages.fill("name", "Ten")
    pages.fill("number", "ten")
    pages.fill("nationality", "Wales")
    pages.press("Create")
    assert pages.heading == "400 Bad Request"
    wrong = pages.one("[aria-invalid]")
    assert (wrong.get_attribute("name"), wrong.get_attribute("value")) == ("number", "ten")
    assert "number" in pages.one(".fault").text
    assert pages.one("[name='nationality']").get_attribute("value") == "Wales"
    pages.fill("number", "10")
    pages.press("Create")
    assert {"name": "Ten", "number": "10", "nationality": "Wales"}.items() <= pages.members().items()


def test_of_two_who_edit_one_the_second_is_told(pages: Pages) -> None:
    pages.browser.get(f"{pages.root}players/1")
    first = pages.browser.current_window_handle
    pages.browser.switch_to.new_window("tab")
    pages.browser.get(f"{pages.root}players/1")
    pages.fill("number", "11")
    pages.press("Save")
    pages.browser.close()
    pages.browser.switch_to.window(first)

    pages.fill("nationality", "Wales")
    pages.press("Save")
    assert pages.heading == "412 Precondition Failed"
    assert pages.one("[name='nationality']").get_attribute("value") == "Wales"
    pages.follow("See its present state")
    assert {"number": "11", "nationality": "Ivory Coast"}.items() <= pages.members().items()


def test_a_table_is_sorted_searched_and_read_in_pages(pages: Pages) -> None:
    pages.browser.get(f"{pages.root}players?_page=1&_limit=5")
    pages.follow("name")
    ascending = pages.all("td:nth-child(2)")
    assert ascending == sorted(ascending, key=str.casefold)
    assert len(ascending) == 5
    pages.follow("Next")
    assert pages.one(".pages span").text.startswith("6 to 10 of ")
    pages.follow("name")
    assert pages.one("th[aria-sort]").get_attribute("aria-sort") == "descending"
    pages.one("[name='q']").send_keys("wilfred")
    pages.press("Search")
    assert pages.all("td:nth-child(2)") == ["Wilfred Bony"]
    pages.follow("JSON")
    assert "q=wilfred" in pages.path
    assert "Wilfred Bony" in pages.one("body").text


def test_whatever_a_document_holds_survives_being_saved(pages: Pages) -> None:
    name = "'\"> <img src=x onerror=alert(1)> \u202eabc"
    pages.new_player("x")
    item = pages.one(".links a").get_attribute("href")
    assert item is not None
    body, headers = json.dumps({"name": name}).encode(), {"Content-Type": "application/merge-patch+json"}
    with urlopen(Request(item, body, headers, method="PATCH")) as response:
        assert response.status == 200
    pages.browser.get(item)
    assert pages.one("[name='name']").get_attribute("value") == name
    pages.press("Save")
    assert pages.one("[name='name']").get_attribute("value") == name
