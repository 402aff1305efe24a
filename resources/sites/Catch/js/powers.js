/** How long the power-ups that last are still on. */

/** Seconds that each lasts; an extra life acts at once and is not here. */
const SECONDS = Object.freeze({ wide: 12, slow: 7, magnet: 9 });

export const TIMED = Object.freeze(Object.keys(SECONDS));

export class Powers {
  #left = { wide: 0, slow: 0, magnet: 0 };

  isOn(name) {
    return this.#left[name] > 0;
  }

  /** The part of its time that a power-up still has, 1 to 0. */
  remaining(name) {
    return this.#left[name] / SECONDS[name];
  }

  start(name) {
    if (name in SECONDS) this.#left[name] = SECONDS[name];
  }

  step(dt) {
    for (const name of TIMED) this.#left[name] = Math.max(0, this.#left[name] - dt);
  }
}
