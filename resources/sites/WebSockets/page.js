/** The page around the WebSocket: its forms, the state that it shows, and refusals of the browser in words. */

"use strict";

const byId = (id) => document.getElementById(id);

const STATES = ["CONNECTING", "OPEN", "CLOSING", "CLOSED"]; // by readyState

/** What a refusal of the browser means, by the form in which it happened and the name of the exception. */
const REFUSALS = {
  opening: {
    SyntaxError: () =>
      isSocketUrl(valueOf("url").trim())
        ? `“${protocolsToOffer().join(", ")}” cannot be offered. A subprotocol is one word, and is named once.`
        : `“${valueOf("url")}” is not the URL of a WebSocket. It begins with ws:// or wss:// and has no #.`,
    SecurityError: () => "A page that came over https can open wss:// only.",
  },
  closing: {
    InvalidAccessError: () => `A page can close with 1000 or a code from 3000 to 4999, not with “${valueOf("code")}”.`,
    SyntaxError: () =>
      `The reason is ${new TextEncoder().encode(valueOf("reason")).length} bytes long in UTF-8; 123 are allowed.`,
  },
};

function urlToOpen() {
  const typed = valueOf("url").trim();
  const name = valueOf("name").trim();
  if (!name || !isSocketUrl(typed)) return typed;
  const url = new URL(typed, location);
  url.searchParams.set("name", name);
  return url.href;
}

function isSocketUrl(text) {
  return URL.canParse(text, location) && /^(ws|http)s?:$/.test(new URL(text, location).protocol) && !text.includes("#");
}

function protocolsToOffer() {
  const chosen = valueOf("protocol");
  const words = (chosen === "other" ? valueOf("other") : chosen).split(",");
  return words.map((word) => word.trim()).filter(Boolean);
}

function isFromDisk() {
  return location.protocol === "file:";
}

function defaultUrl() {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${location.hostname || "localhost"}:8002/`; // a page opened from disk has no host
}

function showState() {
  const state = STATES[socket ? socket.readyState : WebSocket.CLOSED];
  if (byId("state").textContent !== state) byId("state").textContent = state; // the same again would be read out again
  byId("state").dataset.state = state;
  byId("chat").hidden = byId("rename").hidden = state !== "OPEN" || socket.protocol !== CHAT;
  showBufferedAmount();
}

function showBufferedAmount() {
  const amount = socket?.bufferedAmount ?? 0;
  byId("buffered").textContent = `${count(amount)} bytes`;
  if (amount > 0 && socket.readyState === WebSocket.OPEN) requestAnimationFrame(showBufferedAmount);
}

/** On a phone, folds the connection away once it is open, so that its events can be seen. */
function makeRoom() {
  if (matchMedia("(max-width: 40rem)").matches) byId("connection").open = false;
}

function suggestClients(names) {
  byId("clients").replaceChildren(...names.map((name) => new Option(name)));
}

/** Does what a form is for. What goes wrong is said below the form, and what was typed stays. */
function attempt(form, action) {
  const complaint = byId(`${form}-complaint`);
  complaint.textContent = "";
  try {
    action();
  } catch (error) {
    // Sentences of this page are RangeErrors; the browser's own exceptions have names to learn.
    const words = REFUSALS[form]?.[error.name]?.() ?? error.message;
    complaint.textContent = error instanceof RangeError ? words : `${error.name}: ${words}`;
  }
  showState();
}

function onSubmit(form, action) {
  byId(form).addEventListener("submit", (event) => {
    event.preventDefault(); // or the browser would load the page again
    attempt(form, action);
  });
}

function onClick(button, action) {
  byId(button).addEventListener("click", action);
}

function showOtherProtocol() {
  byId("other-row").hidden = valueOf("protocol") !== "other";
}

function start() {
  byId("support").hidden = true;
  byId("client").hidden = false;
  byId("url").value = new URLSearchParams(location.search).get("url") ?? defaultUrl();
  onSubmit("opening", openSocket);
  onSubmit("sending", sendContent);
  onSubmit("closing", closeSocket);
  onClick("rename", () => attempt("opening", () => sendChat({ kind: "name", text: valueOf("name").trim() })));
  onClick("who", () => attempt("sending", () => sendChat({ kind: "list" })));
  onClick("clear", () => log.clear());
  byId("protocol").addEventListener("change", showOtherProtocol);
  byId("binary-type").addEventListener("change", () => {
    if (socket) socket.binaryType = valueOf("binary-type"); // counts from the next message
  });
  showOtherProtocol();
  showState();
}

if ("WebSocket" in window) start();
else byId("support").textContent = "This browser has no WebSocket, which is what this page is about.";
