/** Writes the game's figures and words into the page around the field. */

import { Phase } from "../../shared/turns.js";
import { mark, partsById, write } from "../../shared/words.js";
import { bannerWords, number, statusWords } from "./words.js";

export class Hud {
  #parts = partsById();
  #touch = matchMedia("(pointer: coarse)");

  /** Shows the game as it is now; only what changed touches the page. `memory` is `{ best, openSea, soundOn }`. */
  show(game, { best, openSea, soundOn }) {
    write(this.#parts.score, number(game.score));
    write(this.#parts.best, number(best));
    write(this.#parts.lives, game.lives);
    write(this.#parts.level, game.levelIndex + 1);
    write(this.#parts.goal, `${game.caught} of ${game.level.goal}`);
    write(this.#parts.factor, `×${game.factor}`);
    write(this.#parts.status, statusWords(game, this.#touch.matches));
    this.#showButtons(game, openSea, soundOn);
    this.#showBanner(game, best);
    mark(document.documentElement, "phase", game.phase);
    mark(document.documentElement, "sky", game.level.sky);
  }

  /** Names the game in hand, and gives its address to send to a friend. */
  showSeed(seed) {
    if (this.#parts.seed.textContent === seed) return;
    write(this.#parts.seed, seed);
    this.#parts.seed.href = `?seed=${encodeURIComponent(seed)}`;
  }

  #showButtons(game, openSea, soundOn) {
    write(this.#parts["pause-word"], game.isHalted ? "Resume" : "Pause");
    write(this.#parts["sound-word"], soundOn ? "Sound on" : "Sound off");
    write(this.#parts["voyage-word"], game.onOpenSea ? "Levels" : "Open sea");
    this.#parts.voyage.hidden = !openSea;
    this.#parts.voyage.disabled = game.isAtStake;
    this.#parts.pause.disabled = game.phase !== Phase.PLAYING && !game.isHalted;
  }

  #showBanner(game, best) {
    this.#parts.banner.hidden = game.phase === Phase.PLAYING;
    if (game.phase === Phase.PLAYING) return;
    const [title, text, hint] = bannerWords(game, best, this.#touch.matches);
    write(this.#parts["banner-title"], title);
    write(this.#parts["banner-text"], text);
    write(this.#parts["banner-hint"], hint);
  }
}
