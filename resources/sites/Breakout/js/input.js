/** Keys, mouse, pen and touch, turned into where the paddle should go and into named actions. */

import { FIELD } from "./levels.js";

const ACTIONS = { " ": "go", enter: "go", p: "pause", escape: "pause", r: "restart", m: "mute" };
const LEFT = new Set(["arrowleft", "a"]);
const RIGHT = new Set(["arrowright", "d"]);

export class Input {
  #held = new Set();
  #target = null;
  #canvas;
  #act;

  /** Calls `act(action)` with go, pause, restart, mute, press or release; `surface` is where a finger may drag. */
  constructor(surface, canvas, act) {
    this.#canvas = canvas;
    this.#act = act;
    addEventListener("keydown", this.#onKeyDown);
    addEventListener("keyup", (event) => this.#held.delete(event.key.toLowerCase()));
    addEventListener("blur", () => this.#held.clear());
    addEventListener("pointermove", this.#onPointerMove);
    surface.addEventListener("pointerdown", this.#onPointerDown);
    surface.addEventListener("pointerup", (event) => event.isPrimary && act("release"));
  }

  /** The paddle's controls: a held key wins over where the pointer was last seen. */
  get controls() {
    const axis = this.#holds(RIGHT) - this.#holds(LEFT);
    if (axis !== 0) this.#target = null;
    return { axis, target: this.#target };
  }

  #holds(keys) {
    return Number([...this.#held].some((key) => keys.has(key)));
  }

  #onKeyDown = (event) => {
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (LEFT.has(key) || RIGHT.has(key)) this.#held.add(key);
    else if (!(key in ACTIONS) || isForControl(event, key)) return;
    else if (!event.repeat) this.#act(ACTIONS[key]);
    event.preventDefault();
  };

  #onPointerMove = (event) => {
    if (!event.isPrimary) return;
    const field = this.#canvas.getBoundingClientRect();
    this.#target = ((event.clientX - field.left) / field.width) * FIELD.width;
  };

  #onPointerDown = (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    this.#onPointerMove(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    this.#act("press");
  };
}

/* Space and Enter belong to the button or link that has the focus. */
function isForControl(event, key) {
  return ACTIONS[key] === "go" && event.target.closest?.("button, a") != null;
}
