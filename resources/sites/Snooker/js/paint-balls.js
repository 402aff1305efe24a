/** How balls, cue and aim look; balls are painted once for each size of the table, and then only copied. */

import { BAULK, D_RADIUS, RADIUS, WIDTH } from "./table.js";

/** The light, middle and dark tone of each ball, by its value. */
const PAINTS = Object.freeze([
  ["#ffffff", "#f3ecd9", "#b9ab8a"],
  ["#ff8a7e", "#cf1f25", "#74060d"],
  ["#fff6b3", "#f2c419", "#9a7204"],
  ["#6fd39a", "#0c6a3b", "#032a16"],
  ["#d8a27a", "#84491f", "#3d1d08"],
  ["#8fb8ff", "#1f54c4", "#0a235f"],
  ["#ffe3ec", "#f28bac", "#a84468"],
  ["#8a8f98", "#1d1f24", "#000000"],
]);
const CUE_LENGTH = 120;
const TIP_AWAY = 4.2;
const DRAW_BACK = 26;

/** One canvas for each value, with the ball in its middle; `scale` is in pixels a centimetre. */
export function makeBalls(scale, numbered) {
  return PAINTS.map((paint, value) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 2 * Math.ceil(RADIUS * 1.5 * scale);
    const ctx = canvas.getContext("2d");
    ctx.setTransform(scale, 0, 0, scale, canvas.width / 2, canvas.width / 2);
    paintBall(ctx, paint);
    if (numbered && value > 1) paintNumber(ctx, value);
    return canvas;
  });
}

function paintBall(ctx, [light, middle, dark]) {
  const shade = ctx.createRadialGradient(0.7, 0.9, RADIUS * 0.5, 0.7, 0.9, RADIUS * 1.25);
  shade.addColorStop(0, "rgb(0 20 8 / 60%)");
  shade.addColorStop(1, "rgb(0 20 8 / 0%)");
  ctx.fillStyle = shade;
  fillDisc(ctx, 0.7, 0.9, RADIUS * 1.25);
  const skin = ctx.createRadialGradient(-1, -1.2, 0.2, -0.3, -0.4, RADIUS * 1.15);
  skin.addColorStop(0, light);
  skin.addColorStop(0.45, middle);
  skin.addColorStop(1, dark);
  ctx.fillStyle = skin;
  fillDisc(ctx, 0, 0, RADIUS);
  ctx.fillStyle = "rgb(255 255 255 / 75%)";
  fillDisc(ctx, -1.05, -1.25, 0.45);
}

function paintNumber(ctx, value) {
  ctx.font = `700 ${RADIUS * 1.25}px system-ui, sans-serif`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillStyle = value === 2 || value === 6 ? "rgb(40 20 0 / 85%)" : "rgb(255 255 255 / 92%)";
  ctx.fillText(value, 0, 0.25);
}

/** The line of aim, the cue ball's place at the first contact (crossed out if that is a foul), and where it pushes. */
export function paintAim(ctx, cue, { x, y, ball, foul, towardsX, towardsY }) {
  ctx.strokeStyle = "rgb(255 255 255 / 70%)";
  ctx.lineWidth = 0.45;
  ctx.setLineDash([2.4, 1.6]);
  strokeLine(ctx, cue.x, cue.y, x, y);
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.arc(x, y, RADIUS, 0, 2 * Math.PI);
  ctx.stroke();
  if (!ball) return;
  ctx.lineWidth = 0.7;
  if (foul) return paintCross(ctx, x, y);
  const [near, far] = [RADIUS, 8 * RADIUS];
  strokeLine(ctx, ball.x + towardsX * near, ball.y + towardsY * near, ball.x + towardsX * far, ball.y + towardsY * far);
}

function paintCross(ctx, x, y) {
  const arm = RADIUS * Math.SQRT1_2;
  for (const side of [-1, 1]) strokeLine(ctx, x - arm, y - side * arm, x + arm, y + side * arm);
}

/** The cue behind a ball at (x, y); `power` says how far it is drawn back, `alpha` how clearly it is seen. */
export function paintCue(ctx, x, y, angle, power, alpha) {
  ctx.save();
  ctx.globalAlpha = alpha;
  ctx.translate(x, y);
  ctx.rotate(angle + Math.PI);
  ctx.translate(TIP_AWAY + power * DRAW_BACK, 0);
  ctx.shadowColor = "rgb(0 0 0 / 45%)";
  ctx.shadowOffsetY = 3;
  fillTaper(ctx, 0, CUE_LENGTH, 0.55, 1.5, "#d9b077");
  ctx.shadowColor = "transparent";
  fillTaper(ctx, CUE_LENGTH * 0.7, CUE_LENGTH, 1.22, 1.5, "#2b1a12");
  fillTaper(ctx, 0, 2.2, 0.55, 0.57, "#f4efe2");
  fillTaper(ctx, 0, 0.8, 0.55, 0.56, "#3a78b8");
  ctx.restore();
}

/** The D, lit while the cue ball is in hand. */
export function paintHand(ctx, { x, y }) {
  ctx.fillStyle = "rgb(255 255 255 / 10%)";
  ctx.beginPath();
  ctx.arc(BAULK, WIDTH / 2, D_RADIUS, Math.PI / 2, 1.5 * Math.PI);
  ctx.fill();
  ctx.strokeStyle = "rgb(255 255 255 / 80%)";
  ctx.lineWidth = 0.5;
  ctx.beginPath();
  ctx.arc(x, y, RADIUS * 1.6, 0, 2 * Math.PI);
  ctx.stroke();
}

function fillTaper(ctx, from, to, start, end, colour) {
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.moveTo(from, -start);
  ctx.lineTo(to, -end);
  ctx.lineTo(to, end);
  ctx.lineTo(from, start);
  ctx.fill();
}

function strokeLine(ctx, fromX, fromY, toX, toY) {
  ctx.beginPath();
  ctx.moveTo(fromX, fromY);
  ctx.lineTo(toX, toY);
  ctx.stroke();
}

function fillDisc(ctx, x, y, r) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.fill();
}
