/** The playing field's measures and its levels, drawn as text: one character a brick. */

/** All lengths in the game are in field units; the view scales them to the screen. */
export const FIELD = Object.freeze({ width: 480, height: 600 });

const CELL = Object.freeze({ width: 38, height: 20, left: 12, top: 44 });

/** What each character builds: the paint, the hits it takes, and the points for breaking it. */
const KINDS = Object.freeze({
  r: { paint: "red", hits: 1, points: 50 },
  o: { paint: "orange", hits: 1, points: 40 },
  y: { paint: "yellow", hits: 1, points: 30 },
  g: { paint: "green", hits: 1, points: 20 },
  b: { paint: "blue", hits: 1, points: 10 },
  v: { paint: "violet", hits: 1, points: 20 },
  2: { paint: "silver", hits: 2, points: 70 },
  3: { paint: "gold", hits: 3, points: 100 },
  "#": { paint: "steel", hits: Infinity, points: 0 },
});

export const LEVELS = Object.freeze([
  {
    name: "Signal flags",
    rows: [
      "rrrrrrrrrrrr",
      "oooooooooooo",
      "yyyyyyyyyyyy",
      "gggggggggggg",
      "bbbbbbbbbbbb",
    ],
  },
  {
    name: "Under sail",
    rows: [
      ".....2......",
      "....y2o.....",
      "...yy2oo....",
      "..yyy2ooo...",
      ".yyyy2oooo..",
      ".....2......",
      "rrrrrrrrrrrr",
      ".rrrrrrrrrr.",
      "bb.bb.bb.bb.",
    ],
  },
  {
    name: "Lighthouse",
    rows: [
      "y....rr....y",
      ".yy.2332.yy.",
      "...y2332y...",
      ".yy.2332.yy.",
      "y...rrrr...y",
      "....2222....",
      "....rrrr....",
      "....2222....",
      "bb.##..##.bb",
      "gggg....gggg",
    ],
  },
  {
    name: "Anchor",
    rows: [
      ".....22.....",
      "....2..2....",
      ".....22.....",
      "..vvv22vvv..",
      ".....22.....",
      "2....22....2",
      "22...22...22",
      ".22..22..22.",
      "..22333322..",
      "....3333....",
    ],
  },
  {
    name: "The big fish",
    rows: [
      "...ggggg....",
      "..gggggggg.g",
      ".gg2ggggggyg",
      "gg232gggyyyg",
      "ggg2gggyyyyg",
      ".ooooooyyyyg",
      "..oooooooo.g",
      "...ooooo....",
      "............",
      "b.##.bb.##.b",
    ],
  },
  {
    name: "Harbour wall",
    rows: [
      "vvvv3333vvvv",
      "v#v#3rr3#v#v",
      "vvvv3rr3vvvv",
      "....3333....",
      "22222..22222",
      "2##2....2##2",
      "22222..22222",
      "oooooooooooo",
      "yyyyyyyyyyyy",
      "##..####..##",
    ],
  },
]);

/** The bricks of one level, as boxes in field units. */
export function buildWall(level) {
  return level.rows.flatMap((row, line) =>
    [...row].flatMap((character, column) => {
      const kind = KINDS[character];
      return kind ? [{ ...cellBox(column, line), ...kind, fullHits: kind.hits }] : [];
    }),
  );
}

/* A box fills its whole cell, so that a row of bricks is one flat surface; the gap between bricks is only drawn. */
function cellBox(column, line) {
  return {
    x: CELL.left + column * CELL.width,
    y: CELL.top + line * CELL.height,
    w: CELL.width,
    h: CELL.height,
  };
}
