// What the analytics page shows of the server's figures: shares, medians, ranges of days. Pure.
import type { Analytics } from './types';

export interface Share {
  value: number;
  ofFirst: number; // 0 to 1
}

export const FUNNEL = ['created', 'invited', 'joined', 'firstCard', 'completed'] as const;

export function funnelOf(funnel: Analytics['funnel']): (Share & { step: (typeof FUNNEL)[number] })[] {
  const first = funnel.created;
  return FUNNEL.map((step) => {
    const value = funnel[step];
    return { step, value, ofFirst: first === 0 ? 0 : value / first };
  });
}

/** The greatest number has 1, and none 0. */
export function heat(hours: number[][]): number[][] {
  const most = Math.max(0, ...hours.flat());
  return hours.map((day) => day.map((value) => (most === 0 ? 0 : value / most)));
}

export interface Slice {
  label: string;
  count: number;
}

/** The most frequent first; of many, the rest in one. */
export function ranked(slices: Slice[], most: number, rest: string): Slice[] {
  const byCount = slices.toSorted((a, b) => b.count - a.count);
  if (byCount.length <= most) return byCount;
  const others = byCount.slice(most - 1).reduce((sum, { count }) => sum + count, 0);
  return [...byCount.slice(0, most - 1), { label: rest, count: others }];
}

const DAY_MS = 86_400_000;
const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export const dayAfter = (day: string): string => isoDay(Date.parse(`${day}T00:00:00Z`) + DAY_MS);

/** In the viewer's calendar, as a time of UTC. */
const local = (ms: number): number => ms - new Date(ms).getTimezoneOffset() * 60_000;

/** The last so many days with today, as the viewer's calendar has it. */
export function lastDays(days: number, now: number): { from: string; to: string } {
  return { from: isoDay(local(now) - (days - 1) * DAY_MS), to: isoDay(local(now)) };
}

/** The server tells of days that had sessions; the others of its period had none. */
export function everyDay(figures: Pick<Analytics, 'from' | 'to' | 'sessionsPerDay'>) {
  const told = new Map(figures.sessionsPerDay.map((each) => [each.day, each]));
  const end = isoDay(local(Date.parse(figures.to)));
  const days: Analytics['sessionsPerDay'] = [];
  for (let day = isoDay(local(Date.parse(figures.from))); day < end; day = dayAfter(day)) {
    days.push(told.get(day) ?? { day, created: 0, expired: 0, completed: 0 });
  }
  return days;
}

/** null: no such range. Both days are in it. */
export function daysIn(from: string, to: string): number | null {
  const days = (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS + 1;
  return Number.isFinite(days) && days >= 1 ? days : null;
}
