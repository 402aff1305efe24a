/** The computer's player: weighs shots in thought, a few each frame, then turns the cue and errs as people do. */

import { CUE } from "./balls.js";
import { findPots } from "./pots.js";
import { isOn } from "./rules.js";
import { BAULK, RADIUS, WIDTH } from "./table.js";
import { tryShot } from "./trial.js";

/**
 * `error` is the spread of the aim in radians, `touch` that of the power; `pots`, `powers`, `spins` and `safeties` say
 * how much is weighed.
 */
export const LEVELS = Object.freeze({
  learner: { error: 0.016, touch: 0.14, pots: 2, powers: [0.55], spins: [0], safeties: 8 },
  club: { error: 0.007, touch: 0.08, pots: 3, powers: [0.4, 0.6], spins: [0, 0.5], safeties: 16 },
  master: { error: 0.0018, touch: 0.03, pots: 5, powers: [0.32, 0.45, 0.65], spins: [-0.7, 0, 0.7], safeties: 32 },
});

const PLACES = Object.freeze([[0, 8], [0, -8], [-4, 16], [-4, -16], [-14, 0]]);
const SAFE_POWERS = [0.3, 0.45, 0.62];
const ESCAPES = 72;
const BOLD_AFTER = 6;
const TURN_SECONDS = 0.7;
const REST_SECONDS = 0.35;

export class Computer {
  #level;
  #random;
  #thoughts = null;
  #plan = null;
  #waited = 0;

  /** `level` is one of `LEVELS`; `random` returns numbers from 0 up to 1, as Math.random does. */
  constructor(level, random = Math.random) {
    this.#level = level;
    this.#random = random;
  }

  /** Thinks (for about `budget` milliseconds), aims or shoots; `dt` is the time since the last call in seconds. */
  play(frame, dt, budget = 5) {
    if (!this.#plan) return this.#think(frame, budget);
    this.#waited += dt;
    const part = Math.min(1, this.#waited / TURN_SECONDS);
    frame.turnTo(this.#plan.from + this.#plan.turn * part * part * (3 - 2 * part));
    frame.setPower(this.#plan.power * part);
    if (this.#waited < TURN_SECONDS + REST_SECONDS) return;
    frame.setSpin(this.#plan.spin);
    this.#plan = null;
    frame.shoot();
  }

  #think(frame, budget) {
    this.#thoughts ??= this.#weigh(frame);
    const end = performance.now() + budget;
    do {
      const { done, value } = this.#thoughts.next();
      if (done) return this.#decide(frame, value);
    } while (performance.now() < end);
  }

  #decide(frame, { angle, power, spin }) {
    const { error, touch } = this.#level;
    const wanted = angle + this.#spread(error);
    const turn = Math.atan2(Math.sin(wanted - frame.angle), Math.cos(wanted - frame.angle));
    const played = Math.min(1, Math.max(0.05, power * (1 + this.#spread(touch))));
    this.#plan = { from: frame.angle, turn, power: played, spin };
    this.#thoughts = null;
    this.#waited = 0;
  }

  /* Yields while it thinks, and returns the best shot. */
  *#weigh(frame) {
    if (frame.inHand) this.#placeWell(frame);
    const pots = findPots(frame.balls, frame.cue, frame.on);
    let best = yield* this.#best(frame, this.#potShots(pots), null);
    const bold = frame.dry >= BOLD_AFTER ? 0 : 0.9 - pots.length * 0.1;
    if (!best?.points || best.worth < bold) best = yield* this.#best(frame, this.#safeShots(frame), best);
    if (!best.clean) best = yield* this.#best(frame, this.#escapes(), best);
    return best.shot;
  }

  *#best(frame, shots, best) {
    for (const shot of shots) {
      const result = yield* tryShot(frame.balls, frame.on, shot);
      if (!best || result.worth > best.worth) best = { ...result, shot };
    }
    return best;
  }

  #potShots(pots) {
    const { powers, spins } = this.#level;
    return pots.slice(0, this.#level.pots).flatMap(({ angle, way, run }) => {
      const enough = Math.min(0.3, (way + run) / 900);
      return powers.flatMap((power) => spins.map((spin) => ({ angle, power: Math.min(1, power + enough), spin })));
    });
  }

  #safeShots({ balls, cue, on }) {
    const targets = balls.filter(({ value, down }) => !down && value !== CUE && isOn(on, value));
    return Array.from({ length: this.#level.safeties }, (_, i) => {
      const { x, y } = targets[Math.floor(this.#random() * targets.length)];
      const reach = Math.asin(Math.min(1, (2 * RADIUS) / Math.hypot(x - cue.x, y - cue.y)));
      const off = i === 0 ? 0 : (this.#random() * 2 - 1) * reach * 0.95;
      const power = SAFE_POWERS[i % SAFE_POWERS.length];
      return { angle: Math.atan2(y - cue.y, x - cue.x) + off, power, spin: 0 };
    });
  }

  #escapes() {
    const first = this.#random();
    return Array.from({ length: ESCAPES }, (_, i) => {
      return { angle: ((i + first) / ESCAPES) * 2 * Math.PI, power: i % 2 ? 0.5 : 0.7, spin: 0 };
    });
  }

  #placeWell(frame) {
    const ease = ([x, y]) => {
      frame.place(BAULK + x, WIDTH / 2 + y);
      return findPots(frame.balls, frame.cue, frame.on)[0]?.ease ?? 0;
    };
    const eases = PLACES.map(ease);
    ease(PLACES[eases.indexOf(Math.max(...eases))]);
  }

  /* Near the normal distribution, with the spread 1. */
  #spread(size) {
    return size * (this.#random() + this.#random() + this.#random() - 1.5) * 2;
  }
}
