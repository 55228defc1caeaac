// This browser's copies of its rooms, in localStorage, one entry each. Reading never fails: what is
// damaged or forbidden is as if it were not there. Two tabs in one room share its copy, and each
// leaves what waits in the other.
import { readCopy, type RoomCopy, type RoomKeeper } from '@tarotforge/client';

const PREFIX = 'tarotforge.room.';

// The keys of what waits in this page, or did; what else a copy has waits in another.
const ours = new Set<string>();

function read(sessionId: string): RoomCopy | null {
  try {
    return readCopy(JSON.parse(localStorage.getItem(PREFIX + sessionId) ?? 'null'));
  } catch {
    return null;
  }
}

const claim = (copy: RoomCopy | null) => copy?.queue.forEach(({ key }) => ours.add(key));

export const roomCopies: RoomKeeper = {
  load(sessionId: string): RoomCopy | null {
    const copy = read(sessionId);
    claim(copy);
    return copy;
  },
  save(copy: RoomCopy): void {
    claim(copy);
    const theirs = read(copy.session.id)?.queue.filter(({ key }) => !ours.has(key)) ?? [];
    const merged = { ...copy, queue: [...theirs, ...copy.queue] };
    try {
      localStorage.setItem(PREFIX + copy.session.id, JSON.stringify(merged));
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
