/** What a game remembers between visits; where the browser refuses, the page remembers for as long as it is open. */

export class Store {
  #prefix;
  #memory = new Map();

  /** `game` keeps the games of one site apart. */
  constructor(game) {
    this.#prefix = `${game}.`;
  }

  load(key, otherwise) {
    if (!this.#memory.has(key)) this.#memory.set(key, read(this.#prefix + key));
    return this.#memory.get(key) ?? otherwise;
  }

  save(key, value) {
    this.#memory.set(key, value);
    try {
      localStorage.setItem(this.#prefix + key, JSON.stringify(value));
    } catch {
      /* Private windows and strict settings refuse storage. */
    }
  }
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}
