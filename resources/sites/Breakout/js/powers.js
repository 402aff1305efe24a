/** Power-ups: what falls out of bricks, what the paddle catches, and how long the timed ones last. */

import { FIELD } from "./levels.js";
import { overlaps } from "./physics.js";

/** Each power-up with the seconds that it lasts (0: it acts at once) and how often it is drawn among all. */
const KINDS = Object.freeze({
  wide: { seconds: 16, weight: 4 },
  multi: { seconds: 0, weight: 4 },
  fire: { seconds: 7, weight: 3 },
  slow: { seconds: 10, weight: 2 },
  life: { seconds: 0, weight: 1 },
});

export const POWER_NAMES = Object.freeze(Object.keys(KINDS));

const LOTS = Object.freeze(POWER_NAMES.flatMap((name) => Array(KINDS[name].weight).fill(name)));
const SIZE = 28;
const FALL_SPEED = 150;
const CHANCE = 0.18;

export class Powers {
  /** Falling capsules: boxes with a `name`. */
  drops = [];
  #left = Object.fromEntries(POWER_NAMES.map((name) => [name, 0]));

  /** The timed power-ups that act now. */
  get active() {
    return POWER_NAMES.filter((name) => this.isOn(name));
  }

  isOn(name) {
    return this.#left[name] > 0;
  }

  /** The part of its time that a timed power-up still has, 1 to 0. */
  remaining(name) {
    return this.#left[name] / KINDS[name].seconds;
  }

  start(name) {
    this.#left[name] = KINDS[name].seconds;
  }

  /** Perhaps lets one fall from a broken brick. */
  release(brick, random) {
    if (random() < CHANCE) this.drop(LOTS[Math.floor(random() * LOTS.length)], brick);
  }

  /** Lets this one fall from a brick. */
  drop(name, brick) {
    const x = brick.x + (brick.w - SIZE) / 2;
    this.drops.push({ name, x, y: brick.y, fromY: brick.y, w: SIZE, h: SIZE });
  }

  /** Advances by `dt` seconds and returns the capsules that the paddle caught. */
  step(dt, paddle) {
    for (const name of POWER_NAMES) this.#left[name] = Math.max(0, this.#left[name] - dt);
    for (const drop of this.drops) {
      drop.fromY = drop.y;
      drop.y += FALL_SPEED * dt;
    }
    const caught = this.drops.filter((drop) => overlaps(drop, paddle));
    this.drops = this.drops.filter((drop) => drop.y < FIELD.height && !caught.includes(drop));
    return caught;
  }
}
