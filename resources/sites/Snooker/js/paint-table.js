/** The table without its balls: wood, cloth, lines, pockets and cushions, in the table's centimetres. */

import { BAULK, D_RADIUS, LENGTH, POCKETS, RAILS, SPOTS, WIDTH, jawAt } from "./table.js";

/** The width of the frame round the playing area, cushions and wood, in centimetres. */
export const BORDER = 12;
const CUSHION = 5;

/** Paints the table; `texture` is a small image that gives the cloth its nap. */
export function paintTable(ctx, texture) {
  paintWood(ctx);
  paintCloth(ctx, texture);
  paintLines(ctx);
  for (const pocket of POCKETS) paintPocket(ctx, pocket);
  for (const rail of RAILS) paintCushion(ctx, rail);
  paintSights(ctx);
}

function paintWood(ctx) {
  const wood = ctx.createLinearGradient(0, -BORDER, 0, WIDTH + BORDER);
  wood.addColorStop(0, "#7a4526");
  wood.addColorStop(0.5, "#5a3018");
  wood.addColorStop(1, "#42210f");
  ctx.fillStyle = wood;
  ctx.beginPath();
  ctx.roundRect(-BORDER, -BORDER, LENGTH + 2 * BORDER, WIDTH + 2 * BORDER, 9);
  ctx.fill();
  ctx.strokeStyle = "rgb(255 220 180 / 22%)";
  ctx.lineWidth = 0.5;
  ctx.beginPath();
  ctx.roundRect(-BORDER + 1, -BORDER + 1, LENGTH + 2 * BORDER - 2, WIDTH + 2 * BORDER - 2, 8);
  ctx.stroke();
}

function paintCloth(ctx, texture) {
  const light = ctx.createRadialGradient(LENGTH / 2, WIDTH / 2, 20, LENGTH / 2, WIDTH / 2, LENGTH * 0.6);
  light.addColorStop(0, "#35955f");
  light.addColorStop(1, "#1f6e44");
  const area = [-CUSHION, -CUSHION, LENGTH + 2 * CUSHION, WIDTH + 2 * CUSHION];
  ctx.fillStyle = light;
  ctx.fillRect(...area);
  const nap = ctx.createPattern(texture, "repeat");
  nap.setTransform(new DOMMatrix().scale(0.5));
  ctx.fillStyle = nap;
  ctx.fillRect(...area);
}

function paintLines(ctx) {
  ctx.strokeStyle = "rgb(245 255 248 / 62%)";
  ctx.lineWidth = 0.5;
  ctx.beginPath();
  ctx.moveTo(BAULK, 0);
  ctx.lineTo(BAULK, WIDTH);
  ctx.moveTo(BAULK, WIDTH / 2 + D_RADIUS);
  ctx.arc(BAULK, WIDTH / 2, D_RADIUS, Math.PI / 2, 1.5 * Math.PI);
  ctx.stroke();
  ctx.fillStyle = "rgb(245 255 248 / 75%)";
  for (const { x, y } of Object.values(SPOTS)) fillDisc(ctx, x, y, 0.7);
}

function paintPocket(ctx, { x, y, r, side }) {
  ctx.fillStyle = "#1d130d";
  fillDisc(ctx, x, y, r + 1.6);
  const depth = ctx.createRadialGradient(x, y, r * 0.3, x, y, r + 0.6);
  depth.addColorStop(0, "#000000");
  depth.addColorStop(1, "#0e0e10");
  ctx.fillStyle = depth;
  fillDisc(ctx, x, y, r + (side ? 0.4 : 0.6));
}

/* Each is painted lying along the top edge, and turned to its place by the transform. */
function paintCushion(ctx, rail) {
  const { along, at, inward, from, to } = rail;
  ctx.save();
  if (along === "x") ctx.transform(1, 0, 0, inward, 0, at);
  else ctx.transform(0, 1, inward, 0, at, 0);
  traceCushion(ctx, from, to, jawAt(rail, from), jawAt(rail, to));
  const slope = ctx.createLinearGradient(0, 0, 0, -CUSHION);
  slope.addColorStop(0, "#4db37c");
  slope.addColorStop(0.16, "#2b8a57");
  slope.addColorStop(1, "#175233");
  ctx.fillStyle = slope;
  ctx.shadowColor = "rgb(0 25 10 / 55%)";
  ctx.shadowBlur = 6;
  ctx.fill();
  ctx.restore();
}

function traceCushion(ctx, from, to, fromJaw, toJaw) {
  ctx.beginPath();
  ctx.moveTo(from, 0);
  ctx.lineTo(to, 0);
  ctx.arc(to, -toJaw, toJaw, Math.PI / 2, 0, true);
  ctx.lineTo(to + toJaw, -CUSHION);
  ctx.lineTo(from - fromJaw, -CUSHION);
  ctx.lineTo(from - fromJaw, -fromJaw);
  ctx.arc(from, -fromJaw, fromJaw, Math.PI, Math.PI / 2, true);
  ctx.closePath();
}

/* The small marks in the wood by which players measure angles. */
function paintSights(ctx) {
  ctx.fillStyle = "rgb(255 236 205 / 60%)";
  const away = (BORDER + CUSHION) / 2;
  for (let i = 1; i < 8; i += 1) {
    if (i === 4) continue;
    for (const y of [-away, WIDTH + away]) fillDisc(ctx, (LENGTH * i) / 8, y, 0.7);
  }
  for (let i = 1; i < 4; i += 1) {
    for (const x of [-away, LENGTH + away]) fillDisc(ctx, x, (WIDTH * i) / 4, 0.7);
  }
}

function fillDisc(ctx, x, y, r) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.fill();
}
