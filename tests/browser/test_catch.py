"""Catch as the HTTP server delivers it, played in a real browser by what its state line says."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from tests.serving import serving

ALWAYS_MISSED = "cove"
"""A game in which nothing falls on a boat that stays where it is."""

STEERING = {"far left": (Keys.ARROW_LEFT, 0.3), "left": (Keys.ARROW_LEFT, 0.06)}
STEERING |= {"far right": (Keys.ARROW_RIGHT, 0.3), "right": (Keys.ARROW_RIGHT, 0.06)}

PLAY_BY_KEYS = """
let held = null;
const press = (type, key) => document.body.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true }));
function hold(key) {
  if (key === held) return;
  if (held) press("keyup", held);
  if (key) press("keydown", key);
  held = key;
}
function play() {
  if (document.getElementById("level").textContent === "2") return hold(null);
  if (["ready", "over"].includes(document.documentElement.dataset.phase)) press("keydown", " ");
  const [, side] = document.getElementById("status").textContent.match(/^Crate (?:far )?(left|right)$/) ?? [];
  hold({ left: "ArrowLeft", right: "ArrowRight" }[side] ?? null);
  requestAnimationFrame(play);
}
play();
"""

PLAY_THE_RULES = """
const done = arguments[1];
const STEP = 1 / 120;
const bad = (thing) => thing.kind.role === "harm";
function target({ air, boat }) {
  const wanted = air.things.filter((thing) => !bad(thing) && thing.way < 1.02).sort((a, b) => b.way - a.way)[0];
  const x = wanted?.x ?? boat.x;
  const half = boat.net / 2;
  const near = air.things.find((thing) => bad(thing) && thing.way > 0.75 && Math.abs(thing.x - x) < half + 6);
  return near ? near.x + (x >= near.x ? 1 : -1) * (half + 10) : x;
}
import("/Catch/js/game.js").then(({ Game }) => {
  done(arguments[0].map((seed) => {
    const game = new Game(() => {}, seed);
    const names = [];
    for (let steps = 0; steps < 60000 && !["won", "over"].includes(game.phase); steps += 1) {
      if (game.phase === "ready") {
        names.push(game.level.name);
        game.go(seed);
      }
      game.step(STEP, { axis: 0, fast: false, target: target(game) });
    }
    const end = [game.phase, names.length, game.score, game.lives];
    game.go(seed);
    return [...end, game.onOpenSea];
  }));
});
"""


class CatchPage:
    """The page, its words and its keys."""

    def __init__(self, browser: Chrome, address: str) -> None:
        self.browser = browser
        self.wait = WebDriverWait(browser, 20, poll_frequency=0.05)
        browser.get(address)
        self.until(lambda: browser.execute_script("return document.documentElement.dataset.ready") == "true")

    def until(self, condition: Callable[[], object]) -> None:
        self.wait.until(lambda _: condition())

    def text(self, name: str) -> str:
        return self.browser.find_element(By.ID, name).text

    def until_says(self, name: str, start: str) -> None:
        """Wait until the element's text begins so."""
        self.until(lambda: self.text(name).startswith(start))

    def number(self, name: str) -> int:
        return int(self.text(name).split()[0].replace(",", ""))

    def until_scored(self, points: int) -> None:
        self.until(lambda: self.number("score") >= points)

    def press(self, key: str) -> None:
        ActionChains(self.browser).send_keys(key).perform()

    def where(self) -> str:
        """Where the next thing falls: "here", "left", "far right" ...; empty where none does."""
        thing, _, place = self.text("status").partition(" ")
        return place if thing == "Crate" else ""

    def steer(self) -> None:
        """Hold the key that leads to the next thing for a moment."""
        if self.where() in STEERING:
            key, seconds = STEERING[self.where()]
            ActionChains(self.browser).key_down(key).pause(seconds).key_up(key).perform()

    def touch(self, kind: str, x: float, y: float) -> None:
        """A finger that comes down (touchStart), moves (touchMove) or lifts (touchEnd), at a place on the page."""
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        self.browser.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@contextmanager
def catch(browser: Chrome, folder: Path, seed: str) -> Iterator[CatchPage]:
    """The page, served; the browser has nothing to complain of."""
    with serving(folder, "http") as ports:
        yield CatchPage(browser, f"http://localhost:{ports['HTTP']}/Catch/index.html?seed={seed}")
        browser.get("about:blank")
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call] # selenium leaves it untyped


