// The columns of the charts: what the server kept, and what is told live, in one.
import type { Series, Stats } from './types';

const INTERVAL_SECONDS = 10; // of the server's columns
export const DAY_SECONDS = 86_400;
// Beyond it the line is broken: nobody knows what was between.
const GAP_SECONDS = 90; // above the minute at which columns are kept over a restart

export const COLUMNS = [
  'activeSessions',
  'connected',
  'connections',
  'joins',
  'operations',
  'heartbeats',
  'memoryBytes',
  'latenessP99',
  'flushLagSeconds',
] as const;
export type ColumnName = (typeof COLUMNS)[number];
type Row = Record<ColumnName, number | null>;

export function emptySeries(): Series {
  return fromColumns([], () => []);
}

function fromColumns(at: number[], column: (name: ColumnName) => (number | null)[]): Series {
  const series = { at } as Series;
  for (const name of COLUMNS) series[name] = column(name);
  return series;
}

export const rowOf = (stats: Stats): Row => ({
  activeSessions: stats.activeSessions,
  connected: stats.participants?.connected ?? null,
  connections: stats.connections,
  joins: stats.perSecond?.joins ?? null,
  operations: stats.perSecond?.operations ?? null,
  heartbeats: stats.perSecond?.heartbeats ?? null,
  memoryBytes: stats.memoryBytes,
  latenessP99: stats.expiryLatenessSeconds?.p99 ?? null,
  flushLagSeconds: stats.flushLagSeconds,
});

/**
 * The newest second is the last row. It takes the place of the one before until that is a whole
 * interval of the columns, so that a page that is open for a day does not grow; what is older than a
 * day goes.
 */
export function withLive(series: Series, stats: Stats): Series {
  const at = Math.floor(Date.parse(stats.serverTime) / 1000);
  const row = rowOf(stats);
  const { length } = series.at;
  const last = series.at[length - 1] ?? -Infinity;
  const before = series.at[length - 2] ?? -Infinity;
  if (at <= last) return series;
  const isBroken = length > 0 && at - last > GAP_SECONDS;
  const isReplaced = !isBroken && last - before < INTERVAL_SECONDS;
  const end = isReplaced ? length - 1 : length;
  const start = series.at.findIndex((time) => time > at - DAY_SECONDS);
  const kept = <T>(column: T[], gap: T, value: T): T[] => [
    ...(start < 0 ? [] : column.slice(start, end)),
    ...(isBroken ? [gap] : []),
    value,
  ];
  return fromColumns(kept(series.at, at - 1, at), (name) => kept(series[name], null, row[name]));
}

/** The rows of the last seconds. */
export function lastOf(series: Series, seconds: number): Series {
  const newest = series.at[series.at.length - 1];
  if (newest === undefined) return series;
  const start = series.at.findIndex((time) => time >= newest - seconds);
  return fromColumns(series.at.slice(start), (name) => series[name].slice(start));
}

/** Lines are broken where the server has rows missing, not only where they are null. */
export function withGaps(series: Series): Series {
  const at: number[] = [];
  const source: number[] = []; // -1: nothing is known
  series.at.forEach((time, index) => {
    const last = at[at.length - 1];
    if (last !== undefined && time - last > GAP_SECONDS) {
      at.push(last + 1);
      source.push(-1);
    }
    at.push(time);
    source.push(index);
  });
  return fromColumns(at, (name) => source.map((index) => series[name]?.[index] ?? null));
}
