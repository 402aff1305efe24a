/** Short sounds made by WebAudio, silent until the player's first key, click or touch. */

/** For each event the notes to play: `[hertz, start in seconds, length in seconds]`, and the shape of the wave. */
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

/** A major pentatonic scale, in semitones: a chain of broken bricks climbs it. */
const SCALE = [0, 2, 4, 7, 9, 12, 14, 16, 19];
const CHAIN_BASE_HERTZ = 440;
const VOLUME = 0.16;
const ATTACK_SECONDS = 0.005;

export class Sound {
  #context = null;

  constructor(on) {
    this.on = on;
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

  /** Plays what belongs to a game's event, if anything does. */
  play(event) {
    if (!this.on || this.#context?.state !== "running") return;
    const sound = event.name === "break" ? chainSound(event.chain) : SOUNDS[event.name];
    for (const note of sound?.notes ?? []) this.#playNote(note, sound);
  }

  #playNote([hertz, delay, seconds], { wave, volume = 1 }) {
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

function chainSound(chain) {
  const hertz = CHAIN_BASE_HERTZ * 2 ** (SCALE[chain - 1] / 12);
  return { wave: "square", notes: [[hertz, 0, 0.07]], volume: 0.45 };
}
