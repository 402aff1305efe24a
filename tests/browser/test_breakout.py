"""Breakout as the HTTP server delivers it, played in a real browser."""

from pathlib import Path

from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from tests.serving import serving


def test_breakout_can_be_played(browser: Chrome, tmp_path: Path) -> None:
    wait = WebDriverWait(browser, 20, poll_frequency=0.05)

    def text(name: str) -> str:
        return browser.find_element(By.ID, name).text

    def press(key: str) -> None:
        ActionChains(browser).send_keys(key).perform()

    with serving(tmp_path, "http") as ports:
        browser.get(f"http://localhost:{ports['HTTP']}/Breakout/index.html")
        wait.until(lambda _: browser.execute_script("return document.documentElement.dataset.ready") == "true")
        assert text("status") == "Press Space to launch"
        press(Keys.SPACE)
        wait.until(lambda _: text("status") == "Playing")
        wait.until(lambda _: int(text("score").replace(",", "")) > 0)
        press("p")
        wait.until(lambda _: text("status") == "Paused")
        types = browser.execute_script(
            "return performance.getEntriesByType('resource').map(entry => [entry.name, entry.responseStatus])"
        )
        browser.get("about:blank")
    assert {status for _, status in types} == {200}
    assert {name.rsplit(".")[-1] for name, _ in types} >= {"css", "js", "svg", "png"}
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call] # selenium leaves it untyped


def test_the_start_page_leads_to_the_game_and_to_a_dynamic_page(browser: Chrome, tmp_path: Path) -> None:
    with serving(tmp_path, "http") as ports:
        root = f"http://localhost:{ports['HTTP']}/"
        browser.get(root)
        links = [link.get_attribute("href") for link in browser.find_elements(By.TAG_NAME, "a")]
        assert f"{root}Breakout/index.html" in links
        browser.get(next(link for link in links if link and link.endswith(".zzz")))
        assert browser.find_element(By.TAG_NAME, "p").text.startswith("You requested /SomeFolder/SomeResource.zzz on")
        browser.get("about:blank")
