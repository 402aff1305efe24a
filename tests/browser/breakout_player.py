"""Plays Breakout as a person does: sees what is drawn, uses mouse, keys and finger; only the clock is the test's."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from tests.serving import serving

PAGE = "Breakout/index.html"
WIDTH, LINE, RADIUS = 480, 550, 6
"""The field's width, the height at which the paddle meets a ball, and the ball's radius, in the field's units."""

# Time stands still between two calls of `pass`, so that a slow computer plays the same game as a fast one.
_CLOCK = """
let now = 0;
let seed = 7;
let waiting = [];
let balls = [];
let paddle = null;
let last = Infinity;
let met = false;
performance.now = () => now;
Math.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
window.requestAnimationFrame = (frame) => waiting.push(frame);
const { arc, roundRect } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.arc = function (x, y, r, ...rest) {
  if (r === 6) balls.push([x, y]);
  return arc.call(this, x, y, r, ...rest);
};
CanvasRenderingContext2D.prototype.roundRect = function (x, y, w, h, ...rest) {
  if (y === 556 && w > 80) paddle = x + w / 2;
  return roundRect.call(this, x, y, w, h, ...rest);
};
function tick() {
  balls = [];
  now += 1000 / 60;
  for (const frame of waiting.splice(0)) frame(now);
}
const landing = ([[x, y], [fromX, fromY]]) => y > fromY && [(550 - y) / (y - fromY), x, x - fromX];
function nextBall() {
  const before = balls;
  tick();
  const falls = balls.map((ball, i) => before[i] && landing([ball, before[i]])).filter((fall) => fall && fall[0] > 0);
  return falls.sort((a, b) => a[0] - b[0])[0] ?? null;
}
const playing = () => document.documentElement.dataset.phase === "playing";
window.player = {
  pass: (frames) => { for (let i = 0; i < frames; i += 1) tick(); return { balls, paddle }; },
  watch: (soon) => {
    for (let i = 0; i < 1200 && playing(); i += 1) {
      const fall = nextBall() ?? [Infinity];
      if (fall[0] > last) met = false;
      last = fall[0];
      if (last < soon && !met) {
        met = true;
        return fall;
      }
    }
    return null;
  },
};
"""


class Seen(NamedTuple):
    """The balls' places and the paddle's middle, in the field's units."""

    balls: list[list[float]]
    paddle: float


class Player:
    """Somebody at the page."""

    def __init__(self, browser: Chrome) -> None:
        self.browser = browser

    def text(self, name: str) -> str:
        """The text of the element with this id, shown or only spoken."""
        return self.browser.find_element(By.ID, name).get_property("textContent").strip()  # type: ignore[union-attr]

    def number(self, name: str) -> int:
        """One of the figures."""
        return int(self.text(name))

    def look(self, seconds: float = 1 / 60) -> Seen:
        """Let the game's clock go on, and look."""
        return Seen(**self.browser.execute_script("return player.pass(arguments[0])", round(seconds * 60)))

    def press(self, key: str) -> None:
        """Press and release a key, and let the game see it."""
        ActionChains(self.browser).send_keys(key).perform()
        self.look()

    def hold(self, key: str, seconds: float) -> None:
        """Hold a key for so long."""
        ActionChains(self.browser).key_down(key).perform()
        self.look(seconds)
        ActionChains(self.browser).key_up(key).perform()

    def click(self, name: str) -> None:
        """Click the button with this id or action, and let the game see it."""
        self.browser.find_element(By.CSS_SELECTOR, f"#{name}, [data-action={name}]").click()
        self.look()

    def place(self, x: float) -> dict[str, float]:
        """Where on the screen a place of the field is, at two thirds of its height."""
        field = self.browser.find_element(By.ID, "canvas").rect
        return {"x": field["x"] + x * field["width"] / WIDTH, "y": field["y"] + field["height"] * 2 / 3}

    def move_mouse(self, x: float) -> None:
        """Move the mouse over a place of the field."""
        self.browser.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mouseMoved", **self.place(x)})

    def touch(self, kind: str, *xs: float) -> None:
        """Put a finger on the field (``touchStart``), move it, or lift it."""
        touched = {"type": kind, "touchPoints": [self.place(x) for x in xs]}
        self.browser.execute_cdp_cmd("Input.dispatchTouchEvent", touched)
        self.look()

    def play_ball(self, aim: float) -> None:
        """Wait for a ball to come down and meet it with the paddle, ``aim`` units beside the middle."""
        fall: list[Any] | None = self.browser.execute_script("return player.watch(24)")
        if fall is not None:
            frames, x, sideways = fall
            self.move_mouse(_off_the_sides(x + sideways * frames) + aim)

    def play_level(self) -> None:
        """Keep the balls in play until the level has another number, or no life is left."""
        level = self.text("level")
        for turn in range(500):
            if self.text("status") == "Press Space to launch":
                self.press(Keys.SPACE)
            self.play_ball((-28, 20, -12, 30, 4)[turn % 5])
            if self.text("level") != level or self.text("status") in {"Game over", "You win"}:
                break


def _off_the_sides(x: float) -> float:
    """Where a ball really is that would be at ``x`` if the field had no sides."""
    way = WIDTH - 2 * RADIUS
    inside = (x - RADIUS) % (2 * way)
    return min(inside, 2 * way - inside) + RADIUS


@contextmanager
def breakout(browser: Chrome, folder: Path) -> Iterator[Player]:
    """The game as the HTTP server delivers it, with a clock that stands still until the player looks."""
    browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": f"(() => {{{_CLOCK}}})();"})
    with serving(folder, "http") as ports:
        browser.get(f"http://localhost:{ports['HTTP']}/{PAGE}")
        player = Player(browser)
        wait_until_ready(player)
        yield player
        browser.get("about:blank")


def wait_until_ready(player: Player) -> None:
    """Wait until the game has loaded its pictures and drawn its first frame."""

    def ready(browser: Chrome) -> bool:
        player.look()
        return bool(browser.execute_script("return document.documentElement.dataset.ready === 'true'"))

    WebDriverWait(player.browser, 30, poll_frequency=0.05).until(ready)
