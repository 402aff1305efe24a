/** Chance that can be repeated: the same word gives the same game. */

const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const NEW_LENGTH = 5;
const MAX_LENGTH = 24;

/** A function that returns numbers from 0 up to 1, the same row of them for the same word (mulberry32). */
export function randomFrom(word) {
  let state = hash(word);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A short word that nobody has thought of. */
export function newSeed() {
  return Array.from({ length: NEW_LENGTH }, () => LETTERS[Math.floor(Math.random() * LETTERS.length)]).join("");
}

/** The word that the page's address asks for (`?seed=word`), or null. */
export function seedFrom(search) {
  return new URLSearchParams(search).get("seed")?.trim().slice(0, MAX_LENGTH) || null;
}

/* FNV-1a, 32 bits. */
function hash(word) {
  let value = 0x811c9dc5;
  for (const character of word) value = Math.imul(value ^ character.codePointAt(0), 0x01000193);
  return value;
}
