/** Frames in a row with the same players: starts each, counts who has won, and keeps the highest break. */

import { Store } from "../../shared/store.js";
import { Computer, LEVELS } from "./computer.js";
import { FRAMES, Frame } from "./frame.js";
import { COMPUTER, FRIENDS, YOU } from "./players.js";
import { Practice } from "./practice.js";
import { Phase } from "./session.js";

/** What Snooker remembers between visits. */
export const store = new Store("snooker");

const CHOICES = Object.freeze({
  opponent: ["computer", "friend", "practice"],
  level: Object.keys(LEVELS),
  frame: Object.keys(FRAMES),
});

export class Match {
  /** Frames won by each player. */
  frames = [0, 0];
  best = store.load("best", 0);
  #starter = 0;
  #counted = false;

  constructor(options) {
    this.begin(options);
  }

  /** A new match; `options` are `{ opponent, level, frame }`. */
  begin(options) {
    this.options = options;
    this.frames = [0, 0];
    this.#starter = 0;
    this.restart();
  }

  /** The same frame from its beginning. */
  restart() {
    const { opponent, level, frame } = this.options;
    this.#counted = false;
    this.computer = opponent === "computer" ? new Computer(LEVELS[level]) : null;
    if (opponent === "practice") this.session = new Practice();
    else this.session = new Frame(FRAMES[frame], this.computer ? [YOU, COMPUTER] : FRIENDS, this.#starter);
  }

  /** The next frame: the players take turns to break off. */
  next() {
    this.#starter = 1 - this.#starter;
    this.restart();
  }

  /** Whether a restart would lose nothing. */
  get isFresh() {
    return this.session.scores.every((score) => score === 0);
  }

  get practising() {
    return this.options.opponent === "practice";
  }

  /** Whether a person is to aim and shoot now. */
  get open() {
    return this.session.aiming && this.session.players[this.session.turn].human;
  }

  /** Advances what is not the balls: the computer (by `dt` seconds), the count of frames, the best break. */
  step(dt) {
    const { session } = this;
    if (session.aiming && !this.open) this.computer.play(session, dt);
    if (this.practising) return;
    this.#keepBest();
    if (session.phase !== Phase.OVER || this.#counted) return;
    this.#counted = true;
    this.frames[session.winner] += 1;
  }

  #keepBest() {
    const { players, highest } = this.session;
    const best = Math.max(...highest.filter((_, i) => players[i].human));
    if (best <= this.best) return;
    this.best = best;
    store.save("best", best);
  }
}

/** What to play: from the address (`?opponent=friend&frame=black`, `?practice=pot`), else as it was last time. */
export function readOptions(search) {
  const asked = new URLSearchParams(search);
  const last = { opponent: "computer", level: "learner", frame: "short", ...store.load("options", {}) };
  const entries = Object.entries(CHOICES).map(([key, values]) => {
    return [key, [asked.get(key), last[key]].find((value) => values.includes(value)) ?? values[0]];
  });
  const options = Object.fromEntries(entries);
  return asked.has("practice") ? { ...options, opponent: "practice" } : options;
}
