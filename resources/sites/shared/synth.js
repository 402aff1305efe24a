/** Short sounds made by WebAudio, silent until the player's first key, click or touch. */

/** A major pentatonic scale, in semitones. */
const SCALE = [0, 2, 4, 7, 9, 12, 14, 16, 19, 21, 24];

export class Synth {
  #context = null;
  #volume;
  #attack;

  /** `volume` goes from 0 to 1; a note needs `attack` seconds to reach its own. */
  constructor(on, volume, attack = 0.005) {
    this.on = on;
    this.#volume = volume;
    this.#attack = attack;
  }

  /** To be called from a user's gesture; those that browsers do not count, Escape for one, change nothing. */
  unlock() {
    if (!this.on || navigator.userActivation?.hasBeenActive === false) return;
    this.#context ??= new AudioContext();
    if (this.#context.state === "suspended") this.#context.resume();
  }

  toggle() {
    this.on = !this.on;
    if (this.on) this.unlock();
    else this.#context?.suspend();
  }

  /**
   * Plays `{ wave, notes, volume }`, if there is such a sound: each note is `[hertz, start in seconds, length in
   * seconds]`; `pan` goes from -1 (left) to 1 (right).
   */
  sound(sound, pan = 0) {
    if (!sound || !this.on || this.#context?.state !== "running") return;
    const out = new StereoPannerNode(this.#context, { pan });
    out.connect(this.#context.destination);
    for (const note of sound.notes) this.#playNote(note, sound, out);
  }

  #playNote([hertz, delay, seconds], { wave, volume = 1 }, out) {
    const start = this.#context.currentTime + delay;
    const end = start + this.#attack + seconds;
    const tone = new OscillatorNode(this.#context, { type: wave, frequency: hertz });
    const gain = new GainNode(this.#context, { gain: 0 });
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(this.#volume * volume, start + this.#attack);
    gain.gain.exponentialRampToValueAtTime(0.0001, end);
    tone.connect(gain).connect(out);
    tone.start(start);
    tone.stop(end);
  }
}

/** The hertz that lie so many steps of the scale above `base`, at most two octaves. */
export function climb(base, steps) {
  return base * 2 ** (SCALE[Math.min(steps, SCALE.length - 1)] / 12);
}
