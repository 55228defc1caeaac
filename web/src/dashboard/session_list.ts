// All sessions, fetched page by page in the order of their ids, and kept up with what is told live.
import { create } from 'zustand';
import * as admin from './admin_api';
import { useLive } from './live';
import { after, rowOf, type SessionRow } from './session_rows';
import type { Problem } from '@tarotforge/client';
import type { LiveEvent } from './types';

export type Loading = 'idle' | 'running' | 'done' | 'failed';

interface SessionList {
  /** By id. */
  rows: SessionRow[];
  loading: Loading;
  problem: Problem | null;
}

// Each time the table is drawn anew, which with many rows takes some milliseconds.
const PUBLISH_EVERY_MS = 400;
// A new session tells of itself before its first people have come.
const LOOK_AFTER_MS = 1_000;

const initial: SessionList = { rows: [], loading: 'idle', problem: null };
export const useSessionList = create<SessionList>(() => initial);

let run = 0; // of the newest load; an older one stops

/** Goes on after the last row that is known, or begins. */
async function load(mine: number): Promise<void> {
  const { rows } = useSessionList.getState();
  let last: string | null = rows[rows.length - 1]?.id ?? null;
  let fetched: SessionRow[] = [];
  let published = performance.now();
  const publish = (news: Partial<SessionList>) => {
    const more = fetched;
    fetched = [];
    published = performance.now();
    useSessionList.setState((list) => ({ rows: list.rows.concat(more), ...news }));
  };
  publish({ loading: 'running', problem: null });
  do {
    const answer = await admin.listSessions(last);
    if (mine !== run) return;
    if (!answer.ok) return publish({ loading: 'failed', problem: answer.problem });
    fetched.push(...answer.value.sessions.map(rowOf));
    last = answer.value.nextAfter;
    if (performance.now() - published > PUBLISH_EVERY_MS) publish({});
  } while (last !== null);
  publish({ loading: 'done' });
}

export function reload(): void {
  useSessionList.setState(initial);
  void load(++run);
}

export function goOn(): void {
  void load(++run);
}

/** Loads the list and follows the live events; answers how to stop. */
export function followSessions(): () => void {
  reload();
  let look: ReturnType<typeof setTimeout> | undefined;
  let seen = new Set(useLive.getState().events.map(({ id }) => id));
  const stop = useLive.subscribe(({ events }) => {
    const fresh = events.filter(({ id }) => !seen.has(id));
    if (fresh.length === 0) return;
    seen = new Set(events.map(({ id }) => id));
    apply(fresh);
    if (look === undefined && fresh.some(({ type }) => type === 'created')) {
      look = setTimeout(() => {
        look = undefined;
        if (useSessionList.getState().loading === 'done') goOn();
      }, LOOK_AFTER_MS);
    }
  });
  return () => {
    stop();
    clearTimeout(look);
    run += 1;
  };
}

function apply(events: LiveEvent[]): void {
  const bySession = new Map<string, LiveEvent[]>();
  for (const event of events) {
    bySession.set(event.sessionId, [...(bySession.get(event.sessionId) ?? []), event]);
  }
  useSessionList.setState(({ rows }) => {
    let changed = false;
    const next = rows.map((row) => {
      const told = bySession.get(row.id)?.reduce(after, row) ?? row;
      changed ||= told !== row;
      return told;
    });
    return changed ? { rows: next } : {};
  });
}
