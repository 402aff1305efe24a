/** The rules of Breakout: the whole state of a game and how it advances, with no screen, clock or sound in it. */

import { Phase, Turns } from "../../shared/turns.js";
import { Ball } from "./ball.js";
import { LEVELS, buildWall } from "./levels.js";
import { Paddle } from "./paddle.js";
import { Powers } from "./powers.js";

/** What led to the ball that waits on the paddle. */
export const Turn = Object.freeze({ START: "start", LOST: "lost", CLEARED: "cleared" });

const LIVES = 3;
const MOST_LIVES = 5;
const LIFE_BONUS = 1000;
const CRACK_POINTS = 10;
const MAX_CHAIN = 9;
const MAX_BALLS = 6;
const SPLIT_ANGLE = 0.4;
const LAUNCH_LEAN = 0.4;

/** Seconds without a hit brick after which one lets a power-up fall: the last bricks of a wall are hard to hit. */
const PATIENCE = 8;
const GIFTS = Object.freeze(["multi", "fire", "wide"]);

/** Units a second; the pace rises a little with every brick and falls back with every new ball. */
const SPEED = Object.freeze({ base: 390, perLevel: 14, pacePerBrick: 0.005, maxPace: 1.3, slow: 0.65 });

export class Game extends Turns {
  #random;
  #events = [];
  #sinceHit = 0;

  /** Grows with every change of the bricks, so that a view knows when to paint them anew. */
  wallVersion = 0;

  /** `random` returns numbers from 0 up to 1, as Math.random does. */
  constructor(random = Math.random) {
    super();
    this.#random = random;
    this.restart();
  }

  restart() {
    this.score = 0;
    this.lives = LIVES;
    this.turn = Turn.START;
    this.paddle = new Paddle();
    this.#enterLevel(0);
  }

  get level() {
    return { number: this.levelIndex + 1, name: LEVELS[this.levelIndex].name, last: LEVELS.length };
  }

  /** The one big button: launches, resumes or starts anew, whichever makes sense. */
  go() {
    if (this.phase === Phase.READY) this.#launch();
    else if (this.isOver) this.restart();
    else this.resume();
  }

  /** What happened since the last call, oldest first, as `{ name, ... }`: for sounds and effects. */
  takeEvents() {
    return this.#events.splice(0);
  }

  /** Advances by `dt` seconds; `controls` are the paddle's `{ axis, target }`. */
  step(dt, controls) {
    if (this.phase !== Phase.READY && this.phase !== Phase.PLAYING) return;
    this.paddle.step(dt, controls, this.powers.isOn("wide"));
    if (this.phase === Phase.READY) this.balls[0].ride(this.paddle);
    else this.#play(dt);
  }

  #play(dt) {
    const burning = this.powers.isOn("fire");
    for (const ball of this.balls) ball.fly(this.#speed() * dt, this.bricks, this.paddle, this.#onHit, burning);
    this.balls = this.balls.filter((ball) => !ball.lost);
    for (const drop of this.powers.step(dt, this.paddle)) this.#catch(drop);
    const breakable = this.bricks.filter((brick) => brick.hits < Infinity);
    if (breakable.length === 0) this.#finishLevel();
    else if (this.balls.length === 0) this.#loseLife();
    else this.#encourage(dt, breakable);
  }

  #encourage(dt, breakable) {
    this.#sinceHit += dt;
    if (this.#sinceHit < PATIENCE) return;
    this.#sinceHit = 0;
    this.powers.drop(this.#pick(GIFTS), this.#pick(breakable));
  }

  #pick(choices) {
    return choices[Math.floor(this.#random() * choices.length)];
  }

  #speed() {
    const slow = this.powers.isOn("slow") ? SPEED.slow : 1;
    return (SPEED.base + SPEED.perLevel * this.levelIndex) * this.pace * slow;
  }

  #onHit = (ball, box) => {
    if (box === this.paddle) this.#emit("paddle");
    else if (box.wall) this.#emit("wall");
    else if (box.hits === Infinity) this.#emit("steel", { brick: box });
    else this.#hitBrick(ball, box);
  };

  #hitBrick(ball, brick) {
    this.#sinceHit = 0;
    brick.hits = this.powers.isOn("fire") ? 0 : brick.hits - 1;
    this.wallVersion += 1;
    if (brick.hits === 0) return this.#breakBrick(ball, brick);
    this.score += CRACK_POINTS;
    this.#emit("crack", { brick });
  }

  /* The further a ball gets without the paddle's help, the more each brick is worth. */
  #breakBrick(ball, brick) {
    ball.chain = Math.min(ball.chain + 1, MAX_CHAIN);
    const points = brick.points * ball.chain;
    this.score += points;
    this.pace = Math.min(this.pace + SPEED.pacePerBrick, SPEED.maxPace);
    this.bricks.splice(this.bricks.indexOf(brick), 1);
    this.powers.release(brick, this.#random);
    this.#emit("break", { brick, points, chain: ball.chain });
  }

  #catch(drop) {
    this.powers.start(drop.name);
    if (drop.name === "multi") this.#splitBalls();
    if (drop.name === "life") this.lives = Math.min(this.lives + 1, MOST_LIVES);
    this.#emit("power", { drop });
  }

  #splitBalls() {
    const extra = this.balls.flatMap((ball) => [ball.split(SPLIT_ANGLE), ball.split(-SPLIT_ANGLE)]);
    this.balls = [...this.balls, ...extra].slice(0, MAX_BALLS);
  }

  #launch() {
    this.balls[0].rise((this.#random() * 2 - 1) * LAUNCH_LEAN);
    this.phase = Phase.PLAYING;
    this.#emit("launch");
  }

  #serve() {
    this.phase = Phase.READY;
    this.pace = 1;
    this.#sinceHit = 0;
    this.powers = new Powers();
    this.balls = [new Ball()];
    this.balls[0].ride(this.paddle);
  }

  #enterLevel(index) {
    this.levelIndex = index;
    this.bricks = buildWall(LEVELS[index]);
    this.wallVersion += 1;
    this.#serve();
  }

  #finishLevel() {
    if (this.levelIndex + 1 < LEVELS.length) {
      this.turn = Turn.CLEARED;
      this.#enterLevel(this.levelIndex + 1);
      return this.#emit("level");
    }
    this.score += this.lives * LIFE_BONUS;
    this.phase = Phase.WON;
    this.#emit("won");
  }

  #loseLife() {
    this.lives -= 1;
    this.turn = Turn.LOST;
    if (this.lives > 0) this.#serve();
    else this.phase = Phase.OVER;
    this.#emit(this.lives > 0 ? "lost" : "over");
  }

  #emit(name, detail = {}) {
    this.#events.push({ name, ...detail });
  }
}
