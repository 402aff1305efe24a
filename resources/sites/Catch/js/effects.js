/** What moves only for show: spray, rising labels, the tremor after a loss; none of it touches the rules. */

const SPRAY_SIZE = 120;
const LABELS = 10;
const GRAVITY = 620;
const SPRAY_SECONDS = 0.7;
const LABEL_SECONDS = 1;
const LABEL_RISE = 40;
const TREMOR_SECONDS = 0.4;
const BOUNCE_SECONDS = 0.22;

const SPRAYS = {
  splash: { count: 14, colour: "#dff3ff", speed: 210 },
  lost: { count: 22, colour: "#dff3ff", speed: 280 },
  caught: { count: 34, colour: "#ff8d5c", speed: 330 },
  gift: { count: 16, colour: "#ffe9a8", speed: 180 },
};

export class Effects {
  /** Spray and labels are made once and used again and again; one with nothing `left` (1 to 0) is not shown. */
  spray = Array.from({ length: SPRAY_SIZE }, () => ({ x: 0, y: 0, vx: 0, vy: 0, size: 0, colour: "", left: 0 }));
  labels = Array.from({ length: LABELS }, () => ({ x: 0, y: 0, text: "", left: 0 }));
  /** 1 just after it happened, falling to 0. */
  tremor = 0;
  bounce = 0;
  #nextSpray = 0;
  #nextLabel = 0;
  #motion = matchMedia("(prefers-reduced-motion: reduce)");

  get calm() {
    return this.#motion.matches;
  }

  /** Starts what belongs to a game's event. */
  add(name, thing, { points, factor } = {}) {
    if (name === "catch" || name === "gift") this.bounce = 1;
    if (name === "catch") this.#label(thing, factor > 1 ? `+${points} ×${factor}` : `+${points}`);
    if (name === "gift" || name === "lost" || name === "caught") this.#label(thing, labelWords(name, thing));
    if (this.calm) return;
    if (name === "lost" || name === "caught") this.tremor = 1;
    if (name in SPRAYS) this.#splash(thing, SPRAYS[name]);
  }

  step(dt) {
    this.tremor = Math.max(0, this.tremor - dt / TREMOR_SECONDS);
    this.bounce = Math.max(0, this.bounce - dt / BOUNCE_SECONDS);
    for (const drop of this.spray) if (drop.left > 0) fly(drop, dt);
    for (const label of this.labels) {
      label.left -= dt / LABEL_SECONDS;
      if (!this.calm) label.y -= LABEL_RISE * dt;
    }
  }

  #label({ x, y }, text) {
    Object.assign(this.labels[this.#nextLabel++ % LABELS], { x, y: y - 14, text, left: 1 });
  }

  #splash({ x, y }, { count, colour, speed }) {
    for (let i = 0; i < count; i += 1) {
      const drop = this.spray[this.#nextSpray++ % SPRAY_SIZE];
      const angle = Math.PI * (1.15 + 0.7 * Math.random());
      const push = speed * (0.4 + 0.6 * Math.random());
      const size = 2 + 2.5 * Math.random();
      Object.assign(drop, { x, y, vx: Math.cos(angle) * push, vy: Math.sin(angle) * push, size, colour, left: 1 });
    }
  }
}

function fly(drop, dt) {
  drop.left -= dt / SPRAY_SECONDS;
  drop.x += drop.vx * dt;
  drop.y += drop.vy * dt;
  drop.vy += GRAVITY * dt;
}

function labelWords(name, thing) {
  return name === "gift" ? thing.kind.word : "−1 life";
}
