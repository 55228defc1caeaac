import { expect, test } from 'vitest';
import { noEvents, withTold } from './known_events';
import type { ToldEvent } from './types';

const told = (...ids: number[]): ToldEvent[] =>
  ids.map((id) => ({
    id, at: '2026-11-28T08:00:00.000Z', type: 'joined', sessionId: 'abc', participantId: null, data: {},
  }));
const keys = (known: typeof noEvents) => known.events.map(({ key }) => key).join(' ');

test('DU6 after a reconnect what was told already stands there once, and nothing was missed', () => {
  const first = withTold(noEvents, 'a', told(7, 8));
  expect([keys(first), first.gaps]).toEqual(['a:7 a:8', 0]);
  const again = withTold(first, 'a', told(7, 8, 9));
  expect([keys(again), again.gaps]).toEqual(['a:7 a:8 a:9', 0]);
  expect(withTold(again, 'a', told(9)).events).toBe(again.events);
});

test('DU6 DU9 another server numbers its events anew: those before go, and some may be missing', () => {
  const before = withTold(noEvents, 'a', told(7, 8, 9));
  const after = withTold(before, 'b', told(1, 2));
  expect([keys(after), after.gaps]).toEqual(['b:1 b:2', 1]);
  expect(keys(withTold(after, 'b', told(3)))).toBe('b:1 b:2 b:3');
  expect(withTold(before, 'b', []).gaps).toBe(1);
});

test('DU9 a number that was left out is a gap', () => {
  const first = withTold(noEvents, 'a', told(1));
  expect(withTold(first, 'a', told(2, 3)).gaps).toBe(0);
  expect(withTold(first, 'a', told(3)).gaps).toBe(1);
  expect(withTold(first, 'a', told(2, 4)).gaps).toBe(1);
});
