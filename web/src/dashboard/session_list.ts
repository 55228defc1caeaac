// All sessions, fetched page by page in the order of their ids, kept up with what is told live, and
// fetched anew where something was not told.
import { create } from 'zustand';
import * as admin from './admin_api';
import { useLive } from './live';
import { afterAll, renewed, rowOf, type SessionRow } from './session_rows';
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
// A new session tells of itself before its first people have come, and a crowd of events before the
// rest of it was left out.
const LOOK_AFTER_MS = 1_000;
// Of sessions that live on another server alone nothing is told.
const RENEW_EVERY_MS = 60_000;
const REST_PER_RENEWAL = 20; // times as long as it took, where there are very many
const RENEW_AGAIN_MS = 5_000; // after a failure

const initial: SessionList = { rows: [], loading: 'idle', problem: null };
export const useSessionList = create<SessionList>(() => initial);

let run = 0; // what was begun in an earlier one stops
let turn: Promise<void> = Promise.resolve(); // of whoever fetches
let heard: LiveEvent[] | null = null; // while the list is fetched anew

function inTurn(task: (isOver: () => boolean) => Promise<void>): void {
  const mine = run;
  turn = turn.then(() => (mine === run ? task(() => mine !== run) : undefined));
}

/** Goes on after the last row that is known, or begins. */
async function load(isOver: () => boolean): Promise<void> {
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
    if (isOver()) return;
    if (!answer.ok) return publish({ loading: 'failed', problem: answer.problem });
    fetched.push(...answer.value.sessions.map(rowOf));
    last = answer.value.nextAfter;
    if (performance.now() - published > PUBLISH_EVERY_MS) publish({});
  } while (last !== null);
  publish({ loading: 'done' });
}

/** Fetches all of it while what is there stays; answers whether it could. */
async function renew(isOver: () => boolean): Promise<boolean> {
  const meanwhile: LiveEvent[] = [];
  heard = meanwhile;
  const fetched: SessionRow[] = [];
  let last: string | null = null;
  do {
    const answer = await admin.listSessions(last);
    if (isOver() || !answer.ok) return false;
    fetched.push(...answer.value.sessions.map(rowOf));
    last = answer.value.nextAfter;
  } while (last !== null);
  useSessionList.setState(({ rows }) => ({
    rows: renewed(rows, afterAll(fetched, meanwhile)),
    loading: 'done',
    problem: null,
  }));
  return true;
}

export function reload(): void {
  run += 1;
  useSessionList.setState(initial);
  inTurn(load);
}

export function goOn(): void {
  inTurn(load);
}

/** Loads the list and follows the live events; answers how to stop. */
export function followSessions(): () => void {
  let isFollowing = true;
  reload();
  const look = timer(() => {
    if (useSessionList.getState().loading === 'done') goOn();
  });
  const renewal = timer(() =>
    inTurn(async (isOver) => {
      const began = performance.now();
      const isDone = await renew(isOver);
      heard = null;
      const rest = REST_PER_RENEWAL * (performance.now() - began);
      if (isFollowing) renewal.within(isDone ? Math.max(RENEW_EVERY_MS, rest) : RENEW_AGAIN_MS);
    }),
  );
  renewal.within(RENEW_EVERY_MS);
  let seen = new Set(useLive.getState().events.map(({ key }) => key));
  const stop = useLive.subscribe(({ events, gaps }, before) => {
    if (gaps !== before.gaps) renewal.within(LOOK_AFTER_MS);
    if (events === before.events) return;
    const fresh = events.filter(({ key }) => !seen.has(key));
    seen = new Set(events.map(({ key }) => key));
    heard?.push(...fresh);
    useSessionList.setState((list) => {
      const rows = afterAll(list.rows, fresh);
      return rows === list.rows ? list : { rows };
    });
    if (fresh.some(({ type }) => type === 'created')) look.within(LOOK_AFTER_MS);
  });
  return () => {
    isFollowing = false;
    stop();
    look.cancel();
    renewal.cancel();
    run += 1;
  };
}

/** Once, at the earliest of the times that were asked for. */
function timer(act: () => void) {
  let next: ReturnType<typeof setTimeout> | undefined;
  let due = Infinity;
  const cancel = () => {
    clearTimeout(next);
    due = Infinity;
  };
  return {
    cancel,
    within(ms: number): void {
      if (performance.now() + ms >= due) return;
      clearTimeout(next);
      due = performance.now() + ms;
      next = setTimeout(() => {
        due = Infinity;
        act();
      }, ms);
    },
  };
}
