/** A frame of snooker for two: whose turn it is, the ball on, the scores, the break, fouls and the end. */

import { BLACK, NAMES, RED, rack } from "./balls.js";
import { judge, lowestOn, nameOn, nextOn, respot } from "./rules.js";
import { Phase, Session } from "./session.js";

/** How a frame can begin: reds on the table, and the lowest colour. */
export const FRAMES = Object.freeze({
  short: { reds: 6, lowest: 2 },
  full: { reds: 15, lowest: 2 },
  colours: { reds: 0, lowest: 2 },
  black: { reds: 0, lowest: BLACK },
});

export class Frame extends Session {
  scores = [0, 0];
  break = 0;
  /** The highest break of each player in this frame. */
  highest = [0, 0];
  /** Shots since the last points; with it the computer loses its patience. */
  dry = 0;
  /* The power that the other player has left set. */
  #otherPower = this.power;

  /** `kind` is one of `FRAMES`; `players` are two of players.js; `turn` (0 or 1) says who begins. */
  constructor(kind, players, turn = 0) {
    super(rack(kind.reds, kind.lowest));
    this.players = players;
    this.starter = this.turn = turn;
    this.on = lowestOn(this.balls);
    this.takeInHand();
    this.aimAtNearest();
  }

  /** The player who has won, or null while the frame goes on. */
  get winner() {
    if (this.phase !== Phase.OVER) return null;
    return this.scores[0] > this.scores[1] ? 0 : 1;
  }

  finishShot(shot) {
    const verdict = judge(this.on, shot);
    const kept = verdict.foul === 0 && this.on > RED ? this.on : null;
    const decided = this.on === BLACK && verdict.points + verdict.foul > 0;
    this.#score(verdict, shot.potted);
    if (decided) return this.#decide();
    respot(this.balls, shot.potted, kept);
    if (verdict.points > 0) this.on = nextOn(this.on, this.balls);
    else this.#passTurn();
    if (this.cue.down) this.takeInHand();
    this.aimAtNearest();
  }

  #score({ points, foul, reason }, potted) {
    const [player, other] = [this.turn, 1 - this.turn];
    this.scores[foul ? other : player] += foul || points;
    this.dry = points ? 0 : this.dry + 1;
    this.break += points;
    this.highest[player] = Math.max(this.highest[player], this.break);
    if (foul) {
      this.message = `Foul: ${reason}. ${foul} points to ${this.players[other].object}.`;
      this.emit("foul");
    } else if (points) {
      this.message = `Potted: ${listNames(potted)}. ${points === 1 ? "1 point" : `${points} points`}.`;
    } else {
      this.message = this.break > 0 ? `End of a break of ${this.break}.` : "Nothing potted.";
    }
  }

  #passTurn(to = 1 - this.turn) {
    if (to !== this.turn) [this.power, this.#otherPower] = [this.#otherPower, this.power];
    this.turn = to;
    this.break = 0;
    this.on = lowestOn(this.balls);
  }

  /* The last black decides; if the scores are level it is respotted, and who did not break off plays first. */
  #decide() {
    if (this.scores[0] !== this.scores[1]) {
      this.phase = Phase.OVER;
      return this.emit("over", { winner: this.winner });
    }
    const black = this.balls.find(({ value }) => value === BLACK);
    respot(this.balls, [black], null);
    this.message += " The scores are level: the black is respotted.";
    this.#passTurn(1 - this.starter);
    this.cue.down = true;
    this.takeInHand();
    this.aimAtNearest();
  }

  /** The ball on in words, for the score board. */
  get onName() {
    return nameOn(this.on);
  }
}

function listNames(potted) {
  return potted.map(({ value }) => NAMES[value]).join(", ");
}
