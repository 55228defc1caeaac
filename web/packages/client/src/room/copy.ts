// What a browser keeps of a room, so that it can be shown at once after a reload and what was done
// offline is not lost with the page. Where it is kept is the keeper's business.
import type { Session, Timing } from '../wire/types.ts';
import type { QueuedOperation } from './optimistic.ts';
import type { Person, RoomState } from './state.ts';

export interface RoomCopy {
  /** Of the shape below; a copy of another one is thrown away. */
  format: 1;
  /** RFC 3339, by the server's clock. */
  savedAt: string;
  session: Session;
  people: Record<string, Person>;
  you: string | null;
  timing: Timing | null;
  queue: QueuedOperation[];
}

export interface RoomKeeper {
  load(sessionId: string): RoomCopy | null;
  save(copy: RoomCopy): void;
  forget(sessionId: string): void;
}

export function copyOf(state: RoomState, savedAt: string): RoomCopy | null {
  const { session, people, you, timing, queue } = state;
  return session && { format: 1, savedAt, session, people, you, timing, queue };
}

/** What came out of a storage may be anything: only the outline is checked. */
export function readCopy(value: unknown): RoomCopy | null {
  if (typeof value !== 'object' || value === null) return null;
  const { format, session, people, queue } = value as Partial<RoomCopy>;
  const whole = format === 1 && Array.isArray(session?.cards) && isQueue(queue);
  return whole && typeof people === 'object' && people !== null ? (value as RoomCopy) : null;
}

const isQueue = (queue: QueuedOperation[] | undefined): boolean =>
  Array.isArray(queue) &&
  queue.every((queued) => typeof queued?.key === 'string' && typeof queued.request === 'object');

export const noKeeper: RoomKeeper = { load: () => null, save: () => {}, forget: () => {} };
