/** What Breakout sounds like. */

import { Synth, climb } from "../../shared/synth.js";

/** The sound of each event; see synth.js. */
const SOUNDS = {
  launch: { wave: "triangle", notes: [[392, 0, 0.07], [587, 0.06, 0.09]] },
  paddle: { wave: "triangle", notes: [[262, 0, 0.08]] },
  wall: { wave: "sine", notes: [[175, 0, 0.05]] },
  steel: { wave: "square", notes: [[1245, 0, 0.03], [932, 0.02, 0.05]], volume: 0.25 },
  crack: { wave: "square", notes: [[220, 0, 0.05]], volume: 0.4 },
  power: { wave: "triangle", notes: [[523, 0, 0.08], [659, 0.07, 0.08], [784, 0.14, 0.14]] },
  lost: { wave: "sawtooth", notes: [[330, 0, 0.14], [247, 0.13, 0.14], [165, 0.26, 0.3]], volume: 0.5 },
  level: { wave: "triangle", notes: [[523, 0, 0.1], [659, 0.1, 0.1], [784, 0.2, 0.1], [1047, 0.3, 0.3]] },
  won: { wave: "triangle", notes: [[523, 0, 0.12], [523, 0.14, 0.12], [784, 0.28, 0.2], [1047, 0.5, 0.5]] },
  over: { wave: "sawtooth", notes: [[294, 0, 0.2], [233, 0.2, 0.2], [175, 0.4, 0.2], [117, 0.6, 0.5]], volume: 0.5 },
};

const CHAIN_BASE_HERTZ = 440;
const VOLUME = 0.16;

export class Sound extends Synth {
  constructor(on) {
    super(on, VOLUME);
  }

  /** Plays what belongs to a game's event, if anything does; a chain of broken bricks climbs a scale. */
  play(event) {
    this.sound(event.name === "break" ? chainSound(event.chain) : SOUNDS[event.name]);
  }
}

function chainSound(chain) {
  return { wave: "square", notes: [[climb(CHAIN_BASE_HERTZ, chain - 1), 0, 0.07]], volume: 0.45 };
}
