"""Breakout as the HTTP server delivers it, played in a real browser: won, lost, paused, restarted, with every input."""

from pathlib import Path

import pytest
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser.breakout_player import PAGE, Player, breakout, wait_until_ready
from tests.browser.websocket_client import console
from tests.serving import serving

OUTSIDE = """
const parts = document.querySelectorAll("header a, header h1, .figures output, button, .field, #banner");
const boxes = Array.from(parts, (part) => [part.id || part.className, part.getBoundingClientRect()]);
const outside = boxes.filter(([, { left, top, right, bottom, width }]) =>
  width && (left < 0 || top < 0 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5));
return [outside.map(([name]) => name), document.documentElement.scrollWidth];
"""

SHARPNESS = """
return Array.from(document.querySelectorAll("canvas"), (canvas) => {
  const { width, height } = canvas.getBoundingClientRect();
  return [canvas.width - width * devicePixelRatio, canvas.height - height * devicePixelRatio];
}).flat();
"""


def screen(browser: Chrome, width: int, height: int, density: float = 1) -> None:
    """Make the browser's screen this big, in CSS pixels, with so many pixels for each."""
    small = min(width, height) < 500
    size = {"width": width, "height": height, "deviceScaleFactor": density, "mobile": small}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": small})


def test_it_plays_by_the_browsers_own_clock(browser: Chrome, tmp_path: Path) -> None:
    wait = WebDriverWait(browser, 30, poll_frequency=0.05)
    player = Player(browser)
    with serving(tmp_path, "http") as ports:
        browser.get(f"http://localhost:{ports['HTTP']}/{PAGE}")
        wait.until(lambda _: player.text("status") == "Press Space to launch")
        browser.switch_to.active_element.send_keys(Keys.SPACE)
        wait.until(lambda _: player.number("score") > 0)
        loaded = browser.execute_script(
            "return performance.getEntriesByType('resource').map(entry => [entry.name, entry.responseStatus])"
        )
        browser.get("about:blank")
    assert {status for _, status in loaded} == {200}
    assert {name.rsplit(".")[-1] for name, _ in loaded} >= {"css", "js", "svg", "png"}
    assert console(browser) == []


def test_a_level_is_won_with_the_mouse(browser: Chrome, tmp_path: Path) -> None:
    with breakout(browser, tmp_path) as player:
        player.play_level()
        assert player.number("level") == 2
        assert player.number("score") > 60 * 10
        assert player.text("best") == player.text("score")
        assert player.text("banner-title") == "Level 2: Under sail"
        assert player.text("banner-text") == "Level 1 cleared."
        assert player.text("news").startswith("Level 1 cleared. Press Space to launch. Level 2.")
    assert console(browser) == []


def test_a_game_is_lost_and_begun_again_with_the_keys(browser: Chrome, tmp_path: Path) -> None:
    with breakout(browser, tmp_path) as player:
        player.hold(Keys.ARROW_LEFT, 1)
        assert player.look().paddle < 60
        for lives in (2, 1, 0):
            player.press(Keys.SPACE)
            assert player.text("status") == "Playing"
            lose_ball(player)
            assert player.number("lives") == lives
        assert player.text("status") == "Game over"
        score = player.text("score")
        assert int(score) > 0
        assert score in player.text("banner-text")
        assert player.text("news").endswith(f"{score} points.")
        player.press(Keys.ENTER)
        assert [player.text(name) for name in ("score", "lives", "status")] == ["0", "3", "Press Space to launch"]
        browser.refresh()
        wait_until_ready(player)
        assert player.text("best") == score


def lose_ball(player: Player) -> None:
    """Stay away from the ball until it is lost: at the left while it falls at the right, else at the right."""
    for _ in range(200):
        if player.text("status") != "Playing":
            return
        ball = player.look(0.1).balls
        player.hold(Keys.ARROW_LEFT if not ball or ball[0][0] > 240 else "d", 0.1)
    raise AssertionError("The ball is still in play.")


