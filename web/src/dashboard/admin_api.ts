// The operators' routes, one function each. The cookie of the sign-in goes along by itself; an answer
// of 401 means that it is no longer good.
import type { Answer } from '@tarotforge/client';
import { api } from '../server';
import { dayAfter } from './analytics_figures';
import { signedOut } from './operator';
import type {
  Analytics,
  AuditEntry,
  Explanation,
  OperationLine,
  ParticipantLine,
  Series,
  SessionLine,
  Stats,
  Webhook,
} from './types';

const PAGE = 1000; // the most that the server gives at once

async function ask<T>(path: string, body?: object): Promise<Answer<T>> {
  const answer = await api.http.ask<T>(
    `/v1/admin/${path}`,
    body ? { method: 'POST', body } : {},
  );
  if (!answer.ok && answer.problem.status === 401) signedOut();
  return answer;
}

const session = (id: string, rest = '') => `sessions/${encodeURIComponent(id)}${rest}`;
const query = (values: Record<string, string | number>) =>
  new URLSearchParams(Object.entries(values).map(([key, value]) => [key, String(value)])).toString();

/** Pages of a list, one after the other, until there is no next. */
async function all<Page extends { nextAfter: number | null }, Item>(
  path: (after: number) => string,
  items: (page: Page) => Item[],
): Promise<Answer<Item[]>> {
  const found: Item[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const answer: Answer<Page> = await ask<Page>(path(after));
    if (!answer.ok) return answer;
    found.push(...items(answer.value));
    after = answer.value.nextAfter;
  }
  return { ok: true, value: found };
}

export const login = (token: string): Promise<Answer<void>> =>
  api.http.ask('/v1/admin/login', { method: 'POST', body: { token } });
export const logout = () => ask<void>('logout', {});

export const stats = () => ask<Stats>('stats');
/** From and to are unix seconds. */
export const series = (from: number, to: number) =>
  ask<Series>(`series?${query({ from, to })}`);

export interface SessionPage {
  sessions: SessionLine[];
  nextAfter: string | null;
}
export const listSessions = (after: string | null) =>
  ask<SessionPage>(`sessions?${query({ limit: PAGE, ...(after ? { after } : {}) })}`);

export const explain = (id: string) => ask<Explanation>(session(id));
export const audit = (id: string) =>
  all(
    (after) => `audit?${query({ session: id, after, limit: PAGE })}`,
    (page: { entries: AuditEntry[]; nextAfter: number | null }) => page.entries,
  );
export const participants = (id: string) =>
  ask<{ participants: ParticipantLine[] }>(session(id, '/participants'));
export const operations = (id: string) =>
  all(
    (after) => session(id, `/operations?${query({ after })}`),
    (page: { operations: OperationLine[]; nextAfter: number | null }) => page.operations,
  );

export type Action = 'expire' | 'restore' | 'extend' | 'close-invites';
export const act = (id: string, action: Action, body: object) =>
  ask<unknown>(session(id, `/${action}`), body);

export interface WebhookPage {
  webhooks: Webhook[];
  nextAfter: number | null;
}
const webhooksAfter = (after: number, state: Webhook['state'] | null, limit: number) =>
  ask<WebhookPage>(`webhooks?${query({ after, limit, ...(state ? { state } : {}) })}`);
/** The oldest, of one state or of both. */
export const webhooks = (state: Webhook['state'] | null, limit: number) =>
  webhooksAfter(0, state, limit);
export const replayWebhook = (id: string) => ask<unknown>(`webhooks/${id}/replay`, {});

/** All that were given up for these targets, one after the other; stops at the first refusal. */
export async function replayDead(targets: Set<string>): Promise<Answer<unknown>> {
  for (let after: number | null = 0; after !== null; ) {
    const page: Answer<WebhookPage> = await webhooksAfter(after, 'dead', PAGE);
    if (!page.ok) return page;
    for (const { id } of page.value.webhooks.filter(({ target }) => targets.has(target))) {
      const replayed = await replayWebhook(id);
      // Somebody else may have replayed it before.
      if (!replayed.ok && replayed.problem.status !== 404) return replayed;
    }
    after = page.value.nextAfter;
  }
  return { ok: true, value: undefined };
}

/** Days of the viewer's zone, both of them included. */
export interface Range {
  from: string;
  to: string;
}
/** The server's end is the first day that does not count. */
export const analyticsPath = ({ from, to }: Range, zone: string, format: 'json' | 'csv') =>
  `analytics?${query({ from, to: dayAfter(to), zone, format })}`;
export const analytics = (range: Range, zone: string) =>
  ask<Analytics>(analyticsPath(range, zone, 'json'));
