/** How each thing on the field looks: plain canvas drawing in field units, with no state. */

/** The light, middle and dark tone of each paint. */
const PAINTS = Object.freeze({
  red: ["#ff8d82", "#e5484d", "#a82a35"],
  orange: ["#ffbe7a", "#f0883e", "#b45a17"],
  yellow: ["#ffe896", "#eec23c", "#b08a12"],
  green: ["#8fe3a5", "#3fb267", "#217a43"],
  blue: ["#8cc6ff", "#3f8ee8", "#2360ab"],
  violet: ["#cfb0ff", "#9a6ee8", "#6541b0"],
  silver: ["#f2f6fa", "#aebac8", "#73808f"],
  gold: ["#fff0b0", "#dba53a", "#96681a"],
  steel: ["#66758a", "#465365", "#2b3543"],
});
/** The glow, the light and the shade of a ball, as red, green and blue. */
const BALLS = Object.freeze({
  plain: ["190 225 255", "255 255 255", "184 212 239"],
  burning: ["255 150 60", "255 247 205", "255 146 48"],
});
const GAP = 1.5;
const CORNER = 3;

export function middleTone(paint) {
  return PAINTS[paint][1];
}

export function paintBrick(ctx, { x, y, w, h, paint, hits, fullHits }) {
  const box = [x + GAP, y + GAP, w - 2 * GAP, h - 2 * GAP];
  const [light, middle, dark] = PAINTS[paint];
  fillRound(ctx, box, CORNER, shade(ctx, y, h, [light, middle, dark]));
  ctx.fillStyle = "rgb(255 255 255 / 35%)";
  ctx.fillRect(x + GAP + CORNER, y + GAP + 1, w - 2 * (GAP + CORNER), 1.2);
  if (hits === Infinity) paintRivets(ctx, x, y, w, h);
  else if (fullHits > 1) paintPips(ctx, x + w / 2, y + h / 2, hits, fullHits);
}

/* One dot for each hit that the brick still takes, a ring for each it has had. */
function paintPips(ctx, x, y, hits, fullHits) {
  for (let i = 0; i < fullHits; i += 1) {
    ctx.beginPath();
    ctx.arc(x + (i - (fullHits - 1) / 2) * 8, y, 2.2, 0, 2 * Math.PI);
    ctx.fillStyle = ctx.strokeStyle = "rgb(40 30 10 / 75%)";
    ctx.lineWidth = 0.8;
    if (i < hits) ctx.fill();
    else ctx.stroke();
  }
}

function paintRivets(ctx, x, y, w, h) {
  ctx.strokeStyle = "rgb(0 0 0 / 35%)";
  ctx.lineWidth = 1.2;
  ctx.beginPath();
  ctx.moveTo(x + 11, y + h - 5);
  ctx.lineTo(x + w - 11, y + 5);
  ctx.moveTo(x + 11, y + 5);
  ctx.lineTo(x + w - 11, y + h - 5);
  ctx.stroke();
  ctx.fillStyle = "#a9b6c6";
  for (const cx of [x + 6, x + w - 6]) {
    for (const cy of [y + 6, y + h - 6]) fillDisc(ctx, cx, cy, 1.3);
  }
}

export function paintPaddle(ctx, { x, y, w, h }, flash) {
  fillRound(ctx, [x, y, w, h], h / 2, shade(ctx, y, h, ["#f7fbff", "#b9c8da", "#65788f"]));
  const band = shade(ctx, y, h, ["#ff9a8f", "#e5484d", "#9c2630"]);
  fillRound(ctx, [x + 8, y, 10, h], 0, band);
  fillRound(ctx, [x + w - 18, y, 10, h], 0, band);
  if (flash > 0) fillRound(ctx, [x, y, w, h], h / 2, `rgb(255 255 255 / ${flash * 0.6})`);
}

export function paintBall(ctx, x, y, r, burning) {
  const [glowing, light, dark] = BALLS[burning ? "burning" : "plain"];
  const glow = ctx.createRadialGradient(x, y, r * 0.6, x, y, r * 2.4);
  glow.addColorStop(0, `rgb(${glowing} / 45%)`);
  glow.addColorStop(1, `rgb(${glowing} / 0%)`);
  ctx.fillStyle = glow;
  fillDisc(ctx, x, y, r * 2.4);
  const skin = ctx.createRadialGradient(x - r * 0.35, y - r * 0.4, r * 0.1, x, y, r);
  skin.addColorStop(0, `rgb(${light})`);
  skin.addColorStop(1, `rgb(${dark})`);
  ctx.fillStyle = skin;
  fillDisc(ctx, x, y, r);
}

export function paintTrail(ctx, points, r, burning) {
  if (points.length < 2) return;
  const [tail, head] = [points[0], points[points.length - 1]];
  const fade = ctx.createLinearGradient(tail.x, tail.y, head.x, head.y);
  const [glowing] = BALLS[burning ? "burning" : "plain"];
  fade.addColorStop(0, `rgb(${glowing} / 0%)`);
  fade.addColorStop(1, `rgb(${glowing} / 40%)`);
  ctx.strokeStyle = fade;
  ctx.lineWidth = r * 1.3;
  ctx.lineCap = ctx.lineJoin = "round";
  ctx.beginPath();
  for (const { x, y } of points) ctx.lineTo(x, y);
  ctx.stroke();
}

export function paintSplinter(ctx, { x, y, size, paint, left }) {
  ctx.globalAlpha = left;
  ctx.fillStyle = middleTone(paint);
  ctx.fillRect(x - size / 2, y - size / 2, size, size);
  ctx.globalAlpha = 1;
}

export function paintLabel(ctx, { x, y, text, left }) {
  ctx.globalAlpha = Math.min(1, left * 2);
  ctx.font = "700 15px system-ui, sans-serif";
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineWidth = 3;
  ctx.strokeStyle = "rgb(5 12 26 / 80%)";
  ctx.strokeText(text, x, y);
  ctx.fillStyle = "#ffffff";
  ctx.fillText(text, x, y);
  ctx.globalAlpha = 1;
}

/** A power-up's icon with a bar that shrinks with the time it has left. */
export function paintTimer(ctx, icon, x, y, part) {
  ctx.drawImage(icon, x, y, 16, 16);
  fillRound(ctx, [x + 20, y + 6, 60, 4], 2, "rgb(255 255 255 / 18%)");
  fillRound(ctx, [x + 20, y + 6, 60 * part, 4], 2, "rgb(255 255 255 / 80%)");
}

function shade(ctx, y, h, [light, middle, dark]) {
  const gradient = ctx.createLinearGradient(0, y, 0, y + h);
  gradient.addColorStop(0, light);
  gradient.addColorStop(0.45, middle);
  gradient.addColorStop(1, dark);
  return gradient;
}

function fillRound(ctx, [x, y, w, h], radius, fill) {
  ctx.fillStyle = fill;
  ctx.beginPath();
  ctx.roundRect(x, y, w, h, radius);
  ctx.fill();
}

function fillDisc(ctx, x, y, r) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.fill();
}
