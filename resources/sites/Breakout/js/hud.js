/** Everything the page says in words: score, lives, level, state, the banner over the field and the spoken news. */

import { Phase } from "../../shared/turns.js";
import { mark, partsById, write, yesWords } from "../../shared/words.js";
import { Turn } from "./game.js";

const STATUS = {
  [Phase.READY]: (touch) => `${touch ? "Tap" : "Press Space"} to launch`,
  [Phase.PLAYING]: () => "Playing",
  [Phase.PAUSED]: () => "Paused",
  [Phase.ASKING]: (touch) => `Start over? ${yesWords(touch)}`,
  [Phase.OVER]: () => "Game over",
  [Phase.WON]: () => "You win",
};

export class Hud {
  #parts = partsById();
  #touch = matchMedia("(pointer: coarse)");

  /** Shows the game as it is now; only what changed touches the page. */
  show(game, best, soundOn) {
    const status = STATUS[game.phase](this.#touch.matches);
    write(this.#parts.score, game.score);
    write(this.#parts.best, best);
    write(this.#parts.lives, game.lives);
    write(this.#parts.level, game.level.number);
    write(this.#parts.status, status);
    write(this.#parts["pause-word"], game.isHalted ? "Resume" : "Pause");
    write(this.#parts["sound-word"], soundOn ? "Sound on" : "Sound off");
    write(this.#parts.news, spokenNews(status, game));
    this.#showBanner(game, best);
    this.#parts.pause.disabled = game.phase !== Phase.PLAYING && !game.isHalted;
    mark(document.documentElement, "phase", game.phase);
  }

  #showBanner(game, best) {
    this.#parts.banner.hidden = game.phase === Phase.PLAYING;
    const [title, text, next] = bannerWords(game, best, this.#touch.matches);
    write(this.#parts["banner-title"], title);
    write(this.#parts["banner-text"], text);
    write(this.#parts["banner-hint"], `${this.#touch.matches ? "Tap" : "Press Space or click"} to ${next}`);
  }
}

/* Spoken at the turns of a game, not at every brick. */
function spokenNews(status, game) {
  const { phase, score, lives, level } = game;
  const news = `${turnWords(game)} ${status}. Level ${level.number}. ${count(lives, "life", "lives")}.`;
  return (phase === Phase.PLAYING ? news : `${news} ${count(score, "point", "points")}.`).trim();
}

/* What has just happened, while the next ball waits. */
function turnWords({ phase, turn, lives, level }) {
  if (phase !== Phase.READY) return "";
  if (turn === Turn.LOST) return `Ball lost: ${count(lives, "life", "lives")} left.`;
  return turn === Turn.CLEARED ? `Level ${level.number - 1} cleared.` : "";
}

function bannerWords(game, best, touch) {
  const { phase, score, level } = game;
  const rank = score > 0 && score === best ? "the best so far" : `the best is ${best}`;
  const result = `${count(score, "point", "points")}, ${rank}.`;
  return {
    [Phase.READY]: [`Level ${level.number}: ${level.name}`, turnWords(game), "launch"],
    [Phase.PLAYING]: ["", "", "go on"],
    [Phase.PAUSED]: ["Paused", "", "go on"],
    [Phase.ASKING]: ["Start over?", `${yesWords(touch)} to begin anew.`, "go on"],
    [Phase.OVER]: ["Game over", result, "play again"],
    [Phase.WON]: ["You win", `All ${level.last} levels cleared. ${result}`, "play again"],
  }[phase];
}

function count(number, one, many) {
  return `${number} ${number === 1 ? one : many}`;
}
