/** Joins an arcade game to its page: what keys, clicks and buttons do, and the pause when the player goes away. */

/** A function that does one of the named `actions`; a click or tap, from press to release, does `go`. */
export function actor(game, sound, actions) {
  let pressedIn = null;
  const all = {
    ...actions,
    press: () => {
      pressedIn = game.phase;
    },
    /* A finger that was steering when a turn ended must not start the next one as it lifts. */
    release: () => {
      if (pressedIn === game.phase) actions.go();
    },
  };
  /* Browsers let sound start with a key, a click or a lifted finger, but not yet when the finger comes down. */
  return (action) => {
    if (action !== "press") sound.unlock();
    all[action]();
  };
}

/** Lets the buttons act, and pauses a game that is not looked at. */
export function wirePage(game, canvas, act) {
  for (const button of document.querySelectorAll("button[data-action]")) {
    button.addEventListener("click", (event) => {
      act(button.dataset.action);
      if (event.detail > 0) canvas.focus({ preventScroll: true });
    });
  }
  document.addEventListener("visibilitychange", () => document.hidden && game.pause());
  addEventListener("blur", () => game.pause());
}
