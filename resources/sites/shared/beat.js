/** Keeps a game's beat: the rules advance in fixed steps, however fast the screen is, and each frame is drawn once. */

/** The rules advance in steps of this many seconds. */
export const STEP = 1 / 120;

/** After a longer pause than this between frames, in seconds, the game goes on where it was. */
const LONGEST_FRAME = 0.1;

/**
 * With each frame of the screen calls `step()` for every STEP that has passed, none while `halted()`, and then
 * `draw(elapsed, part)`: the seconds since the last frame, and how far (0 to 1) this one lies between two steps.
 */
export function keepBeat({ halted, step, draw }) {
  let last = performance.now();
  let owed = 0;
  const frame = (now) => {
    const elapsed = halted() ? 0 : Math.min(Math.max(0, (now - last) / 1000), LONGEST_FRAME);
    last = now;
    for (owed += elapsed; owed >= STEP; owed -= STEP) step();
    draw(elapsed, owed / STEP);
    document.documentElement.dataset.ready ??= "true";
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
