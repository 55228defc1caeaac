// Waiting, without a seat, for an ended session to be restored.
import { useEffect, useRef } from 'react';
import { RoomConnection } from '@tarotforge/client';

interface WaitingEvents {
  restored: () => void;
  /** The wait has begun, or begun again after a lost socket. */
  joined: () => void;
}

export function useWaiting(sessionId: string | null, events: WaitingEvents): void {
  const latest = useRef(events);
  useEffect(() => {
    latest.current = events;
  });
  useEffect(() => {
    if (!sessionId) return;
    const connection = new RoomConnection('', (event) => {
      if (event.type === 'restored') latest.current.restored();
    });
    connection.wait(sessionId, () => latest.current.joined());
    return () => connection.close();
  }, [sessionId]);
}
