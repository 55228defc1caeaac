// The events that the page knows, and whether some were not told. Each server numbers its own from 1,
// in the order of telling. Pure.
import type { LiveEvent, ToldEvent } from './types';

export interface KnownEvents {
  /** The one that told them: the incarnation, another after each start. */
  server: string | null;
  /** Oldest first. */
  events: LiveEvent[];
  /** How often something may have happened that was not told. */
  gaps: number;
}

const MAX_EVENTS = 2_000; // some 500 kB; further back the audit log of a session tells

export const noEvents: KnownEvents = { server: null, events: [], gaps: 0 };

/** With what the server has told. After a reconnect it tells again what was told already. */
export function withTold(known: KnownEvents, server: string, told: ToldEvent[]): KnownEvents {
  const isSame = known.server === server;
  // Another server numbers the same events otherwise: they would stand here twice.
  const before = isSame ? known.events : [];
  const last = before[before.length - 1]?.id;
  const fresh = last === undefined ? told : told.filter(({ id }) => id > last);
  const isGapless = fresh.every(({ id }, index) => {
    const previous = index === 0 ? last : fresh[index - 1]?.id;
    return previous === undefined || id === previous + 1;
  });
  const isFirst = known.server === null;
  const events = fresh.map((event) => ({ ...event, key: `${server}:${event.id}` }));
  return {
    server,
    events: events.length === 0 && isSame ? before : [...before, ...events].slice(-MAX_EVENTS),
    gaps: known.gaps + (isFirst || (isSame && isGapless) ? 0 : 1),
  };
}
