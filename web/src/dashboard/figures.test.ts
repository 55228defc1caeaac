import { expect, test } from 'vitest';
import { daysIn, dayAfter, everyDay, funnelOf, heat, lastDays, ranked } from './analytics_figures';
import { bytes, count, rate, share, shortId, span } from './format';

test('DU14 lengths of time have their two greatest units', () => {
  expect([0, 0.0021, 0.34, 2.54, 41, 250, 3600, 11_100, 90_000, 864_000].map(span)).toEqual([
    '0 s', '2 ms', '340 ms', '2.5 s', '41 s', '4 min 10 s', '1 h', '3 h 5 min', '1 d 1 h', '10 d',
  ]);
  expect(span(3599.6)).toBe('1 h');
  expect(span(59.7)).toBe('1 min');
  expect(span(86_399)).toBe('1 d');
  expect(span(-4)).toBe('−4 s');
  expect(span(null)).toBe('–');
});

test('DU14 a share of nearly all is not 100 %, of nearly none not 0 %', () => {
  expect(share(1, 3)).toBe('33%');
  expect(share(3, 3)).toBe('100%');
  expect(share(9_999, 10_000)).toBe('99.9%');
  expect(share(99_999_999, 100_000_000)).toBe('99.9%');
  expect(share(1, 400)).toBe('0.3%');
  expect(share(1, 1_000_000)).toBe('0.1%');
  expect(share(0, 400)).toBe('0%');
  expect(share(0, 0)).toBe('–');
});

test('DU14 sizes, counts and rates', () => {
  expect([0, 999, 1_500, 214_300_000, 7_400_000_000].map(bytes)).toEqual([
    '0 B', '999 B', '1.5 KB', '214 MB', '7.4 GB',
  ]);
  expect(count(284_113)).toBe('284,113');
  expect([rate(0.13), rate(47.2), rate(null)]).toEqual(['0.1', '47', '–']);
  expect(shortId('01a20a02-a764-7043-829c-1829b6cdb233')).toBe('…b6cdb233');
});

test('DU13 a range is of whole days of the viewer, the last included', () => {
  const noon = new Date(2026, 10, 28, 12).getTime();
  expect(lastDays(7, noon)).toEqual({ from: '2026-11-22', to: '2026-11-28' });
  expect(lastDays(1, new Date(2026, 10, 28, 0, 5).getTime())).toEqual({
    from: '2026-11-28', to: '2026-11-28',
  });
  expect(dayAfter('2026-12-31')).toBe('2027-01-01');
  expect(daysIn('2026-11-22', '2026-11-28')).toBe(7);
  expect(daysIn('2026-11-28', '2026-11-22')).toBeNull();
  expect(daysIn('', '2026-11-22')).toBeNull();
});

test('DU13 a day without sessions is a day of the range too', () => {
  const midnight = (day: number) => new Date(2026, 10, day).toISOString();
  const one = { day: '2026-11-27', created: 3, expired: 1, completed: 2 };
  const figures = { from: midnight(26), to: midnight(29), sessionsPerDay: [one] };
  const none = { created: 0, expired: 0, completed: 0 };
  expect(everyDay(figures)).toEqual([
    { day: '2026-11-26', ...none }, one, { day: '2026-11-28', ...none },
  ]);
});

test('DU13 the funnel is of those created, the heat of the greatest hour', () => {
  const funnel = { created: 200, invited: 150, joined: 100, firstCard: 50, completed: 20 };
  expect(funnelOf(funnel).map(({ step, ofFirst }) => [step, ofFirst])).toEqual([
    ['created', 1], ['invited', 0.75], ['joined', 0.5], ['firstCard', 0.25], ['completed', 0.1],
  ]);
  expect(funnelOf({ ...funnel, created: 0 })[1]?.ofFirst).toBe(0);
  expect(heat([[0, 4], [2, 1]])).toEqual([[0, 1], [0.5, 0.25]]);
  expect(heat([[0, 0]])).toEqual([[0, 0]]);
});

test('DU13 of many kinds the rest is one, and nothing is lost', () => {
  const slices = [3, 9, 1, 5].map((own, index) => ({ label: `${index}`, count: own }));
  expect(ranked(slices, 3, 'others')).toEqual([
    { label: '1', count: 9 }, { label: '3', count: 5 }, { label: 'others', count: 4 },
  ]);
  expect(ranked(slices, 4, 'others')).toHaveLength(4);
});
