/** Starts the game: joins rules, hands, picture, words and sound. */

import { keepBeat } from "../../shared/beat.js";
import { loadImage } from "../../shared/picture.js";
import { wireControls } from "./controls.js";
import { fillMenu, isAsking, open, wireDialogs } from "./dialogs.js";
import { Effects } from "./effects.js";
import { Hud } from "./hud.js";
import { listenToKeys } from "./keys.js";
import { Match, readOptions, store } from "./match.js";
import { Player } from "./player.js";
import { Pointer } from "./pointer.js";
import { Phase } from "./session.js";
import { Sound } from "./sound.js";
import { View } from "./view.js";

const canvas = document.getElementById("canvas");
const match = new Match(readOptions(location.search));
const effects = new Effects();
const hud = new Hud();
const sound = new Sound(store.load("sound", true));
let numbers = store.load("numbers", true);
let paused = false;

const stage = {
  get halted() {
    return paused || isAsking();
  },
};

const actions = {
  shoot: (player) => (paused || match.session.phase === Phase.OVER ? actions.go() : player.shoot()),
  go: () => {
    if (match.session.phase === Phase.OVER) match.next();
    paused = false;
  },
  pause: () => {
    paused = !paused && match.session.phase !== Phase.OVER;
  },
  restart: () => {
    if (match.session.phase === Phase.OVER) actions.go();
    else if (match.isFresh) restart();
    else open("question");
  },
  menu: () => {
    fillMenu({ ...match.options, numbers });
    open("menu");
  },
  help: () => open("help"),
  mute: () => {
    sound.toggle();
    store.save("sound", sound.on);
  },
};

function restart() {
  paused = false;
  match.restart();
}

function begin(view, { numbers: wanted, ...options }) {
  numbers = wanted;
  store.save("numbers", numbers);
  view.number(numbers);
  const all = { ...match.options, ...options };
  store.save("options", all);
  paused = false;
  match.begin(all);
}

/* What is not the balls: the computer's thoughts, sounds and effects, `elapsed` seconds after the last frame. */
function advance(elapsed) {
  match.step(elapsed);
  for (const event of match.session.takeEvents()) {
    effects.add(event, match.session);
    sound.play(event.name);
  }
  sound.playKnocks(match.session.world.loudness);
  effects.step(elapsed);
}

async function start() {
  const view = new View(document.getElementById("cloth"), canvas, await loadImage("images/cloth.png"));
  view.number(numbers);
  const player = new Player(match, view, stage);
  const act = (action) => actions[action](player);
  for (const gesture of ["keydown", "pointerdown", "pointerup"]) addEventListener(gesture, () => sound.unlock());
  listenToKeys(player, act);
  wireControls(player, canvas, act);
  wireDialogs(restart, (options) => begin(view, options));
  new Pointer(canvas, player, view);
  document.addEventListener("visibilitychange", () => document.hidden && !paused && actions.pause());
  keepBeat({
    halted: () => stage.halted,
    step: () => match.session.step(),
    draw: (elapsed, part) => {
      if (elapsed > 0) advance(elapsed);
      const contact = match.open ? match.session.sight : null;
      view.draw(match.session, effects, part, contact);
      hud.show(match, player, { paused, soundOn: sound.on, contact });
    },
  });
}

start();
