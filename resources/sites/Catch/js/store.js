/** What the browser remembers between visits; where it refuses to, this page remembers for as long as it is open. */

const NAME = "catch";

export class Store {
  #values;

  /** `defaults` holds what is not remembered yet, and names all that can be. */
  constructor(defaults) {
    this.#values = { ...defaults, ...read() };
  }

  get(key) {
    return this.#values[key];
  }

  set(key, value) {
    this.#values[key] = value;
    try {
      localStorage.setItem(NAME, JSON.stringify(this.#values));
    } catch {
      /* Private windows and strict settings refuse storage. */
    }
  }
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(NAME));
  } catch {
    return null;
  }
}
