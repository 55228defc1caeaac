// The colours of the classic deck, as of inks on a press, and its hand.
import type { Hand } from '../kit/pen.ts';
import type { Suit } from '../cards.ts';

export const INK = '#2b1f1d';
export const PAPER = '#f3e7cc';
export const LIGHT = '#fbf4e2';
export const SAND = '#ecd6a6';
export const RED = '#b5452f';
export const ROSE = '#d98c70';
export const OCHRE = '#dca545';
export const STRAW = '#f0cf7c';
export const BLUE = '#3f6f86';
export const MIST = '#a9c0bd';
export const NIGHT = '#2c3b57';
export const GREEN = '#6d7f4c';
export const MOSS = '#47603f';
export const PLUM = '#6d4163';
export const STONE = '#b3a692';
export const SLATE = '#6c7077';
export const BROWN = '#8a5a38';
export const SKIN = '#f2d3ac';
export const DARK_SKIN = '#c08d62';

export const HAND: Hand = { ink: INK, weight: 3.2, unsteadiness: 0.4, relief: 0.7 };

export const SUIT_COLOURS: Record<Suit | 'major', string> = {
  wands: RED,
  cups: BLUE,
  swords: SLATE,
  pentacles: GREEN,
  major: PLUM,
};
