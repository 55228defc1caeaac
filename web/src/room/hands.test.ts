// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest';
import { Hands } from './hands';

let hands: Hands;
afterEach(() => hands.stop());

test('UI22 a card that is carried by somebody who goes is given back', () => {
  const [surface, hand, card] = ['div', 'div', 'button'].map((tag) => document.createElement(tag));
  if (!surface || !hand || !card) throw new Error('nothing to lay out');
  card.dataset.x = '0.2';
  card.dataset.y = '0.5';
  hands = new Hands(surface);
  hands.setCard(3, card);
  hands.setHand('p-guest', hand);
  hands.moved('p-guest', { x: 0.4, y: 0.4, card: { index: 3, x: 0.4, y: 0.4 } });
  expect(card.dataset.carried).toBe('others');
  card.style.translate = '40px 20px';
  hands.setHand('p-guest', null);
  expect(card.dataset.carried).toBeUndefined();
  expect(card.style.translate).toBe('');
});
