// Where the positions of each layout lie on the table: centres in 0…1, the same as the server's
// (GET /v1/layouts), so that a place and the card drawn for it lie at one spot.
import type { Card, LayoutId } from '../wire/types.ts';

export interface Place {
  position: string;
  x: number;
  y: number;
  /** Lies across the card below it. */
  crossing?: boolean;
}

export const places: Record<LayoutId, Place[]> = {
  'single-card': [{ position: 'card', x: 0.5, y: 0.5 }],
  'three-card': [
    { position: 'past', x: 0.25, y: 0.5 },
    { position: 'present', x: 0.5, y: 0.5 },
    { position: 'future', x: 0.75, y: 0.5 },
  ],
  'celtic-cross': [
    { position: 'present', x: 0.35, y: 0.5 },
    { position: 'challenge', x: 0.35, y: 0.5, crossing: true },
    { position: 'foundation', x: 0.35, y: 0.83 },
    { position: 'past', x: 0.13, y: 0.5 },
    { position: 'crown', x: 0.35, y: 0.17 },
    { position: 'future', x: 0.57, y: 0.5 },
    { position: 'self', x: 0.82, y: 0.855 },
    { position: 'environment', x: 0.82, y: 0.61 },
    { position: 'hopes-fears', x: 0.82, y: 0.365 },
    { position: 'outcome', x: 0.82, y: 0.12 },
  ],
  freestyle: [],
};

// Freestyle cards land in rows of five until somebody moves them.
const ROW = 5;
const ROWS = 3;

/** Where the next card goes; null when every position of the layout is taken. */
export function nextPlace(
  layout: LayoutId,
  cards: Card[],
  nameOf: (number: number) => string,
): Place | null {
  const taken = new Set(cards.map((card) => card.position));
  if (layout !== 'freestyle') {
    return places[layout].find(({ position }) => !taken.has(position)) ?? null;
  }
  let number = cards.length + 1;
  while (taken.has(nameOf(number))) number += 1;
  const slot = (number - 1) % (ROW * ROWS);
  return {
    position: nameOf(number),
    x: 0.14 + (slot % ROW) * 0.18,
    y: 0.2 + Math.floor(slot / ROW) * 0.3,
  };
}

export const clampToTable = (value: number): number => Math.min(1, Math.max(0, value));
