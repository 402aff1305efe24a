/** Starts the game: joins rules, input, picture, words and sound, and keeps the beat. */

import { Effects } from "./effects.js";
import { Game, Phase } from "./game.js";
import { Hud } from "./hud.js";
import { Input } from "./input.js";
import { Sound } from "./sound.js";
import { load, save } from "./store.js";
import { View, loadIcons, loadImage } from "./view.js";

/** The rules advance in steps of this many seconds, however fast the screen is. */
const STEP = 1 / 120;

/** After a longer pause than this between frames, in seconds, the game goes on where it was. */
const LONGEST_FRAME = 0.1;

const BACKDROPS = ["images/harbour.svg", "images/stars.png"];

const page = document.documentElement;
const canvas = document.getElementById("canvas");
const game = new Game();
const effects = new Effects();
const hud = new Hud();
const sound = new Sound(load("sound", true));
let best = load("best", 0);
let pressedIn = null;

const actions = {
  go: () => game.go(),
  pause: () => game.togglePause(),
  restart: () => game.restart(),
  mute: () => {
    sound.toggle();
    save("sound", sound.on);
  },
  press: () => {
    pressedIn = game.phase;
  },
  /* A finger that was steering when the ball was lost must not launch the next one as it lifts. */
  release: () => {
    if (pressedIn === game.phase) game.go();
  },
};

/* Browsers let sound start with a key, a click or a lifted finger, but not yet when the finger comes down. */
function act(action) {
  if (action !== "press") sound.unlock();
  actions[action]();
}

function wireButtons() {
  for (const button of document.querySelectorAll("button[data-action]")) {
    button.addEventListener("click", (event) => {
      act(button.dataset.action);
      if (event.detail > 0) canvas.focus({ preventScroll: true });
    });
  }
}

function tell(event) {
  effects.add(event);
  sound.play(event);
}

function keepBest() {
  if (game.score <= best) return;
  best = game.score;
  save("best", best);
}

function startLoop(view, input) {
  let last = performance.now();
  let owed = 0;
  const frame = (now) => {
    const elapsed = game.phase === Phase.PAUSED ? 0 : Math.min(Math.max(0, (now - last) / 1000), LONGEST_FRAME);
    last = now;
    for (owed += elapsed; owed >= STEP; owed -= STEP) game.step(STEP, input.controls);
    game.takeEvents().forEach(tell);
    effects.step(elapsed);
    keepBest();
    view.draw(game, effects, owed / STEP);
    hud.show(game, best, sound.on);
    page.dataset.ready ??= "true";
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

async function start() {
  wireButtons();
  document.addEventListener("visibilitychange", () => document.hidden && game.pause());
  addEventListener("blur", () => game.pause());
  const input = new Input(document.getElementById("play"), canvas, act);
  const [icons] = await Promise.all([loadIcons(), ...BACKDROPS.map(loadImage)]);
  startLoop(new View(canvas, document.getElementById("wall"), icons), input);
}

start();
