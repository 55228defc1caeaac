import { expect, test } from 'vitest';
import { VirtualTime } from '../testing/virtual_time.ts';
import type { Cursor } from '../wire/types.ts';
import { CursorSender } from './cursor_sender.ts';

function setUp() {
  const time = new VirtualTime();
  const sent: { at: number; cursor: Cursor }[] = [];
  const sender = new CursorSender({
    send: (cursor) => sent.push({ at: time.now, cursor }),
    now: () => time.now,
    setTimer: time.setTimer,
    clearTimer: time.clearTimer,
  });
  return { time, sent, sender };
}

test('CK6 a hand that never rests is told at most 20 times a second', () => {
  const { time, sent, sender } = setUp();
  for (let ms = 0; ms < 1_000; ms += 4) {
    sender.move({ x: ms / 1_000, y: 0.5 });
    time.advance(4);
  }
  expect(sent.length).toBeLessThanOrEqual(20);
  expect(sent.length).toBeGreaterThan(15);
});

test('CK6 the last place is told, the first at once, and nothing after a stop', () => {
  const { time, sent, sender } = setUp();
  sender.move({ x: 0.1, y: 0 });
  sender.move({ x: 0.2, y: 0 });
  sender.move({ x: 0.3, y: 0 });
  expect(sent.map(({ cursor }) => cursor.x)).toEqual([0.1]);
  time.advance(1_000);
  expect(sent.map(({ cursor }) => cursor.x)).toEqual([0.1, 0.3]);
  sender.move({ x: 0.4, y: 0 });
  sender.move({ x: 0.5, y: 0, gone: true });
  sender.stop();
  time.advance(1_000);
  expect(sent.at(-1)?.cursor.x).toBe(0.4);
});
