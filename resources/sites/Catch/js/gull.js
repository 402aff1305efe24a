/** A gull: comes in from the nearer side, lets go of what it carries, and flies on. */

import { FIELD } from "./levels.js";
import { KINDS, Thing } from "./things.js";

/** Units a second. */
export const GULL_SPEED = 190;

const OUTSIDE = 44;
const LANES = [52, 78, 104];
const CARRY_BELOW = 24;
const FLAPS_PER_SECOND = 3.2;

/** How far a gull flies from the field's nearer side to `x`. */
export function flightTo(x) {
  return Math.min(x, FIELD.width - x) + OUTSIDE;
}

export class Gull {
  #landing;
  /** What it still carries, or null. */
  load;

  /** `number` counts the gulls: neighbours fly at different heights. */
  constructor(landing, number) {
    const { dropX, name } = landing;
    this.#landing = landing;
    this.heading = dropX < FIELD.width / 2 ? 1 : -1;
    this.x = this.lastX = dropX - this.heading * flightTo(dropX);
    this.y = LANES[number % LANES.length];
    this.load = { name, size: KINDS[name].size };
    this.beat = number * 0.37;
  }

  get isGone() {
    return this.x < -OUTSIDE || this.x > FIELD.width + OUTSIDE;
  }

  /** Flies for `dt` seconds; returns the thing it has let go of, or null. */
  step(dt) {
    this.lastX = this.x;
    this.x += this.heading * GULL_SPEED * dt;
    this.beat += dt * FLAPS_PER_SECOND;
    if (!this.load || (this.x - this.#landing.dropX) * this.heading < 0) return null;
    this.load = null;
    return new Thing(this.#landing, this.#landing.dropX, this.y + CARRY_BELOW);
  }
}
