import { expect, test } from 'vitest';
import { MAJORS } from './cards.ts';
import { draw } from './classic/deck.ts';

test('DK1 drawing a card again gives the same bytes', () => {
  for (const id of MAJORS) expect(draw(id)).toBe(draw(id));
});
