/** Bytes as people type and read them: hexadecimal digits, lists of numbers, pictures known by their first bytes. */

"use strict";

const ARRAY_TYPES = {
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
};

/** How pictures begin, in hexadecimal digits. */
const SIGNATURES = [
  ["image/png", /^89504E470D0A1A0A/],
  ["image/jpeg", /^FFD8FF/],
  ["image/gif", /^47494638(37|39)61/],
  ["image/webp", /^52494646.{8}57454250/],
];

/** The bytes of text like “48 65 6C”. Throws a RangeError with a sentence. */
function bytesFromHex(typed) {
  const words = wordsOf(typed).map((word) => word.replace(/^0x/i, ""));
  const wrong = words.find((word) => !/^([0-9a-f]{2})+$/i.test(word));
  if (wrong !== undefined) {
    throw new RangeError(`“${wrong}” is not made of pairs of hexadecimal digits, like 48 65 6C.`);
  }
  return Uint8Array.from(words.join("").match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** A typed array of numbers like “1, 2, 3”. Throws a RangeError with a sentence. */
function typedArray(typeName, typed) {
  const words = wordsOf(typed);
  const array = ARRAY_TYPES[typeName].from(words, Number);
  // An array of integers would silently take 300 as 44 where a byte is all that it has.
  const wrong = words.find((word, index) => !isSame(Number(word), array[index], typeName));
  if (wrong !== undefined) throw new RangeError(`“${wrong}” is not a number that a ${typeName} can hold.`);
  return array;
}

function isSame(number, held, typeName) {
  if (typeName.startsWith("Float")) return !Number.isNaN(number) && Number.isFinite(number) === Number.isFinite(held);
  return number === held;
}

function wordsOf(typed) {
  return typed.split(/[\s,;]+/).filter(Boolean);
}

/** The bytes of an ArrayBuffer as text like “48 65 6C”. */
function hexOf(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join(" ");
}

/** The media type of the picture that begins with these bytes, or undefined. */
function imageType(buffer) {
  const start = hexOf(buffer.slice(0, 16)).replaceAll(" ", "");
  return SIGNATURES.find(([, signature]) => signature.test(start))?.[0];
}
