// What is wrong, by the numbers: each finding has one sentence in the catalogue.
import type { Lateness, Stats } from './types';

/** p99 of expiry lateness (EX3). */
export const LATENESS_OBJECTIVE_SECONDS = 1;
// A beat is due each 5 s; three of them missed in a row is not a busy moment any more.
export const FLUSH_LAG_LIMIT_SECONDS = 15;
// As the server counts a server as lost.
const LOST_AFTER_SECONDS = 30;

export type Finding =
  | { kind: 'degraded' }
  | { kind: 'flushLag'; seconds: number }
  | { kind: 'late'; seconds: number }
  | { kind: 'sweepOverdue' }
  | { kind: 'serverLost'; id: string };

export const isLost = (server: Stats['servers'][number], now: number): boolean =>
  !server.stopped && now - Date.parse(server.aliveAt) > LOST_AFTER_SECONDS * 1000;

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
