// @vitest-environment happy-dom
// Two tabs of one browser: each has the module for itself, and both have the storage.
import type { RoomCopy } from '@tarotforge/client';
import { beforeEach, expect, test, vi } from 'vitest';
import { HOST, session } from '../../packages/client/src/testing/samples';

beforeEach(() => localStorage.clear());

async function openTab() {
  vi.resetModules();
  return (await import('./room_copies')).roomCopies;
}

const copyWith = (...keys: string[]): RoomCopy => ({
  format: 1,
  savedAt: '2026-01-01T12:00:00Z',
  session: session(),
  people: {},
  you: HOST,
  timing: null,
  queue: keys.map((key) => ({ key, request: { kind: 'shuffle' }, madeAt: 0 })),
});

test('CK4 two tabs in one room keep what waits in each other, and drop only what is done', async () => {
  const [one, other] = [await openTab(), await openTab()];
  const kept = async () => (await openTab()).load('s-1')?.queue.map(({ key }) => key);
  one.save(copyWith('a', 'b'));
  other.save(copyWith());
  expect(await kept()).toEqual(['a', 'b']);
  other.save(copyWith('c'));
  one.save(copyWith('b'));
  expect(await kept()).toEqual(['c', 'b']);
  one.save(copyWith());
  other.save(copyWith());
  expect(await kept()).toEqual([]);
});

test('CK4 what a tab has taken over from one before it is dropped once it is done', async () => {
  (await openTab()).save(copyWith('a'));
  const next = await openTab();
  expect(next.load('s-1')?.queue).toHaveLength(1);
  next.save(copyWith());
  expect((await openTab()).load('s-1')?.queue).toEqual([]);
});

test('CK4 a damaged copy is none, and is written over', async () => {
  const copies = await openTab();
  for (const damage of [{ people: null }, { queue: [null] }, { queue: [{ key: 'a' }] }]) {
    localStorage.setItem('tarotforge.room.s-1', JSON.stringify({ ...copyWith(), ...damage }));
    expect(copies.load('s-1')).toBeNull();
    copies.save(copyWith());
    expect(copies.load('s-1')?.people).toEqual({});
  }
});
