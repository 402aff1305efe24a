/** Writes the game's figures and words into the page around the field. */

import { Phase } from "./game.js";
import { bannerWords, number, statusWords } from "./words.js";

export class Hud {
  #parts = Object.fromEntries([...document.querySelectorAll("[id]")].map((element) => [element.id, element]));
  #touch = matchMedia("(pointer: coarse)");
  #page = document.documentElement.dataset;

  /** Shows the game as it is now; only what changed touches the page. `memory` is `{ best, openSea, soundOn }`. */
  show(game, { best, openSea, soundOn }) {
    this.#write("score", number(game.score));
    this.#write("best", number(best));
    this.#write("lives", game.lives);
    this.#write("level", game.levelIndex + 1);
    this.#write("goal", `${game.caught} of ${game.level.goal}`);
    this.#write("factor", `×${game.factor}`);
    this.#write("status", statusWords(game, this.#touch.matches));
    this.#showButtons(game, openSea, soundOn);
    this.#showBanner(game, best);
    if (this.#page.phase !== game.phase) this.#page.phase = game.phase;
    if (this.#page.sky !== game.level.sky) this.#page.sky = game.level.sky;
  }

  /** Names the game in hand, and gives its address to send to a friend. */
  showSeed(seed) {
    if (this.#parts.seed.textContent === seed) return;
    this.#write("seed", seed);
    this.#parts.seed.href = `?seed=${encodeURIComponent(seed)}`;
  }

  #showButtons(game, openSea, soundOn) {
    this.#write("pause-word", game.phase === Phase.PAUSED ? "Resume" : "Pause");
    this.#write("sound-word", soundOn ? "Sound on" : "Sound off");
    this.#write("voyage-word", game.onOpenSea ? "Levels" : "Open sea");
    this.#parts.voyage.hidden = !openSea;
    this.#parts.pause.disabled = game.phase !== Phase.PLAYING && game.phase !== Phase.PAUSED;
  }

  #showBanner(game, best) {
    this.#parts.banner.hidden = game.phase === Phase.PLAYING;
    if (game.phase === Phase.PLAYING) return;
    const [title, text, hint] = bannerWords(game, best, this.#touch.matches);
    this.#write("banner-title", title);
    this.#write("banner-text", text);
    this.#write("banner-hint", hint);
  }

  #write(name, value) {
    const text = String(value);
    if (this.#parts[name].textContent !== text) this.#parts[name].textContent = text;
  }
}
