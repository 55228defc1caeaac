import { expect, test } from 'vitest';
import { cardFaceParts } from './card_names';

test('UI2 a card shows its suit and rank, or its number among the majors', () => {
  expect(cardFaceParts('Ace of Cups')).toEqual({
    suit: 'cups',
    mark: 'A',
    lines: ['Ace of', 'Cups'],
  });
  expect(cardFaceParts('Ten of Wands')).toMatchObject({ suit: 'wands', mark: '10' });
  expect(cardFaceParts('Knight of Swords')).toMatchObject({ suit: 'swords', mark: 'Kn' });
  expect(cardFaceParts('King of Pentacles')).toMatchObject({ suit: 'pentacles', mark: 'K' });
  expect(cardFaceParts('The Fool')).toMatchObject({ suit: null, mark: '0' });
  expect(cardFaceParts('Wheel of Fortune')).toEqual({
    suit: null,
    mark: 'X',
    lines: ['Wheel of', 'Fortune'],
  });
  expect(cardFaceParts('The World')).toMatchObject({ mark: 'XXI', lines: ['The World'] });
});
