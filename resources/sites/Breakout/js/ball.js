/** One ball: how it rides on the paddle, flies, bounces, and is turned when it has got into a rut. */

import { FIELD } from "./levels.js";
import { earliestHit, moveToHit, reflect, sweep, turn } from "./physics.js";

const UP = Object.freeze({ ux: 0, uy: -1 });
const RADIUS = 6;
const SIDEWAYS = Math.PI / 3;
const MAX_BOUNCES = 6;
const TIRED_AFTER = 24;

/** The sides and the top, as boxes outside the field; the bottom is open. */
const WALLS = Object.freeze([
  { x: -100, y: -100, w: 100, h: FIELD.height + 300, wall: true },
  { x: FIELD.width, y: -100, w: 100, h: FIELD.height + 300, wall: true },
  { x: -100, y: -100, w: FIELD.width + 200, h: 100, wall: true },
]);

export class Ball {
  x = 0;
  y = 0;
  fromX = 0;
  fromY = 0;
  r = RADIUS;
  ux = 0;
  uy = -1;
  /** Bricks broken since the paddle was last touched. */
  chain = 0;
  #idle = 0;

  get lost() {
    return this.y > FIELD.height + this.r;
  }

  ride(paddle) {
    this.x = this.fromX = paddle.centre;
    this.y = this.fromY = paddle.y - this.r;
  }

  /** Sends the ball up, `lean` (-1 to 1) to the left or right. */
  rise(lean) {
    Object.assign(this, turn(UP, Math.max(-1, Math.min(1, lean)) * SIDEWAYS));
  }

  /** A second ball at the same place, its direction turned by an angle in radians. */
  split(angle) {
    return Object.assign(new Ball(), this, turn(this, angle));
  }

  /**
   * Flies `way` units along its direction and off whatever it meets, or through bricks while it is `burning`;
   * `onHit(ball, box)` is told of each touch.
   */
  fly(way, bricks, paddle, onHit, burning) {
    this.fromX = this.x;
    this.fromY = this.y;
    let left = 1;
    for (let bounces = 0; left > 0 && bounces < MAX_BOUNCES; bounces += 1) {
      const dx = this.ux * way * left;
      const dy = this.uy * way * left;
      const hit = this.#firstHit(dx, dy, bricks, paddle, paddle.moved * left);
      moveToHit(this, dx, dy, hit);
      left *= 1 - hit.t;
      if (hit.box === paddle) this.#return(paddle);
      else if (hit.box && !(burning && hit.box.hits < Infinity)) this.#bounce(hit);
      if (hit.box) onHit(this, hit.box);
    }
  }

  /* The paddle has already moved in this step, so the ball is swept against it as seen from the paddle. */
  #firstHit(dx, dy, bricks, paddle, slide) {
    const hits = [earliestHit(this, dx, dy, WALLS), earliestHit(this, dx, dy, bricks)];
    if (this.uy > 0) {
      const save = sweep({ x: this.x + slide, y: this.y, r: this.r }, dx - slide, dy, paddle);
      if (save) hits.push({ ...save, box: paddle });
    }
    const freeWay = { t: 1, nx: 0, ny: 0, box: null };
    return hits.reduce((first, hit) => (hit && (!first.box || hit.t < first.t) ? hit : first), freeWay);
  }

  /* Where the ball meets the paddle decides where it goes; even a ball caught by the paddle's side is saved. */
  #return(paddle) {
    this.y = paddle.y - this.r;
    this.rise((this.x - paddle.centre) / (paddle.w / 2));
    this.chain = this.#idle = 0;
  }

  #bounce({ box, nx, ny }) {
    Object.assign(this, reflect(this, nx, ny));
    this.#idle = box.wall || box.hits === Infinity ? this.#idle + 1 : 0;
    if (this.#idle < TIRED_AFTER) return;
    this.#idle = 0;
    this.#leaveRut(nx, ny);
  }

  /* Walls and steel can catch a ball for ever: it is turned a little, but never into what it has just hit. */
  #leaveRut(nx, ny) {
    const turned = turn(this, this.ux * this.uy > 0 ? 0.35 : -0.35);
    if (turned.ux * nx + turned.uy * ny > 0) Object.assign(this, turned);
  }
}
