/** The form for what to send: text, bytes in hexadecimal digits, a file or an array of numbers. */

"use strict";

const sendingForm = document.getElementById("sending");
const textBox = document.getElementById("text");
const toBox = document.getElementById("to");

/** What `send()` is to be given: a string, a Uint8Array, a File or another typed array. Throws a RangeError. */
function contentToSend() {
  switch (sendingForm.elements.content.value) {
    case "hex":
      return bytesFromHex(valueOf("hex"));
    case "file":
      return chosenFile();
    case "array":
      return typedArray(valueOf("array-type"), valueOf("numbers"));
    default:
      return textBox.value;
  }
}

function chosenFile() {
  const [file] = document.getElementById("file").files;
  if (!file) throw new RangeError("Choose a file first.");
  return file;
}

/** The chat message that says a text, or announces that binary data follows as a message of its own. */
function chatMessageFor(content) {
  const to = toBox.value.trim();
  const message = { kind: to ? "private" : "say", text: content };
  if (to) message.to = to;
  if (typeof content !== "string") {
    message.size = sizeOf(content);
    message.text = content.name ?? `${message.size} bytes`; // files have names
  }
  return JSON.stringify(message);
}

/** Bytes of a Blob (files are blobs, too), an ArrayBuffer or a typed array. */
function sizeOf(data) {
  return data.size ?? data.byteLength;
}

function describe(data) {
  if (typeof data === "string") return `string, ${count(data.length)} characters`;
  return `${data.constructor.name}, ${count(sizeOf(data))} bytes`;
}

function valueOf(id) {
  return document.getElementById(id).value;
}

function showChosenContent() {
  const chosen = sendingForm.elements.content.value;
  for (const part of sendingForm.querySelectorAll("[data-content]")) part.hidden = part.dataset.content !== chosen;
}

for (const name of Object.keys(ARRAY_TYPES)) document.getElementById("array-type").add(new Option(name));
document.getElementById("array-type").value = "Uint8Array";

textBox.addEventListener("keydown", (event) => {
  // While letters are being composed, as for Japanese, Enter chooses one of them.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  sendingForm.requestSubmit();
});
sendingForm.addEventListener("change", showChosenContent);
showChosenContent(); // a reloaded page may come with the choice that was made before
