// The topic `dashboard` over a socket, from the first answer to the last. The socket comes back by
// itself from an end; what it would notice only after a minute, that nobody speaks, is noticed here.
import { Socket } from 'phoenix';
import type { Stats, ToldEvent } from './types';

export interface Welcome {
  stats: Stats;
  events: ToldEvent[];
}

export interface Hearer {
  /** Also after each return. */
  welcome(told: Welcome): void;
  stats(stats: Stats): void;
  event(event: ToldEvent): void;
  /** From now on nothing is known, until the next welcome. */
  lost(): void;
  /** The server does not want to tell this browser any more; answers whether to ask once more. */
  closed(): Promise<boolean>;
}

// Statistics come once a second; while the rows are counted anew one of them may be left out.
const SILENT_MS = 3_000;
const OPENING_MS = 3_000; // the server answers at once, unless the way to it is dead
const JOINING_MS = 8_000; // the rows are counted first, for which the database has 5 s
const RETRY_MS = [250, 500, 1_000, 2_000]; // a restart of the server takes about a second
const MAX_RETRY_MS = 4_000;

/** Answers how to hang up. */
export function openLine(hearer: Hearer): () => void {
  let isOver = false;
  let watch: ReturnType<typeof setTimeout> | undefined;
  const delay = (tries: number) => RETRY_MS[tries - 1] ?? MAX_RETRY_MS;
  const socket = new Socket(`${location.origin.replace(/^http/, 'ws')}/socket`, {
    vsn: '2.0.0',
    reconnectAfterMs: delay,
    rejoinAfterMs: delay,
  });

  function wait(ms: number): void {
    clearTimeout(watch);
    if (!isOver) watch = setTimeout(dialAgain, ms);
  }
  function dial(): void {
    socket.connect();
    wait(OPENING_MS);
  }
  function dialAgain(): void {
    hearer.lost();
    socket.disconnect();
    dial();
  }
  function ended(): void {
    if (isOver) return;
    hearer.lost();
    wait(MAX_RETRY_MS + OPENING_MS); // which it takes the socket to try by itself
  }

  function join(): void {
    const channel = socket.channel('dashboard', {});
    let isLeft = false;
    const closed = async () => {
      if (isOver || isLeft) return;
      isLeft = true;
      channel.leave(); // it would join again by itself
      socket.disconnect();
      clearTimeout(watch);
      hearer.lost();
      if (!(await hearer.closed()) || isOver) return;
      join();
      dial();
    };
    channel.on('stats', (stats: Stats) => {
      wait(SILENT_MS);
      hearer.stats(stats);
    });
    channel.on('event', (event: ToldEvent) => hearer.event(event));
    channel.onError(() => {
      if (!isOver) hearer.lost();
    });
    channel.onClose(() => void closed());
    channel
      .join()
      .receive('ok', (told: Welcome) => {
        wait(SILENT_MS);
        hearer.welcome(told);
      })
      .receive('error', ({ code }: { code?: string }) => {
        if (code === 'unauthorized') void closed();
      });
  }

  socket.onOpen(() => wait(JOINING_MS));
  socket.onClose(ended);
  socket.onError(ended);
  join();
  dial();
  return () => {
    isOver = true;
    clearTimeout(watch);
    socket.disconnect();
  };
}
