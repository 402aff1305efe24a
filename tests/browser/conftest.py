"""A headless Chromium that speaks to this computer only."""

import shutil
from collections.abc import Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

ELSEWHERE = "elsewhere.example"
"""A host name of another site, which the browser looks for on this computer."""

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,800",
    f"--host-resolver-rules=MAP {ELSEWHERE} 127.0.0.1",
)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """One for all tests, with a profile of its own: its start takes longer than most of them."""
    options = Options()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium') / 'profile'}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver") or ""))
    yield driver
    driver.quit()


@pytest.fixture
def browser(chromium: webdriver.Chrome) -> Iterator[webdriver.Chrome]:
    """A new tab of a browser that remembers nothing of the tests before."""
    first = chromium.current_window_handle
    chromium.switch_to.new_window("tab")
    yield chromium
    for command in ("Network.clearBrowserCookies", "Network.clearBrowserCache"):
        chromium.execute_cdp_cmd(command, {})
    chromium.execute_cdp_cmd("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
    for window in set(chromium.window_handles) - {first}:
        chromium.switch_to.window(window)
        chromium.get_log("browser")  # type: ignore[no-untyped-call] # selenium leaves it untyped
        chromium.close()
    chromium.switch_to.window(first)
