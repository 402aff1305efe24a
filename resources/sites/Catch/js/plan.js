/** Decides what falls where and when: thought out from where it comes down, so that it can all be caught. */

import { FIELD } from "./levels.js";
import { KINDS } from "./things.js";
import { GULL_SPEED, flightTo } from "./gull.js";
import { windAt } from "./sea.js";

/** Landings are planned this many seconds ahead: more than any gull needs to come and any thing to fall. */
const AHEAD = 7;
const FIRST_AFTER = 1.6;
const HARMS = Object.freeze({ mine: 3, boot: 2 });
const GIFTS = Object.freeze({ wide: 4, slow: 4, magnet: 4, life: 1 });
const CLEARANCE = 72;
const CLEARANCE_SPREAD = 60;

export class Plan {
  #random;
  #landings = [];
  #at;
  #x = FIELD.width / 2;

  constructor(level, random) {
    this.level = level;
    this.#random = random;
    this.#at = FIRST_AFTER + level.fall;
  }

  /** Calls `start(landing)` for each landing whose gull must set off by now; `clock` is in seconds. */
  release(clock, start) {
    while (this.#at < clock + AHEAD) this.#planNext();
    let kept = 0;
    for (const landing of this.#landings) {
      if (landing.start <= clock) start(landing);
      else this.#landings[kept++] = landing;
    }
    this.#landings.length = kept;
  }

  #planNext() {
    const { gap, harm, gifts, cargo } = this.level;
    const pause = gap * (0.85 + 0.3 * this.#random());
    const from = this.#x;
    this.#x = this.#nextX(from, pause);
    this.#add(this.#pick(cargo), this.#at, this.#x);
    if (this.#random() < harm) this.#add(this.#pick(HARMS), this.#at - pause / 2, this.#clearOf(from, this.#x));
    if (this.#random() < gifts) this.#add(this.#pick(GIFTS), this.#at + pause / 2, this.#x);
    this.#at += pause;
  }

  /* Far enough to make the boat move, near enough for it to get there; turned round at the field's sides. */
  #nextX(from, pause) {
    const way = this.level.reach * pause * (0.4 + 0.6 * this.#random());
    const side = this.#random() < 0.5 ? -1 : 1;
    const x = from + side * way;
    return isInside(x) ? x : clamp(from - side * way);
  }

  /* A mine falls beside a place where the boat will wait, not on it. */
  #clearOf(from, to) {
    const way = CLEARANCE + CLEARANCE_SPREAD * this.#random();
    const side = this.#random() < 0.5 ? -1 : 1;
    const choices = [to + side * way, to - side * way, from + side * way, from - side * way];
    const isClear = (x) => isInside(x) && Math.min(Math.abs(x - from), Math.abs(x - to)) >= CLEARANCE;
    return choices.find(isClear) ?? (to < FIELD.width / 2 ? FIELD.width - FIELD.margin : FIELD.margin);
  }

  #add(name, at, x) {
    const { fall } = this.level;
    const drift = windAt(this.level, at - fall) * KINDS[name].light;
    const dropX = clamp(x - drift);
    const start = at - fall - flightTo(dropX) / GULL_SPEED;
    const side = this.#random() < 0.5 ? -1 : 1;
    this.#landings.push({ name, fall, dropX, drift: x - dropX, side, start });
  }

  #pick(weights) {
    let left = this.#random() * Object.values(weights).reduce((sum, weight) => sum + weight, 0);
    return Object.keys(weights).find((name) => (left -= weights[name]) < 0);
  }
}

function isInside(x) {
  return x === clamp(x);
}

function clamp(x) {
  return Math.max(FIELD.margin, Math.min(FIELD.width - FIELD.margin, x));
}
