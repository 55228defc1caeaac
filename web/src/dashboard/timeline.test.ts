import { expect, test } from 'vitest';
import { ticksOf, timelineOf, type Told } from './timeline';
import type { AuditEntry, Explanation, ParticipantLine } from './types';
import { whyOf } from './why';

const BEGIN = Date.parse('2026-11-28T08:00:00Z');
const at = (minutes: number) => new Date(BEGIN + minutes * 60_000).toISOString();
const minutes = (time: number) => (time - BEGIN) / 60_000;

let sequence = 0;
const entry = (time: number, type: string, participantId: string | null = null): AuditEntry => ({
  id: `${(sequence += 1)}`, sequence, type, generation: 1, participantId, data: {}, at: at(time),
});
const value = (of: number | string) => ({ value: of, origin: 'default' as const });
const explanation = (extra: Partial<Explanation> = {}): Explanation => ({
  sessionId: 's',
  status: 'active',
  generation: 1,
  serverTime: at(60),
  policy: {
    timeoutSeconds: value(3600),
    warningSeconds: value(300),
    keepAlive: value('visible'),
    recoveryHours: value(24),
    maxParticipants: value(16),
  },
  lastActivity: { at: at(58), by: 'operation', participantId: null },
  keptAliveBy: [],
  warnedAt: null,
  warnsAt: at(113),
  expiresAt: at(118),
  extendedUntil: null,
  expiresBecause: 'inactivity_timeout',
  endedAt: null,
  endReason: null,
  expiredBecause: null,
  restorableUntil: null,
  ...extra,
});
const person = (extra: Partial<ParticipantLine> = {}): ParticipantLine => ({
  id: 'p', role: 'host', joinedAt: at(0), lastSeenAt: at(60), leftAt: null, leaveReason: null,
  presence: 'active', ...extra,
});
const told = (extra: Partial<Told>): Told => ({
  explanation: explanation(), entries: [], participants: [], operations: [], ...extra,
});

test('DU11 each state has its span, up to now or to what ended it', () => {
  const entries = [
    entry(0, 'created'), entry(5, 'joined'), entry(20, 'warned'), entry(22, 'extended'),
    entry(40, 'warned'), entry(45, 'expired'), entry(50, 'restored'),
  ];
  const { spans, from, to } = timelineOf(told({ entries }));
  expect(spans.map(({ kind, from, to }) => [kind, minutes(from), minutes(to)])).toEqual([
    ['open', 0, 20], ['warned', 20, 22], ['open', 22, 40], ['warned', 40, 45], ['expired', 45, 50],
    ['open', 50, 60],
  ]);
  expect([minutes(from), minutes(to)]).toEqual([0, 118]);
});

test('DU11 the axis of an ended session ends soon after it did', () => {
  const ended = explanation({ status: 'expired', expiresAt: null, serverTime: at(6000) });
  const entries = [entry(0, 'created'), entry(100, 'expired')];
  const { to, spans } = timelineOf(told({ explanation: ended, entries }));
  expect(minutes(to)).toBe(106);
  expect(spans.map((each) => minutes(each.to))).toEqual([100, 106]);
});

test('DU11 each stay of a participant has its bar', () => {
  const entries = [
    entry(0, 'created', 'p'), entry(3, 'joined', 'q'), entry(9, 'left', 'q'), entry(30, 'joined', 'q'),
    entry(31, 'joined', 'q'),
  ];
  const participants = [
    person(),
    person({ id: 'q', joinedAt: at(3), presence: 'offline', lastSeenAt: at(41) }),
    person({ id: 'r', joinedAt: at(7), presence: 'offline', leftAt: at(8), lastSeenAt: at(8) }),
  ];
  const { people } = timelineOf(told({ entries, participants }));
  const bars = people.map(({ spans }) =>
    spans.map(({ from, to, now }) => [minutes(from), minutes(to), now]));
  expect(bars).toEqual([
    [[0, 60, true]], [[3, 9, false], [30, 41, false]], [[7, 8, false]],
  ]);
});

test('DU11 the ticks of the axis are round moments, and few', () => {
  const ticks = ticksOf(BEGIN + 60_000, BEGIN + 118 * 60_000);
  expect(ticks.map(minutes)).toEqual([30, 60, 90]);
  expect(ticksOf(BEGIN, BEGIN + 3 * 365 * 86_400_000).length).toBeLessThanOrEqual(8);
});

test('DU10 why a session lives or ended', () => {
  const why = (extra: Partial<Explanation>) => whyOf(explanation(extra));
  expect(why({})).toEqual({ kind: 'recent', by: 'operation', secondsAgo: 120, secondsLeft: 3480 });
  expect(why({ keptAliveBy: [{ participantId: 'p', presence: 'visible' }] })).toEqual({
    kind: 'keptBy', people: 1, keepAlive: 'visible',
  });
  expect(why({ warnedAt: at(59), expiresAt: at(62) })).toEqual({ kind: 'warned', secondsLeft: 120 });
  expect(why({ expiresBecause: 'warning_not_shown', expiresAt: at(62) })).toEqual({
    kind: 'waitsForWarning', secondsLeft: 120,
  });
  expect(why({ expiresAt: at(59) })).toEqual({ kind: 'due', secondsLate: 60 });
  const extended = { expiresBecause: 'extended_by_operator' as const, expiresAt: at(62) };
  expect(why(extended)).toEqual({ kind: 'extended', secondsLeft: 120 });
  expect(why({ ...extended, warnedAt: at(59) }).kind).toBe('warned');
  const expired = { status: 'expired' as const, expiresAt: null };
  expect(why({ ...expired, expiredBecause: 'operator' })).toEqual({
    kind: 'expired', by: 'operator', restorableFor: null,
  });
  expect(why({ ...expired, restorableUntil: at(90) })).toEqual({
    kind: 'expired', by: null, restorableFor: 1800,
  });
  expect(why({ ...expired, restorableUntil: at(50) }).kind).toBe('expired');
  expect(why({ status: 'completed' })).toEqual({ kind: 'completed' });
  expect(why({ status: 'purged' })).toEqual({ kind: 'purged' });
});
