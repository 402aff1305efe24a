/** What falls from the sky: its kinds, and how one of them falls. */

import { FIELD } from "./levels.js";

/** What a thing is to the player. */
export const Role = Object.freeze({ CARGO: "cargo", EXTRA: "extra", HARM: "harm", GIFT: "gift" });

const { CARGO, EXTRA, HARM, GIFT } = Role;

/** `light` is how much wind a thing takes, `sway` how far it swings, `spin` how fast it turns (radians a second). */
export const KINDS = Object.freeze({
  crate: { role: CARGO, word: "Crate", points: 10, size: 40, light: 0.35, sway: 0, spin: 0.35 },
  fish: { role: EXTRA, word: "Fish", points: 20, size: 42, light: 0.5, sway: 0, spin: 1.1 },
  bottle: { role: EXTRA, word: "Bottle", points: 50, size: 42, light: 1, sway: 22, spin: 0.6 },
  mine: { role: HARM, word: "Mine", points: 0, size: 44, light: 0.15, sway: 0, spin: 0.8 },
  boot: { role: HARM, word: "Boot", points: 0, size: 42, light: 0.4, sway: 0, spin: 1.3 },
  wide: { role: GIFT, word: "Wide net", points: 10, size: 38, light: 0.6, sway: 12, spin: 0 },
  slow: { role: GIFT, word: "Slow time", points: 10, size: 38, light: 0.6, sway: 12, spin: 0 },
  magnet: { role: GIFT, word: "Magnet", points: 10, size: 38, light: 0.6, sway: 12, spin: 0 },
  life: { role: GIFT, word: "Extra life", points: 10, size: 38, light: 0.6, sway: 12, spin: 0 },
});

/** Where the net is when the sea is calm: things are planned to be there after their `fall` seconds. */
export const NET_LINE = FIELD.sea - 54;

const START_SPEED = 0.45;
const PULL_FROM = 0.35;
const PULL_PER_SECOND = 2.6;

export class Thing {
  #fromX;
  #fromY;
  #drift;
  #fall;
  #pulled = 0;
  #side;
  /** The part of the way down to the net that is behind it; over 1 when it has missed the net. */
  way = 0;

  /** `plan` is `{ name, x, at, fall, drift, side }`; it is let go at (x, y) and comes down at x + drift. */
  constructor({ name, fall, drift, side }, x, y) {
    this.name = name;
    this.kind = KINDS[name];
    this.x = this.lastX = this.#fromX = x;
    this.y = this.lastY = this.#fromY = y;
    this.angle = 0;
    this.#drift = drift;
    this.#fall = fall;
    this.#side = side;
  }

  /** Falls for `dt` seconds, towards `magnetX` where that is not null. */
  step(dt, magnetX) {
    this.lastX = this.x;
    this.lastY = this.y;
    this.way += dt / this.#fall;
    this.angle += this.kind.spin * this.#side * dt;
    if (magnetX !== null && this.kind.role !== Role.HARM && this.way > PULL_FROM) {
      this.#pulled += (magnetX - this.x) * Math.min(1, PULL_PER_SECOND * dt);
    }
    const sway = this.kind.sway * Math.sin(3 * Math.PI * this.way) * this.#side;
    this.x = this.#fromX + this.#drift * this.way + sway + this.#pulled;
    this.y = this.#fromY + (NET_LINE - this.#fromY) * this.way * (START_SPEED + (1 - START_SPEED) * this.way);
  }
}
