// Feeds a room what a browser tells: input, visibility, the network, sleep, and the page's end. The
// only part of this package that needs a window.
import type { RoomClient } from './room/room_client.ts';

const DELIBERATE = ['pointerdown', 'keydown', 'touchstart', 'wheel'] as const;
const TICK_MS = 5_000;
// A tick this late, by the wall clock, is a machine that slept; busy pages are late by less.
const SLEPT_MS = 10_000;

/** Answers how to stop. */
export function watchPage(client: RoomClient): () => void {
  const listeners = new AbortController();
  const options = { capture: true, passive: true, signal: listeners.signal };
  // Events that scripts make are nobody's activity.
  const input = (deliberate: boolean) => (event: Event) => {
    if (event.isTrusted) client.input(deliberate);
  };
  for (const name of DELIBERATE) window.addEventListener(name, input(true), options);
  window.addEventListener('pointermove', input(false), options);
  const visibility = () => client.visibilityChanged(!document.hidden);
  document.addEventListener('visibilitychange', visibility, options);
  document.addEventListener('freeze', () => client.save(), options);
  // A page that was frozen, or that comes out of the browser's cache of pages.
  document.addEventListener('resume', () => client.woke(), options);
  window.addEventListener('pageshow', (event) => event.persisted && client.woke(), options);
  window.addEventListener('online', () => client.networkChanged(true), options);
  window.addEventListener('offline', () => client.networkChanged(false), options);
  window.addEventListener('pagehide', () => client.pageHidden(), options);
  const stopTicking = noticeSleep(() => client.woke());
  return () => {
    listeners.abort();
    stopTicking();
  };
}

/**
 * A laptop that sleeps with the page in front tells nothing: only its wall clock jumps. The timers of
 * a hidden page are held back without any sleep, and it wakes when it is seen again.
 */
function noticeSleep(woke: () => void): () => void {
  let last = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    if (!document.hidden && now - last > TICK_MS + SLEPT_MS) woke();
    last = now;
  }, TICK_MS);
  return () => clearInterval(timer);
}
