/** What cloth, balls and cushions do to a ball's speed and spin; all speeds in cm/s. */

/** The cloth's grip on a ball that slides, and its drag on one that rolls, in cm/s². */
const GRIP = 190;
const DRAG = 24;
const BALL_BOUNCE = 0.95;
const CUSHION_BOUNCE = 0.76;
const CUSHION_GRIP = 0.97;
const FASTEST = 560;
const SLOWEST = 8;
const TIP_REACH = 1.15;

/** The speed of a stroke; the lower half of the slider is for touch, so the speed grows faster than the power. */
export function strokeSpeed(power) {
  return SLOWEST + (FASTEST - SLOWEST) * power ** 1.7;
}

/** Strikes a resting ball: power from 0 to 1, spin from -1 (screws back) to 1 (follows through). */
export function strike(ball, angle, power, spin) {
  const speed = strokeSpeed(power);
  ball.vx = Math.cos(angle) * speed;
  ball.vy = Math.sin(angle) * speed;
  ball.ux = ball.vx * spin * TIP_REACH;
  ball.uy = ball.vy * spin * TIP_REACH;
}

/** Slows a ball for `dt` seconds: it slides until speed and spin agree (a solid sphere keeps 5/7), then rolls. */
export function slow(ball, dt) {
  const slipX = ball.vx - ball.ux;
  const slipY = ball.vy - ball.uy;
  const slip = Math.hypot(slipX, slipY);
  if (slip <= 3.5 * GRIP * dt) return roll(ball, dt);
  const change = (GRIP * dt) / slip;
  ball.vx -= slipX * change;
  ball.vy -= slipY * change;
  ball.ux += 2.5 * slipX * change;
  ball.uy += 2.5 * slipY * change;
}

function roll(ball, dt) {
  const x = (5 * ball.vx + 2 * ball.ux) / 7;
  const y = (5 * ball.vy + 2 * ball.uy) / 7;
  const speed = Math.hypot(x, y);
  const kept = speed > DRAG * dt ? 1 - (DRAG * dt) / speed : 0;
  ball.vx = ball.ux = x * kept;
  ball.vy = ball.uy = y * kept;
}

/** Knocks two touching balls of equal weight apart; spins stay. Gives the speed of the knock. */
export function knock(a, b) {
  const x = b.x - a.x;
  const y = b.y - a.y;
  const way = Math.hypot(x, y) || 1;
  const speed = ((a.vx - b.vx) * x + (a.vy - b.vy) * y) / way;
  const push = (speed * (1 + BALL_BOUNCE)) / (2 * way);
  a.vx -= push * x;
  a.vy -= push * y;
  b.vx += push * x;
  b.vy += push * y;
  return speed;
}

/** Bounces a ball off a cushion with the unit normal (nx, ny). Gives the speed of the bounce. */
export function bounce(ball, nx, ny) {
  const into = ball.vx * nx + ball.vy * ny;
  const x = ball.vx - into * nx;
  const y = ball.vy - into * ny;
  /* The nose grips a ball above its centre and lets it go all but rolling. */
  ball.vx = ball.ux = x * CUSHION_GRIP - CUSHION_BOUNCE * into * nx;
  ball.vy = ball.uy = y * CUSHION_GRIP - CUSHION_BOUNCE * into * ny;
  return -into;
}
