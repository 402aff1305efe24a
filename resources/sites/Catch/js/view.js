/** Draws the game on the canvas, sharp at any size and pixel density; the sky behind it is the style sheet's. */

import { between, shake } from "../../shared/picture.js";
import { FIELD } from "./levels.js";
import { paintBar, paintDrop, paintLabel, paintNet, paintWater, paintWind } from "./paint.js";
import { TIMED } from "./powers.js";
import { Role } from "./things.js";

const TREMOR_REACH = 6;
const BOAT_LIFT = -13;
const CARRY_BELOW = 24;
const LIGHTEST_WIND = 12;
const CLOUDS = Object.freeze([
  { x: 60, y: 96, width: 170, speed: 0.05 },
  { x: 300, y: 60, width: 120, speed: 0.032 },
  { x: 470, y: 168, width: 190, speed: 0.07 },
]);
const CLOUD_LOOP = FIELD.width + 200;
const CALM_AIR = 60;

export class View {
  #canvas;
  #ctx;
  #sprites;
  #scale = 1;
  #shiftX = 0;
  #shiftY = 0;
  #cloudWay = 0;

  constructor(canvas, sprites) {
    this.#canvas = canvas;
    this.#ctx = canvas.getContext("2d");
    this.#sprites = sprites;
    this.#fit();
    new ResizeObserver(this.#fit).observe(canvas);
    addEventListener("resize", this.#fit);
  }

  /** Draws one frame, `dt` seconds after the last, `part` (0 to 1) of the way between the game's last two steps. */
  draw(game, effects, part, dt) {
    const ctx = this.#ctx;
    [this.#shiftX, this.#shiftY] = shake(effects.tremor, TREMOR_REACH * this.#scale);
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    this.#place(0, 0);
    if (!effects.calm) this.#cloudWay += (CALM_AIR + 2 * game.air.wind) * dt;
    this.#drawClouds();
    for (const gull of game.air.gulls) this.#drawGull(gull, part, effects.calm);
    this.#place(0, 0);
    paintWater(ctx, game.sea, game.level.sky, 0);
    for (const thing of game.air.things) this.#drawThing(thing, part);
    this.#drawBoat(game, part, effects.bounce);
    this.#place(0, 0);
    for (const layer of [1, 2, 3]) paintWater(ctx, game.sea, game.level.sky, layer);
    this.#drawSigns(game, effects);
  }

  #fit = () => {
    const width = Math.round(this.#canvas.clientWidth * devicePixelRatio);
    if (width === 0 || width === this.#canvas.width) return;
    this.#canvas.width = width;
    this.#canvas.height = Math.round((width * FIELD.height) / FIELD.width);
    this.#scale = width / FIELD.width;
    this.#sprites.rasterise(this.#scale);
  };

  /* From here on (0, 0) is at (x, y), turned by an angle in radians, mirrored where `facing` is -1. */
  #place(x, y, angle = 0, facing = 1) {
    const cos = Math.cos(angle) * this.#scale;
    const sin = Math.sin(angle) * this.#scale;
    const [left, top] = [x * this.#scale + this.#shiftX, y * this.#scale + this.#shiftY];
    this.#ctx.setTransform(cos * facing, sin * facing, -sin, cos, left, top);
  }

  #drawClouds() {
    this.#ctx.globalAlpha = 0.75;
    for (const { x, y, width, speed } of CLOUDS) {
      const way = (((x + this.#cloudWay * speed) % CLOUD_LOOP) + CLOUD_LOOP) % CLOUD_LOOP;
      this.#sprites.draw(this.#ctx, "cloud", way - 100, y, width);
    }
    this.#ctx.globalAlpha = 1;
  }

  #drawGull(gull, part, calm) {
    const x = between(gull.lastX, gull.x, part);
    this.#place(x, gull.y);
    if (gull.load) this.#sprites.draw(this.#ctx, gull.load.name, 0, CARRY_BELOW);
    this.#place(x, gull.y, 0, gull.heading);
    const up = calm || gull.beat % 1 < 0.5;
    this.#sprites.draw(this.#ctx, up ? "gull-up" : "gull-down", 0, up ? -4 : 0);
  }

  #drawThing(thing, part) {
    const upright = thing.kind.role === Role.GIFT;
    const x = between(thing.lastX, thing.x, part);
    this.#place(x, between(thing.lastY, thing.y, part), upright ? 0 : thing.angle);
    this.#sprites.draw(this.#ctx, thing.name, 0, 0);
  }

  /* After a loss the boat is faint for as long as nothing more can be lost. */
  #drawBoat({ boat, mercy }, part, bounce) {
    const x = between(boat.lastX, boat.x, part);
    this.#ctx.globalAlpha = mercy > 0 ? 0.6 : 1;
    this.#place(x, boat.sea, boat.tilt, boat.facing);
    this.#sprites.draw(this.#ctx, "boat", 0, BOAT_LIFT);
    this.#place(x, boat.sea, boat.tilt);
    paintNet(this.#ctx, boat.net, bounce);
    this.#ctx.globalAlpha = 1;
  }

  #drawSigns(game, effects) {
    const ctx = this.#ctx;
    for (const drop of effects.spray) if (drop.left > 0) paintDrop(ctx, drop);
    for (const label of effects.labels) if (label.left > 0) paintLabel(ctx, label);
    if (Math.abs(game.air.wind) > LIGHTEST_WIND) paintWind(ctx, game.air.wind);
    let x = 12;
    for (const name of TIMED) {
      if (!game.powers.isOn(name)) continue;
      this.#sprites.draw(ctx, name, x + 12, FIELD.height - 20, 24);
      paintBar(ctx, x + 30, FIELD.height - 23, game.powers.remaining(name));
      x += 106;
    }
  }
}
