/** What moves only for show: balls that drop into pockets and the cue's thrust; none of it touches the rules. */

const DROP_SECONDS = 0.28;
const THRUST_SECONDS = 0.22;

export class Effects {
  /** Balls on their way down: `{ value, x, y, left }`, `left` falls from 1 to 0. */
  drops = [];
  /** The cue that has just struck: `{ x, y, angle, power, left }`. */
  thrust = { x: 0, y: 0, angle: 0, power: 0, left: 0 };
  #calm = matchMedia("(prefers-reduced-motion: reduce)");

  get busy() {
    return this.thrust.left > 0 || this.drops.length > 0;
  }

  /** Starts what belongs to a session's event. */
  add(event, { cue, angle }) {
    if (this.#calm.matches) return;
    if (event.name === "pot") this.drops.push({ ...event, left: 1 });
    if (event.name === "strike") this.thrust = { x: cue.x, y: cue.y, angle, power: event.power, left: 1 };
  }

  step(dt) {
    this.thrust.left = Math.max(0, this.thrust.left - dt / THRUST_SECONDS);
    if (this.drops.length === 0) return;
    const pull = Math.min(1, dt * 14);
    for (const drop of this.drops) {
      drop.left -= dt / DROP_SECONDS;
      drop.x += (drop.pocket.x - drop.x) * pull;
      drop.y += (drop.pocket.y - drop.y) * pull;
    }
    this.drops = this.drops.filter(({ left }) => left > 0);
  }
}
