// The table of all sessions as values: its rows, how they are ordered and searched. Pure.
import type { SessionStatus } from '@tarotforge/client';
import type { LiveEvent, SessionLine } from './types';

/** Times in milliseconds: a hundred thousand rows are compared often. */
export interface SessionRow {
  id: string;
  status: SessionStatus;
  deckId: string;
  participants: number;
  generation: number;
  createdAt: number;
  lastActivityAt: number;
  endedAt: number | null;
}

export const COLUMNS = [
  'id',
  'status',
  'deckId',
  'participants',
  'createdAt',
  'lastActivityAt',
  'endedAt',
] as const;
export type Column = (typeof COLUMNS)[number];

export interface Order {
  column: Column;
  descending: boolean;
}

export const rowOf = (line: SessionLine): SessionRow => ({
  id: line.id,
  status: line.status,
  deckId: line.deckId,
  participants: line.participantCount,
  generation: line.generation,
  createdAt: Date.parse(line.createdAt),
  lastActivityAt: Date.parse(line.lastActivityAt),
  endedAt: line.endedAt === null ? null : Date.parse(line.endedAt),
});

type Value = string | number | null;

/** What is not there comes last, whichever way the rest goes; equals go by id. */
function compare(a: Value, b: Value, descending: boolean): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b === descending ? 1 : -1;
}

/**
 * Rows that are in order already but for some at the end cost little more than one comparison each:
 * the engine's sort merges runs.
 */
export function sorted(rows: SessionRow[], { column, descending }: Order): SessionRow[] {
  return [...rows].sort(
    (a, b) => compare(a[column], b[column], descending) || compare(a.id, b.id, false),
  );
}

/**
 * The rows in the order that they had, as they are now; new ones at the end. Where others came or
 * went between them, they are as they come.
 */
export function carriedOver(
  ordered: SessionRow[],
  before: SessionRow[],
  now: SessionRow[],
): SessionRow[] {
  const changed = new Map<SessionRow, SessionRow>();
  for (const [index, row] of before.entries()) {
    const next = now[index];
    if (next?.id !== row.id) return now;
    if (next !== row) changed.set(row, next);
  }
  const carried = changed.size === 0 ? ordered : ordered.map((row) => changed.get(row) ?? row);
  return carried.concat(now.slice(before.length));
}

export interface Search {
  text: string;
  status: SessionStatus | 'all';
}

/** Each word of the text is in the id, the deck or the state. */
export function matches(row: SessionRow, { text, status }: Search): boolean {
  if (status !== 'all' && row.status !== status) return false;
  return words(text).every(
    (word) => row.id.includes(word) || row.deckId.includes(word) || row.status.includes(word),
  );
}

const words = (text: string): string[] => text.toLowerCase().split(/\s+/).filter(Boolean);

export function found(rows: SessionRow[], search: Search): SessionRow[] {
  if (search.status === 'all' && words(search.text).length === 0) return rows;
  return rows.filter((row) => matches(row, search));
}

const NAMES = [
  'status', 'deckId', 'participants', 'generation', 'createdAt', 'lastActivityAt', 'endedAt',
] as const;

/** What was fetched anew; a row that is as it was stays the same one. */
export function renewed(rows: SessionRow[], fetched: SessionRow[]): SessionRow[] {
  const known = new Map(rows.map((row) => [row.id, row]));
  return fetched.map((row) => {
    const before = known.get(row.id);
    return before && NAMES.every((name) => before[name] === row[name]) ? before : row;
  });
}

/** The rows as the events leave them, oldest first; the same ones where nothing changes. */
export function afterAll(rows: SessionRow[], events: LiveEvent[]): SessionRow[] {
  const bySession = new Map<string, LiveEvent[]>();
  for (const event of events) {
    bySession.set(event.sessionId, [...(bySession.get(event.sessionId) ?? []), event]);
  }
  let changed = false;
  const next = rows.map((row) => {
    const told = bySession.get(row.id)?.reduce(after, row) ?? row;
    changed ||= told !== row;
    return told;
  });
  return changed ? next : rows;
}

const AFTER: Partial<Record<string, SessionStatus>> = {
  expired: 'expired',
  completed: 'completed',
  restored: 'active',
  purged: 'purged',
};

/** The row as the event leaves it; the same row where it changes nothing that is shown. */
export function after(row: SessionRow, event: LiveEvent): SessionRow {
  const at = Date.parse(event.at);
  const status = AFTER[event.type] ?? row.status;
  if (status !== row.status) {
    const endedAt = status === 'active' ? null : (row.endedAt ?? at);
    return { ...row, status, endedAt };
  }
  const isJoin = event.type === 'joined' && at > row.lastActivityAt;
  return isJoin ? { ...row, lastActivityAt: at } : row;
}
