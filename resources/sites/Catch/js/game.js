/** The rules of Catch: the whole state of a game and how it advances, with no screen, clock or sound in it. */

import { Phase, Turns } from "../../shared/turns.js";
import { Air } from "./air.js";
import { Boat } from "./boat.js";
import { LEVELS, openSea } from "./levels.js";
import { Powers } from "./powers.js";
import { randomFrom } from "./random.js";
import { Sea } from "./sea.js";
import { Role } from "./things.js";

const LIVES = 3;
const MAX_LIVES = 5;
const ROW_STEP = 4;
const MAX_FACTOR = 5;
const CLEAN_BONUS = 100;
const LIFE_BONUS = 500;
const MERCY_SECONDS = 1.6;
const SLOW_PACE = 0.5;

export class Game extends Turns {
  #tell;
  #listener;

  /** `tell(name, thing, detail)` hears of everything that happens: for sounds and effects. */
  constructor(tell, seed) {
    super();
    this.#tell = tell;
    this.#listener = {
      drop: (thing) => tell("drop", thing),
      caught: (thing) => this.#catch(thing),
      sunk: (thing) => this.#sink(thing),
    };
    this.restart(seed, false);
  }

  /** A new game, on the open sea or through the levels; the same `seed` lets the same things fall. */
  restart(seed, onOpenSea) {
    this.seed = seed;
    this.onOpenSea = onOpenSea;
    this.score = 0;
    this.lives = LIVES;
    this.boat = new Boat();
    this.sea = new Sea();
    this.powers = new Powers();
    this.#enterLevel(0);
  }

  /** What each point counts: grows with the things caught in a row. */
  get factor() {
    return Math.min(MAX_FACTOR, 1 + Math.floor(this.row / ROW_STEP));
  }

  /** The one big button: sets sail, resumes or starts anew, whichever makes sense; `seed` is for a new game. */
  go(seed) {
    if (this.phase === Phase.READY) this.phase = Phase.PLAYING;
    else if (this.isOver) this.restart(seed, this.onOpenSea || this.phase === Phase.WON);
    else this.resume();
  }

  /** Advances by `dt` seconds; `controls` are the boat's `{ axis, fast, target }`. */
  step(dt, controls) {
    if (this.phase !== Phase.READY && this.phase !== Phase.PLAYING) return;
    this.sea.step(dt, this.level.swell);
    this.boat.step(dt, controls, this.sea, this.powers.isOn("wide"));
    if (this.phase === Phase.PLAYING) this.#play(dt);
  }

  #play(dt) {
    const pace = this.powers.isOn("slow") ? SLOW_PACE : 1;
    const magnetX = this.powers.isOn("magnet") ? this.boat.x : null;
    this.powers.step(dt);
    this.mercy = Math.max(0, this.mercy - dt);
    this.air.step(dt * pace, this.boat, this.sea, magnetX, this.#listener);
    if (this.lives === 0) this.#end(Phase.OVER);
    else if (this.caught >= this.level.goal) this.#finishLevel();
  }

  #catch(thing) {
    const { role, points } = thing.kind;
    if (role === Role.HARM) return this.#loseLife(thing, "caught");
    if (role === Role.GIFT) this.#take(thing.name);
    else this.#count();
    const worth = points * this.factor;
    this.score += worth;
    this.#tell(role === Role.GIFT ? "gift" : "catch", thing, { points: worth, factor: this.factor, row: this.row });
  }

  #count() {
    this.caught += 1;
    this.row += 1;
  }

  #take(name) {
    this.powers.start(name);
    if (name === "life") this.lives = Math.min(MAX_LIVES, this.lives + 1);
  }

  #sink(thing) {
    this.#tell("splash", thing);
    if (thing.kind.role === Role.CARGO) this.#loseLife(thing, "lost");
    else if (thing.kind.role === Role.EXTRA) this.row = 0;
  }

  /* For a moment after a loss nothing more is lost, so that one mistake does not become three. */
  #loseLife(thing, how) {
    this.row = 0;
    if (this.mercy > 0 || this.lives === 0) return;
    this.lives -= 1;
    this.mercy = MERCY_SECONDS;
    this.loss = `${thing.kind.word} ${how}`;
    this.clean = false;
    this.#tell(how, thing);
  }

  #enterLevel(index) {
    this.#startCounting(index);
    this.phase = Phase.READY;
    this.row = this.mercy = 0;
    this.air = new Air(this.level, randomFrom(`${this.seed} ${this.onOpenSea} ${index}`));
  }

  #startCounting(index) {
    this.levelIndex = index;
    this.level = this.onOpenSea ? openSea(index) : LEVELS[index];
    this.caught = 0;
    this.clean = true;
  }

  #finishLevel() {
    if (this.clean) this.score += CLEAN_BONUS * (this.levelIndex + 1);
    if (this.onOpenSea) this.#sailOn();
    else if (this.levelIndex + 1 === LEVELS.length) return this.#win();
    else this.#enterLevel(this.levelIndex + 1);
    this.#tell("level", null);
  }

  /* On the open sea one watch follows the other without a stop. */
  #sailOn() {
    this.#startCounting(this.levelIndex + 1);
    this.air.goOn(this.level);
  }

  #win() {
    this.score += this.lives * LIFE_BONUS;
    this.#end(Phase.WON);
  }

  #end(phase) {
    this.phase = phase;
    this.#tell(phase, null);
  }
}
