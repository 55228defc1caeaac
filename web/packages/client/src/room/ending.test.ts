import { expect, test } from 'vitest';
import { after, session } from '../testing/samples.ts';
import { endingByStanding } from './ending.ts';

const refused = (status: number, code: string) =>
  endingByStanding({ ok: false, problem: { status, code } });

test('UI14 a room that was closed without a word is entered again while the server only struggles', () => {
  expect(refused(0, 'network')).toBeNull();
  expect(refused(429, 'rate_limited')).toBeNull();
  expect(refused(500, 'internal')).toBeNull();
  expect(refused(503, 'draining')).toBeNull();
  expect(endingByStanding({ ok: true, value: session() })).toBeNull();
});

test('UI14 a room that was closed without a word is over as the server says', () => {
  const restorableUntil = after(60);
  const expired = session({ status: 'expired', restorableUntil });
  expect(endingByStanding({ ok: true, value: expired })).toEqual({
    kind: 'expired',
    restorableUntil,
  });
  expect(refused(410, 'session_completed')).toEqual({ kind: 'completed' });
  expect(refused(401, 'unauthorized')).toEqual({ kind: 'removed' });
  expect(refused(404, 'session_not_found')).toMatchObject({ kind: 'problem' });
});
