/** Practice: one red, one shot. Drills from an easy cut to a long one; each is repeated until the red is potted. */

import { CUE, NAMES, RED, makeBall } from "./balls.js";
import { PRACTICE } from "./players.js";
import { Phase, Session } from "./session.js";

/** Where the cue ball and the red lie in each drill, in centimetres. */
const DRILLS = Object.freeze([
  { cue: [200, 75], red: [255, 112] },
  { cue: [150, 95], red: [156, 40] },
  { cue: [222, 60], red: [262, 110] },
  { cue: [110, 75], red: [142, 112] },
  { cue: [170, 90], red: [268, 40] },
  { cue: [62, 75], red: [225, 105] },
  { cue: [235, 50], red: [280, 92] },
  { cue: [40, 100], red: [262, 30] },
]);

export class Practice extends Session {
  players = PRACTICE;
  turn = 0;
  /** Reds potted and shots played. */
  scores = [0, 0];
  break = 0;
  drill = 0;

  constructor() {
    super(lie(DRILLS[0]));
    this.#begin("");
  }

  get onName() {
    return NAMES[RED];
  }

  get drills() {
    return DRILLS.length;
  }

  finishShot({ first, potted }) {
    const clean = !potted.some(({ value }) => value === CUE);
    const done = clean && potted.length > 0;
    this.scores[0] += Number(done);
    this.scores[1] += 1;
    this.break = done ? this.break + 1 : 0;
    this.drill += Number(done);
    if (this.drill === DRILLS.length) return this.#finish();
    if (!clean) this.emit("foul");
    this.#begin(done ? "Potted. " : `${complaint(first, clean)} Try again. `);
  }

  #finish() {
    this.phase = Phase.OVER;
    this.message = "Potted.";
    this.emit("over", { winner: 0 });
  }

  #begin(news) {
    this.world.balls = lie(DRILLS[this.drill]);
    this.message = `${news}Red ${this.drill + 1} of ${DRILLS.length}.`;
    this.aimAtNearest();
  }
}

function lie({ cue, red }) {
  return [makeBall(CUE, ...cue), makeBall(RED, ...red)];
}

function complaint(first, clean) {
  if (!clean) return "The cue ball was potted.";
  return first ? "The red stayed up." : "The red was not hit.";
}
