/** The list of events: adds entries, keeps the newest ones, and follows them unless its reader has scrolled up. */

"use strict";

const MAX_ENTRIES = 500;
const MAX_CHARACTERS = 20_000;
const MAX_HEX_BYTES = 512;

class EventLog {
  #view;
  #list;
  #waiting = [];

  /** `view` scrolls, and has the list in it. */
  constructor(view) {
    this.#view = view;
    this.#list = view.querySelector("ol");
  }

  /** Adds an entry: its look and icon, its words, the event's or method's name, facts about it, and what it holds. */
  add({ look, icon = look, words, event, facts = "" }, ...content) {
    const entry = element("li", `entry ${look}`);
    const head = element("div", "head");
    const happened = element("span", "facts");
    happened.append(element("code", "event", event), " ", facts);
    head.append(iconOf(icon), element("strong", "words", words), happened, element("time", "time", clock(new Date())));
    entry.append(head, ...content);
    this.#waiting.push(entry);
    if (this.#waiting.length > MAX_ENTRIES) this.#waiting.shift();
    // Once for each picture that the browser draws, however many messages arrive meanwhile.
    if (this.#waiting.length === 1) requestAnimationFrame(() => this.#show());
  }

  clear() {
    this.#waiting.length = 0;
    this.#list.replaceChildren();
  }

  /** A place for binary data: a picture where it is one, otherwise its bytes. It is filled when they have been read. */
  binary(data) {
    const place = element("div", "binary");
    const filled = this.#fill(place, data instanceof Blob ? data : new Blob([data]));
    filled.catch((error) => place.append(textView(error.message))); // a file may be gone by now
    return place;
  }

  async #fill(place, blob) {
    const start = await blob.slice(0, MAX_HEX_BYTES).arrayBuffer();
    const type = imageType(start);
    const image = type && (await imageOf(new Blob([blob], { type })));
    this.#following(() => place.append(image || hexDump(start, blob.size)));
  }

  #show() {
    this.#following(() => {
      this.#list.append(...this.#waiting.splice(0));
      while (this.#list.children.length > MAX_ENTRIES) this.#list.firstElementChild.remove();
    });
  }

  /** Changes the list; who was at its end is there afterwards, too. */
  #following(change) {
    const view = this.#view;
    const atEnd = view.scrollHeight - view.scrollTop - view.clientHeight < 10;
    change();
    if (atEnd) view.scrollTop = view.scrollHeight;
  }
}

/** An element with text. Text from the network is only ever given as `textContent`: it never becomes markup. */
function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function textView(text) {
  const more = text.length - MAX_CHARACTERS;
  const shown = more > 0 ? `${text.slice(0, MAX_CHARACTERS)} … and ${count(more)} more characters` : text;
  return element("p", "text", shown);
}

/** What came or went over the connection, letter by letter, to be unfolded. */
function rawView(text) {
  const details = element("details", "raw");
  details.append(element("summary", "", "data"), textView(text));
  return details;
}

function hexDump(buffer, size) {
  const more = size - buffer.byteLength;
  return element("p", "text mono", hexOf(buffer) + (more > 0 ? ` … and ${count(more)} more bytes` : ""));
}

/** A loaded picture, or null where the data only began like one. */
async function imageOf(blob) {
  const image = new Image();
  image.alt = `Picture, ${blob.type}, ${count(blob.size)} bytes`;
  image.src = URL.createObjectURL(blob);
  try {
    await image.decode();
    return image;
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(image.src); // or the blob stays in memory for as long as the page is open
  }
}

function iconOf(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.classList.add("icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

function count(number) {
  return number.toLocaleString("en");
}

function clock(date) {
  return `${date.toTimeString().slice(0, 8)}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}
