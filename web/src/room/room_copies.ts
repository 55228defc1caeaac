// This browser's copies of its rooms, in localStorage, one entry each. Reading never fails: what is
// damaged or forbidden is as if it were not there.
import { readCopy, type RoomCopy, type RoomKeeper } from '@tarotforge/client';

const PREFIX = 'tarotforge.room.';

export const roomCopies: RoomKeeper = {
  load(sessionId: string): RoomCopy | null {
    try {
      return readCopy(JSON.parse(localStorage.getItem(PREFIX + sessionId) ?? 'null'));
    } catch {
      return null;
    }
  },
  save(copy: RoomCopy): void {
    try {
      localStorage.setItem(PREFIX + copy.session.id, JSON.stringify(copy));
    } catch {
      // Full or forbidden: the room then only comes from the server.
    }
  },
  forget(sessionId: string): void {
    try {
      localStorage.removeItem(PREFIX + sessionId);
    } catch {
      // Then there is none.
    }
  },
};
