/** Keys, mouse, pen and fingers, turned into where the player's piece should go and into named actions. */

const LEFT = ["arrowleft", "a"];
const RIGHT = ["arrowright", "d"];
const MOVES = [...LEFT, ...RIGHT];

export class Steering {
  /** Where to go: a held key (`axis`, -1 to 1) wins over where the pointer was last seen (`target`). */
  controls = { axis: 0, fast: false, target: null };
  #held = new Set();
  #canvas;
  #width;
  #actions;
  #act;
  /* Of several fingers the one that came last steers. */
  #pressed = null;

  /**
   * A finger may drag on `surface`; `canvas` shows a field of `width` units. Calls `act(action)` with press, release
   * or one of `actions`, which names them by their keys.
   */
  constructor(surface, canvas, width, actions, act) {
    this.#canvas = canvas;
    this.#width = width;
    this.#actions = actions;
    this.#act = act;
    addEventListener("keydown", this.#onKeyDown);
    addEventListener("keyup", this.#onKeyUp);
    addEventListener("blur", this.#letGo);
    addEventListener("pointermove", this.#onPointerMove);
    surface.addEventListener("pointerdown", this.#onPointerDown);
    for (const end of ["pointerup", "pointercancel"]) surface.addEventListener(end, this.#onPointerEnd);
  }

  #onKeyDown = (event) => {
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    this.controls.fast = event.shiftKey;
    if (MOVES.includes(key)) this.#hold(key);
    else if (!Object.hasOwn(this.#actions, key) || isForControl(event, key)) return;
    else if (!event.repeat) this.#act(this.#actions[key]);
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
    const steers = this.#pressed === null ? event.isPrimary : event.pointerId === this.#pressed;
    if (!steers || this.controls.axis !== 0) return;
    const field = this.#canvas.getBoundingClientRect();
    this.controls.target = ((event.clientX - field.left) / field.width) * this.#width;
  };

  #onPointerDown = (event) => {
    if (event.button !== 0) return;
    this.#pressed = event.pointerId;
    this.#onPointerMove(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    this.#act("press");
  };

  #onPointerEnd = (event) => {
    if (event.pointerId !== this.#pressed) return;
    this.#pressed = null;
    if (event.type === "pointerup") this.#act("release");
  };
}

/* Space and Enter belong to the button or link that has the focus, Escape to what stands open over the page. */
function isForControl(event, key) {
  if (key === "escape") return document.querySelector(":popover-open") !== null;
  return [" ", "enter"].includes(key) && event.target.closest?.("button, a") != null;
}
