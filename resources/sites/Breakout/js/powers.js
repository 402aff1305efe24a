/** Power-ups: what falls out of bricks, what the paddle catches, and how long the timed ones last. */

import { FIELD } from "./levels.js";
import { overlaps } from "./physics.js";

/** Seconds that the timed power-ups last; "multi" acts at once and is not timed. */
export const POWER_SECONDS = Object.freeze({ wide: 16, slow: 10 });

export const POWER_NAMES = Object.freeze(["wide", "multi", "slow"]);

const SIZE = 26;
const FALL_SPEED = 135;
const CHANCE = 0.17;

export class Powers {
  /** Falling capsules: boxes with a `name`. */
  drops = [];
  #left = { wide: 0, slow: 0 };

  isOn(name) {
    return this.#left[name] > 0;
  }

  /** The part of its time that a timed power-up still has, 1 to 0. */
  remaining(name) {
    return this.#left[name] / POWER_SECONDS[name];
  }

  start(name) {
    if (name in POWER_SECONDS) this.#left[name] = POWER_SECONDS[name];
  }

  /** Perhaps lets one fall from a broken brick. */
  release(brick, random) {
    if (random() >= CHANCE) return;
    const name = POWER_NAMES[Math.floor(random() * POWER_NAMES.length)];
    const x = brick.x + (brick.w - SIZE) / 2;
    this.drops.push({ name, x, y: brick.y, fromY: brick.y, w: SIZE, h: SIZE });
  }

  /** Advances by `dt` seconds and returns the capsules that the paddle caught. */
  step(dt, paddle) {
    for (const name of Object.keys(this.#left)) this.#left[name] = Math.max(0, this.#left[name] - dt);
    for (const drop of this.drops) {
      drop.fromY = drop.y;
      drop.y += FALL_SPEED * dt;
    }
    const caught = this.drops.filter((drop) => overlaps(drop, paddle));
    this.drops = this.drops.filter((drop) => drop.y < FIELD.height && !caught.includes(drop));
    return caught;
  }
}
