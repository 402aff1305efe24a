/** The referee: which ball is on, what a shot was worth, and where a colour goes back to. */

import { CUE, NAMES, RED, isFree, lay } from "./balls.js";
import { LENGTH, RADIUS, SPOTS } from "./table.js";

/** The ball on after a potted red; otherwise the ball on is given by its value. */
export const ANY_COLOUR = 0;

const LEAST_FOUL = 4;
const STEP_ASIDE = 0.5;

/** What happened in a shot, as the world tells it. */
export class Shot {
  /** The first ball that the cue ball touched. */
  first = null;
  potted = [];

  touch(a, b) {
    if (a.value === CUE) this.first ??= b;
    else if (b.value === CUE) this.first ??= a;
  }
}

/** The balls on in words. */
export function nameOn(on) {
  return on === ANY_COLOUR ? "a colour" : NAMES[on];
}

export function isOn(on, value) {
  return on === ANY_COLOUR ? value > RED : value === on;
}

/** A shot's `{ points, foul, reason }`: either points for who played it, or a foul's points for the other. */
export function judge(on, { first, potted }) {
  /* With a colour on, the colour that is hit first counts as the one that was named. */
  const target = on === ANY_COLOUR && first?.value > RED ? first.value : on;
  const faults = [];
  const wrong = first && !isOn(on, first.value);
  if (!first) faults.push(["no ball was hit", target]);
  if (wrong) faults.push([`the ${NAMES[first.value]} was hit first, not ${nameOn(on)}`, first.value]);
  for (const { value } of potted) {
    if (value === CUE) faults.push(["the cue ball was potted", target]);
    else if (value !== target) faults.push([`the ${NAMES[value]} was potted`, value]);
  }
  if (faults.length === 0) return { points: potted.reduce((sum, ball) => sum + ball.value, 0), foul: 0, reason: "" };
  const foul = Math.max(LEAST_FOUL, target, ...faults.map(([, value]) => value));
  return { points: 0, foul, reason: faults[0][0] };
}

/** The lowest ball that is left: what is on when a turn begins. */
export function lowestOn(balls) {
  return Math.min(...balls.filter(({ value, down }) => !down && value !== CUE).map(({ value }) => value));
}

/** The ball on after points were made with this one on. */
export function nextOn(on, balls) {
  const lowest = lowestOn(balls);
  return on === RED ? ANY_COLOUR : lowest;
}

/** Puts potted colours back, the highest first; `keep` is the value of a colour that stays down, if one does. */
export function respot(balls, potted, keep) {
  const colours = potted.filter(({ value }) => value > RED && value !== keep);
  for (const ball of colours.sort((a, b) => b.value - a.value)) spot(balls, ball);
}

/** On its own spot, else on the highest free one, else as near to its own as can be, towards the top cushion. */
function spot(balls, ball) {
  const values = [ball.value, 7, 6, 5, 4, 3, 2];
  const free = values.map((value) => SPOTS[value]).find(({ x, y }) => isFree(balls, ball, x, y));
  const { x, y } = free ?? besideSpot(balls, ball);
  lay(ball, x, y);
}

function besideSpot(balls, ball) {
  const { x, y } = SPOTS[ball.value];
  for (let way = STEP_ASIDE; way < LENGTH; way += STEP_ASIDE) {
    const beyond = [x + way, x - way].filter((at) => at > RADIUS && at < LENGTH - RADIUS);
    const at = (x + way < LENGTH - RADIUS ? beyond.slice(0, 1) : beyond).find((place) => isFree(balls, ball, place, y));
    if (at !== undefined) return { x: at, y };
  }
  throw new Error(`There is no room for the ${NAMES[ball.value]}.`);
}
