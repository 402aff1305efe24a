/** What moves only for show: splinters, rising labels, the tremor after a lost ball; none of it touches the rules. */

import { FIELD } from "./levels.js";

/** What a caught power-up is called as it rises from the paddle. */
const POWER_WORDS = Object.freeze({
  wide: "Wider",
  multi: "More balls",
  fire: "Fire",
  slow: "Slower",
  life: "One more life",
});

const SPLINTERS = 9;
const GRAVITY = 520;
const SPLINTER_SECONDS = 0.55;
const LABEL_SECONDS = 0.9;
const LABEL_MARGIN = 56;
const TREMOR_SECONDS = 0.35;
const FLASH_SECONDS = 0.18;

export class Effects {
  splinters = [];
  labels = [];
  /** 1 just after it happened, falling to 0. */
  tremor = 0;
  flash = 0;
  #calm = matchMedia("(prefers-reduced-motion: reduce)");

  get calm() {
    return this.#calm.matches;
  }

  /** Starts what belongs to a game's event. */
  add(event) {
    if (event.name === "paddle") this.flash = 1;
    if (event.name === "break" && event.chain > 1) this.#label(event.brick, `×${event.chain}`);
    if (event.name === "power") this.#label(event.drop, POWER_WORDS[event.drop.name]);
    if (this.calm) return;
    if (event.name === "break") this.#shatter(event.brick);
    if (event.name === "lost" || event.name === "over") this.tremor = 1;
  }

  step(dt) {
    this.tremor = Math.max(0, this.tremor - dt / TREMOR_SECONDS);
    this.flash = Math.max(0, this.flash - dt / FLASH_SECONDS);
    this.splinters = this.splinters.filter((splinter) => (splinter.left -= dt / SPLINTER_SECONDS) > 0);
    this.labels = this.labels.filter((label) => (label.left -= dt / LABEL_SECONDS) > 0);
    for (const splinter of this.splinters) {
      splinter.x += splinter.vx * dt;
      splinter.y += splinter.vy * dt;
      splinter.vy += GRAVITY * dt;
    }
    if (this.calm) return;
    for (const label of this.labels) label.y -= 34 * dt;
  }

  #label(box, text) {
    const x = Math.max(LABEL_MARGIN, Math.min(FIELD.width - LABEL_MARGIN, box.x + box.w / 2));
    this.labels.push({ x, y: box.y + box.h / 2, text, left: 1 });
  }

  #shatter({ x, y, w, h, paint }) {
    for (let i = 0; i < SPLINTERS; i += 1) {
      this.splinters.push({
        x: x + Math.random() * w,
        y: y + Math.random() * h,
        vx: (Math.random() - 0.5) * 220,
        vy: (Math.random() - 0.8) * 160,
        size: 2 + Math.random() * 3.5,
        paint,
        left: 1,
      });
    }
  }
}
