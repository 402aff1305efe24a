/** How the sea, the net and the signs on the field look: plain canvas drawing in field units, with no state. */

import { FIELD } from "./levels.js";

/** The colours of the layers of the sea, from behind the boat to before it, for each sky. */
const WATER = Object.freeze({
  dawn: ["#6d9cc0", "#4c88b3", "#2f6b98", "#1d527c"],
  day: ["#4fa3d4", "#2b88c4", "#176ca6", "#0d5587"],
  breeze: ["#45a5b8", "#2489a0", "#136c85", "#0b5469"],
  grey: ["#7b93a6", "#5b788f", "#415f77", "#2f4a60"],
  dusk: ["#71639c", "#554d8a", "#3b366f", "#2a2756"],
  storm: ["#4f6a78", "#3b5766", "#2a4452", "#1b303c"],
  night: ["#24406e", "#1a335d", "#12264a", "#0a1935"],
});
const LAYERS = Object.freeze([
  { lift: -13, shift: 170, foam: 0.12 },
  { lift: 0, shift: 0, foam: 0.3 },
  { lift: 17, shift: 74, foam: 0.2 },
  { lift: 42, shift: 330, foam: 0.14 },
]);
const POINT_EVERY = 12;

/** The sea is painted this far beyond the field, so that no tremor shows where it ends. */
const BESIDE = 12;
const POLE = Object.freeze({ foot: 26, deck: -17, top: -60 });
const MESH = Object.freeze({ columns: 6, rows: 2, rim: -54, bottom: -20 });
const STRONG_WIND = 60;

/** One of the layers of the sea: 0 behind the boat, 1 where it floats, 2 and 3 before it. */
export function paintWater(ctx, sea, sky, layer) {
  const { lift, shift, foam } = LAYERS[layer];
  ctx.beginPath();
  for (let x = -BESIDE; x <= FIELD.width + BESIDE; x += POINT_EVERY) ctx.lineTo(x, sea.surface(x + shift) + lift);
  ctx.lineWidth = 2.5;
  ctx.strokeStyle = `rgb(255 255 255 / ${foam})`;
  ctx.stroke();
  ctx.lineTo(FIELD.width + BESIDE, FIELD.height + BESIDE);
  ctx.lineTo(-BESIDE, FIELD.height + BESIDE);
  ctx.fillStyle = WATER[sky][layer];
  ctx.fill();
}

/** The net between its poles, `width` wide, with the boat's waterline at (0, 0); `bounce` 1 just after a catch. */
export function paintNet(ctx, width, bounce) {
  const half = width / 2;
  const sag = MESH.bottom + 8 * bounce;
  paintPoles(ctx, half);
  ctx.beginPath();
  ctx.moveTo(-half, MESH.rim);
  ctx.bezierCurveTo(-half * 0.85, sag, half * 0.85, sag, half, MESH.rim);
  ctx.fillStyle = "rgb(255 250 235 / 30%)";
  ctx.fill();
  paintMesh(ctx, half, sag);
  ctx.beginPath();
  ctx.moveTo(-half, MESH.rim);
  ctx.quadraticCurveTo(0, MESH.rim + 8, half, MESH.rim);
  ctx.strokeStyle = "#fff4d6";
  ctx.lineWidth = 3;
  ctx.stroke();
}

function paintPoles(ctx, half) {
  ctx.strokeStyle = "#5b3815";
  ctx.lineWidth = 4;
  ctx.lineCap = "round";
  ctx.beginPath();
  for (const side of [-1, 1]) {
    ctx.moveTo(side * POLE.foot, POLE.deck);
    ctx.lineTo(side * (half + 2), POLE.top);
  }
  ctx.stroke();
}

function paintMesh(ctx, half, sag) {
  ctx.beginPath();
  for (let i = 1; i < MESH.columns; i += 1) {
    const part = (i / MESH.columns) * 2 - 1;
    ctx.moveTo(part * half, MESH.rim + 4);
    ctx.quadraticCurveTo(part * half * 0.9, MESH.rim + 16, part * half * 0.55, depthAt(part, sag));
  }
  for (let i = 1; i <= MESH.rows; i += 1) {
    const reach = half * (1 - 0.14 * i);
    const y = MESH.rim + 9 * i;
    ctx.moveTo(-reach, y);
    ctx.quadraticCurveTo(0, y + 8, reach, y);
  }
  ctx.strokeStyle = "rgb(255 250 235 / 75%)";
  ctx.lineWidth = 1.3;
  ctx.stroke();
}

function depthAt(part, sag) {
  return MESH.rim + (sag - MESH.rim) * 0.75 * (1 - part * part * 0.35);
}

export function paintDrop(ctx, { x, y, size, colour, left }) {
  ctx.globalAlpha = left;
  ctx.fillStyle = colour;
  ctx.fillRect(x - size / 2, y - size / 2, size, size);
  ctx.globalAlpha = 1;
}

export function paintLabel(ctx, { x, y, text, left }) {
  ctx.globalAlpha = Math.min(1, left * 2);
  ctx.font = "700 17px system-ui, sans-serif";
  ctx.textAlign = "center";
  ctx.lineWidth = 4;
  ctx.lineJoin = "round";
  ctx.strokeStyle = "rgb(8 24 44 / 85%)";
  ctx.strokeText(text, x, y);
  ctx.fillStyle = "#ffffff";
  ctx.fillText(text, x, y);
  ctx.globalAlpha = 1;
}

/** A bar that shrinks with the time (1 to 0) that a power-up still has. */
export function paintBar(ctx, x, y, part) {
  ctx.fillStyle = "rgb(8 24 44 / 45%)";
  ctx.fillRect(x, y, 60, 6);
  ctx.fillStyle = "#ffffff";
  ctx.fillRect(x, y, 60 * part, 6);
}

/** Which way the wind blows, with one arrowhead for a breeze, two or three for more. */
export function paintWind(ctx, wind) {
  const heads = Math.min(3, Math.ceil(Math.abs(wind) / STRONG_WIND));
  const side = Math.sign(wind);
  ctx.beginPath();
  for (let i = 0; i < heads; i += 1) {
    const x = FIELD.width / 2 + (i - (heads - 1) / 2) * 14 * side;
    ctx.moveTo(x - 5 * side, 12);
    ctx.lineTo(x + 5 * side, 20);
    ctx.lineTo(x - 5 * side, 28);
  }
  ctx.lineCap = ctx.lineJoin = "round";
  ctx.strokeStyle = "rgb(8 24 44 / 60%)";
  ctx.lineWidth = 7;
  ctx.stroke();
  ctx.strokeStyle = "#ffffff";
  ctx.lineWidth = 3.5;
  ctx.stroke();
}
