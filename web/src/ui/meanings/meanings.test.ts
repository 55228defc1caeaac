import { expect, test } from 'vitest';
import { CARDS } from '../../../decks/cards';
import { meaningOf } from '.';
import { meanings } from './en';

const WAYS = ['upright', 'reversed'] as const;

test('DK7 every card has a meaning upright and reversed, of 40 to 70 words', async () => {
  expect(Object.keys(meanings).sort()).toEqual(CARDS.map(({ id }) => id).sort());
  for (const { id } of CARDS) {
    const meaning = await meaningOf(id);
    for (const way of WAYS) {
      const words = meaning?.[way].split(/\s+/).length ?? 0;
      expect(words, `${id} ${way}`).toBeGreaterThanOrEqual(40);
      expect(words, `${id} ${way}`).toBeLessThanOrEqual(70);
      expect(meaning?.[way], `${id} ${way}`).toMatch(/^[A-Z].*[.!?]$/s);
    }
  }
  expect(await meaningOf('no-such-card')).toBeNull();
});

test('DK7 every meaning has three to five keywords, none of them twice for one card', () => {
  for (const [id, { keywords }] of Object.entries(meanings)) {
    for (const way of WAYS) {
      expect(keywords[way].length, `${id} ${way}`).toBeGreaterThanOrEqual(3);
      expect(keywords[way].length, `${id} ${way}`).toBeLessThanOrEqual(5);
    }
    const all = [...keywords.upright, ...keywords.reversed];
    expect(new Set(all).size, id).toBe(all.length);
  }
});

test('DK7 no sentence stands in two meanings', () => {
  const seen = new Map<string, string>();
  for (const [id, meaning] of Object.entries(meanings)) {
    for (const way of WAYS) {
      for (const sentence of meaning[way].split(/(?<=[.!?;:])\s+/)) {
        const plain = sentence.toLowerCase();
        expect(seen.get(plain), `"${sentence}" of ${id} ${way}`).toBeUndefined();
        seen.set(plain, `${id} ${way}`);
      }
    }
  }
});
