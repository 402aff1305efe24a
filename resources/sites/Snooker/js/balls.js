/** The balls: what each is worth and called, and how they lie at the start. */

import { RADIUS, SPOTS, WIDTH } from "./table.js";

export const CUE = 0;
export const RED = 1;
export const BLACK = 7;
export const NAMES = Object.freeze(["cue ball", "red", "yellow", "green", "brown", "blue", "pink", "black"]);

/** A hair's breadth between racked reds, in centimetres, so that a break is a chain of clear knocks. */
const AIR = 0.02;
const ROW = (2 * RADIUS + AIR) * Math.sin(Math.PI / 3);

/** A ball at rest; (vx, vy) is its speed and (ux, uy) the speed at which its roll alone would carry it, in cm/s. */
export function makeBall(value, x, y) {
  return { value, x, y, fromX: x, fromY: y, vx: 0, vy: 0, ux: 0, uy: 0, down: false };
}

/** The cue ball first, then `reds` reds in a triangle behind the pink's spot, then the colours from `lowest` up. */
export function rack(reds, lowest = 2) {
  const colours = Object.entries(SPOTS).map(([value, { x, y }]) => makeBall(Number(value), x, y));
  const balls = [makeBall(CUE, 0, 0), ...triangle(reds), ...colours.filter(({ value }) => value >= lowest)];
  balls[0].down = true;
  return balls;
}

function triangle(count) {
  const reds = [];
  const apex = SPOTS[6].x + 2 * RADIUS + 0.3;
  for (let row = 0; reds.length < count; row += 1) {
    for (let i = 0; i <= row; i += 1) {
      reds.push(makeBall(RED, apex + row * ROW, WIDTH / 2 + (i - row / 2) * (2 * RADIUS + AIR)));
    }
  }
  return reds;
}

/** Lays a ball down at rest. */
export function lay(ball, x, y) {
  Object.assign(ball, makeBall(ball.value, x, y));
}

export function isMoving({ down, vx, vy, ux, uy }) {
  return !down && (vx !== 0 || vy !== 0 || ux !== 0 || uy !== 0);
}

/** Whether a ball may lie at (x, y) without touching another than `self`. */
export function isFree(balls, self, x, y) {
  return balls.every((ball) => ball === self || ball.down || Math.hypot(ball.x - x, ball.y - y) > 2 * RADIUS);
}
