// What the server tells once a second, and as it happens: the topic `dashboard` in one store. It lives
// as long as somebody looks at the dashboard, and comes back by itself.
import { Socket } from 'phoenix';
import { create } from 'zustand';
import * as admin from './admin_api';
import { signedOut } from './operator';
import { DAY_SECONDS, emptySeries, withGaps, withLive } from './series';
import type { LiveEvent, Series, Stats, Sweep } from './types';

export type Link = 'connecting' | 'live' | 'lost';

interface Live {
  link: Link;
  stats: Stats | null;
  series: Series;
  /** Oldest first. */
  events: LiveEvent[];
  /** The sweeps seen while this page is open, newest first. */
  sweeps: Sweep[];
}

const MAX_EVENTS = 2_000; // some 500 kB; further back the audit log of a session tells
const MAX_SWEEPS = 8;
// Events of a busy second are drawn together.
const GATHER_MS = 200;
const RETRY_MS = [250, 500, 1_000, 2_000]; // a restart of the server takes about a second
const MAX_RETRY_MS = 4_000;

const initial: Live = {
  link: 'connecting',
  stats: null,
  series: emptySeries(),
  events: [],
  sweeps: [],
};

export const useLive = create<Live>(() => initial);

function heard(stats: Stats): void {
  useLive.setState((live) => ({
    stats,
    series: withLive(live.series, stats),
    sweeps: withSweep(live.sweeps, stats.lastSweep),
  }));
}

function withSweep(sweeps: Sweep[], sweep: Sweep | null): Sweep[] {
  if (!sweep || sweeps[0]?.at === sweep.at) return sweeps;
  return [sweep, ...sweeps].slice(0, MAX_SWEEPS);
}

// After a reconnect the server tells again what was told already.
function withEvents(events: LiveEvent[], more: LiveEvent[]): LiveEvent[] {
  const known = new Set(events.map((event) => event.id));
  return [...events, ...more.filter(({ id }) => !known.has(id))].slice(-MAX_EVENTS);
}

async function fetchSeries(): Promise<void> {
  const now = Math.ceil(Date.now() / 1000);
  const answer = await admin.series(now - DAY_SECONDS, now);
  if (!answer.ok) return;
  const { stats } = useLive.getState();
  const series = withGaps(answer.value);
  useLive.setState({ series: stats ? withLive(series, stats) : series });
}

/** Answers how to stop. */
export function watchDashboard(): () => void {
  let over = false;
  let gathered: LiveEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    const more = gathered;
    gathered = [];
    timer = undefined;
    useLive.setState((live) => ({ events: withEvents(live.events, more) }));
  };
  const gather = (events: LiveEvent[]) => {
    gathered.push(...events);
    timer ??= setTimeout(flush, GATHER_MS);
  };
  const lost = () => {
    if (!over) useLive.setState({ link: 'lost' });
  };

  const delay = (tries: number) => RETRY_MS[tries - 1] ?? MAX_RETRY_MS;
  const socket = new Socket(`${location.origin.replace(/^http/, 'ws')}/socket`, {
    vsn: '2.0.0',
    reconnectAfterMs: delay,
    rejoinAfterMs: delay,
  });
  socket.onClose(lost);
  socket.onError(lost);
  const channel = socket.channel('dashboard', {});
  channel.on('stats', heard);
  channel.on('event', (event: LiveEvent) => gather([event]));
  channel
    .join()
    .receive('ok', ({ stats, events }: { stats: Stats; events: LiveEvent[] }) => {
      useLive.setState({ link: 'live' });
      gather(events);
      heard(stats);
      void fetchSeries();
    })
    .receive('error', ({ code }: { code?: string }) => {
      if (code === 'unauthorized') signedOut();
    });
  socket.connect();
  return () => {
    over = true;
    clearTimeout(timer);
    socket.disconnect();
    useLive.setState(initial);
  };
}
