/** What a text from the server means: by its prefix, or as JSON of the subprotocol portside.chat.v1. */

"use strict";

const CHAT = "portside.chat.v1";

/** The texts of plain clients begin with these words. */
const PREFIXES = { "BROADCAST! ": "broadcast", "SPECIAL! ": "reply", "ECHO! ": "echo", "PRIVATE! ": "private" };

/** The kinds of messages: the icon of each, and the words that it is shown under. */
const KINDS = {
  message: ["message", "Message"],
  broadcast: ["broadcast", "Broadcast"],
  reply: ["reply", "Special reply to you"],
  echo: ["echo", "Echo"],
  private: ["private", "Private message"],
  notice: ["notice", "Notice from the server"],
  error: ["error", "Error from the server"],
  welcome: ["people", "Welcome"],
  join: ["people", "Joined"],
  leave: ["people", "Left"],
  name: ["people", "New name"],
  clients: ["people", "Who is here"],
};

/** Reads a text: its kind, its text, whom it is from, and the clients and the size that it names. */
function readMessage(data, protocol) {
  return (protocol === CHAT && chatMessage(data)) || plainMessage(data);
}

function plainMessage(data) {
  const prefix = Object.keys(PREFIXES).find((one) => data.startsWith(one));
  return { kind: prefix ? PREFIXES[prefix] : "message", text: data, from: "", clients: null, size: null };
}

/** A chat message, or null where the text is none; what comes over a network may be anything. */
function chatMessage(data) {
  let fields;
  try {
    fields = JSON.parse(data);
  } catch {
    return null;
  }
  if (fields === null || !Object.hasOwn(KINDS, fields.kind) || typeof fields.text !== "string") return null;
  const clients = Array.isArray(fields.clients) ? fields.clients.map(String) : null;
  return {
    kind: fields.kind,
    text: clients ? `${fields.text}\n${clients.join("\n")}` : fields.text,
    from: parties(fields),
    clients,
    size: Number.isInteger(fields.size) ? fields.size : null, // this many bytes follow, as a message of their own
  };
}

/** Whom a message comes from and goes to; a special reply has the number of the broadcast that it answers. */
function parties({ kind, sender, to, id }) {
  const hasNumber = Number.isInteger(id);
  if (kind === "reply") return hasNumber ? `to broadcast ${id}` : "";
  if (kind === "broadcast") return hasNumber ? `from ${sender}, number ${id}` : `from ${sender}`;
  return kind === "private" ? `from ${sender} to ${to}` : "";
}
