/** Short sounds made by WebAudio, from the side where something happens; silent until the player's first gesture. */

import { FIELD } from "./levels.js";

/** For each event the notes to play: `[hertz, start in seconds, length in seconds]`, and the shape of the wave. */
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

/** A major pentatonic scale, in semitones: a row of catches climbs it. */
const SCALE = [0, 2, 4, 7, 9, 12, 14, 16, 19, 21, 24];
const ROW_BASE_HERTZ = 392;
const VOLUME = 0.16;
const ATTACK_SECONDS = 0.005;

export class Sound {
  #context = null;

  constructor(on) {
    this.on = on;
  }

  /** To be called from a user's gesture: before the first one browsers let no page sound. */
  unlock() {
    if (!this.on || !navigator.userActivation.hasBeenActive) return;
    this.#context ??= new AudioContext();
    if (this.#context.state === "suspended") this.#context.resume();
  }

  toggle() {
    this.on = !this.on;
    if (this.on) this.unlock();
    else this.#context?.suspend();
  }

  /** Plays what belongs to an event that happened to a thing (null: to the game as a whole), if anything does. */
  play(name, thing, row = 0) {
    if (!this.on || this.#context?.state !== "running") return;
    const sound = name === "catch" ? rowSound(row) : SOUNDS[name];
    const pan = thing ? Math.max(-1, Math.min((thing.x / FIELD.width) * 2 - 1, 1)) : 0;
    const out = new StereoPannerNode(this.#context, { pan: pan * 0.8 });
    out.connect(this.#context.destination);
    for (const note of sound.notes) this.#playNote(note, sound, out);
  }

  #playNote([hertz, delay, seconds], { wave, volume = 1 }, out) {
    const start = this.#context.currentTime + delay;
    const end = start + ATTACK_SECONDS + seconds;
    const tone = new OscillatorNode(this.#context, { type: wave, frequency: hertz });
    const gain = new GainNode(this.#context, { gain: 0 });
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(VOLUME * volume, start + ATTACK_SECONDS);
    gain.gain.exponentialRampToValueAtTime(0.0001, end);
    tone.connect(gain).connect(out);
    tone.start(start);
    tone.stop(end);
  }
}

function rowSound(row) {
  const semitones = SCALE[Math.min(row, SCALE.length) - 1];
  return { wave: "triangle", notes: [[ROW_BASE_HERTZ * 2 ** (semitones / 12), 0, 0.12]] };
}
