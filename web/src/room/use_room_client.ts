// Opens a room for as long as a page shows it.
import { RoomClient, watchPage, type Seat } from '@tarotforge/client';
import { useLayoutEffect, useState } from 'react';
import { api } from '../server';
import { roomCopies } from './room_copies';

export function useOpenRoom(seat: Seat | null): RoomClient | null {
  const [client, setClient] = useState<RoomClient | null>(null);
  const sessionId = seat?.sessionId;
  const token = seat?.token;
  // Before anything is painted: what it waits for is the answer to this.
  useLayoutEffect(() => {
    if (!sessionId || !token) return;
    const options = { visible: !document.hidden, keeper: roomCopies };
    const opened = new RoomClient(api, { sessionId, token }, options);
    setClient(opened);
    opened.open();
    const stopWatching = watchPage(opened);
    return () => {
      stopWatching();
      opened.close();
      setClient(null);
    };
  }, [sessionId, token]);
  return client;
}
