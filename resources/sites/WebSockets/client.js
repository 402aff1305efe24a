/** A WebSocket from its opening to its close: connects, hears every event, sends, and closes with code and reason. */

"use strict";

/** What close codes mean (RFC 6455, section 7.4.1). */
const CLOSE_CODES = {
  1000: "normal closure",
  1001: "going away",
  1002: "protocol error",
  1003: "data of this kind not accepted",
  1005: "no code given",
  1006: "connection lost, or never made",
  1007: "text is not UTF-8",
  1008: "policy violation",
  1009: "message too big",
  1011: "unexpected condition",
  1012: "service restart",
  1013: "try again later",
  1015: "TLS handshake failed",
};

const FROM_DISK =
  "This page was opened from disk: Portside lets it in if “Let in pages from disk” is on in its settings.";

const UNTRUSTED = "Over wss:// the browser must trust the certificate of the server: Portside’s settings say how.";

const log = new EventLog(document.getElementById("log"));

let socket = null; // the connection; this page has one at a time
let announced = null; // the chat message that announced the binary message to come

function openSocket() {
  if (socket && socket.readyState !== WebSocket.CLOSED) {
    throw new RangeError("There is a connection already. Close it first.");
  }
  socket = new WebSocket(urlToOpen(), protocolsToOffer());
  socket.binaryType = valueOf("binary-type");
  socket.addEventListener("open", onOpen);
  socket.addEventListener("message", onMessage);
  socket.addEventListener("error", onError);
  socket.addEventListener("close", onClose);
  announced = null;
}

function onOpen() {
  // What client and server have agreed on in the handshake
  const facts = `protocol “${socket.protocol}”, extensions “${socket.extensions}”`;
  log.add({ look: "open", words: "Connected", event: "open", facts });
  makeRoom();
  showState();
}

function onMessage({ data }) {
  if (typeof data === "string") onText(data);
  else onBinary(data);
}

function onText(data) {
  const message = readMessage(data, socket.protocol);
  const content = [textView(message.text)];
  if (message.text !== data) content.push(rawView(data));
  log.add(lookOf(message, data), ...content);
  announced = message.size === null ? null : message;
  if (message.clients) suggestClients(message.clients);
}

/** Shows a Blob or an ArrayBuffer, whichever `binaryType` asks for. */
function onBinary(data) {
  const message = announced?.size === sizeOf(data) ? announced : { kind: "message", from: "" };
  announced = null;
  log.add(lookOf(message, data), log.binary(data));
}

function lookOf({ kind, from }, data) {
  const [icon, words] = KINDS[kind];
  return { look: kind, icon, words, event: "message", facts: [from, describe(data)].filter(Boolean).join(", ") };
}

function onError({ target }) {
  // The event has no cause in it: if it had, any page could explore the network of its visitors.
  const hints = ["Browsers do not tell a page why; their developer tools do."];
  if (isFromDisk()) hints.push(FROM_DISK);
  if (target.url.startsWith("wss:")) hints.push(UNTRUSTED);
  log.add({ look: "error", words: "Failed", event: "error" }, textView(hints.join(" ")));
}

function onClose({ wasClean, code, reason }) {
  const meaning = CLOSE_CODES[code] ?? "a code of the application";
  const facts = `wasClean ${wasClean}, code ${code} (${meaning}), reason “${reason}”`;
  log.add({ look: "close", words: "Closed", event: "close", facts });
  showState();
}

function sendContent() {
  requireOpen();
  const content = contentToSend();
  const isText = typeof content === "string";
  const isChat = socket.protocol === CHAT;
  if (isChat) sendNow(chatMessageFor(content));
  if (!isChat || !isText) sendNow(content);
  if (isText) textBox.value = "";
}

function sendChat(message) {
  requireOpen();
  sendNow(JSON.stringify(message));
}

function sendNow(data) {
  socket.send(data); // never waits: what the network has not taken yet is counted in bufferedAmount
  const content = typeof data === "string" ? textView(data) : log.binary(data);
  log.add({ look: "sent", words: "Sent", event: "send()", facts: describe(data) }, content);
  showBufferedAmount();
}

function requireOpen() {
  // send() throws while CONNECTING, but from CLOSING on it drops the data without a word.
  if (socket?.readyState !== WebSocket.OPEN) throw new RangeError("There is no open connection. Open one first.");
}

function closeSocket() {
  if (!socket || socket.readyState === WebSocket.CLOSED) throw new RangeError("There is no connection to close.");
  const code = valueOf("code").trim();
  const reason = valueOf("reason");
  if (code) socket.close(Number(code), reason);
  else if (reason) throw new RangeError("A reason needs a code before it.");
  else socket.close();
}
