import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { card, drawn, operation, session } from '../testing/samples.ts';
import { keySteps, replay } from './replay.ts';
import { committedText, verify } from './verify.ts';

const order = [
  { id: 'the-fool', isReversed: false },
  { id: 'ace-of-cups', isReversed: true },
];
const nonce = 'ab'.repeat(32);
const text = `tarotforge-shuffle-1\n${nonce}\nthe-fool upright\nace-of-cups reversed\n`;
const digest = createHash('sha256').update(text).digest('hex');

test('CK7 a promise that was kept verifies, and one that was not does not', async () => {
  expect(committedText({ digest, opened: true, nonce, order })).toBe(text);
  expect(await verify({ digest, opened: true, nonce, order })).toBe('kept');
  const stacked = [...order].reverse();
  expect(await verify({ digest, opened: true, nonce, order: stacked })).toBe('broken');
  expect(await verify({ digest, opened: false })).toBe('closed');
});

test('CK8 a reading runs once more from its operations, and ends as it stands', () => {
  const operations = [
    operation(1, 'set_question', { question: 'Where to?' }),
    operation(2, 'set_step', { step: 'drawing' }),
    drawn(3, 0, 'past'),
    operation(4, 'flip', { card: card({ faceUp: true, name: 'The Fool', cardId: 'the-fool' }) }),
    operation(5, 'interpret', { interpretation: 'A beginning.' }),
  ];
  const last = session({
    question: 'Where to?',
    interpretation: 'A beginning.',
    cards: [card({ faceUp: true, name: 'The Fool', cardId: 'the-fool' })],
    deckRemaining: 77,
    version: 5,
  });
  const steps = replay(last, operations);
  expect(steps.map(({ session }) => session.cards.length)).toEqual([0, 0, 1, 1, 1]);
  expect(steps[2]?.session.cards[0]?.faceUp).toBe(false);
  expect(steps[0]?.session).toMatchObject({ question: 'Where to?', interpretation: null });
  const { cards, question, interpretation, deckRemaining } = steps.at(-1)?.session ?? last;
  expect({ cards, question, interpretation, deckRemaining }).toEqual({
    cards: last.cards,
    question: last.question,
    interpretation: last.interpretation,
    deckRemaining: 77,
  });
});

test('CK8 the moves of a drag are one step of the replay', () => {
  const moved = (version: number, x: number) => operation(version, 'move', { card: card({ x }) });
  const operations = [drawn(1, 0, 'past'), moved(2, 0.1), moved(3, 0.2), moved(4, 0.3)];
  const steps = keySteps(replay(session({ version: 4 }), operations));
  expect(steps.map(({ operation }) => operation.version)).toEqual([1, 4]);
});
