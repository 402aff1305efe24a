/** The keyboard alone: aim, power, spin, the cue ball in hand, and the named actions. */

const DEGREE = Math.PI / 180;
const TURN = { coarse: DEGREE, fine: DEGREE / 20 };
const PUSH = { coarse: 0.05, fine: 0.01 };
const SPIN = 0.1;
const PLACE = { coarse: 1, fine: 0.1 };

const ACTIONS = {
  " ": "shoot",
  enter: "shoot",
  p: "pause",
  escape: "pause",
  r: "restart",
  n: "menu",
  m: "mute",
  h: "help",
};

/** What each key does to the player; `size` is coarse or fine. */
const KEYS = {
  arrowleft: (player, size) => player.turn(-TURN[size]),
  arrowright: (player, size) => player.turn(TURN[size]),
  arrowup: (player, size) => player.push(PUSH[size]),
  arrowdown: (player, size) => player.push(-PUSH[size]),
  q: (player) => player.twist(-SPIN),
  e: (player) => player.twist(SPIN),
  w: (player, size) => player.move(0, -PLACE[size]),
  a: (player, size) => player.move(-PLACE[size], 0),
  s: (player, size) => player.move(0, PLACE[size]),
  d: (player, size) => player.move(PLACE[size], 0),
};

/** Listens to the keys; `act(action)` takes named actions, `player` is of player.js. */
export function listenToKeys(player, act) {
  addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey || event.altKey || isForControl(event, key)) return;
    if (key in KEYS) KEYS[key](player, event.shiftKey ? "fine" : "coarse");
    else if (!(key in ACTIONS)) return;
    else if (!event.repeat) act(ACTIONS[key]);
    event.preventDefault();
  });
}

/* Dialogs keep their keys; Space and Enter belong to the button or link that has the focus, arrows to the slider. */
function isForControl({ target }, key) {
  if (document.querySelector("dialog[open]")) return true;
  if (ACTIONS[key] === "shoot") return target.closest?.("button, a") != null;
  return key.startsWith("arrow") && target.closest?.("input") != null;
}
