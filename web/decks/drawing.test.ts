import { expect, test } from 'vitest';
import { CARDS } from './cards.ts';
import { back, draw } from './classic/deck.ts';

test('DK1 drawing a card again gives the same bytes', () => {
  for (const { id } of CARDS) expect(draw(id)).toBe(draw(id));
  expect(back()).toBe(back());
});
