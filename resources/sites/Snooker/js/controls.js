/** The sliders and buttons beside the table. */

const NUDGE = Math.PI / 180 / 5;
const HOLD_MS = 300;
const REPEAT_MS = 50;

/**
 * Wires the controls to the `player` of player.js; `act(action)` takes the named actions of the buttons. A slider that
 * was dragged gives the arrow keys back to the `canvas`.
 */
export function wireControls(player, canvas, act) {
  const [power, spin] = ["power", "spin"].map((id) => document.getElementById(id));
  power.addEventListener("input", () => player.draw(power.valueAsNumber / 100));
  spin.addEventListener("input", () => player.spin(spin.valueAsNumber));
  for (const slider of [power, spin]) slider.addEventListener("pointerup", () => canvas.focus({ preventScroll: true }));
  for (const button of document.querySelectorAll("button[data-action]")) {
    button.addEventListener("click", () => act(button.dataset.action));
  }
  for (const button of document.querySelectorAll("button[data-turn]")) {
    repeatWhileHeld(button, () => player.turn(Number(button.dataset.turn) * NUDGE));
  }
}

/* A click or a key press does it once; held down, it goes on. */
function repeatWhileHeld(button, nudge) {
  let timer = 0;
  const stop = () => clearTimeout(timer);
  const again = () => {
    nudge();
    timer = setTimeout(again, REPEAT_MS);
  };
  button.addEventListener("click", nudge);
  button.addEventListener("pointerdown", () => {
    stop();
    timer = setTimeout(again, HOLD_MS);
  });
  for (const end of ["pointerup", "pointerleave", "pointercancel"]) button.addEventListener(end, stop);
}
