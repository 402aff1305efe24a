/** Draws the game on the canvas, sharp at any size and pixel density; the backdrop behind it is the style sheet's. */

import { between, loadImage, shake } from "../../shared/picture.js";
import { FIELD } from "./levels.js";
import { paintBall, paintBrick, paintLabel, paintPaddle, paintSplinter, paintTimer, paintTrail } from "./paint.js";
import { POWER_NAMES } from "./powers.js";

const TRAIL_POINTS = 12;
const TREMOR_REACH = 5;

export class View {
  #canvas;
  #ctx;
  #wall;
  #wallShown = null;
  #icons;
  #trails = new WeakMap();

  /** Bricks are drawn on the canvas `wall`, what moves on `canvas`; `icons` holds a loaded image for each power-up. */
  constructor(canvas, wall, icons) {
    this.#canvas = canvas;
    this.#wall = wall;
    this.#ctx = canvas.getContext("2d");
    this.#icons = icons;
    this.#fit();
    new ResizeObserver(this.#fit).observe(canvas);
    addEventListener("resize", this.#fit);
  }

  /** Draws one frame; `part` (0 to 1) says how far it lies between the game's last two steps. */
  draw(game, effects, part) {
    const ctx = this.#ctx;
    const scale = this.#canvas.width / FIELD.width;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    this.#drawWall(game, scale);
    ctx.setTransform(scale, 0, 0, scale, ...shake(effects.tremor, TREMOR_REACH * scale));
    for (const drop of game.powers.drops) this.#drawDrop(drop, part);
    for (const splinter of effects.splinters) paintSplinter(ctx, splinter);
    paintPaddle(ctx, { ...game.paddle, x: between(game.paddle.fromX, game.paddle.x, part) }, effects.flash);
    for (const ball of game.balls) this.#drawBall(ball, part, game, effects.calm);
    for (const label of effects.labels) paintLabel(ctx, label);
    this.#drawTimers(game.powers);
  }

  #fit = () => {
    const width = Math.round(this.#canvas.getBoundingClientRect().width * devicePixelRatio);
    if (width === 0 || width === this.#canvas.width) return;
    this.#canvas.width = this.#wall.width = width;
    this.#canvas.height = this.#wall.height = Math.round((width * FIELD.height) / FIELD.width);
    this.#wallShown = null;
  };

  /* The wall changes rarely: it has a canvas of its own, painted again only when a brick or the size has changed. */
  #drawWall({ bricks, wallVersion }, scale) {
    if (wallVersion === this.#wallShown) return;
    this.#wallShown = wallVersion;
    const ctx = this.#wall.getContext("2d");
    ctx.setTransform(scale, 0, 0, scale, 0, 0);
    ctx.clearRect(0, 0, FIELD.width, FIELD.height);
    for (const brick of bricks) paintBrick(ctx, brick);
  }

  #drawDrop({ name, x, y, fromY, w, h }, part) {
    this.#ctx.drawImage(this.#icons[name], x, between(fromY, y, part), w, h);
  }

  #drawBall(ball, part, { phase, powers }, calm) {
    const burning = powers.isOn("fire");
    const x = between(ball.fromX, ball.x, part);
    const y = between(ball.fromY, ball.y, part);
    const trail = this.#trails.get(ball) ?? [];
    if (!calm && phase === "playing") trail.push({ x, y });
    this.#trails.set(ball, trail.slice(-TRAIL_POINTS));
    if (!calm) paintTrail(this.#ctx, trail, ball.r, burning);
    paintBall(this.#ctx, x, y, ball.r, burning);
  }

  #drawTimers(powers) {
    powers.active.forEach((name, i) => {
      paintTimer(this.#ctx, this.#icons[name], 10 + i * 96, FIELD.height - 22, powers.remaining(name));
    });
  }
}

/** Loads the power-ups' icons. */
export async function loadIcons() {
  const entries = POWER_NAMES.map(async (name) => [name, await loadImage(`images/${name}.svg`)]);
  return Object.fromEntries(await Promise.all(entries));
}
