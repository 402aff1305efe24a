/** Draws the table on two canvases, sharp at any size and pixel density; where it is higher than wide, it is turned. */

import { between } from "../../shared/picture.js";
import { BORDER, paintTable } from "./paint-table.js";
import { makeBalls, paintAim, paintCue, paintHand } from "./paint-balls.js";
import { Phase } from "./session.js";
import { LENGTH, WIDTH } from "./table.js";

const LONG = LENGTH + 2 * BORDER;
const SHORT = WIDTH + 2 * BORDER;

export class View {
  #cloth;
  #canvas;
  #ctx;
  #texture;
  #sprites = [];
  #scale = 1;
  #numbered = false;
  /* What the last frame showed; as long as it stays the same, the picture stays. */
  #shown = [];
  /** Whether the table stands upright, its baulk end below. */
  upright = false;

  /** `cloth` holds what rests, `canvas` above it what moves; `texture` is a loaded image. */
  constructor(cloth, canvas, texture) {
    this.#cloth = cloth;
    this.#canvas = canvas;
    this.#ctx = canvas.getContext("2d");
    this.#texture = texture;
    this.#fit();
    new ResizeObserver(this.#fit).observe(canvas);
    addEventListener("resize", this.#fit);
  }

  /** Draws one frame; `part` (0 to 1) says how far it lies between two steps; `contact` is of sight.js, or null. */
  draw(session, effects, part, contact) {
    if (!this.#isNew(session, effects, contact)) return;
    const ctx = this.#ctx;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    this.#turn(ctx);
    if (contact && session.inHand) paintHand(ctx, session.cue);
    if (contact) paintAim(ctx, session.cue, contact);
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    for (const drop of effects.drops) this.#copyBall(drop.value, drop.x, drop.y, 0.5 + drop.left / 2, drop.left);
    for (const { value, down, x, y, fromX, fromY } of session.balls) {
      if (!down) this.#copyBall(value, between(fromX, x, part), between(fromY, y, part), 1, 1);
    }
    this.#turn(ctx);
    this.#drawCue(session, effects.thrust);
  }

  /** Shows the values on the colours, or not. */
  number(numbered) {
    this.#numbered = numbered;
    this.#sprites = makeBalls(this.#scale, numbered);
  }

  /** The place on the table, in centimetres, under a place of the window. */
  toTable(clientX, clientY) {
    const { left, top, width, height } = this.#canvas.getBoundingClientRect();
    const across = (clientX - left) / width;
    const down = (clientY - top) / height;
    if (this.upright) return { x: LENGTH + BORDER - down * LONG, y: across * SHORT - BORDER };
    return { x: across * LONG - BORDER, y: down * SHORT - BORDER };
  }

  /** The length on the table, in centimetres, of so many CSS pixels. */
  toLength(pixels) {
    return (pixels * devicePixelRatio) / this.#scale;
  }

  /** A way on the table for a way on the screen. */
  toWay(right, down) {
    return this.upright ? { x: -down, y: right } : { x: right, y: down };
  }

  #isNew(session, effects, contact) {
    const { phase, angle, power, cue, inHand } = session;
    const now = [session, phase, angle, power, cue.x, cue.y, inHand, contact !== null, effects.busy, this.#sprites];
    const same = now.every((value, i) => value === this.#shown[i]);
    this.#shown = now;
    return !same || effects.busy || phase === Phase.ROLLING;
  }

  #fit = () => {
    const { clientWidth, clientHeight } = this.#canvas;
    const [width, height] = [clientWidth, clientHeight].map((size) => Math.round(size * devicePixelRatio));
    if (width === 0 || (width === this.#canvas.width && height === this.#canvas.height)) return;
    for (const canvas of [this.#cloth, this.#canvas]) Object.assign(canvas, { width, height });
    this.upright = height > width;
    this.#scale = Math.max(width, height) / LONG;
    this.number(this.#numbered);
    const ctx = this.#cloth.getContext("2d");
    this.#turn(ctx);
    paintTable(ctx, this.#texture);
  };

  #turn(ctx) {
    const s = this.#scale;
    if (this.upright) ctx.setTransform(0, -s, s, 0, BORDER * s, (LENGTH + BORDER) * s);
    else ctx.setTransform(s, 0, 0, s, BORDER * s, BORDER * s);
  }

  /* Copied without a turn, so that the light always falls from above. */
  #copyBall(value, x, y, size, alpha) {
    const sprite = this.#sprites[value];
    const across = this.upright ? y + BORDER : x + BORDER;
    const down = this.upright ? LENGTH + BORDER - x : y + BORDER;
    const wide = sprite.width * size;
    this.#ctx.globalAlpha = alpha;
    this.#ctx.drawImage(sprite, across * this.#scale - wide / 2, down * this.#scale - wide / 2, wide, wide);
    this.#ctx.globalAlpha = 1;
  }

  #drawCue({ aiming, cue, angle, power }, thrust) {
    if (aiming) paintCue(this.#ctx, cue.x, cue.y, angle, power, 1);
    else if (thrust.left > 0) {
      const back = thrust.power * Math.max(0, thrust.left * 2 - 1);
      paintCue(this.#ctx, thrust.x, thrust.y, thrust.angle, back, Math.min(1, thrust.left * 2));
    }
  }
}
