import { expect, test } from 'vitest';
import { card, session } from '../testing/samples.ts';
import { shownSession, type OperationRequest } from './optimistic.ts';

const queued = (...requests: OperationRequest[]) =>
  requests.map((request, at) => ({
    key: `k${at}`,
    request,
    madeAt: 0,
    ...(request.kind === 'draw' ? { drawn: -(at + 1) } : {}),
  }));

test('CK2 what waits is shown on top of what is confirmed, and leaves that alone', () => {
  const confirmed = session({ cards: [card({ index: 0, z: 4 })] });
  const before = structuredClone(confirmed);
  const shown = shownSession(
    confirmed,
    queued(
      { kind: 'move', card: 0, x: 0.7, y: 0.3 },
      { kind: 'rotate', card: 0, rotation: -15 },
      { kind: 'set_question', question: 'Where to?' },
      { kind: 'lock_table', locked: true },
      { kind: 'focus', card: 0 },
    ),
  );
  expect(shown.cards[0]).toMatchObject({ x: 0.7, y: 0.3, z: 5, rotation: 345 });
  expect(shown).toMatchObject({ question: 'Where to?', tableLocked: true, activeCardIndex: 0 });
  expect(confirmed).toEqual(before);
  expect(shownSession(confirmed, [])).toBe(confirmed);
});

test('CK2 a card drawn here lies where its layout puts it, unconfirmed, and can be moved', () => {
  const shown = shownSession(
    session({ layout: 'celtic-cross' }),
    queued({ kind: 'draw', position: 'challenge' }, { kind: 'move', card: -1, x: 0.1, y: 0.2 }),
  );
  expect(shown.cards).toHaveLength(1);
  expect(shown.cards[0]).toMatchObject({ index: -1, pending: true, rotation: 90, x: 0.1 });
  expect(shown.deckRemaining).toBe(77);
});

test('CK2 a draw at a place that somebody took meanwhile shows nothing of its own', () => {
  const confirmed = session({ cards: [card({ index: 3, position: 'past' })] });
  const shown = shownSession(confirmed, queued({ kind: 'draw', position: 'past' }));
  expect(shown.cards.map(({ index }) => index)).toEqual([3]);
});

test('CK2 a face-down card that is turned offline is turning: what it is nobody here knows', () => {
  const confirmed = session({ cards: [card({ index: 0 })] });
  const turning = shownSession(confirmed, queued({ kind: 'flip', card: 0 }));
  expect(turning.cards[0]).toMatchObject({ faceUp: false, turning: true, name: null });
  const open = session({ cards: [card({ faceUp: true, cardId: 'a', name: 'A' })] });
  const down = shownSession(open, queued({ kind: 'flip', card: 0, faceUp: false }));
  expect(down.cards[0]).toMatchObject({ faceUp: false, name: null, cardId: null });
});

test('CK2 a card given back, and a table cleared, are gone at once', () => {
  const confirmed = session({
    cards: [card({ index: 0 }), card({ index: 1, position: 'future' })],
    activeCardIndex: 1,
    deckRemaining: 76,
  });
  const back = shownSession(confirmed, queued({ kind: 'return_card', card: 1 }));
  expect(back).toMatchObject({ activeCardIndex: null, deckRemaining: 77 });
  expect(back.cards.map(({ index }) => index)).toEqual([0]);
  const clear = shownSession(confirmed, queued({ kind: 'reset' }));
  expect(clear).toMatchObject({ cards: [], deckRemaining: 78, readingStep: 'setup' });
});
