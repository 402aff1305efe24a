/** Everything the page says in words: scores, turn, ball on, break, state, aim and the banner over the table. */

import { mark, partsById, write } from "../../shared/words.js";
import { Phase } from "./session.js";
import { aimOf, bannerOf, hintOf, statusOf } from "./words.js";

export class Hud {
  #parts = partsById();
  #touch = matchMedia("(pointer: coarse)");

  /** Shows the match as it is now; only what changed touches the page. */
  show(match, player, { paused, soundOn, contact }) {
    const { session } = match;
    const parts = this.#parts;
    this.#showPlayers(session, match.frames, match.practising);
    write(parts.on, session.onName);
    write(parts.break, session.break);
    write(parts.best, match.best);
    write(parts.status, statusOf(match, paused));
    write(parts.aim, contact ? aimOf(session.angle, contact) : "");
    write(parts.hint, hintOf(player, this.#touch.matches));
    write(parts["pause-word"], paused ? "Go on" : "Pause");
    write(parts["sound-word"], soundOn ? "Sound on" : "Sound off");
    this.#showControls(session, match.open && !paused);
    this.#showBanner(bannerOf(match, paused));
    mark(document.documentElement, "phase", paused ? "paused" : session.phase);
    mark(document.documentElement, "on", session.on);
    mark(document.documentElement, "sound", soundOn ? "on" : "off");
  }

  #showPlayers({ players, scores, turn, phase }, frames, practising) {
    const parts = this.#parts;
    write(parts.name, players[0].name);
    write(parts.name2, players[1].name);
    write(parts.score, scores[0]);
    write(parts.score2, scores[1]);
    write(parts.frames, practising ? "" : frames[0]);
    write(parts.frames2, practising ? "" : frames[1]);
    mark(parts.board, "turn", practising || phase === Phase.OVER ? "" : turn);
  }

  #showControls({ power, spin, phase }, open) {
    const parts = this.#parts;
    for (const name of ["power", "spin", "shoot", "left", "right"]) {
      if (parts[name].disabled === open) parts[name].disabled = !open;
    }
    setValue(parts.power, String(Math.round(power * 100)));
    setValue(parts.spin, String(spin));
    if (parts.pause.disabled !== (phase === Phase.OVER)) parts.pause.disabled = phase === Phase.OVER;
  }

  #showBanner(words) {
    const parts = this.#parts;
    if (words) [parts["banner-title"], parts["banner-text"], parts.go].forEach((part, i) => write(part, words[i]));
    if (parts.banner.hidden === !words) return;
    parts.banner.hidden = !words;
    if (words) parts.go.focus({ preventScroll: true });
    else parts.canvas.focus({ preventScroll: true });
  }
}

function setValue(input, value) {
  if (input.value !== value) input.value = value;
}
