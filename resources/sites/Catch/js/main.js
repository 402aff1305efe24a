/** Starts the game: joins rules, steering, picture, words and sound. */

import { actor, wirePage } from "../../shared/arcade.js";
import { STEP, keepBeat } from "../../shared/beat.js";
import { loadImage } from "../../shared/picture.js";
import { Steering } from "../../shared/steering.js";
import { Store } from "../../shared/store.js";
import { Phase } from "../../shared/turns.js";
import { Effects } from "./effects.js";
import { Game } from "./game.js";
import { Hud } from "./hud.js";
import { FIELD } from "./levels.js";
import { newSeed, seedFrom } from "./random.js";
import { Sound } from "./sound.js";
import { loadSprites } from "./sprites.js";
import { View } from "./view.js";

const KEYS = Object.freeze({
  " ": "go", enter: "go", p: "pause", escape: "pause", r: "restart", m: "mute", h: "help", o: "voyage",
});

const canvas = document.getElementById("canvas");
const help = document.getElementById("help");
const helpButton = document.getElementById("help-button");
const store = new Store("catch");
const effects = new Effects();
const hud = new Hud();
const sound = new Sound(store.load("sound", true));
const wantedSeed = seedFrom(location.search);
const game = new Game(tell, wantedSeed ?? newSeed());

const act = actor(game, sound, {
  go: () => game.go(wantedSeed ?? newSeed()),
  pause: () => game.togglePause(),
  restart: () => game.mayRestart() && game.restart(wantedSeed ?? newSeed(), game.onOpenSea),
  voyage: () => hasOpenSea() && !game.isAtStake && game.restart(wantedSeed ?? newSeed(), !game.onOpenSea),
  help: () => helpButton.checkVisibility() && help.togglePopover(),
  mute: () => {
    sound.toggle();
    store.save("sound", sound.on);
  },
});

function hasOpenSea() {
  return store.load("openSea", false);
}

function tell(name, thing, detail) {
  effects.add(name, thing, detail);
  sound.play(name, thing, detail?.row);
}

/** Keeps the best score, and the key to the open sea; returns what the page shows of them. */
function remember() {
  const best = game.onOpenSea ? "bestAtSea" : "best";
  if (game.score > store.load(best, 0)) store.save(best, game.score);
  if (game.phase === Phase.WON && !hasOpenSea()) store.save("openSea", true);
  return { best: store.load(best, 0), openSea: hasOpenSea(), soundOn: sound.on };
}

async function start() {
  wirePage(game, canvas, act);
  help.addEventListener("toggle", (event) => event.newState === "open" && game.pause());
  const { controls } = new Steering(document.getElementById("play"), canvas, FIELD.width, KEYS, act);
  const [sprites] = await Promise.all([loadSprites(), loadImage("images/harbour.svg")]);
  const view = new View(canvas, sprites);
  keepBeat({
    halted: () => game.isHalted,
    step: () => game.step(STEP, controls),
    draw: (elapsed, part) => {
      effects.step(elapsed);
      view.draw(game, effects, part, elapsed);
      hud.show(game, remember());
      hud.showSeed(game.seed);
    },
  });
}

start();
