/** Plays a shot in thought: on a copy of the balls, by the same laws of motion, and says what it would come to. */

import { STEP } from "../../shared/beat.js";
import { RED, makeBall } from "./balls.js";
import { strike } from "./motion.js";
import { findPots } from "./pots.js";
import { Shot, judge, lowestOn, nextOn, respot } from "./rules.js";
import { World } from "./world.js";

const LONGEST_RUN = 30 / STEP;
/** Steps of thought between two looks at the clock. */
const BREATH = 80;
/** What it is worth, in points, to leave oneself, or the other, an easy pot. */
const LEAVE = 4;

/**
 * Yields at times, and returns what a shot `{ angle, power, spin }` comes to: its `worth` to who plays it, in points,
 * whether it is `clean` (no foul), and the `points` it makes at once.
 */
export function* tryShot(balls, on, { angle, power, spin }) {
  const shot = new Shot();
  const copies = balls.map(({ value, x, y, down }) => ({ ...makeBall(value, x, y), down }));
  const world = new World(copies, (a, b) => shot.touch(a, b), (ball) => shot.potted.push(ball));
  strike(world.cue, angle, power, spin);
  for (let steps = 0; !world.atRest && steps < LONGEST_RUN; steps += 1) {
    world.step();
    if (steps % BREATH === 0) yield;
  }
  return appraise(world, on, shot);
}

function appraise({ balls, cue }, on, shot) {
  const { points, foul } = judge(on, shot);
  respot(balls, shot.potted, foul === 0 && on > RED ? on : null);
  const left = lowestOn(balls);
  const next = points > 0 ? nextOn(on, balls) : left;
  const leave = cue.down || left === Infinity ? 0 : (findPots(balls, cue, next)[0]?.ease ?? 0) * LEAVE * worth(next);
  return { worth: points - foul + (points > 0 ? leave : -leave), clean: foul === 0, points };
}

function worth(on) {
  return on === 0 ? 1.5 : Math.max(1, on / 4);
}
