/** Who plays, and how the page speaks of them. */

export const YOU = Object.freeze({ name: "You", object: "you", turn: "Your turn", won: "You win", human: true });
export const COMPUTER = Object.freeze({
  name: "Computer",
  object: "the computer",
  turn: "The computer’s turn",
  won: "The computer wins",
  human: false,
});
export const FRIENDS = Object.freeze([1, 2].map((number) => ({
  name: `Player ${number}`,
  object: `player ${number}`,
  turn: `Player ${number}’s turn`,
  won: `Player ${number} wins`,
  human: true,
})));

/** In practice the two scores count the reds potted and the shots played. */
export const PRACTICE = Object.freeze(["Potted", "Shots"].map((name) => ({ ...YOU, name, turn: "Your shot" })));
