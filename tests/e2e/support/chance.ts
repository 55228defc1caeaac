// What a test leaves to chance, drawn from a seed: the same seed draws the same again.
// TAROTFORGE_CHAOS_SEED replays a run; a fresh seed is drawn otherwise.
import { randomInt } from 'node:crypto';

export const SEED = Number(process.env.TAROTFORGE_CHAOS_SEED ?? randomInt(1, 2 ** 31));

// Mulberry32: small, and good enough for choosing moments.
export class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  // Another stream, so that who draws how often in one does not change what comes in the other.
  static stream(number: number): Chance {
    return new Chance(Math.imul(SEED, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
  }

  // From 0 to below `bound`.
  below(bound: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }

  percent(share: number): boolean {
    return this.below(100) < share;
  }
}
