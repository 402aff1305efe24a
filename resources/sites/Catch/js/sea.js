/** The sea and the wind: both follow from the time alone, so that a game can be played again. */

import { FIELD } from "./levels.js";

/** Units that the wind carries the lightest thing sideways on its way down, at a time in seconds. */
export function windAt({ wind, gusts }, time) {
  return wind * (gusts ? Math.sin(0.5 * time + 1) : 0.85 + 0.15 * Math.sin(0.9 * time));
}

const LONG = Object.freeze({ height: 11, wave: 0.0135, speed: 1.05 });
const SHORT = Object.freeze({ height: 4.5, wave: 0.034, speed: -1.6 });
const RIPPLE = 0.12;
const EASE_PER_SECOND = 0.9;

export class Sea {
  #time = 0;
  #swell = RIPPLE;

  /** Advances by `dt` seconds, and grows or calms down towards `swell` (0 to 1). */
  step(dt, swell) {
    this.#time += dt;
    this.#swell += (Math.max(swell, RIPPLE) - this.#swell) * Math.min(1, EASE_PER_SECOND * dt);
  }

  /** Where its surface is at `x`. */
  surface(x) {
    return FIELD.sea + this.#swell * (rise(LONG, x, this.#time) + rise(SHORT, x, this.#time));
  }

  /** How steep it is at `x`: positive where it falls to the right. */
  slope(x) {
    return this.#swell * (lean(LONG, x, this.#time) + lean(SHORT, x, this.#time));
  }
}

function rise({ height, wave, speed }, x, time) {
  return height * Math.sin(wave * x + speed * time);
}

function lean({ height, wave, speed }, x, time) {
  return height * wave * Math.cos(wave * x + speed * time);
}