def test_catch_can_be_played_with_keys(browser: Chrome, tmp_path: Path) -> None:
    with catch(browser, tmp_path, "quay") as page:
        assert page.text("status") == "Calm morning: press Space to set sail"
        page.press(Keys.SPACE)

        def scored() -> bool:
            page.steer()
            return page.number("score") > 0

        page.until(scored)
        page.press("p")
        page.until_says("status", "Paused. Press Space to go on")
        assert page.text("pause-word") == "Resume"
        page.press(Keys.SPACE)
        page.until_says("pause-word", "Pause")
        page.press("r")
        page.until_says("status", "Start over?")
        assert page.number("score") > 0
        page.press("r")
        page.until_says("status", "Calm morning")
        assert (page.number("score"), page.number("lives")) == (0, 3)
        assert page.number("best") > 0


def test_its_files_have_their_media_types(browser: Chrome, tmp_path: Path) -> None:
    with catch(browser, tmp_path, "quay") as page:
        found = browser.execute_script(
            "return performance.getEntriesByType('resource').map(({ name, responseStatus, contentType }) =>"
            " [name.split('?')[0].split('.').pop(), responseStatus, contentType])"
        )
        assert {status for _, status, _ in found} == {200}
        types = {ending: kind for ending, _, kind in found}
        assert types | {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "png": "image/png"} == types
        back = page.browser.find_element(By.LINK_TEXT, "All sites").get_attribute("href") or ""
        assert back.removesuffix("/index.html").endswith(str(urlsplit(browser.current_url).port))


def test_who_misses_loses_and_may_begin_again(browser: Chrome, tmp_path: Path) -> None:
    with catch(browser, tmp_path, ALWAYS_MISSED) as page:
        page.press(Keys.SPACE)
        for lives in "210":
            page.until_says("lives", lives)
        page.until_says("status", "Game over: 0 points")
        assert page.text("banner-title") == "Game over"
        page.press(Keys.SPACE)
        page.until_says("status", "Calm morning")
        assert page.number("lives") == 3


def test_a_level_is_won_by_keys_alone(browser: Chrome, tmp_path: Path) -> None:
    with catch(browser, tmp_path, "quay") as page:
        browser.execute_script(PLAY_BY_KEYS)
        for points in (10, 40, 80):
            page.until_scored(points)
        page.until_says("level", "2")
        assert page.text("status") == "Fish market: press Space to set sail"
        best = page.number("best")
        assert best >= 80
        browser.refresh()
        page.until(lambda: page.number("best") == best)


def test_every_level_can_be_won_and_the_same_seed_is_the_same_game(browser: Chrome, tmp_path: Path) -> None:
    with catch(browser, tmp_path, "quay"):
        quay, again, mole = browser.execute_async_script(PLAY_THE_RULES, ["quay", "quay", "mole"])
        assert (browser.find_element(By.LINK_TEXT, "quay").get_attribute("href") or "").endswith("?seed=quay")
    assert quay == again != mole
    assert quay[:2] == mole[:2] == ["won", 8]
    assert quay[-1] is mole[-1] is True


def test_a_finger_plays_on_a_small_screen(browser: Chrome, tmp_path: Path) -> None:
    size = {"width": 360, "height": 640, "deviceScaleFactor": 2, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
    finger = 180.0
    with catch(browser, tmp_path, "quay") as page:
        assert page.text("status") == "Calm morning: tap to set sail"
        widths = "return [innerWidth, document.documentElement.scrollWidth, canvas.width / canvas.clientWidth]"
        assert browser.execute_script(widths) == [360, 360, 2]
        page.touch("touchStart", finger, 400)
        page.touch("touchEnd", finger, 400)
        page.until(lambda: not page.text("banner-title"))
        page.touch("touchStart", finger, 400)

        def scored() -> bool:
            nonlocal finger
            finger += {"left": -12, "far left": -24, "right": 12, "far right": 24}.get(page.where(), 0)
            finger = max(10.0, min(finger, 350.0))
            page.touch("touchMove", finger, 400)
            return page.number("score") > 0

        page.until(scored)
        page.touch("touchEnd", finger, 400)
        page.browser.find_element(By.ID, "help-button").click()
        page.until_says("status", "Paused")
        assert browser.execute_script("return innerWidth") == 360


def test_it_waits_while_another_tab_is_in_front(browser: Chrome, tmp_path: Path) -> None:
    with catch(browser, tmp_path, "quay") as page:
        page.press(Keys.SPACE)
        page.until(lambda: not page.text("banner-title"))
        here = browser.current_window_handle
        browser.switch_to.new_window("tab")
        browser.switch_to.window(here)
        page.until_says("status", "Paused")
        page.press(Keys.SPACE)
        page.until(lambda: not page.text("banner-title"))
        browser.execute_script("dispatchEvent(new Event('blur'))")
        page.until_says("status", "Paused")


def test_it_plays_where_storage_is_refused(browser: Chrome, tmp_path: Path) -> None:
    refusal = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })"
    browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": refusal})
    with catch(browser, tmp_path, "quay") as page:
        page.press("m")
        page.until_says("sound-word", "Sound off")
        page.press("m")
        page.until_says("sound-word", "Sound on")
