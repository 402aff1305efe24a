/** The questions asked in the page: what to play, whether to restart; and the rules. */

const byId = (id) => document.getElementById(id);

/** Whether a question or the rules stand open, so that the game waits. */
export function isAsking() {
  return document.querySelector("dialog[open]") !== null;
}

/** Opens a dialog, at the choice that is made already; the answer comes when it closes, see `wireDialogs`. */
export function open(id) {
  if (isAsking()) return;
  byId(id).showModal();
  byId(id).querySelector(":checked")?.focus();
}

/** `restart()` follows a yes to the question, `begin(options)` the choice of a new game. */
export function wireDialogs(restart, begin) {
  byId("question").addEventListener("close", ({ target }) => target.returnValue === "yes" && restart());
  byId("menu").addEventListener("close", ({ target }) => target.returnValue === "start" && begin(readMenu()));
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("cancel", () => {
      dialog.returnValue = "";
    });
  }
  byId("choices").addEventListener("change", showWhatCounts);
}

/** Shows what is being played as the menu's choice. */
export function fillMenu(options) {
  for (const [name, value] of Object.entries(options)) {
    const field = byId("choices").elements[name];
    if (typeof value === "boolean") field.checked = value;
    else field.value = value;
  }
  showWhatCounts();
}

function readMenu() {
  const form = byId("choices");
  return { ...Object.fromEntries(new FormData(form)), numbers: form.elements.numbers.checked };
}

/* Practice has no frame, and only the computer has a strength. */
function showWhatCounts() {
  const { opponent } = byId("choices").elements;
  byId("levels").disabled = opponent.value !== "computer";
  byId("kinds").disabled = opponent.value === "practice";
}
