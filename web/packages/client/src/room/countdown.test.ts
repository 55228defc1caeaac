import { expect, test } from 'vitest';
import { after, T0 } from '../testing/samples.ts';
import { ServerClock } from './clock.ts';
import { clockFace, millisecondsToNextTick, secondsUntil } from './countdown.ts';
import { hostAway } from './host_away.ts';

const t0 = Date.parse(T0);

test('UI4 the countdown reaches 0 at the deadline, not before, and stays there', () => {
  expect(secondsUntil(after(300), t0)).toBe(300);
  expect(secondsUntil(after(300), t0 + 299_001)).toBe(1);
  expect(secondsUntil(after(300), t0 + 300_000)).toBe(0);
  expect(secondsUntil(after(300), t0 + 400_000)).toBe(0);
});

test('UI4 ticks land on the seconds of the server', () => {
  expect(millisecondsToNextTick(after(10), t0 + 250)).toBe(750);
  expect(millisecondsToNextTick(after(10), t0)).toBe(1000);
  expect(millisecondsToNextTick(after(10), t0 + 20_000)).toBe(0);
});

test('UI4 the countdown follows the clock of the server, whatever this wall clock says', () => {
  let steady = 5_000;
  const clock = new ServerClock(() => steady);
  clock.sample(T0);
  steady += 60_000;
  expect(secondsUntil(after(300), clock.now())).toBe(240);
});

test('UI4 half of the round trip has passed since the server spoke', () => {
  let steady = 0;
  const clock = new ServerClock(() => steady);
  clock.sample(T0, 400);
  expect(clock.now()).toBe(t0 + 200);
  clock.sample('not a time');
  steady += 100;
  expect(clock.now()).toBe(t0 + 300);
});

test('UI4 the clock face is short, and long only where it must be', () => {
  expect(clockFace(0)).toBe('0:00');
  expect(clockFace(65)).toBe('1:05');
  expect(clockFace(3661)).toBe('1:01:01');
});

test('UI3 the take-over is offered once the host was offline for 2 minutes', () => {
  const host = {
    id: 'h',
    name: 'Ann',
    role: 'host' as const,
    presence: 'offline' as const,
    since: T0,
    reason: 'lost',
  };
  expect(hostAway(host, t0 + 119_999)).toBe(false);
  expect(hostAway(host, t0 + 120_000)).toBe(true);
  expect(hostAway({ ...host, presence: 'reconnecting' }, t0 + 600_000)).toBe(false);
});

test('HO6 the role is offered at once in a room that has no host', () => {
  expect(hostAway(null, t0)).toBe(true);
});
