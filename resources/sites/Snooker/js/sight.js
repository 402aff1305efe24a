/** Where a shot leads, by geometry alone: the first contact along a line, and what the balls do there. */

import { LENGTH, RADIUS, WIDTH } from "./table.js";
import { timeToMeet } from "./world.js";

/**
 * What the cue ball meets when it is sent along `angle`: `{ x, y }` is its centre then, `way` the distance;
 * `ball` is what it touches (null for a cushion) and (towardsX, towardsY) the unit direction in which that is pushed.
 */
export function firstContact(balls, cue, angle) {
  const ray = { x: cue.x, y: cue.y, vx: Math.cos(angle), vy: Math.sin(angle) };
  let way = wayToCushion(ray);
  let met = null;
  for (const ball of balls) {
    if (ball === cue || ball.down) continue;
    const reach = timeToMeet(ray, { x: ball.x, y: ball.y }, 2 * RADIUS);
    if (reach < way) [way, met] = [reach, ball];
  }
  const x = ray.x + ray.vx * way;
  const y = ray.y + ray.vy * way;
  if (!met) return { x, y, way, ball: null, towardsX: 0, towardsY: 0 };
  return { x, y, way, ball: met, towardsX: (met.x - x) / (2 * RADIUS), towardsY: (met.y - y) / (2 * RADIUS) };
}

function wayToCushion({ x, y, vx, vy }) {
  const across = vx > 0 ? (LENGTH - RADIUS - x) / vx : (RADIUS - x) / vx;
  const along = vy > 0 ? (WIDTH - RADIUS - y) / vy : (RADIUS - y) / vy;
  return Math.max(0, Math.min(vx ? across : Infinity, vy ? along : Infinity));
}

/** Whether a ball can roll from one place to another without touching any but those in `aside`. */
export function isClear(balls, from, to, aside) {
  const x = to.x - from.x;
  const y = to.y - from.y;
  const square = x * x + y * y;
  return balls.every((ball) => {
    if (ball.down || aside.includes(ball)) return true;
    const part = Math.min(1, Math.max(0, ((ball.x - from.x) * x + (ball.y - from.y) * y) / square));
    return Math.hypot(from.x + x * part - ball.x, from.y + y * part - ball.y) > 2 * RADIUS - 0.05;
  });
}
