/** Starts the game: joins rules, steering, picture, words and sound. */

import { actor, wirePage } from "../../shared/arcade.js";
import { STEP, keepBeat } from "../../shared/beat.js";
import { loadImage } from "../../shared/picture.js";
import { Steering } from "../../shared/steering.js";
import { Store } from "../../shared/store.js";
import { Effects } from "./effects.js";
import { Game } from "./game.js";
import { Hud } from "./hud.js";
import { FIELD } from "./levels.js";
import { Sound } from "./sound.js";
import { View, loadIcons } from "./view.js";

const KEYS = Object.freeze({ " ": "go", enter: "go", p: "pause", escape: "pause", r: "restart", m: "mute" });
const BACKDROPS = ["images/harbour.svg", "images/stars.png"];

const canvas = document.getElementById("canvas");
const store = new Store("breakout");
const game = new Game();
const effects = new Effects();
const hud = new Hud();
const sound = new Sound(store.load("sound", true));

const act = actor(game, sound, {
  go: () => game.go(),
  pause: () => game.togglePause(),
  restart: () => game.mayRestart() && game.restart(),
  mute: () => {
    sound.toggle();
    store.save("sound", sound.on);
  },
});

function tell(event) {
  effects.add(event);
  sound.play(event);
}

function bestScore() {
  const best = store.load("best", 0);
  if (game.score <= best) return best;
  store.save("best", game.score);
  return game.score;
}

async function start() {
  wirePage(game, canvas, act);
  const { controls } = new Steering(document.getElementById("play"), canvas, FIELD.width, KEYS, act);
  const [icons] = await Promise.all([loadIcons(), ...BACKDROPS.map(loadImage)]);
  const view = new View(canvas, document.getElementById("wall"), icons);
  keepBeat({
    halted: () => game.isHalted,
    step: () => game.step(STEP, controls),
    draw: (elapsed, part) => {
      game.takeEvents().forEach(tell);
      effects.step(elapsed);
      view.draw(game, effects, part);
      hud.show(game, bestScore(), sound.on);
    },
  });
}

start();
