// Opens a room for as long as a page shows it, and feeds it what the browser tells: input,
// visibility, network, and the page's end.
import { useEffect, useState } from 'react';
import type { Seat } from '../protocol/api';
import { RoomClient } from './room_client';

const DELIBERATE = ['pointerdown', 'keydown', 'touchstart', 'wheel'] as const;

export function useOpenRoom(seat: Seat | null): RoomClient | null {
  const [client, setClient] = useState<RoomClient | null>(null);
  const sessionId = seat?.sessionId;
  const token = seat?.token;
  useEffect(() => {
    if (!sessionId || !token) return;
    const opened = new RoomClient({ sessionId, token });
    setClient(opened);
    opened.open();
    const stopListening = listen(opened);
    return () => {
      stopListening();
      opened.close();
      setClient(null);
    };
  }, [sessionId, token]);
  return client;
}

function listen(client: RoomClient): () => void {
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
  window.addEventListener('online', () => client.networkChanged(true), options);
  window.addEventListener('offline', () => client.networkChanged(false), options);
  window.addEventListener('pagehide', () => client.pageHidden(), options);
  return () => listeners.abort();
}
