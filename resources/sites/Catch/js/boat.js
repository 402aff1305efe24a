/** The boat with its net: pushed by keys or led by a pointer, moved by the swell, lifted by the sea. */

import { FIELD } from "./levels.js";

const NET = 96;
const WIDE_NET = 156;
const NET_GROWTH = 240;
const RIM_ABOVE_SEA = 54;
const RIM_DEPTH = 26;
const GENEROUS = 10;

/** Units a second. */
const SPEED = Object.freeze({ key: 350, fast: 620, pointer: 1100, turn: 30 });
const RESPONSE = 26;
const POINTER_GAIN = 11;
const SLIDE = 330;
const TILT = 0.8;

export class Boat {
  x = FIELD.width / 2;
  lastX = this.x;
  sea = FIELD.sea;
  tilt = 0;
  net = NET;
  /** 1 looks to the right, -1 to the left. */
  facing = 1;
  #speed = 0;

  /** Where the rim of the net is. */
  get rim() {
    return this.sea - RIM_ABOVE_SEA;
  }

  /** Moves for `dt` seconds: to `target` where there is one, else as `axis` (-1 to 1) pushes, `fast` or not. */
  step(dt, { axis, fast, target }, sea, wide) {
    const push = target === null ? axis * (fast ? SPEED.fast : SPEED.key) : lead(target - this.x);
    this.#speed += (push - this.#speed) * Math.min(1, RESPONSE * dt);
    this.lastX = this.x;
    this.x = keepInside(this.x + (this.#speed + sea.slope(this.x) * SLIDE) * dt);
    this.sea = sea.surface(this.x);
    this.tilt = Math.atan(sea.slope(this.x)) * TILT;
    this.net += Math.max(-NET_GROWTH * dt, Math.min((wide ? WIDE_NET : NET) - this.net, NET_GROWTH * dt));
    if (Math.abs(this.#speed) > SPEED.turn) this.facing = Math.sign(this.#speed);
  }

  /** Whether the thing is in the net: what is wanted a little before it touches, what is not a little after. */
  catches(thing, wanted) {
    const half = this.net / 2 + (wanted ? GENEROUS : -GENEROUS);
    return thing.y >= this.rim && thing.y <= this.rim + RIM_DEPTH && this.isUnder(thing, half);
  }

  /** Whether the thing comes down no further than `half` from the net's middle. */
  isUnder(thing, half = this.net / 2) {
    return Math.abs(thing.x - this.x) <= half;
  }
}

function lead(way) {
  return Math.max(-SPEED.pointer, Math.min(way * POINTER_GAIN, SPEED.pointer));
}

function keepInside(x) {
  return Math.max(FIELD.margin, Math.min(FIELD.width - FIELD.margin, x));
}
