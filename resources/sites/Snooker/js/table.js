/** The table's measures, in centimetres: x runs from the baulk cushion to the top cushion, y across. */

export const LENGTH = 300;
export const WIDTH = 150;
export const RADIUS = 3;
export const BAULK = 62;
export const D_RADIUS = 25;
const MIDDLE = WIDTH / 2;

/** Where each colour belongs, by its value; seen from the baulk end, yellow is on the right. */
export const SPOTS = Object.freeze({
  2: { x: BAULK, y: MIDDLE + D_RADIUS },
  3: { x: BAULK, y: MIDDLE - D_RADIUS },
  4: { x: BAULK, y: MIDDLE },
  5: { x: LENGTH / 2, y: MIDDLE },
  6: { x: LENGTH * 0.75, y: MIDDLE },
  7: { x: LENGTH - 27, y: MIDDLE },
});

/** How far a cushion's straight nose ends from its pocket, and the radius of the jaw that curves away from there. */
const CORNER = Object.freeze({ gap: 9.6, jaw: 5, hole: 6.2, back: 2.2 });
const SIDE = Object.freeze({ gap: 8.3, jaw: 3, hole: 4.7, back: 4 });

/** Straight noses: a ball's centre stays `RADIUS` away from `at`, on the side that `inward` (1 or -1) points to. */
export const RAILS = Object.freeze([
  ...[0, WIDTH].flatMap((at) => [
    { along: "x", at, inward: at ? -1 : 1, from: CORNER.gap, to: LENGTH / 2 - SIDE.gap },
    { along: "x", at, inward: at ? -1 : 1, from: LENGTH / 2 + SIDE.gap, to: LENGTH - CORNER.gap },
  ]),
  ...[0, LENGTH].map((at) => ({ along: "y", at, inward: at ? -1 : 1, from: CORNER.gap, to: WIDTH - CORNER.gap })),
]);

/** The rounded ends of the noses, as circles behind the cushions. */
export const JAWS = Object.freeze(RAILS.flatMap((rail) => [jaw(rail, rail.from), jaw(rail, rail.to)]));

/** A ball is potted when its centre comes within `r` of (x, y); (aimX, aimY) is where to send it. */
export const POCKETS = Object.freeze([
  ...[0, LENGTH].flatMap((x) => [0, WIDTH].map((y) => cornerPocket(x, y))),
  ...[0, WIDTH].map((y) => sidePocket(y)),
]);

/** The radius of the jaw at this end of a rail: small at the middle pockets. */
export function jawAt({ along }, end) {
  return along === "x" && Math.abs(end - LENGTH / 2) < LENGTH / 4 ? SIDE.jaw : CORNER.jaw;
}

function jaw(rail, end) {
  const { along, at, inward } = rail;
  const r = jawAt(rail, end);
  const behind = at - inward * r;
  return along === "x" ? { x: end, y: behind, r } : { x: behind, y: end, r };
}

function cornerPocket(x, y) {
  const [outX, outY] = [x ? 1 : -1, y ? 1 : -1];
  const at = (way) => ({ x: x + outX * way, y: y + outY * way });
  const aim = at(-1);
  return { ...at(CORNER.back), r: CORNER.hole, aimX: aim.x, aimY: aim.y, side: false };
}

function sidePocket(y) {
  const out = y ? 1 : -1;
  return { x: LENGTH / 2, y: y + out * SIDE.back, r: SIDE.hole, aimX: LENGTH / 2, aimY: y, side: true };
}

/** Whether a cue ball may be placed there by hand. */
export function isInD(x, y) {
  return x <= BAULK && Math.hypot(x - BAULK, y - MIDDLE) <= D_RADIUS;
}

/** The point of the D that is nearest to (x, y). */
export function nearestInD(x, y) {
  const left = Math.min(x, BAULK);
  const way = Math.hypot(left - BAULK, y - MIDDLE);
  if (way <= D_RADIUS) return { x: left, y };
  const part = (D_RADIUS - 1e-9) / way;
  return { x: BAULK + (left - BAULK) * part, y: MIDDLE + (y - MIDDLE) * part };
}
