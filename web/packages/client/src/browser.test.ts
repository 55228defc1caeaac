// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchPage } from './browser.ts';
import type { RoomClient } from './room/room_client.ts';

let wakings: number;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  wakings = 0;
  const room = { woke: () => (wakings += 1), visibilityChanged: () => {} };
  stop = watchPage(room as unknown as RoomClient);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

// The wall clock goes on, and the next tick comes late.
function tickLate(bySeconds: number) {
  vi.setSystemTime(Date.now() + bySeconds * 1000);
  vi.advanceTimersByTime(5_000);
}

test('UI32 a jump of the wall clock wakes the room of a page in front, a busy page does not', () => {
  tickLate(5);
  expect(wakings).toBe(0);
  tickLate(60);
  expect(wakings).toBe(1);
});

test('UI32 the late timers of a hidden page are no sleep', () => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  for (let minute = 0; minute < 5; minute += 1) tickLate(55);
  expect(wakings).toBe(0);
});
