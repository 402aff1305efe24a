/** Starts the game: joins rules, hands, picture, words and sound, and keeps the beat. */

import { wireControls } from "./controls.js";
import { fillMenu, isAsking, open, wireDialogs } from "./dialogs.js";
import { Effects } from "./effects.js";
import { Hud } from "./hud.js";
import { listenToKeys } from "./keys.js";
import { Match, readOptions } from "./match.js";
import { Player } from "./player.js";
import { Pointer } from "./pointer.js";
import { Phase } from "./session.js";
import { firstContact } from "./sight.js";
import { Sound } from "./sound.js";
import { load, save } from "./store.js";
import { View, loadImage } from "./view.js";
import { STEP } from "./world.js";

/** After a longer pause than this between frames, in seconds, the game goes on where it was. */
const LONGEST_FRAME = 0.1;

const page = document.documentElement;
const canvas = document.getElementById("canvas");
const match = new Match(readOptions(location.search));
const effects = new Effects();
const hud = new Hud();
const sound = new Sound(load("sound", true));
let numbers = load("numbers", true);
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
  restart: () => (match.session.phase === Phase.OVER ? actions.go() : open("question")),
  menu: () => {
    fillMenu({ ...match.options, numbers });
    open("menu");
  },
  help: () => open("help"),
  mute: () => {
    sound.toggle();
    save("sound", sound.on);
  },
};

function restart() {
  paused = false;
  match.restart();
}

function begin(view, { numbers: wanted, ...options }) {
  numbers = wanted;
  save("numbers", numbers);
  view.number(numbers);
  const all = { ...match.options, ...options };
  save("options", all);
  paused = false;
  match.begin(all);
}

/* One step of the screen, `elapsed` seconds after the last; gives what is left over of the world's steps. */
function advance(elapsed, owed) {
  match.step(elapsed);
  let left = owed + elapsed;
  for (; left >= STEP; left -= STEP) match.session.step();
  for (const event of match.session.takeEvents()) {
    effects.add(event, match.session);
    sound.play(event.name);
  }
  sound.playKnocks(match.session.world.loudness);
  effects.step(elapsed);
  return left;
}

function startLoop(view) {
  let last = performance.now();
  let owed = 0;
  const frame = (now) => {
    const elapsed = Math.min(Math.max(0, (now - last) / 1000), LONGEST_FRAME);
    last = now;
    if (!stage.halted) owed = advance(elapsed, owed);
    const { session } = match;
    const contact = match.open ? firstContact(session.balls, session.cue, session.angle) : null;
    view.draw(session, effects, owed / STEP, contact);
    hud.show(match, { paused, soundOn: sound.on, contact });
    page.dataset.ready ??= "true";
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

async function start() {
  const view = new View(document.getElementById("cloth"), canvas, await loadImage("images/cloth.png"));
  view.number(numbers);
  const player = new Player(match, view, stage);
  const act = (action) => {
    sound.unlock();
    actions[action](player);
  };
  listenToKeys(player, act);
  wireControls(player, act);
  wireDialogs(restart, (options) => begin(view, options));
  new Pointer(canvas, player, view);
  document.addEventListener("visibilitychange", () => document.hidden && !paused && actions.pause());
  startLoop(view);
}

start();
