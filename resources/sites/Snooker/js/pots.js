/** The pots that the table offers: every ball on, every pocket, and how easy each pot is. */

import { CUE } from "./balls.js";
import { isOn } from "./rules.js";
import { isClear } from "./sight.js";
import { POCKETS, RADIUS } from "./table.js";

/** Thinner cuts than this (cosine of the angle), and flatter ways into a middle pocket, are not worth a try. */
const THINNEST = 0.22;
const FLATTEST = 0.45;

/** The pots with this ball on, the easiest first, as `{ ball, angle, ease, way, run }`; ease goes from 0 to 1. */
export function findPots(balls, cue, on) {
  const pots = [];
  for (const ball of balls) {
    if (ball.down || ball.value === CUE || !isOn(on, ball.value)) continue;
    for (const pocket of POCKETS) {
      const pot = findPot(balls, cue, ball, pocket);
      if (pot) pots.push(pot);
    }
  }
  return pots.sort((a, b) => b.ease - a.ease);
}

/* The ghost is where the cue ball's centre must be for the ball to leave towards the pocket. */
function findPot(balls, cue, ball, pocket) {
  const run = Math.hypot(pocket.aimX - ball.x, pocket.aimY - ball.y);
  const [dx, dy] = [(pocket.aimX - ball.x) / run, (pocket.aimY - ball.y) / run];
  if (pocket.side && Math.abs(dy) < FLATTEST) return null;
  const ghost = { x: ball.x - dx * 2 * RADIUS, y: ball.y - dy * 2 * RADIUS };
  const way = Math.hypot(ghost.x - cue.x, ghost.y - cue.y) || 1e-6;
  const cut = ((ghost.x - cue.x) * dx + (ghost.y - cue.y) * dy) / way;
  if (cut < THINNEST || !isClear(balls, ball, { x: pocket.aimX, y: pocket.aimY }, [ball, cue])) return null;
  if (!isClear(balls, cue, ghost, [ball, cue])) return null;
  const angle = Math.atan2(ghost.y - cue.y, ghost.x - cue.x);
  return { ball, angle, ease: easeOf(cut, way, run, pocket.side ? Math.abs(dy) : 1), way, run };
}

/* The error of aim grows with both ways and with the thinness of the cut. */
function easeOf(cut, way, run, entry) {
  return (cut * entry) / (1 + (way * run) / 9000 + (way + run) / 400);
}
