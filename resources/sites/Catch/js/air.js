/** All that is in the air: the gulls on their way, the things that fall, and the wind. */

import { Gull } from "./gull.js";
import { Plan } from "./plan.js";
import { windAt } from "./sea.js";
import { Role } from "./things.js";

export class Air {
  gulls = [];
  things = [];
  #plan;
  #clock = 0;
  #sent = 0;

  constructor(level, random) {
    this.#plan = new Plan(level, random);
  }

  get wind() {
    return windAt(this.#plan.level, this.#clock);
  }

  /** The thing that comes down next, or null. */
  get next() {
    let lowest = null;
    for (const thing of this.things) if (thing.way < 1 && thing.way > (lowest?.way ?? 0)) lowest = thing;
    return lowest;
  }

  /** Plans on for another level, without a stop. */
  goOn(level) {
    this.#plan.level = level;
  }

  /** Advances by `dt` seconds; tells `drop`, `caught` and `sunk` of things; `magnetX` draws them, null does not. */
  step(dt, boat, sea, magnetX, { drop, caught, sunk }) {
    this.#clock += dt;
    this.#plan.release(this.#clock, this.#send);
    this.#fly(dt, drop);
    let kept = 0;
    for (const thing of this.things) {
      thing.step(dt, magnetX);
      if (boat.catches(thing, thing.kind.role !== Role.HARM)) caught(thing);
      else if (thing.y > sea.surface(thing.x)) sunk(thing);
      else this.things[kept++] = thing;
    }
    this.things.length = kept;
  }

  #send = (landing) => {
    this.gulls.push(new Gull(landing, this.#sent++));
  };

  #fly(dt, drop) {
    let kept = 0;
    for (const gull of this.gulls) {
      const thing = gull.step(dt);
      if (thing) {
        this.things.push(thing);
        drop(thing);
      }
      if (!gull.isGone) this.gulls[kept++] = gull;
    }
    this.gulls.length = kept;
  }
}
