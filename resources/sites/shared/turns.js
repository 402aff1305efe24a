/** What an arcade game goes through, from the first tap to the end, whatever its rules are. */

export const Phase = Object.freeze({
  READY: "ready",
  PLAYING: "playing",
  PAUSED: "paused",
  /** Whether to begin anew, which would lose the score. */
  ASKING: "asking",
  OVER: "over",
  WON: "won",
});

export class Turns {
  phase = Phase.READY;
  score = 0;
  #asked = Phase.READY;

  get isOver() {
    return this.phase === Phase.OVER || this.phase === Phase.WON;
  }

  /** Whether the player has stopped a game that can go on. */
  get isHalted() {
    return this.phase === Phase.PAUSED || this.phase === Phase.ASKING;
  }

  pause() {
    if (this.phase === Phase.PLAYING) this.phase = Phase.PAUSED;
  }

  /** Goes on after a pause, or after a question that was not answered with yes. */
  resume() {
    if (this.phase === Phase.PAUSED) this.phase = Phase.PLAYING;
    else if (this.phase === Phase.ASKING) this.phase = this.#asked;
  }

  togglePause() {
    if (this.isHalted) this.resume();
    else this.pause();
  }

  /** Whether a new game would lose a score. */
  get isAtStake() {
    return this.score > 0 && !this.isOver;
  }

  /** Whether a new game may begin: not before the player was asked, where a score would be lost. */
  mayRestart() {
    if (!this.isAtStake || this.phase === Phase.ASKING) return true;
    this.#asked = this.phase === Phase.PAUSED ? Phase.PLAYING : this.phase;
    this.phase = Phase.ASKING;
    return false;
  }
}
