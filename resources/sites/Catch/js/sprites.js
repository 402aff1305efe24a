/** The pictures: loaded once from their files, drawn as bitmaps that fit the screen's pixels. */

import { loadImage } from "../../shared/picture.js";
import { KINDS } from "./things.js";

/** The width of each picture in field units. */
const WIDTHS = Object.freeze({
  ...Object.fromEntries(Object.entries(KINDS).map(([name, kind]) => [name, kind.size])),
  "gull-up": 62,
  "gull-down": 62,
  boat: 138,
  cloud: 190,
});
const RASTER = new Set(["cloud"]);

export class Sprites {
  #images;
  #bitmaps = new Map();

  constructor(images) {
    this.#images = images;
  }

  /** Draws all pictures anew for a screen with `scale` pixels a field unit. */
  rasterise(scale) {
    for (const [name, image] of this.#images) {
      const bitmap = document.createElement("canvas");
      bitmap.width = Math.ceil(WIDTHS[name] * scale);
      bitmap.height = Math.ceil((bitmap.width * image.height) / image.width);
      bitmap.getContext("2d").drawImage(image, 0, 0, bitmap.width, bitmap.height);
      this.#bitmaps.set(name, bitmap);
    }
  }

  /** Draws one with its middle at (x, y), as wide as it is made for unless `width` says otherwise. */
  draw(ctx, name, x, y, width = WIDTHS[name]) {
    const bitmap = this.#bitmaps.get(name);
    const height = (width * bitmap.height) / bitmap.width;
    ctx.drawImage(bitmap, x - width / 2, y - height / 2, width, height);
  }
}

/** Loads all pictures. */
export async function loadSprites() {
  const names = Object.keys(WIDTHS);
  const address = (name) => `images/${name}.${RASTER.has(name) ? "png" : "svg"}`;
  const images = await Promise.all(names.map((name) => loadImage(address(name))));
  return new Sprites(names.map((name, i) => [name, images[i]]));
}
