/** Starts the game: joins rules, input, picture, words and sound, and keeps the beat. */

import { Effects } from "./effects.js";
import { Game, Phase } from "./game.js";
import { Hud } from "./hud.js";
import { Input } from "./input.js";
import { newSeed, seedFrom } from "./random.js";
import { Sound } from "./sound.js";
import { loadImage, loadSprites } from "./sprites.js";
import { Store } from "./store.js";
import { View } from "./view.js";

/** The rules advance in steps of this many seconds, however fast the screen is. */
const STEP = 1 / 120;

/** After a longer pause than this between frames, in seconds, the game goes on where it was. */
const LONGEST_FRAME = 0.1;

const page = document.documentElement;
const canvas = document.getElementById("canvas");
const help = document.getElementById("help");
const helpButton = document.getElementById("help-button");
const store = new Store({ best: 0, bestAtSea: 0, openSea: false, sound: true });
const effects = new Effects();
const hud = new Hud();
const sound = new Sound(store.get("sound"));
const wantedSeed = seedFrom(location.search);
const game = new Game(tell, wantedSeed ?? newSeed());
let pressedIn = null;

const actions = {
  go: () => game.go(wantedSeed ?? newSeed()),
  pause: () => game.togglePause(),
  restart: () => game.restart(wantedSeed ?? newSeed(), game.onOpenSea),
  voyage: () => store.get("openSea") && game.restart(wantedSeed ?? newSeed(), !game.onOpenSea),
  help: () => helpButton.checkVisibility() && help.togglePopover(),
  mute: () => {
    sound.toggle();
    store.set("sound", sound.on);
  },
  press: () => {
    pressedIn = game.phase;
  },
  /* A finger that was steering when the level ended must not start the next one as it lifts. */
  release: () => {
    if (pressedIn === game.phase) actions.go();
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
  help.addEventListener("toggle", (event) => event.newState === "open" && game.pause());
  document.addEventListener("visibilitychange", () => document.hidden && game.pause());
}

function tell(name, thing, detail) {
  effects.add(name, thing, detail);
  sound.play(name, thing, detail?.row);
}

/** Keeps the best score, and the key to the open sea; returns what the page shows of them. */
function remember() {
  const best = game.onOpenSea ? "bestAtSea" : "best";
  if (game.score > store.get(best)) store.set(best, game.score);
  if (game.phase === Phase.WON && !store.get("openSea")) store.set("openSea", true);
  return { best: store.get(best), openSea: store.get("openSea"), soundOn: sound.on };
}

function startLoop(view, controls) {
  let last = performance.now();
  let owed = 0;
  const frame = (now) => {
    const elapsed = Math.min(Math.max(0, (now - last) / 1000), LONGEST_FRAME);
    last = now;
    for (owed += elapsed; owed >= STEP; owed -= STEP) game.step(STEP, controls);
    const moving = game.phase === Phase.PAUSED ? 0 : elapsed;
    effects.step(moving);
    view.draw(game, effects, owed / STEP, moving);
    hud.show(game, remember());
    hud.showSeed(game.seed);
    page.dataset.ready ??= "true";
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

async function start() {
  wireButtons();
  const input = new Input(document.getElementById("play"), canvas, act);
  const [sprites] = await Promise.all([loadSprites(), loadImage("images/harbour.svg")]);
  startLoop(new View(canvas, sprites), input.controls);
}

start();
