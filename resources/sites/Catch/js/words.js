/** What the game says: one line on its state, also for those who do not see the field, and the banner over it. */

import { Phase } from "../../shared/turns.js";
import { yesWords } from "../../shared/words.js";
import { LEVELS } from "./levels.js";

const FAR = 130;
const CLOSE = 6;
const NUMBERS = new Intl.NumberFormat("en");

const STATUS = {
  [Phase.READY]: (game, touch) => `${levelName(game)}: ${touch ? "tap" : "press Space"} to set sail`,
  [Phase.PLAYING]: (game) => (game.mercy > 0 ? lossWords(game) : fallingWords(game)),
  [Phase.PAUSED]: (_, touch) => `Paused. ${touch ? "Tap" : "Press Space"} to go on`,
  [Phase.ASKING]: (_, touch) => `Start over? ${yesWords(touch)}`,
  [Phase.OVER]: ({ score }) => `Game over: ${points(score)}`,
  [Phase.WON]: ({ score }) => `You win: ${points(score)}`,
};

const BANNERS = {
  [Phase.READY]: (game) => [levelTitle(game), `Catch ${game.level.goal}. ${game.level.hint}`, "set sail"],
  [Phase.PAUSED]: () => ["Paused", "", "go on"],
  [Phase.ASKING]: (game, best, touch) => ["Start over?", `${yesWords(touch)} to begin anew.`, "go on"],
  [Phase.OVER]: (game, best) => ["Game over", result(game, best), "play again"],
  [Phase.WON]: (game, best) => ["You win", `${result(game, best)} The open sea is yours now.`, "sail on"],
};

/** The state in one line; while playing it says what comes down next, and where from the boat. */
export function statusWords(game, touch) {
  return STATUS[game.phase](game, touch);
}

/** The banner's title, text and hint; not while the game is on. */
export function bannerWords(game, best, touch) {
  const [title, text, next] = BANNERS[game.phase](game, best, touch);
  return [title, text, `${touch ? "Tap" : "Press Space or click"} to ${next}`];
}

/** A number with its thousands apart. */
export function number(value) {
  return NUMBERS.format(value);
}

function levelName({ onOpenSea, level }) {
  return onOpenSea ? `Open sea, ${level.name.toLowerCase()}` : level.name;
}

function levelTitle(game) {
  return game.onOpenSea ? levelName(game) : `Level ${game.levelIndex + 1} of ${LEVELS.length}: ${levelName(game)}`;
}

function lossWords({ loss, lives }) {
  return `${loss}: ${lives === 1 ? "1 life" : `${lives} lives`} left`;
}

function fallingWords({ air, boat }) {
  const { next } = air;
  if (!next) return "Watch the sky";
  if (boat.isUnder(next, boat.net / 2 - CLOSE)) return `${next.kind.word} here`;
  const side = next.x < boat.x ? "left" : "right";
  return `${next.kind.word} ${boat.isUnder(next, FAR) ? side : `far ${side}`}`;
}

function result({ score }, best) {
  return `${points(score)}. ${score > 0 && score === best ? "The best so far." : `The best is ${number(best)}.`}`;
}

function points(score) {
  return `${number(score)} ${score === 1 ? "point" : "points"}`;
}
