/** The playing field's measures, and how hard each level is. */

/** All lengths in the game are in field units; the view scales them to the screen. */
export const FIELD = Object.freeze({ width: 480, height: 600, sea: 524, margin: 44 });

/**
 * Of each level:
 * `goal` things to catch, one every `gap` seconds, each `fall` seconds in the air;
 * `reach`, how many units a second the boat must make at most to get from one to the next;
 * `wind`, how far it carries the lightest thing sideways, `gusts`, whether it turns; `swell` of the sea, 0 to 1;
 * `harm` and `gifts`, the chances that a mine or boot, or a power-up, falls too; `cargo`, the weights of the rest.
 */
export const LEVELS = Object.freeze([
  {
    name: "Calm morning", hint: "A crate that sinks costs a life.", sky: "dawn",
    goal: 8, gap: 1.5, fall: 2.9, reach: 110, wind: 0, swell: 0.15, harm: 0, gifts: 0.05,
    cargo: { crate: 1 },
  },
  {
    name: "Fish market", hint: "Fish are extra: letting one go only ends your row.", sky: "day",
    goal: 12, gap: 1.25, fall: 2.6, reach: 150, wind: 0, swell: 0.3, harm: 0, gifts: 0.12,
    cargo: { crate: 4, fish: 3 },
  },
  {
    name: "Stray mines", hint: "Keep clear of mines and boots.", sky: "day",
    goal: 14, gap: 1.15, fall: 2.4, reach: 170, wind: 0, swell: 0.35, harm: 0.4, gifts: 0.12,
    cargo: { crate: 4, fish: 3 },
  },
  {
    name: "Fresh breeze", hint: "The wind carries light things away: bottles most of all.", sky: "breeze",
    goal: 16, gap: 1.05, fall: 2.3, reach: 190, wind: 120, swell: 0.4, harm: 0.25, gifts: 0.12,
    cargo: { crate: 3, fish: 3, bottle: 3 },
  },
  {
    name: "Heavy swell", hint: "The sea moves your boat.", sky: "grey",
    goal: 18, gap: 0.98, fall: 2.1, reach: 210, wind: -60, swell: 0.95, harm: 0.3, gifts: 0.13,
    cargo: { crate: 4, fish: 3, bottle: 2 },
  },
  {
    name: "Minefield", hint: "Look twice before you catch.", sky: "dusk",
    goal: 20, gap: 0.92, fall: 2, reach: 225, wind: 70, swell: 0.45, harm: 0.75, gifts: 0.15,
    cargo: { crate: 4, fish: 2, bottle: 2 },
  },
  {
    name: "Squall", hint: "The wind turns. Shift makes the boat faster.", sky: "storm",
    goal: 22, gap: 0.84, fall: 1.8, reach: 265, wind: 170, gusts: true, swell: 0.75, harm: 0.4, gifts: 0.15,
    cargo: { crate: 4, fish: 3, bottle: 3 },
  },
  {
    name: "Night storm", hint: "Bring it all home.", sky: "night",
    goal: 26, gap: 0.76, fall: 1.65, reach: 300, wind: 200, gusts: true, swell: 1, harm: 0.5, gifts: 0.15,
    cargo: { crate: 4, fish: 3, bottle: 3 },
  },
]);

const SKIES = ["day", "breeze", "dusk", "night", "dawn", "grey", "storm"];

/** The open sea has no last level: the one with this index is a little harder than the one before. */
export function openSea(index) {
  return {
    name: `Watch ${index + 1}`,
    hint: "No end: how far do you get?",
    sky: SKIES[index % SKIES.length],
    goal: 15,
    gap: 0.6 + 0.6 * 0.8 ** index,
    fall: 1.4 + 0.9 * 0.85 ** index,
    reach: 330 - 160 * 0.85 ** index,
    wind: (index % 2 ? -1 : 1) * Math.min(220, 60 + 25 * index),
    gusts: index % 3 === 2,
    swell: 0.4 + 0.6 * ((index % 4) / 3),
    harm: Math.min(0.8, 0.25 + 0.07 * index),
    gifts: 0.15,
    cargo: { crate: 4, fish: 3, bottle: 3 },
  };
}