def test_pause_stops_everything_and_restart_begins_anew(browser: Chrome, tmp_path: Path) -> None:
    with breakout(browser, tmp_path) as player:
        player.press(Keys.SPACE)
        player.look(1.5)
        score = player.number("score")
        assert score > 0
        player.press("p")
        resting = player.look()
        assert player.text("status") == player.text("banner-title") == "Paused"
        player.hold(Keys.ARROW_RIGHT, 5)
        assert player.look() == resting
        player.press(Keys.ESCAPE)
        assert player.text("status") == "Playing"
        assert player.look(0.1).balls != resting.balls
        player.click("pause")
        assert player.text("pause-word") == "Resume"
        player.click("pause")
        assert player.text("status") == "Playing"
        player.press("r")
        assert player.text("banner-title") == "Start over?"
        assert player.text("status") == "Start over? Press R again"
        player.press(Keys.SPACE)
        assert player.text("status") == "Playing"
        player.press("r")
        assert player.number("score") >= score
        player.press("r")
        assert [player.text(name) for name in ("score", "lives", "level")] == ["0", "3", "1"]
        assert player.text("status") == "Press Space to launch"


def test_it_pauses_when_the_player_goes_away(browser: Chrome, tmp_path: Path) -> None:
    with breakout(browser, tmp_path) as player:
        page = browser.current_window_handle
        player.press(Keys.SPACE)
        browser.switch_to.new_window("tab")
        browser.switch_to.window(page)
        player.look()
        assert player.text("status") == "Paused"
        player.press(Keys.SPACE)
        assert player.text("status") == "Playing"
        browser.execute_script("dispatchEvent(new Event('blur'))")
        player.look()
        assert player.text("status") == "Paused"


def test_the_keyboard_is_not_lost_with_a_button_that_goes_out_of_use(browser: Chrome, tmp_path: Path) -> None:
    with breakout(browser, tmp_path) as player:
        player.press(Keys.SPACE)
        browser.execute_script("document.getElementById('pause').focus()")
        player.press(Keys.ENTER)
        assert player.text("status") == "Paused"
        player.press(Keys.ENTER)
        lose_ball(player)
        player.press(Keys.SPACE)
        assert player.text("status") == "Playing"


def test_a_finger_steers_and_launches(browser: Chrome, tmp_path: Path) -> None:
    screen(browser, 360, 640, 2)
    with breakout(browser, tmp_path) as player:
        assert player.text("status") == "Tap to launch"
        player.touch("touchStart", 100)
        assert player.look().paddle == pytest.approx(100, abs=2)
        player.touch("touchMove", 300)
        assert player.look().paddle == pytest.approx(300, abs=2)
        assert player.text("status") == "Tap to launch"
        player.touch("touchEnd")
        assert player.text("status") == "Playing"
        assert browser.execute_script("return [scrollX, scrollY]") == [0, 0]


def test_of_two_fingers_the_last_one_steers(browser: Chrome, tmp_path: Path) -> None:
    screen(browser, 360, 640, 2)
    with breakout(browser, tmp_path) as player:
        player.touch("touchStart", 100)
        player.touch("touchStart", 100, 300)
        assert player.look().paddle == pytest.approx(300, abs=2)
        player.touch("touchMove", 60, 400)
        assert player.look().paddle == pytest.approx(400, abs=2)
        player.touch("touchEnd")


@pytest.mark.parametrize("storage", ["throw new DOMException('no', 'SecurityError')", "return undefined"])
def test_it_needs_no_storage(browser: Chrome, tmp_path: Path, storage: str) -> None:
    source = f"Object.defineProperty(window, 'localStorage', {{ get() {{ {storage} }} }})"
    browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})
    with breakout(browser, tmp_path) as player:
        player.press(Keys.SPACE)
        player.look(1.5)
        assert player.number("best") == player.number("score") > 0
        player.press("m")
        assert player.text("sound-word") == "Sound off"
        player.click("mute")
        assert player.text("sound-word") == "Sound on"
    assert console(browser) == []


def test_it_fits_every_screen_and_is_sharp_there(browser: Chrome, tmp_path: Path) -> None:
    sizes = ((1280, 800, 1), (1920, 1080, 1.5), (360, 640, 2), (640, 360, 2), (320, 480, 3), (820, 768, 1))
    with breakout(browser, tmp_path) as player:
        for width, height, density in sizes:
            screen(browser, width, height, density)
            player.look()
            outside, scrolls = browser.execute_script(OUTSIDE)
            assert (outside, scrolls) == ([], width), (width, height)
            assert max(map(abs, browser.execute_script(SHARPNESS))) < 1.5, (width, height)
            assert player.browser.find_element("id", "banner").is_displayed()
