/** Short sounds made by WebAudio, silent until the player's first key, click or touch. */

/** For each sound its notes `[hertz, start in seconds, length in seconds]`, the shape of the wave and the volume. */
const SOUNDS = {
  strike: { wave: "triangle", notes: [[520, 0, 0.03]], volume: 0.8 },
  click: { wave: "triangle", notes: [[1900, 0, 0.025], [2700, 0, 0.012]], volume: 1 },
  cushion: { wave: "sine", notes: [[105, 0, 0.09]], volume: 1 },
  pocket: { wave: "sine", notes: [[150, 0, 0.08], [95, 0.07, 0.14]], volume: 1.4 },
  foul: { wave: "sawtooth", notes: [[196, 0, 0.14], [147, 0.13, 0.2]], volume: 0.35 },
  over: { wave: "triangle", notes: [[392, 0, 0.12], [523, 0.13, 0.12], [659, 0.26, 0.3]], volume: 0.7 },
};
const VOLUME = 0.2;
const LOUDEST = 250;
const FAINTEST = 4;
const ATTACK_SECONDS = 0.002;

export class Sound {
  #context = null;

  constructor(on) {
    this.on = on;
  }

  /** To be called from a user's gesture, as browsers ask. */
  unlock() {
    if (!this.on) return;
    this.#context ??= new AudioContext();
    if (this.#context.state === "suspended") this.#context.resume();
  }

  toggle() {
    this.on = !this.on;
    if (this.on) this.unlock();
    else this.#context?.suspend();
  }

  /** Plays one of the sounds at a part (0 to 1) of its volume. */
  play(name, part = 1) {
    if (!this.on || this.#context?.state !== "running") return;
    const sound = SOUNDS[name];
    for (const note of sound?.notes ?? []) this.#playNote(note, sound.wave, sound.volume * part);
  }

  /** Plays what the balls did since the last call, as loud as it was fast, and sets it to 0. */
  playKnocks(loudness) {
    for (const kind in loudness) {
      if (loudness[kind] > FAINTEST) this.play(kind, Math.min(1, loudness[kind] / LOUDEST) ** 0.7);
      loudness[kind] = 0;
    }
  }

  #playNote([hertz, delay, seconds], wave, volume) {
    const start = this.#context.currentTime + delay;
    const tone = new OscillatorNode(this.#context, { type: wave, frequency: hertz });
    const gain = new GainNode(this.#context, { gain: 0 });
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(VOLUME * volume, start + ATTACK_SECONDS);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + ATTACK_SECONDS + seconds);
    tone.connect(gain).connect(this.#context.destination);
    tone.start(start);
    tone.stop(start + ATTACK_SECONDS + seconds);
  }
}
