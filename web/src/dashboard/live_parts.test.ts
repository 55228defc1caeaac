import { expect, test } from 'vitest';
import { countAfter, detailOf, shownEvents, typesOf } from './event_filter';
import { findings, histogram, stateOf } from './health';
import { emptySeries, lastOf, withGaps, withLive } from './series';
import type { LiveEvent, Stats } from './types';

const AT = Date.parse('2026-11-28T08:00:00Z');
const stats = (extra: Partial<Stats> = {}, seconds = 0): Stats =>
  ({
    serverTime: new Date(AT + seconds * 1000).toISOString(),
    activeSessions: 7,
    participants: { active: 1, visible: 2, connected: 3, reconnecting: 0 },
    connections: 4,
    perSecond: { joins: 0.5, operations: 2, heartbeats: 9 },
    memoryBytes: 1000,
    expiryLatenessSeconds: null,
    flushLagSeconds: 2,
    degraded: false,
    sweepOverdue: false,
    servers: [],
    webhooks: [],
    ...extra,
  }) as Stats;
const t0 = AT / 1000;

test('DU3 all is well, or each thing that is wrong is found', () => {
  expect(findings(stats())).toEqual([]);
  const server = { id: 'a', version: '1', startedAt: '', stopped: false };
  const alive = { ...server, aliveAt: new Date(AT - 29_000).toISOString() };
  const lost = { ...server, id: 'b', aliveAt: new Date(AT - 31_000).toISOString() };
  const stopped = { ...lost, id: 'c', stopped: true };
  const lateness = { p50: 0.1, p99: 1.2, max: 3, count: 9 };
  const found = findings(stats({
    flushLagSeconds: 16,
    expiryLatenessSeconds: lateness,
    sweepOverdue: true,
    servers: [alive, lost, stopped],
  }));
  expect(found.map(({ kind }) => kind)).toEqual(['flushLag', 'late', 'sweepOverdue', 'serverLost']);
  expect(found[3]).toEqual({ kind: 'serverLost', id: 'b' });
  const paused = findings(stats({ degraded: true, flushLagSeconds: 60 }));
  expect(paused.map(({ kind }) => kind)).toEqual(['degraded']);
});

test('DU3 DU16 webhooks that are late or were given up need somebody', () => {
  const target = (waitedSeconds: number | null, dead = 0, configured = true) => ({
    target: 'https://one.example/',
    configured,
    waiting: waitedSeconds === null ? 0 : 1,
    dead,
    oldestWaitingAt:
      waitedSeconds === null ? null : new Date(AT - waitedSeconds * 1000).toISOString(),
  });
  const kinds = (...webhooks: Stats['webhooks']) => findings(stats({ webhooks }));
  expect(kinds(target(null), target(3600))).toEqual([]);
  expect(kinds(target(10), target(3601))).toEqual([{ kind: 'webhooksLate', seconds: 3601 }]);
  expect(kinds(target(null, 2), target(5, 1))).toEqual([{ kind: 'webhooksDead', count: 3 }]);
  expect(kinds(target(9999, 4, false))).toEqual([]);
  const states = [
    target(null), target(3600), target(3601), target(3601, 1), target(null, 1, false),
  ].map((each) => stateOf(each, AT));
  expect(states).toEqual(['delivered', 'waiting', 'late', 'dead', 'gone']);
});

test('DU2 of cumulative counts each bar has its own, and what is later one more', () => {
  const buckets = [{ le: 0.1, count: 5 }, { le: 1, count: 8 }];
  expect(histogram({ p50: 0, p99: 0, max: 0, count: 10, buckets })).toEqual([
    { upTo: 0.1, count: 5 }, { upTo: 1, count: 3 }, { upTo: null, count: 2 },
  ]);
});

test('DU5 the live second is the last row, and one row is kept each ten seconds', () => {
  let series = emptySeries();
  for (let second = 0; second <= 35; second += 1) series = withLive(series, stats({}, second));
  expect(series.at.map((time) => time - t0)).toEqual([0, 10, 20, 30, 35]);
  expect(series.joins).toEqual([0.5, 0.5, 0.5, 0.5, 0.5]);
  expect(withLive(series, stats({}, 35))).toBe(series);
});

test('DU5 what is older than a day goes', () => {
  let series = withLive(emptySeries(), stats());
  series = withLive(series, stats({}, 60));
  series = withLive(series, stats({}, 86_430));
  expect(series.at.filter((time) => time < t0 + 60)).toEqual([]);
  expect(series.at[0]).toBe(t0 + 60);
});

test('DU5 where nothing is known for 90 s the line is broken', () => {
  const series = { ...emptySeries(), at: [0, 60, 151, 160], joins: [1, 2, 3, 4] };
  const broken = withGaps(series);
  expect(broken.at).toEqual([0, 60, 61, 151, 160]);
  expect(broken.joins).toEqual([1, 2, null, 3, 4]);
  const live = withLive(withLive(emptySeries(), stats()), stats({}, 100));
  expect(live.at.map((time) => time - t0)).toEqual([0, 99, 100]);
  expect(live.connected).toEqual([3, null, 3]);
  expect(lastOf(broken, 95).at).toEqual([151, 160]);
});

const event = (id: number, type: string, sessionId = 'abc'): LiveEvent => ({
  id,
  key: `a:${id}`,
  at: '2026-11-28T08:00:00.000Z',
  type,
  sessionId,
  participantId: null,
  data: {},
});

test('DU6 events are shown newest first, by type and part of a session', () => {
  const events = [event(1, 'created'), event(2, 'joined', 'xyz'), event(3, 'joined')];
  const shown = (type: string | null, session = '', most = 10) =>
    shownEvents(events, { type, session }, most).map(({ id }) => id);
  expect(shown(null)).toEqual([3, 2, 1]);
  expect(shown('joined')).toEqual([3, 2]);
  expect(shown('joined', ' YZ')).toEqual([2]);
  expect(shown(null, '', 1)).toEqual([3]);
  expect(typesOf(events)).toEqual(['created', 'joined']);
});

test('DU6 while it is paused the stream knows how many wait', () => {
  const held = [event(1, 'created'), event(2, 'joined')];
  expect(countAfter(held, held)).toBe(0);
  // The oldest went, because only so many are kept.
  expect(countAfter([event(2, 'joined'), event(3, 'left'), event(4, 'left')], held)).toBe(2);
  expect(countAfter([event(8, 'left'), event(9, 'left')], held)).toBe(2);
});

test('DU6 the data of an event is one line of words', () => {
  expect(detailOf({ reason: 'inactivity_timeout', lateness_ms: 4 })).toBe(
    'reason inactivity timeout · lateness ms 4',
  );
  expect(detailOf({})).toBe('');
  expect(detailOf({ at: '2026-11-28T08:00:00.000Z' })).toMatch(/^at Nov 2\d, \d\d:\d\d:00$/);
});
