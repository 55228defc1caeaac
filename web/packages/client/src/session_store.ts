// The store that pages written for the first implementation know: one current session, its people,
// and methods that create, join, keep, check and leave it. It is a thin face of Api and RoomClient.
import { createStore, type StoreApi } from 'zustand/vanilla';
import { Api, type Seat } from './wire/api.ts';
import { RoomClient, type RoomOptions } from './room/room_client.ts';
import type { Person, RoomState } from './room/state.ts';
import { sentenceOf } from './wire/problem.ts';
import type { CreateSession, Problem, Session } from './wire/types.ts';

/** A seat with what belongs to it; whoever keeps it may return. */
export interface HeldSeat extends Seat {
  participantId: string;
  restoreKey: string | null;
  inviteUrl: string | null;
}

export interface JoinWishes {
  /** `invite`: `id` is an invitation's code. `seat`: a seat held from before. */
  accessMethod: 'invite' | 'seat';
  name?: string;
  seat?: HeldSeat;
}

export interface ReadingSessionState {
  session: Session | null;
  participants: Person[];
  participantId: string | null;
  isHost: boolean;
  isLoading: boolean;
  /** A sentence for people. */
  error: string | null;
  problem: Problem | null;
  expired: boolean;
  seat: HeldSeat | null;
  room: RoomClient | null;
}

export interface ReadingSessionActions {
  /** Opens a room and sits down in it as its host; answers its id. */
  createSession(wishes: CreateSession): Promise<string | null>;
  /** Answers the session's id, or null with `error` set. */
  joinSession(id: string, wishes?: JoinWishes): Promise<string | null>;
  /** A person did something; told at most once per presence interval. */
  updatePresence(): void;
  /** Asks the server. True: it has expired, or is gone. */
  checkSessionExpiry(): Promise<boolean>;
  /** Operators only; answers how many sessions were removed. */
  cleanupInactiveSessions(adminToken: string): Promise<number>;
  leaveSession(): Promise<void>;
}

export type ReadingSessionStore = StoreApi<ReadingSessionState> & ReadingSessionActions;

const nobody: ReadingSessionState = {
  session: null,
  participants: [],
  participantId: null,
  isHost: false,
  isLoading: false,
  error: null,
  problem: null,
  expired: false,
  seat: null,
  room: null,
};

function mirrored(state: RoomState): Partial<ReadingSessionState> {
  const expired = state.ending?.kind === 'expired';
  // Before the room is there, what the answer to create or join said stands.
  if (!state.shown) return { expired };
  return {
    session: state.shown,
    participants: Object.values(state.people),
    participantId: state.you,
    isHost: state.you !== null && state.people[state.you]?.role === 'host',
    expired,
  };
}

/** `base` is '' for the page's own server; in Node it names scheme, host and port. */
export function createReadingSessionStore(
  base = '',
  options: RoomOptions = {},
): ReadingSessionStore {
  const api = new Api(base);
  const store = createStore<ReadingSessionState>(() => nobody);
  const failed = (problem: Problem) => {
    store.setState({ isLoading: false, problem, error: sentenceOf(problem) });
    return null;
  };

  function enter(seat: HeldSeat, session: Session | null): string {
    store.getState().room?.close();
    const room = new RoomClient(api, seat, options);
    store.setState({ ...nobody, seat, room, session, participantId: seat.participantId });
    room.store.subscribe((state) => store.setState(mirrored(state)));
    room.open();
    return seat.sessionId;
  }

  async function createSession(wishes: CreateSession): Promise<string | null> {
    store.setState({ isLoading: true, error: null, problem: null });
    const answer = await api.createSession(wishes);
    if (!answer.ok) return failed(answer.problem);
    const { session, participant, token, restoreKey, invite } = answer.value;
    const inviteUrl = invite.url;
    const seat = { sessionId: session.id, token, participantId: participant.id };
    return enter({ ...seat, restoreKey, inviteUrl }, session);
  }

  async function joinSession(
    id: string,
    { accessMethod, name = '', seat }: JoinWishes = { accessMethod: 'invite' },
  ): Promise<string | null> {
    store.setState({ isLoading: true, error: null, problem: null });
    if (accessMethod === 'seat') {
      return seat ? enter(seat, null) : failed({ status: 401, code: 'unauthorized' });
    }
    const answer = await api.joinByInvite(id, name);
    if (!answer.ok) {
      console.error(`Error joining session: ${sentenceOf(answer.problem)}`);
      return failed(answer.problem);
    }
    const { session, participant, token } = answer.value;
    const held = { sessionId: session.id, token, participantId: participant.id };
    return enter({ ...held, restoreKey: null, inviteUrl: null }, session);
  }

  async function checkSessionExpiry(): Promise<boolean> {
    const { seat } = store.getState();
    if (!seat) return true;
    const answer = await api.getExpiry(seat);
    const gone = !answer.ok && (answer.problem.status === 401 || answer.problem.status === 404);
    const expired = answer.ok ? answer.value.expired : gone;
    console.debug(`Session expiry check: ${expired}`);
    return expired;
  }

  async function cleanupInactiveSessions(adminToken: string): Promise<number> {
    console.debug('Cleaning up inactive sessions...');
    const answer = await api.cleanup(adminToken);
    if (answer.ok) return answer.value.expired;
    console.error(`Cleanup failed: ${sentenceOf(answer.problem)}`);
    failed(answer.problem);
    return 0;
  }

  async function leaveSession(): Promise<void> {
    const { room } = store.getState();
    await room?.leave();
    room?.close();
    store.setState(nobody);
  }

  return Object.assign(store, {
    createSession,
    joinSession,
    updatePresence: () => store.getState().room?.input(true),
    checkSessionExpiry,
    cleanupInactiveSessions,
    leaveSession,
  });
}
