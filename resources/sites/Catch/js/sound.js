/** What Catch sounds like: each sound comes from the side where something happens. */

import { Synth, climb } from "../../shared/synth.js";
import { FIELD } from "./levels.js";

/** The sound of each event; see synth.js. */
const SOUNDS = {
  drop: { wave: "sine", notes: [[980, 0, 0.04], [740, 0.04, 0.05]], volume: 0.35 },
  gift: { wave: "triangle", notes: [[523, 0, 0.08], [659, 0.07, 0.08], [784, 0.14, 0.16]] },
  splash: { wave: "sine", notes: [[210, 0, 0.09], [150, 0.05, 0.12]], volume: 0.7 },
  lost: { wave: "sawtooth", notes: [[311, 0, 0.14], [233, 0.13, 0.26]], volume: 0.45 },
  caught: { wave: "sawtooth", notes: [[98, 0, 0.3], [65, 0.04, 0.45], [147, 0, 0.12]], volume: 0.8 },
  level: { wave: "triangle", notes: [[523, 0, 0.1], [659, 0.1, 0.1], [784, 0.2, 0.1], [1047, 0.3, 0.3]] },
  won: { wave: "triangle", notes: [[523, 0, 0.12], [523, 0.14, 0.12], [784, 0.28, 0.2], [1047, 0.5, 0.5]] },
  over: { wave: "sawtooth", notes: [[294, 0, 0.2], [233, 0.2, 0.2], [175, 0.4, 0.2], [117, 0.6, 0.5]], volume: 0.45 },
};

const ROW_BASE_HERTZ = 392;
const VOLUME = 0.16;
const FAR_SIDE = 0.8;

export class Sound extends Synth {
  constructor(on) {
    super(on, VOLUME);
  }

  /** Plays what belongs to an event that happened to a thing (null: to the game as a whole), if anything does. */
  play(name, thing, row = 0) {
    const pan = thing ? Math.max(-1, Math.min((thing.x / FIELD.width) * 2 - 1, 1)) : 0;
    this.sound(name === "catch" ? rowSound(row) : SOUNDS[name], pan * FAR_SIDE);
  }
}

/* A row of catches climbs a scale. */
function rowSound(row) {
  return { wave: "triangle", notes: [[climb(ROW_BASE_HERTZ, row - 1), 0, 0.12]] };
}
