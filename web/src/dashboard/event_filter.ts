// Which of the events are shown, and what of their data in one line. Pure.
import { atSecond } from './format';
import type { LiveEvent } from './types';

export interface EventFilter {
  /** null: all. */
  type: string | null;
  /** A part of a session's id. */
  session: string;
}

/** The newest first, at most so many. */
export function shownEvents(events: LiveEvent[], filter: EventFilter, most: number): LiveEvent[] {
  const part = filter.session.trim().toLowerCase();
  const shown: LiveEvent[] = [];
  for (let index = events.length - 1; index >= 0 && shown.length < most; index -= 1) {
    const event = events[index];
    if (!event || (filter.type !== null && event.type !== filter.type)) continue;
    if (part === '' || event.sessionId.includes(part)) shown.push(event);
  }
  return shown;
}

export const typesOf = (events: LiveEvent[]): string[] =>
  [...new Set(events.map(({ type }) => type))].toSorted();

/** How many came after the last of those held. */
export function countAfter(events: LiveEvent[], held: LiveEvent[]): number {
  const last = held[held.length - 1];
  return events.length - 1 - events.findLastIndex(({ key }) => key === last?.key);
}

const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

function valueText(value: unknown): string {
  if (typeof value === 'string') return TIME.test(value) ? atSecond(value) : value;
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** "reason inactivity timeout · lateness ms 4", in the words of the audit log. */
export const detailOf = (data: Record<string, unknown>): string =>
  Object.entries(data)
    .map(([key, value]) => `${key} ${valueText(value)}`.replaceAll('_', ' '))
    .join(' · ');
