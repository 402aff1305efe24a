/** Keys, mouse, pen and touch, turned into where the boat should go and into named actions. */

import { FIELD } from "./levels.js";

const ACTIONS = {
  " ": "go", enter: "go", p: "pause", escape: "pause", r: "restart", m: "mute", h: "help", o: "voyage",
};
const LEFT = ["arrowleft", "a"];
const RIGHT = ["arrowright", "d"];
const MOVES = [...LEFT, ...RIGHT];

export class Input {
  #held = new Set();
  #canvas;
  #act;

  /** Where the boat should go: a held key (`axis`, -1 to 1) wins over where the pointer was last seen (`target`). */
  controls = { axis: 0, fast: false, target: null };

  /** Calls `act(action)` with one of ACTIONS, press or release; `surface` is where a finger may drag. */
  constructor(surface, canvas, act) {
    this.#canvas = canvas;
    this.#act = act;
    addEventListener("keydown", this.#onKeyDown);
    addEventListener("keyup", this.#onKeyUp);
    addEventListener("blur", this.#letGo);
    addEventListener("pointermove", this.#onPointerMove);
    surface.addEventListener("pointerdown", this.#onPointerDown);
    surface.addEventListener("pointerup", (event) => event.isPrimary && act("release"));
  }

  #onKeyDown = (event) => {
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    this.controls.fast = event.shiftKey;
    if (MOVES.includes(key)) this.#hold(key);
    else if (!Object.hasOwn(ACTIONS, key) || isForControl(event, key)) return;
    else if (!event.repeat) this.#act(ACTIONS[key]);
    event.preventDefault();
  };

  #onKeyUp = (event) => {
    this.controls.fast = event.shiftKey;
    this.#held.delete(event.key.toLowerCase());
    this.#push();
  };

  #letGo = () => {
    this.#held.clear();
    this.controls.fast = false;
    this.#push();
  };

  #hold(key) {
    this.#held.add(key);
    this.controls.target = null;
    this.#push();
  }

  #push() {
    const holds = (keys) => Number(keys.some((key) => this.#held.has(key)));
    this.controls.axis = holds(RIGHT) - holds(LEFT);
  }

  #onPointerMove = (event) => {
    if (!event.isPrimary || this.controls.axis !== 0) return;
    const field = this.#canvas.getBoundingClientRect();
    this.controls.target = ((event.clientX - field.left) / field.width) * FIELD.width;
  };

  #onPointerDown = (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    this.#onPointerMove(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    this.#act("press");
  };
}

/* Space and Enter belong to the button or link that has the focus, Escape to the open help. */
function isForControl(event, key) {
  if (key === "escape") return document.querySelector(":popover-open") !== null;
  return ACTIONS[key] === "go" && event.target.closest?.("button, a") != null;
}
