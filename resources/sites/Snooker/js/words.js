/** What the page says: the state of play, the aim and the banner, in sentences; no screen in it. */

import { NAMES } from "./balls.js";
import { Phase } from "./session.js";

/** The state of play, as one or two sentences. */
export function statusOf({ session }, paused) {
  if (paused) return "Paused.";
  if (session.phase === Phase.ROLLING) return "The balls are rolling.";
  if (session.phase === Phase.OVER) return `${session.message} ${resultOf(session)}`.trim();
  return [session.message, turnOf(session), handOf(session)].filter(Boolean).join(" ");
}

function turnOf({ players, turn, onName }) {
  return `${players[turn].turn}, ball on: ${onName}.`;
}

function handOf({ inHand, players, turn }) {
  return inHand && players[turn].human ? "Place the cue ball in the D." : "";
}

function resultOf(session) {
  const { players, scores, winner } = session;
  if (winner === undefined) return `All ${scores[0]} reds potted with ${scores[1]} shots.`;
  return `${players[winner].won} by ${scores[winner]} to ${scores[1 - winner]}.`;
}

/** The aim in words: its direction in degrees, and what the cue ball meets. */
export function aimOf(angle, contact) {
  const degrees = ((angle * 180) / Math.PI).toFixed(2);
  const met = contact.ball ? `the ${NAMES[contact.ball.value]}` : "the cushion";
  return `${degrees}° to ${met}${contact.foul ? ": foul" : ""}`;
}

/** What to do with a mouse or finger, for those who have not shot yet or have fixed the aim; else nothing. */
export function hintOf({ open, isNew, fixed, session }, touch) {
  if (!open) return "";
  if (fixed === "click") return "The aim stays. Press Shoot, or click again to free it.";
  if (!isNew) return "";
  if (touch) return "Tap to aim, set the power, press Shoot.";
  const place = session.inHand ? "Drag the cue ball to place it. " : "";
  return `${place}Move to aim. Press, pull back, let go to shoot.`;
}

/** The banner's title, text and button, or null while the game goes on. */
export function bannerOf({ session, frames, practising }, paused) {
  if (paused) return ["Paused", "", "Go on"];
  if (session.phase !== Phase.OVER) return null;
  if (practising) return ["Well done", resultOf(session), "Practise again"];
  const { players, winner, scores } = session;
  const highest = `Highest break: ${Math.max(...session.highest)}. Frames: ${frames.join(" to ")}.`;
  return [players[winner].won, `${scores.join(" to ")}. ${highest}`, "Next frame"];
}
