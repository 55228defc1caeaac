import { describe, expect, test } from 'vitest';
import { isRetryable, toProblem } from '@tarotforge/client';
import { sentenceOf } from '../ui/problem_text';
import { standingOf } from './known_room_list';
import { problemScreen } from './problem_screen';
import { after, session, T0 } from '../../packages/client/src/testing/samples';

// The joining table of the contract: code, screen, sentence.
const table = [
  ['invite_not_found', 404, 'problem-screen', 'This invitation link is not valid.'],
  ['invite_revoked', 410, 'problem-screen', 'The host has withdrawn this invitation.'],
  ['invite_expired', 410, 'problem-screen', 'This invitation link has expired.'],
  ['invite_exhausted', 410, 'problem-screen', 'This invitation link has been used up.'],
  ['session_completed', 410, 'completed-screen', 'This reading has ended.'],
  [
    'session_expired',
    410,
    'expired-screen',
    'This invitation link has expired. Sessions become inactive after 1 hour of no activity.',
  ],
  ['session_full', 409, 'problem-screen', 'This reading room is full.'],
] as const;

describe('the joining table', () => {
  for (const [code, status, testId, sentence] of table) {
    test(`UI6 ${code} has its screen and its exact sentence`, () => {
      const screen = problemScreen({ status, code }, false);
      expect(screen.testId).toBe(testId);
      expect(screen.message).toBe(sentence);
      expect(screen.title).not.toBe('');
    });
  }

  test('UI6 the sentence of the server wins over the catalogue', () => {
    const detail = 'Sessions become inactive after 2 hours of no activity.';
    expect(problemScreen({ status: 410, code: 'session_expired', detail }, false).message).toBe(
      detail,
    );
  });

  test('UI7 Restore is offered to whoever holds the key of the host, on the expired screen', () => {
    const expired = {
      status: 410,
      code: 'session_expired',
      sessionId: 's-1',
      restorableUntil: after(60),
    };
    expect(problemScreen(expired, true)).toMatchObject({
      offersRestore: true,
      waitsFor: 's-1',
      restorableUntil: after(60),
    });
    expect(problemScreen(expired, false).offersRestore).toBe(false);
    const completed = { status: 410, code: 'session_completed', sessionId: 's-1' };
    expect(problemScreen(completed, true)).toMatchObject({
      offersRestore: false,
      waitsFor: null,
    });
  });

  test('UI6 a full room and a lost network may be tried again', () => {
    expect(problemScreen({ status: 409, code: 'session_full' }, false).offersRetry).toBe(true);
    expect(problemScreen({ status: 0, code: 'network' }, false).offersRetry).toBe(true);
    expect(problemScreen({ status: 410, code: 'invite_revoked' }, false).offersRetry).toBe(false);
  });
});

describe('problems', () => {
  test('UI6 a problem is read with what helps', () => {
    const body = {
      type: 'https://tarotforge.dev/problems/session-expired',
      title: 'Reading expired',
      status: 410,
      code: 'session_expired',
      detail: 'Gone.',
      actions: ['home', 'marketplace', 7],
      sessionId: 's-1',
      restorableUntil: T0,
    };
    expect(toProblem(410, body)).toEqual({
      title: 'Reading expired',
      status: 410,
      code: 'session_expired',
      detail: 'Gone.',
      actions: ['home', 'marketplace'],
      sessionId: 's-1',
      restorableUntil: T0,
    });
  });

  test('UI6 an answer that is no problem still gives a sentence', () => {
    for (const body of [undefined, null, 'oops', [], { code: 5 }]) {
      expect(sentenceOf(toProblem(502, body))).toMatch(/^Something went wrong/);
    }
    expect(sentenceOf({ status: 418, code: 'brand_new' })).toMatch(/^Something went wrong/);
  });

  test('UI8 what may be repeated by itself', () => {
    expect(isRetryable({ status: 503, code: 'saving_paused' })).toBe(true);
    expect(isRetryable({ status: 429, code: 'rate_limited' })).toBe(true);
    expect(isRetryable({ status: 409, code: 'table_locked' })).toBe(false);
  });
});

describe('rooms this browser knows', () => {
  const now = Date.parse(T0);
  const standing = (change: Parameters<typeof session>[0]) =>
    standingOf({ ok: true, value: session(change) }, now);

  test('UI1 each shows how it stands', () => {
    expect(standing({})).toBe('open');
    expect(standing({ status: 'expired', restorableUntil: after(60) })).toBe('restorable');
    expect(standing({ status: 'expired', restorableUntil: after(-60) })).toBe('expired');
    expect(standing({ status: 'completed' })).toBe('completed');
    const gone = { ok: false as const, problem: { status: 404, code: 'session_not_found' } };
    expect(standingOf(gone, now)).toBe('gone');
    const away = { ok: false as const, problem: { status: 0, code: 'network' } };
    expect(standingOf(away, now)).toBe('unknown');
  });
});
