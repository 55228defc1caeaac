// What the server tells once a second, and as it happens: the topic `dashboard` in one store. It lives
// as long as somebody looks at the dashboard, and comes back by itself.
import { create } from 'zustand';
import * as admin from './admin_api';
import { noEvents, withTold, type KnownEvents } from './known_events';
import { openLine } from './line';
import { useOperator } from './operator';
import { DAY_SECONDS, emptySeries, withGaps, withLive } from './series';
import type { Series, Stats, ToldEvent } from './types';

export type Link = 'connecting' | 'live' | 'lost';

interface Live extends KnownEvents {
  link: Link;
  stats: Stats | null;
  series: Series;
}

// Events of a busy second are drawn together.
const GATHER_MS = 200;

const initial: Live = {
  link: 'connecting',
  stats: null,
  series: emptySeries(),
  ...noEvents,
};

export const useLive = create<Live>(() => initial);

function heard(stats: Stats): void {
  useLive.setState((live) => ({
    stats,
    series: withLive(live.series, stats),
  }));
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
  let gathered: ToldEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (server: string, told: ToldEvent[]) =>
    useLive.setState((live) => withTold(live, server, told));
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const { server } = useLive.getState();
    if (server !== null && gathered.length > 0) tell(server, gathered);
    gathered = [];
  };
  const hangUp = openLine({
    welcome({ stats, events }) {
      flush();
      tell(stats.serverId, events);
      useLive.setState({ link: 'live' });
      heard(stats);
      void fetchSeries();
    },
    stats: heard,
    event(event) {
      gathered.push(event);
      timer ??= setTimeout(flush, GATHER_MS);
    },
    lost: () => useLive.setState({ link: 'lost' }),
    async closed() {
      await admin.stats(); // an answer of 401 signs out
      return useOperator.getState().signIn !== 'out';
    },
  });
  return () => {
    hangUp();
    clearTimeout(timer);
    useLive.setState(initial);
  };
}
