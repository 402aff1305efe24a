/**
 * One player at a table: aiming, the stroke and the balls' run until they rest.
 * Frame and practice build on it: their `finishShot(shot)` says what comes of a shot, a `Shot` of rules.js.
 */

import { CUE, isFree, lay } from "./balls.js";
import { strike } from "./motion.js";
import { Shot, isOn } from "./rules.js";
import { firstContact } from "./sight.js";
import { BAULK, RADIUS, WIDTH, isInD, nearestInD } from "./table.js";
import { World } from "./world.js";

export const Phase = Object.freeze({ AIMING: "aiming", ROLLING: "rolling", OVER: "over" });

/** Where the cue ball in hand may be laid, the best places first. */
const PLACES = Array.from({ length: 200 }, (_, i) => ({
  x: BAULK - (i % 10) * 2,
  y: WIDTH / 2 + (i % 2 ? 1 : -1) * (8 + Math.floor(i / 10)),
})).filter(({ x, y }) => isInD(x, y));

const TURN = 2 * Math.PI;
const HALF_POWER = 0.4;

export class Session {
  phase = Phase.AIMING;
  /** Radians, from the direction of the top cushion towards the yellow's side. */
  angle = 0;
  power = HALF_POWER;
  spin = 0;
  /** The ball on; see rules.js. */
  on = 1;
  /** Whether the cue ball may be placed in the D. */
  inHand = false;
  /** What the last shot came to, in words. */
  message = "";
  #shot = new Shot();
  #events = [];

  constructor(balls) {
    this.world = new World(balls, this.#onTouch, this.#onPot);
  }

  get balls() {
    return this.world.balls;
  }

  get cue() {
    return this.world.cue;
  }

  get aiming() {
    return this.phase === Phase.AIMING;
  }

  /** What the cue ball would meet first, see sight.js, and whether that would be a `foul`. */
  get sight() {
    const contact = firstContact(this.balls, this.cue, this.angle);
    return { ...contact, foul: contact.ball !== null && !isOn(this.on, contact.ball.value) };
  }

  turnBy(radians) {
    this.turnTo(this.angle + radians);
  }

  turnTo(radians) {
    if (this.aiming) this.angle = ((radians % TURN) + TURN) % TURN;
  }

  aimAt(x, y) {
    if (Math.hypot(x - this.cue.x, y - this.cue.y) > RADIUS) this.turnTo(Math.atan2(y - this.cue.y, x - this.cue.x));
  }

  setPower(power) {
    if (this.aiming) this.power = clamp(power, 0, 1);
  }

  setSpin(spin) {
    if (this.aiming) this.spin = clamp(spin, -1, 1);
  }

  /** Moves a cue ball in hand as near to (x, y) as the D and the other balls let it. */
  place(x, y) {
    if (!this.aiming || !this.inHand) return;
    const spot = nearestInD(x, y);
    if (isFree(this.balls, this.cue, spot.x, spot.y)) lay(this.cue, spot.x, spot.y);
  }

  shoot() {
    if (!this.aiming) return;
    this.#shot = new Shot();
    this.message = "";
    this.inHand = false;
    strike(this.cue, this.angle, this.power, this.spin);
    this.phase = Phase.ROLLING;
    this.emit("strike", { power: this.power });
  }

  /** Advances the balls by one step of the world. */
  step() {
    if (this.phase !== Phase.ROLLING) return;
    this.world.step();
    if (this.world.atRest) this.#settle();
  }

  /** What happened since the last call, oldest first, as `{ name, ... }`: for sounds and effects. */
  takeEvents() {
    return this.#events.splice(0);
  }

  emit(name, detail = {}) {
    this.#events.push({ name, ...detail });
  }

  /** Puts the cue ball into the player's hand, at a free place of the D, with a ball on in sight if there is one. */
  takeInHand() {
    this.inHand = true;
    const places = PLACES.filter(({ x, y }) => isFree(this.balls, this.cue, x, y));
    const { x, y } = places.find((place) => this.#openFrom(place).length > 0) ?? places[0];
    lay(this.cue, x, y);
  }

  /** Turns the cue to the nearest ball on, if possible one in sight, so that nobody has to begin from nothing. */
  aimAtNearest() {
    const way = ({ x, y }) => Math.hypot(x - this.cue.x, y - this.cue.y);
    const open = this.#openFrom(this.cue);
    const nearest = (open.length ? open : this.#targets).reduce((best, ball) => (way(best) <= way(ball) ? best : ball));
    this.aimAt(nearest.x, nearest.y);
  }

  get #targets() {
    return this.balls.filter(({ value, down }) => !down && value !== CUE && isOn(this.on, value));
  }

  /* The balls on in the middle of which one can aim from a place, and meet no other first than one that is on. */
  #openFrom(place) {
    const others = this.balls.filter((ball) => ball !== this.cue);
    return this.#targets.filter(({ x, y }) => {
      const { ball } = firstContact(others, place, Math.atan2(y - place.y, x - place.x));
      return ball !== null && isOn(this.on, ball.value);
    });
  }

  #settle() {
    this.phase = Phase.AIMING;
    this.spin = 0;
    this.finishShot(this.#shot);
  }

  #onTouch = (a, b) => this.#shot.touch(a, b);

  #onPot = (ball, pocket) => {
    this.#shot.potted.push(ball);
    this.emit("pot", { value: ball.value, x: ball.x, y: ball.y, pocket });
  };
}

function clamp(number, least, most) {
  return Math.min(most, Math.max(least, number));
}
