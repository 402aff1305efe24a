/** Writes words into the page; what has not changed is not touched. */

/** The page's elements that have an id, by that id. */
export function partsById() {
  return Object.fromEntries([...document.querySelectorAll("[id]")].map((element) => [element.id, element]));
}

export function write(element, value) {
  const text = String(value);
  if (element.textContent !== text) element.textContent = text;
}

/** Sets a data attribute, for the style sheets. */
export function mark(element, name, value) {
  const text = String(value);
  if (element.dataset[name] !== text) element.dataset[name] = text;
}

/** How to answer the question whether to start over with yes. */
export function yesWords(touch) {
  return touch ? "Tap Restart again" : "Press R again";
}
