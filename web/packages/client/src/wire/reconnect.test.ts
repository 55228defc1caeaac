import { expect, test } from 'vitest';
import { closeReason, mayReturn, reconnectDelay } from './reconnect.ts';

test('UI14 after a close with 45xx the client stays away, after any other it returns', () => {
  for (const code of [4500, 4501, 4502]) expect(mayReturn(code)).toBe(false);
  for (const code of [1000, 1001, 1006, 1012, 4000, 4001, 4002, 4003]) {
    expect(mayReturn(code)).toBe(true);
  }
});

test('UI14 a close says why, by its code or by its word', () => {
  expect(closeReason(4500)).toBe('kicked');
  expect(closeReason(4501)).toBe('replaced');
  expect(closeReason('kicked')).toBe('kicked');
  expect(closeReason(undefined)).toBe('unknown');
});

test('UI14 tries grow slower, within bounds, and are spread by chance', () => {
  expect(reconnectDelay(1, 0)).toBe(125);
  expect(reconnectDelay(1, 1)).toBe(250);
  for (let tries = 1; tries < 50; tries += 1) {
    expect(reconnectDelay(tries, 1)).toBeLessThanOrEqual(5_000);
    expect(reconnectDelay(tries, 0)).toBeGreaterThan(0);
  }
});
