/** What is remembered between visits: the best break, choices and switches; in memory where storage is refused. */

const PREFIX = "snooker.";
const memory = new Map();

export function load(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key)) ?? otherwise;
  } catch {
    return memory.get(key) ?? otherwise;
  }
}

export function save(key, value) {
  memory.set(key, value);
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    /* Private windows and strict settings refuse storage: the memory above then lasts as long as the page. */
  }
}
