/** Exact collisions of a moving circle with resting boxes, by time of impact, so that no speed can tunnel through. */

/** How far a ball is kept off what it hit, and how deep rounding may let it sink, in field units. */
const SKIN = 0.01;

/** The smallest vertical part of a direction: flatter than this, a ball would take too long to come back. */
const MIN_RISE = 0.25;

/**
 * The first box that a circle touches while it moves by (dx, dy), or null.
 * `t` is the part of the way gone at the touch (0 to 1), (nx, ny) the surface's unit normal.
 */
export function earliestHit(circle, dx, dy, boxes) {
  let first = null;
  for (const box of boxes) {
    const hit = sweep(circle, dx, dy, box);
    if (hit && (!first || hit.t < first.t)) first = { ...hit, box };
  }
  return first;
}

/** When and how a moving circle meets one box: the path of its centre against the box grown by its radius. */
export function sweep(circle, dx, dy, box) {
  if (!pathReaches(circle, dx, dy, box)) return null;
  const across = sweepFace(circle.x, dx, circle.y, dy, box.x, box.w, box.y, box.h, circle.r);
  if (across) return { t: across.t, nx: across.n, ny: 0 };
  const along = sweepFace(circle.y, dy, circle.x, dx, box.y, box.h, box.x, box.w, circle.r);
  if (along) return { t: along.t, nx: 0, ny: along.n };
  return sweepCorners(circle, dx, dy, box);
}

/** The direction (a unit vector) after a reflection off a surface with the normal (nx, ny). */
export function reflect({ ux, uy }, nx, ny) {
  const into = ux * nx + uy * ny;
  return steepen({ ux: ux - 2 * into * nx, uy: uy - 2 * into * ny });
}

/** The direction turned by an angle in radians. */
export function turn({ ux, uy }, angle) {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return steepen({ ux: ux * cos - uy * sin, uy: ux * sin + uy * cos });
}

/** Moves a circle along to the touch, and a hair's breadth off the surface. */
export function moveToHit(circle, dx, dy, hit) {
  circle.x += dx * hit.t + hit.nx * SKIN;
  circle.y += dy * hit.t + hit.ny * SKIN;
}

/** Whether two boxes overlap. */
export function overlaps(a, b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

function steepen({ ux, uy }) {
  if (Math.abs(uy) >= MIN_RISE) return { ux, uy };
  return {
    ux: (ux < 0 ? -1 : 1) * Math.sqrt(1 - MIN_RISE * MIN_RISE),
    uy: (uy < 0 ? -1 : 1) * MIN_RISE,
  };
}

function pathReaches({ x, y, r }, dx, dy, box) {
  const reach = r + SKIN;
  return (
    Math.min(x, x + dx) - reach <= box.x + box.w &&
    Math.max(x, x + dx) + reach >= box.x &&
    Math.min(y, y + dy) - reach <= box.y + box.h &&
    Math.max(y, y + dy) + reach >= box.y
  );
}

/* One axis: `a` runs towards the face, `b` along it. */
function sweepFace(a, da, b, db, start, length, side, width, r) {
  if (da === 0) return null;
  const face = da > 0 ? start - r : start + length + r;
  const t = (face - a) / da;
  const at = b + db * t;
  if (t * Math.abs(da) < -SKIN || t > 1 || at < side || at > side + width) return null;
  return { t: Math.max(t, 0), n: -Math.sign(da) };
}

function sweepCorners(circle, dx, dy, box) {
  let first = null;
  for (const cx of [box.x, box.x + box.w]) {
    for (const cy of [box.y, box.y + box.h]) {
      const hit = sweepCorner(circle, dx, dy, cx, cy);
      if (hit && (!first || hit.t < first.t)) first = hit;
    }
  }
  return first;
}

/* The centre's path against a circle of the ball's radius round the corner: |from + d t| = r, solved for t. */
function sweepCorner({ x, y, r }, dx, dy, cx, cy) {
  const fromX = x - cx;
  const fromY = y - cy;
  const a = dx * dx + dy * dy;
  const b = fromX * dx + fromY * dy;
  const discriminant = b * b - a * (fromX * fromX + fromY * fromY - r * r);
  if (b >= 0 || discriminant < 0) return null;
  const t = (-b - Math.sqrt(discriminant)) / a;
  if (t * Math.sqrt(a) < -SKIN || t > 1) return null;
  return { t: Math.max(t, 0), nx: (fromX + dx * t) / r, ny: (fromY + dy * t) / r };
}
