/** The paddle: pushed by keys or placed by a pointer, and wide for as long as the power-up lasts. */

import { FIELD } from "./levels.js";

const WIDTH = 86;
const WIDE = 136;
const GROWTH_PER_SECOND = 260;
const KEY_SPEED = 640;
const KEY_RESPONSE = 20;

export class Paddle {
  y = 556;
  w = WIDTH;
  h = 12;
  x = (FIELD.width - WIDTH) / 2;
  fromX = this.x;
  #speed = 0;

  get centre() {
    return this.x + this.w / 2;
  }

  /** How far it went in the last step. */
  get moved() {
    return this.x - this.fromX;
  }

  /** Moves for `dt` seconds: to `target` (a centre) where there is one, else as `axis` (-1 to 1) pushes. */
  step(dt, { axis, target }, wide) {
    this.#speed += (axis * KEY_SPEED - this.#speed) * Math.min(1, KEY_RESPONSE * dt);
    const centre = target ?? this.centre + this.#speed * dt;
    this.#grow((wide ? WIDE : WIDTH) - this.w, GROWTH_PER_SECOND * dt);
    this.fromX = this.x;
    this.x = Math.max(0, Math.min(FIELD.width - this.w, centre - this.w / 2));
  }

  #grow(wanted, most) {
    this.w += Math.max(-most, Math.min(wanted, most));
  }
}
