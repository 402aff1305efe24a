/** The hands of the person at the table: what keys, pointer and controls may do, and only when it is their turn. */

export class Player {
  /** What makes the aim stay when the pointer moves: "keys", a "click" on the table, or null. */
  fixed = null;
  /** Whether nobody has shot yet on this page. */
  isNew = true;
  #match;
  #view;
  #stage;

  /** `stage.halted` says that the game stands still. */
  constructor(match, view, stage) {
    this.#match = match;
    this.#view = view;
    this.#stage = stage;
  }

  get session() {
    return this.#match.session;
  }

  get open() {
    return this.#match.open && !this.#stage.halted;
  }

  turn(radians) {
    if (!this.open) return;
    this.fixed = "keys";
    this.session.turnBy(radians);
  }

  /** Aims at a place on the table, in centimetres. */
  aim({ x, y }) {
    if (this.open) this.session.aimAt(x, y);
  }

  push(power) {
    this.draw(this.session.power + power);
  }

  /** Sets the power, from 0 to 1. */
  draw(power) {
    if (this.open) this.session.setPower(power);
  }

  twist(spin) {
    this.spin(Math.round((this.session.spin + spin) * 10) / 10);
  }

  /** Sets the spin, from -1 (screw) to 1 (follow). */
  spin(spin) {
    if (this.open) this.session.setSpin(spin);
  }

  /** Moves the cue ball in hand by a way on the screen, in centimetres of the table. */
  move(right, down) {
    const way = this.#view.toWay(right, down);
    const { cue } = this.session;
    this.put({ x: cue.x + way.x, y: cue.y + way.y });
  }

  /** Puts the cue ball in hand to a place on the table. */
  put({ x, y }) {
    if (this.open) this.session.place(x, y);
  }

  shoot() {
    if (!this.open) return;
    this.fixed = null;
    this.isNew = false;
    this.session.shoot();
  }
}
