// What is wrong, by the numbers: each finding has one sentence in the catalogue.
import type { Lateness, Stats, WebhookTarget } from './types';

/** p99 of expiry lateness (EX3). */
export const LATENESS_OBJECTIVE_SECONDS = 1;
// A beat is due each 5 s; three of them missed in a row is not a busy moment any more.
export const FLUSH_LAG_LIMIT_SECONDS = 15;
// As the alert TarotForgeWebhooksLate.
export const WEBHOOK_LATE_SECONDS = 3_600;
// As the server counts a server as lost.
const LOST_AFTER_SECONDS = 30;

export type Finding =
  | { kind: 'degraded' }
  | { kind: 'flushLag'; seconds: number }
  | { kind: 'late'; seconds: number }
  | { kind: 'sweepOverdue' }
  | { kind: 'serverLost'; id: string }
  | { kind: 'webhooksLate'; seconds: number }
  | { kind: 'webhooksDead'; count: number };

export const isLost = (server: Stats['servers'][number], now: number): boolean =>
  !server.stopped && now - Date.parse(server.aliveAt) > LOST_AFTER_SECONDS * 1000;

export const waitedSeconds = ({ oldestWaitingAt }: WebhookTarget, now: number): number =>
  oldestWaitingAt === null ? 0 : Math.max(0, (now - Date.parse(oldestWaitingAt)) / 1000);

/** The worst that is true of it. */
export function stateOf(target: WebhookTarget, now: number) {
  if (!target.configured) return 'gone';
  if (target.dead > 0) return 'dead';
  if (waitedSeconds(target, now) > WEBHOOK_LATE_SECONDS) return 'late';
  return target.waiting > 0 ? 'waiting' : 'delivered';
}

export function findings(stats: Stats): Finding[] {
  const found: Finding[] = [];
  const lag = stats.flushLagSeconds ?? 0;
  const late = stats.expiryLatenessSeconds?.p99 ?? 0;
  const now = Date.parse(stats.serverTime);
  if (stats.degraded) found.push({ kind: 'degraded' });
  else if (lag > FLUSH_LAG_LIMIT_SECONDS) found.push({ kind: 'flushLag', seconds: lag });
  if (late > LATENESS_OBJECTIVE_SECONDS) found.push({ kind: 'late', seconds: late });
  if (stats.sweepOverdue) found.push({ kind: 'sweepOverdue' });
  for (const server of stats.servers) {
    if (isLost(server, now)) found.push({ kind: 'serverLost', id: server.id });
  }
  // Nobody can do anything about those that are sent nowhere any more.
  const targets = stats.webhooks.filter(({ configured }) => configured);
  const waited = Math.max(0, ...targets.map((target) => waitedSeconds(target, now)));
  const dead = targets.reduce((sum, target) => sum + target.dead, 0);
  if (waited > WEBHOOK_LATE_SECONDS) found.push({ kind: 'webhooksLate', seconds: waited });
  if (dead > 0) found.push({ kind: 'webhooksDead', count: dead });
  return found;
}

export interface Bar {
  /** null: beyond the last bound. */
  upTo: number | null;
  count: number;
}

/** Of the cumulative counts, how many each bar has for itself. */
export function histogram({ buckets = [], count }: Lateness): Bar[] {
  let below = 0;
  const bars: Bar[] = buckets.map((bucket) => {
    const own = bucket.count - below;
    below = bucket.count;
    return { upTo: bucket.le, count: own };
  });
  bars.push({ upTo: null, count: Math.max(0, count - below) });
  return bars;
}
