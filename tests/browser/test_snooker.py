"""Snooker as the HTTP server delivers it, played in a real browser with keys, mouse and finger."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from tests.serving import serving

_FILES = """
const names = performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => !name.includes("?"));
const typeOf = async (name) => (await fetch(name)).headers.get("Content-Type").split(";")[0];
Promise.all(names.map(async (name) => [name.split(".").pop(), await typeOf(name)])).then(arguments[0]);
"""
_LIVE = "const live = document.getElementById('status'); return [live.getAttribute('role'), document.title]"
_LINK = "return document.querySelector('header a').getAttribute('href')"
_SIDES = "const { width, height } = document.getElementById('canvas'); return [width, height]"
_LISTEN = """
window.sounds = 0;
window.AudioContext = class extends AudioContext {
  constructor() {
    super();
    sounds += 1;
  }
};
"""
_SIZE = "const { scrollWidth, scrollHeight } = document.documentElement; return [scrollWidth, scrollHeight]"

_BREAKS = """
const load = (name) => import(new URL(`js/${name}.js`, location.href));
Promise.all([load("balls"), load("motion"), load("world")]).then(([{ lay, rack }, { strike }, { World }]) => {
  const places = [];
  for (let angle = 0; angle < 6.28; angle += 0.15) {
    const world = new World(rack(15), () => {}, () => {});
    lay(world.cue, 62, 83);
    strike(world.cue, angle, 1, 0);
    while (!world.atRest) world.step();
    places.push(...world.balls.filter((ball) => !ball.down).map(({ x, y }) => [x, y]));
  }
  return places;
}).then(arguments[0]);
"""
_FRAMES = """
const load = (name) => import(new URL(`js/${name}.js`, location.href));
const needed = ["frame", "computer", "players"].map(load);
Promise.all(needed).then(([{ FRAMES, Frame }, { Computer, LEVELS }, { FRIENDS }]) => {
  let seed = 1;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  return ["black", "colours"].map((kind) => {
    const frame = new Frame(FRAMES[kind], FRIENDS);
    const players = [LEVELS.club, LEVELS.master].map((level) => new Computer(level, random));
    while (frame.phase !== "over") frame.aiming ? players[frame.turn].play(frame, 1) : frame.step();
    return frame.scores;
  });
}).then(arguments[0]);
"""


class SnookerPage:
    """The page in a browser, ready to be played."""

    def __init__(self, browser: Chrome, url: str) -> None:
        self.browser = browser
        self._wait = WebDriverWait(browser, 20, poll_frequency=0.05)
        self.open(url)

    def open(self, url: str) -> None:
        """Load it, and wait until it can be played."""
        self.browser.get(url)
        self.until(lambda: self.run("return document.documentElement.dataset.ready") == "true")

    def one(self, name: str) -> WebElement:
        """The element with this id."""
        return self.browser.find_element(By.ID, name)

    def text(self, name: str) -> str:
        """What an element says."""
        return self.one(name).text

    def run(self, code: str) -> Any:
        """The result of JavaScript in the page."""
        return self.browser.execute_script(code)

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        ActionChains(self.browser).send_keys(*keys).perform()

    def press_finely(self, keys: str) -> None:
        """Press keys while Shift is held."""
        ActionChains(self.browser).key_down(Keys.SHIFT).send_keys(keys).key_up(Keys.SHIFT).perform()

    def until(self, condition: Any) -> None:
        """Wait until this is true."""
        self._wait.until(lambda _: condition())

    def says(self, words: str) -> None:
        """Wait until the state has these words in it."""
        self.until(lambda: words in self.text("status"))

    def miss(self) -> None:
        """Shoot so softly that no ball is hit."""
        self.press(Keys.ARROW_DOWN * 20, Keys.SPACE)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page, delivered by the HTTP server."""
    with serving(tmp_path_factory.mktemp("snooker"), "http") as ports:
        yield f"http://localhost:{ports['HTTP']}/Snooker/index.html"


@contextmanager
def snooker(browser: Chrome, url: str) -> Iterator[SnookerPage]:
    """The page; in the end the browser must have had nothing to complain about."""
    yield SnookerPage(browser, url)
    browser.get("about:blank")
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call] # selenium leaves it untyped


def test_a_red_is_potted_with_the_keys(browser: Chrome, site: str) -> None:
    with snooker(browser, f"{site}?practice=pot") as page:
        assert page.text("status") == "Red 1 of 8. Your shot, ball on: red."
        page.press_finely(Keys.ARROW_LEFT * 10)
        page.press(Keys.SPACE)
        page.says("Potted. Red 2 of 8.")
        assert (page.text("score"), page.text("score2")) == ("1", "1")
        page.miss()
        page.says("The red was not hit. Try again. Red 2 of 8.")
        assert (page.text("score"), page.text("score2")) == ("1", "2")


def test_a_break_is_scored_and_the_best_one_remembered(browser: Chrome, site: str) -> None:
    with snooker(browser, f"{site}?opponent=friend&frame=colours") as page:
        assert page.text("status") == "Player 1’s turn, ball on: yellow. Place the cue ball in the D."
        page.press("a" * 15, "s" * 7, Keys.ARROW_LEFT * 52)  # behind the yellow, towards a middle pocket
        page.press_finely(Keys.ARROW_LEFT * 6)
        page.press(Keys.SPACE)
        page.says("Potted: yellow. 2 points. Player 1’s turn, ball on: green.")
        assert [page.text(name) for name in ("score", "score2", "break", "best")] == ["2", "0", "2", "2"]
        page.open(page.browser.current_url)
        assert [page.text(name) for name in ("score", "break", "best")] == ["0", "0", "2"]


