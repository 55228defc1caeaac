// What one browser knows of one room. A plain value: the reducer makes the next one from an event.
import type {
  Operation,
  PresenceLevel,
  PresenceMeta,
  Problem,
  Role,
  Session,
  Timing,
} from '../wire/types.ts';
import { shownSession, type QueuedOperation, type ShownSession } from './optimistic.ts';

/** Where the socket is. `restarting`: the server said that it goes and when to return. */
export type Link = 'connecting' | 'live' | 'reconnecting' | 'offline' | 'restarting';

export interface Person {
  id: string;
  name: string | null;
  role: Role;
  presence: PresenceLevel;
  /** When this level was reached, by the server's clock; unknown for some who are away. */
  since: string | null;
  reason: string | null;
}

export interface Warning {
  generation: number;
  expiresAt: string;
  /** Counts the warnings shown, so that a repeated one is acknowledged again. */
  number: number;
}

/** The room is over for this browser, and how. */
export type Ending =
  | { kind: 'expired'; restorableUntil: string | null; problem?: Problem }
  | { kind: 'completed' }
  | { kind: 'removed' }
  | { kind: 'replaced' }
  | { kind: 'left' }
  | { kind: 'deleted' }
  | { kind: 'problem'; problem: Problem };

/** Whose hand was last on a card, and in which version. */
export interface Touch {
  by: string;
  version: number;
}

export interface RoomState {
  link: Link;
  /** As the server has confirmed it. */
  session: Session | null;
  /** The same with what waits in the queue already done: what people see. */
  shown: ShownSession | null;
  /** Operations made here and not yet acknowledged, oldest first. */
  queue: QueuedOperation[];
  touches: Record<number, Touch>;
  /** Who shows the card that is shown to everyone, where that was seen. */
  focusedBy: string | null;
  /** The last shuffle of this room that happened while we watched. */
  lastShuffle: Touch | null;
  /** Set while what is shown comes from this browser's copy and not from the server: when saved. */
  copyFrom: string | null;
  people: Record<string, Person>;
  metas: Record<string, PresenceMeta[]>;
  you: string | null;
  connection: string | null;
  timing: Timing | null;
  warning: Warning | null;
  warningsSeen: number;
  /** Operations that came before an earlier one that is missing, by version. */
  early: Operation[];
  /** Set while operations are missing: ask for those after this version. */
  missingAfter: number | null;
  /** The server answered that it cannot save for now. */
  savingPaused: boolean;
  ending: Ending | null;
  /** How many operations were not saved when the room ended. */
  unsaved: number;
}

export const initialRoom: RoomState = {
  link: 'connecting',
  session: null,
  shown: null,
  queue: [],
  touches: {},
  focusedBy: null,
  lastShuffle: null,
  copyFrom: null,
  people: {},
  metas: {},
  you: null,
  connection: null,
  timing: null,
  warning: null,
  warningsSeen: 0,
  early: [],
  missingAfter: null,
  savingPaused: false,
  ending: null,
  unsaved: 0,
};

/** How long the room stays open after the last activity. */
export const timeoutSeconds = (state: RoomState): number | null =>
  state.session?.policy?.timeoutSeconds ?? state.timing?.timeoutSeconds ?? null;

/** How long it can be restored after that. */
export const recoverySeconds = (state: RoomState): number | null => {
  const hours = state.session?.policy?.recoveryHours;
  return hours === undefined ? null : hours * 3600;
};

export const you = (state: RoomState): Person | null =>
  state.you ? (state.people[state.you] ?? null) : null;

export const hostOf = (state: RoomState): Person | null =>
  Object.values(state.people).find((person) => person.role === 'host') ?? null;

/** What is shown follows from what is confirmed and what waits, whichever of them changed. */
export function withShown(before: RoomState, after: RoomState): RoomState {
  if (before.session === after.session && before.queue === after.queue) return after;
  const { session, queue } = after;
  return { ...after, shown: session ? shownSession(session, queue) : null };
}
