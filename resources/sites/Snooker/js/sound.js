/** What Snooker sounds like. */

import { Synth } from "../../shared/synth.js";

/** The sound of each event; see synth.js. */
const SOUNDS = {
  strike: { wave: "triangle", notes: [[520, 0, 0.03]], volume: 0.8 },
  click: { wave: "triangle", notes: [[1900, 0, 0.025], [2700, 0, 0.012]], volume: 1 },
  cushion: { wave: "sine", notes: [[105, 0, 0.09]], volume: 1 },
  pocket: { wave: "sine", notes: [[150, 0, 0.08], [95, 0.07, 0.14]], volume: 1.4 },
  foul: { wave: "sawtooth", notes: [[196, 0, 0.14], [147, 0.13, 0.2]], volume: 0.35 },
  over: { wave: "triangle", notes: [[392, 0, 0.12], [523, 0.13, 0.12], [659, 0.26, 0.3]], volume: 0.7 },
};
const VOLUME = 0.2;
const ATTACK_SECONDS = 0.002;
const LOUDEST = 250;
const FAINTEST = 4;

export class Sound extends Synth {
  constructor(on) {
    super(on, VOLUME, ATTACK_SECONDS);
  }

  /** Plays one of the sounds at a part (0 to 1) of its volume, if there is one of that name. */
  play(name, part = 1) {
    const sound = SOUNDS[name];
    if (sound) this.sound({ ...sound, volume: sound.volume * part });
  }

  /** Plays what the balls did since the last call, as loud as it was fast, and sets it to 0. */
  playKnocks(loudness) {
    for (const kind in loudness) {
      if (loudness[kind] > FAINTEST) this.play(kind, Math.min(1, loudness[kind] / LOUDEST) ** 0.7);
      loudness[kind] = 0;
    }
  }
}