@pytest.mark.parametrize("frame", ["short", "full", "colours", "black"])
def test_a_beginner_is_told_what_to_do_and_aims_at_a_ball_on(browser: Chrome, site: str, frame: str) -> None:
    with snooker(browser, f"{site}?opponent=friend&frame={frame}") as page:
        assert page.text("hint") == "Drag the cue ball to place it. Move to aim. Press, pull back, let go to shoot."
        assert page.text("aim").endswith(f" to the {page.text('on')}")
        ActionChains(browser).move_to_element(page.one("canvas")).click().perform()
        page.until(lambda: page.text("hint") == "The aim stays. Press Shoot, or click again to free it.")
        page.miss()
        page.says("Foul: no ball was hit.")
        assert page.text("hint") == ""


def test_an_aim_that_would_be_a_foul_is_called_so(browser: Chrome, site: str) -> None:
    with snooker(browser, f"{site}?opponent=friend&frame=short") as page:
        page.press(Keys.ARROW_RIGHT * 3)
        page.until(lambda: page.text("aim").endswith(" to the blue: foul"))


def test_a_foul_gives_points_to_the_opponent(browser: Chrome, site: str) -> None:
    with snooker(browser, f"{site}?opponent=friend&frame=short") as page:
        page.miss()
        page.says("Foul: no ball was hit. 4 points to player 2. Player 2’s turn, ball on: red.")
        assert (page.text("score"), page.text("score2")) == ("0", "4")


def test_the_game_pauses_and_restarts_after_a_question(browser: Chrome, site: str) -> None:
    with snooker(browser, f"{site}?opponent=friend&frame=short") as page:
        page.press("p")
        page.says("Paused.")
        page.press(Keys.ENTER)  # the banner's button has the focus
        page.says("Player 1’s turn")
        page.miss()
        page.until(lambda: page.text("score2") == "4")
        page.press("r")
        page.browser.find_element(By.CSS_SELECTOR, "#question [value=no]").click()
        assert page.text("score2") == "4"
        page.press("r", Keys.ENTER)
        page.until(lambda: page.text("score2") == "0")


def test_the_last_black_decides_the_frame(browser: Chrome, site: str) -> None:
    with snooker(browser, f"{site}?opponent=friend&frame=black") as page:
        page.miss()
        page.says("Foul: no ball was hit. 7 points to player 2. Player 2 wins by 7 to 0.")
        assert page.text("banner-title") == "Player 2 wins"
        page.press(Keys.SPACE)
        page.says("Player 2’s turn, ball on: black.")
        assert [page.text(name) for name in ("score2", "frames", "frames2")] == ["0", "0", "1"]


def test_the_computer_plays_its_shot(browser: Chrome, site: str) -> None:
    with snooker(browser, f"{site}?opponent=computer&level=learner&frame=colours") as page:
        page.miss()
        page.says("The computer’s turn")
        page.says("The balls are rolling.")
        page.until(lambda: page.text("status") != "The balls are rolling.")
        assert page.text("status").startswith(("Potted: ", "Nothing potted.", "Foul: "))


def test_the_mouse_aims_and_pulls_the_cue_back(browser: Chrome, site: str) -> None:
    with snooker(browser, f"{site}?practice=pot") as page:
        page.run(_LISTEN)
        canvas = page.one("canvas")
        ActionChains(browser).move_to_element_with_offset(canvas, 300, 0).perform()
        page.until(lambda: "to the cushion" in page.text("aim"))
        ActionChains(browser).click_and_hold().move_by_offset(-60, 0).release().perform()
        page.says("The red was not hit.")
        assert page.text("score2") == "1"
        assert page.run("return sounds") == 1  # the mouse alone lets it be heard


def test_what_to_play_is_chosen_in_the_page(browser: Chrome, site: str) -> None:
    with snooker(browser, site) as page:
        assert page.text("name2") == "Computer"
        page.press("n")
        browser.find_element(By.CSS_SELECTOR, "#menu [value=practice]").click()
        browser.find_element(By.CSS_SELECTOR, "#menu [value=start]").click()
        page.says("Red 1 of 8.")
        page.open(browser.current_url)
        page.says("Red 1 of 8.")  # it is remembered


def test_a_small_upright_screen_shows_the_whole_table(browser: Chrome, site: str) -> None:
    screen = {"width": 360, "height": 640, "deviceScaleFactor": 2, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    with snooker(browser, f"{site}?practice=pot") as page:
        width, height = page.run(_SIDES)
        assert height > width > 360  # turned, and drawn with all the screen's dots
        assert page.run(_SIZE) == [360, 640]  # nothing to scroll
        page.one("shoot").click()
        page.until(lambda: page.text("score2") == "1")


def test_every_file_has_its_media_type(browser: Chrome, site: str) -> None:
    with snooker(browser, f"{site}?practice=pot") as page:
        files = {(suffix, media) for suffix, media in browser.execute_async_script(_FILES)}
        assert page.run(_LIVE) == ["status", "Snooker"]
        assert page.run(_LINK) == "../index.html"
    assert files == {
        ("css", "text/css"),
        ("js", "text/javascript"),
        ("png", "image/png"),
        ("svg", "image/svg+xml"),
    }


def test_no_speed_drives_a_ball_off_the_table_and_a_shot_can_be_replayed(browser: Chrome, site: str) -> None:
    with snooker(browser, f"{site}?practice=pot"):
        first, second = (browser.execute_async_script(_BREAKS) for _ in range(2))
    assert first == second
    assert all(-3 <= x <= 303 and -3 <= y <= 153 for x, y in first)


def test_a_frame_between_computers_ends(browser: Chrome, site: str) -> None:
    with snooker(browser, f"{site}?practice=pot"):
        scores = browser.execute_async_script(_FRAMES)
    assert all(max(frame) >= 7 and frame[0] != frame[1] for frame in scores)
