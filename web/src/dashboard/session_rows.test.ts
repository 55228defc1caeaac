import { expect, test } from 'vitest';
import { after, afterAll, carriedOver, found, renewed, sorted, type SessionRow } from './session_rows';
import type { LiveEvent } from './types';
import { rowAfterKey, rowsInSight, scrollToRow } from './virtual_rows';

const row = (id: string, extra: Partial<SessionRow> = {}): SessionRow => ({
  id,
  status: 'active',
  deckId: 'classic',
  participants: 1,
  generation: 1,
  createdAt: 1_000,
  lastActivityAt: 2_000,
  endedAt: null,
  ...extra,
});
const ids = (rows: SessionRow[]) => rows.map(({ id }) => id).join(' ');

test('DU7 rows are ordered by any column, both ways, and equals by id', () => {
  const rows = [row('b', { participants: 3 }), row('c'), row('a'), row('d', { participants: 2 })];
  expect(ids(sorted(rows, { column: 'participants', descending: true }))).toBe('b d a c');
  expect(ids(sorted(rows, { column: 'participants', descending: false }))).toBe('a c d b');
  expect(ids(sorted(rows, { column: 'id', descending: true }))).toBe('d c b a');
  expect(ids(rows)).toBe('b c a d');
});

test('DU7 what is not there comes last, both ways', () => {
  const rows = [row('a'), row('b', { endedAt: 5 }), row('c', { endedAt: 9 })];
  expect(ids(sorted(rows, { column: 'endedAt', descending: true }))).toBe('c b a');
  expect(ids(sorted(rows, { column: 'endedAt', descending: false }))).toBe('b c a');
});

test('DU7 rows that came or changed find their place among those in order', () => {
  const order = { column: 'participants' as const, descending: true };
  const before = [row('a', { participants: 1 }), row('b', { participants: 2 })];
  const ordered = sorted(before, order);
  const now = [row('a', { participants: 9 }), before[1]!, row('c', { participants: 3 })];
  expect(sorted(carriedOver(ordered, before, now), order)).toEqual(sorted(now, order));
  expect(sorted(carriedOver(ordered, before, before), order)).toEqual(ordered);
});

test('DU7 rows that came between the others take no place of theirs', () => {
  const before = [row('a'), row('c'), row('d')];
  const now = [row('a'), row('b'), row('c')];
  const order = { column: 'id' as const, descending: false };
  expect(ids(sorted(carriedOver(before, before, now), order))).toBe('a b c');
});

test('DU9 of a list that was fetched anew the rows that are as they were stay', () => {
  const rows = [row('a'), row('b'), row('c')];
  const fetched = [row('a'), row('b', { status: 'expired', endedAt: 5 }), row('d')];
  const now = renewed(rows, fetched);
  expect(ids(now)).toBe('a b d');
  expect(now[0]).toBe(rows[0]);
  expect(now[1]?.status).toBe('expired');
  expect(afterAll(now, [])).toBe(now);
});

test('DU7 each word is searched for in id, deck and state', () => {
  const rows = [
    row('0a1', { deckId: 'nocturne' }),
    row('0a2', { status: 'expired' }),
    row('0b3', { status: 'expired', deckId: 'nocturne' }),
  ];
  const search = (text: string, status: SessionRow['status'] | 'all' = 'all') =>
    ids(found(rows, { text, status }));
  expect(search('')).toBe('0a1 0a2 0b3');
  expect(search(' 0A ')).toBe('0a1 0a2');
  expect(search('noct exp')).toBe('0b3');
  expect(search('', 'expired')).toBe('0a2 0b3');
  expect(search('nothing')).toBe('');
});

test('DU9 a row follows the events of its session', () => {
  const event = (type: string, at = 60_000): LiveEvent => ({
    id: 1, key: 'a:1', at: new Date(at).toISOString(), type, sessionId: 'a', participantId: null, data: {},
  });
  const expired = after(row('a'), event('expired'));
  expect([expired.status, expired.endedAt]).toEqual(['expired', 60_000]);
  const purged = after(expired, event('purged', 90_000));
  expect([purged.status, purged.endedAt]).toEqual(['purged', 60_000]);
  const restored = after(expired, event('restored'));
  expect([restored.status, restored.endedAt]).toEqual(['active', null]);
  expect(after(row('a'), event('joined')).lastActivityAt).toBe(60_000);
  const same = row('a');
  expect(after(same, event('invited'))).toBe(same);
});

test('DU8 only the rows in sight and twelve on either side stand in the page', () => {
  expect(rowsInSight(0, 400, 40, 100_000)).toEqual({ first: 0, end: 22 });
  expect(rowsInSight(40_000, 400, 40, 100_000)).toEqual({ first: 988, end: 1022 });
  expect(rowsInSight(4_000_000, 400, 40, 100_000)).toEqual({ first: 99_978, end: 100_000 });
  expect(rowsInSight(0, 400, 40, 3)).toEqual({ first: 0, end: 3 });
  expect(rowsInSight(900, 400, 40, 0)).toEqual({ first: 0, end: 0 });
});

test('DU8 keys go through the rows and stop at their ends', () => {
  expect(rowAfterKey('ArrowDown', 4, 10, 100)).toBe(5);
  expect(rowAfterKey('PageDown', 95, 10, 100)).toBe(99);
  expect(rowAfterKey('PageUp', 4, 10, 100)).toBe(0);
  expect(rowAfterKey('End', 4, 10, 100)).toBe(99);
  expect(rowAfterKey('Home', 4, 10, 100)).toBe(0);
  expect(rowAfterKey('a', 4, 10, 100)).toBeNull();
  expect(rowAfterKey('End', 0, 10, 0)).toBeNull();
});

test('DU8 the row that a key goes to is scrolled into sight, and no further', () => {
  expect(scrollToRow(5, 0, 400, 40)).toBe(0);
  expect(scrollToRow(10, 0, 400, 40)).toBe(40);
  expect(scrollToRow(2, 200, 400, 40)).toBe(80);
});
