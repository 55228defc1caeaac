import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { CardBack, CardFront, DeckScope } from './card_face';
import { fetchPack, knownDeck } from './deck_faces';

const front = (name: string, reversed = false, deckId = 'classic') =>
  renderToStaticMarkup(
    createElement(DeckScope, { deckId, children: createElement(CardFront, { name, reversed }) }),
  );

test('DK8 a card shows its name until its picture is here, then the picture of its deck', async () => {
  expect(front('The Moon')).toMatch(/^<svg[^]*>XVIII<[^]*>The Moon</);
  await fetchPack('classic', 'majors-2');
  expect(front('The Moon')).toMatch(/^<img[^>]* src="data:image\/svg\+xml,/);
  expect(front('Queen of Cups')).toContain('>Queen of<');
  expect(front('The Moon', false, 'nocturne')).toContain('<svg');
  await fetchPack('nocturne', 'majors-2');
  expect(front('The Moon', false, 'nocturne')).not.toBe(front('The Moon'));
});

test('DK8 a reversed card lies upside down', async () => {
  expect(front('Two of Cups', true)).toContain('rotate(180');
  await fetchPack('classic', 'cups');
  expect(front('Two of Cups', true)).toContain('data-upside-down="true"');
  expect(front('Two of Cups')).not.toContain('data-upside-down');
});

test('DK8 a deck or a card that the client does not know still shows something', () => {
  expect(knownDeck('of-tomorrow')).toBe('classic');
  expect(front('The Happy Squirrel')).toContain('The Happy');
  expect(renderToStaticMarkup(createElement(CardBack))).toContain('back-paper');
});
