/** Mouse, pen and finger on the table: move to aim, press and pull back to shoot; a finger turns the aim. */

import { RADIUS } from "./table.js";

const LONGEST_PULL = 45;
const SHORTEST_PULL = 2;
const GRASP = 3 * RADIUS;

/** A fingertip, in CSS pixels. */
const FINGER = 24;

export class Pointer {
  #player;
  #view;
  /* What the pressed pointer does: "pull" the cue, "turn" the aim, "carry" the cue ball, or null. */
  #task = null;
  #start = null;
  #last = null;
  #moved = false;
  #power = 0;

  /** `surface` is the element that shows the table; `player` and `view` are of player.js and view.js. */
  constructor(surface, player, view) {
    this.#player = player;
    this.#view = view;
    surface.addEventListener("pointerdown", this.#onDown);
    surface.addEventListener("pointermove", this.#onMove);
    surface.addEventListener("pointerup", this.#onUp);
    surface.addEventListener("pointercancel", this.#onCancel);
  }

  #onDown = (event) => {
    if (!event.isPrimary || event.button !== 0 || !this.#player.open) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    this.#start = this.#last = this.#view.toTable(event.clientX, event.clientY);
    this.#moved = false;
    this.#power = this.#player.session.power;
    const { cue, inHand } = this.#player.session;
    const touch = event.pointerType === "touch";
    const reach = touch ? Math.max(GRASP, this.#view.toLength(FINGER)) : GRASP;
    const onCue = Math.hypot(cue.x - this.#start.x, cue.y - this.#start.y) < reach;
    if (inHand && onCue) this.#task = "carry";
    else this.#task = touch ? "turn" : "pull";
  };

  #onMove = (event) => {
    if (!event.isPrimary) return;
    const at = this.#view.toTable(event.clientX, event.clientY);
    if (this.#task === "pull") this.#pull(at);
    else if (this.#task === "turn") this.#turn(at);
    else if (this.#task === "carry") this.#player.put(at);
    else if (event.pointerType !== "touch" && !this.#player.fixed) this.#player.aim(at);
  };

  #onUp = (event) => {
    if (!event.isPrimary || !this.#task) return;
    const task = this.#task;
    this.#task = null;
    if (task === "pull" && this.#moved) this.#release(event);
    else if (task === "pull") this.#player.fixed = this.#player.fixed ? null : "click";
    else if (task === "turn" && !this.#moved) this.#player.aim(this.#start);
  };

  #onCancel = () => {
    if (this.#task === "pull") this.#player.draw(this.#power);
    this.#task = null;
  };

  /* The way back along the line of aim sets the power. */
  #pull(at) {
    const length = this.#pullTo(at);
    if (length > SHORTEST_PULL) this.#moved = true;
    if (this.#moved) this.#player.draw((length - SHORTEST_PULL) / LONGEST_PULL);
  }

  #pullTo({ x, y }) {
    const { angle } = this.#player.session;
    return (this.#start.x - x) * Math.cos(angle) + (this.#start.y - y) * Math.sin(angle);
  }

  /* Pushed forward again before it is let go, the cue does not strike. */
  #release(event) {
    const at = this.#view.toTable(event.clientX, event.clientY);
    if (this.#pullTo(at) > SHORTEST_PULL) this.#player.shoot();
    else this.#player.draw(this.#power);
  }

  /* The aim turns by as much as the finger goes round the cue ball: the further away, the finer. */
  #turn(at) {
    if (Math.hypot(at.x - this.#start.x, at.y - this.#start.y) > SHORTEST_PULL) this.#moved = true;
    const { cue } = this.#player.session;
    const [from, to] = [this.#last, at].map(({ x, y }) => Math.atan2(y - cue.y, x - cue.x));
    if (this.#moved) this.#player.turn(Math.atan2(Math.sin(to - from), Math.cos(to - from)));
    this.#last = at;
  }
}
