/** Balls that move on the table: fixed steps, and in each the exact times of impact, so that no speed can tunnel. */

import { STEP } from "../../shared/beat.js";
import { isMoving } from "./balls.js";
import { bounce, knock, slow } from "./motion.js";
import { JAWS, LENGTH, POCKETS, RADIUS, RAILS, WIDTH } from "./table.js";

/** In a tight cluster knocks can follow one another without end: the rest of such a step is stood still. */
const MOST_IMPACTS = 300;

/** Nothing further than this from a cushion reaches it, its jaws or its pockets within a step, in centimetres. */
const EDGE = 15;

export class World {
  /** The loudest of each kind since it was last set to 0, in cm/s. */
  loudness = { click: 0, cushion: 0, pocket: 0 };
  #time = 0;
  #ball = null;
  /* What the ball meets first: another ball, a rail, a jaw or a pocket. */
  #met = null;

  /** `onTouch(a, b)` is told of balls that touch, `onPot(ball, pocket)` of balls that fall. */
  constructor(balls, onTouch, onPot) {
    this.balls = balls;
    this.onTouch = onTouch;
    this.onPot = onPot;
  }

  get cue() {
    return this.balls[0];
  }

  get atRest() {
    return !this.balls.some(isMoving);
  }

  /** Advances by one step. */
  step() {
    for (const ball of this.balls) {
      ball.fromX = ball.x;
      ball.fromY = ball.y;
      if (isMoving(ball)) slow(ball, STEP);
    }
    let left = STEP;
    for (let impacts = 0; left > 0 && impacts < MOST_IMPACTS; impacts += 1) {
      this.#findFirst(left);
      this.#advance(this.#time);
      left -= this.#time;
      if (!this.#met) return;
      this.#collide(this.#ball, this.#met);
    }
  }

  #advance(time) {
    for (const ball of this.balls) {
      if (ball.down) continue;
      ball.x += ball.vx * time;
      ball.y += ball.vy * time;
    }
  }

  #findFirst(limit) {
    this.#time = limit;
    this.#ball = this.#met = null;
    for (const ball of this.balls) {
      if (ball.down || (ball.vx === 0 && ball.vy === 0)) continue;
      for (const other of this.balls) {
        if (other !== ball && !other.down) this.#note(timeToMeet(ball, other, 2 * RADIUS), ball, other);
      }
      if (isInside(ball)) continue;
      for (const rail of RAILS) this.#note(timeToRail(ball, rail), ball, rail);
      for (const jaw of JAWS) this.#note(timeToMeet(ball, jaw, RADIUS + jaw.r), ball, jaw);
      for (const pocket of POCKETS) this.#note(timeToMeet(ball, pocket, pocket.r), ball, pocket);
    }
  }

  #note(time, ball, met) {
    if (time >= this.#time) return;
    this.#time = time;
    this.#ball = ball;
    this.#met = met;
  }

  #collide(ball, met) {
    if ("value" in met) this.#touch(ball, met);
    else if ("aimX" in met) this.#fall(ball, met);
    else if (met.along === "x") this.#rebound(ball, 0, met.inward);
    else if (met.along === "y") this.#rebound(ball, met.inward, 0);
    else this.#reboundFrom(ball, met);
  }

  #touch(ball, other) {
    this.#hear("click", knock(ball, other));
    this.onTouch(ball, other);
  }

  #fall(ball, pocket) {
    this.#hear("pocket", Math.hypot(ball.vx, ball.vy));
    this.onPot(ball, pocket);
    ball.down = true;
    ball.vx = ball.vy = ball.ux = ball.uy = 0;
  }

  #reboundFrom(ball, jaw) {
    const way = Math.hypot(ball.x - jaw.x, ball.y - jaw.y);
    this.#rebound(ball, (ball.x - jaw.x) / way, (ball.y - jaw.y) / way);
  }

  #rebound(ball, nx, ny) {
    this.#hear("cushion", bounce(ball, nx, ny));
  }

  #hear(kind, speed) {
    this.loudness[kind] = Math.max(this.loudness[kind], speed);
  }
}

/* Far from every cushion: most balls are, most of the time. */
function isInside({ x, y }) {
  return x > EDGE && x < LENGTH - EDGE && y > EDGE && y < WIDTH - EDGE;
}

/** The seconds until two things that move straight come within `reach` of each other, or Infinity. */
export function timeToMeet(ball, other, reach) {
  const x = other.x - ball.x;
  const y = other.y - ball.y;
  const vx = ball.vx - (other.vx ?? 0);
  const vy = ball.vy - (other.vy ?? 0);
  const closing = x * vx + y * vy;
  if (closing <= 0) return Infinity;
  const gap = x * x + y * y - reach * reach;
  if (gap <= 0) return 0;
  const square = vx * vx + vy * vy;
  const discriminant = closing * closing - square * gap;
  return discriminant < 0 ? Infinity : (closing - Math.sqrt(discriminant)) / square;
}

function timeToRail(ball, { along, at, inward, from, to }) {
  const flat = along === "x";
  const speed = flat ? ball.vy : ball.vx;
  if (speed * inward >= 0) return Infinity;
  const time = Math.max(0, (at + inward * RADIUS - (flat ? ball.y : ball.x)) / speed);
  const end = flat ? ball.x + ball.vx * time : ball.y + ball.vy * time;
  return end >= from && end <= to ? time : Infinity;
}
