// (RoomState, RoomEvent) → RoomState, and nothing else: no clock, no socket, no storage.
// Invariants: the version only grows within one join, operations apply in order and once,
// and after an ending only a new join brings the room back.
import type { WireEvent } from '../wire/events.ts';
import type { Expiry, JoinReply, Operation, PresenceDiff, Session } from '../wire/types.ts';
import { applyOperation } from './operations.ts';
import { applyDiff, applyState, peopleAtJoin } from './presence.ts';
import type { RoomCopy } from './copy.ts';
import type { QueuedOperation } from './optimistic.ts';
import { withShown, type Ending, type Link, type RoomState } from './state.ts';

/** Events as the reducer takes them; `at` is the server's time, where it matters. */
export type RoomEvent =
  | Exclude<WireEvent, { type: 'presence_diff' | 'restored' | 'refused' | 'closed' | 'cursor' }>
  | { type: 'presence_diff'; diff: PresenceDiff; at: string }
  /** Operations that were missing, fetched over HTTP. */
  | { type: 'caught_up'; operations: Operation[]; nextAfter: number | null }
  | { type: 'link'; link: Link }
  | { type: 'expiry_answered'; expiry: Expiry }
  | { type: 'queue'; queue: QueuedOperation[]; savingPaused: boolean }
  /** What this browser kept of the room, shown until the server answers. */
  | { type: 'copy'; copy: RoomCopy }
  | { type: 'renamed'; name: string }
  | { type: 'ended'; ending: Ending }
  | { type: 'reentering' };

export const reduce = (state: RoomState, event: RoomEvent): RoomState =>
  withShown(state, changed(state, event));

function changed(state: RoomState, event: RoomEvent): RoomState {
  switch (event.type) {
    case 'joined':
      return joined(state, event.reply);
    case 'operation':
      return withOperations(state, [event.operation]);
    case 'caught_up':
      return caughtUp(state, event.operations, event.nextAfter);
    case 'presence_state':
      return applyState(state, event.presences);
    case 'presence_diff':
      return applyDiff(state, event.diff, event.at);
    case 'expiring':
      return expiring(state, event.generation, event.expiresAt);
    case 'extended':
      return extended(state, event.expiresAt);
    case 'expired':
      return expired(state, event.generation, event.restorableUntil);
    case 'completed':
      return ended(state, { kind: 'completed' });
    case 'expiry_answered':
      return expiryAnswered(state, event.expiry);
    case 'ended':
      return ended(state, event.ending);
    case 'socket_up':
      return state;
    case 'socket_down':
      return isOver(state) ? state : { ...state, link: lostLink(state.link) };
    case 'draining':
      return isOver(state) ? state : { ...state, link: 'restarting' };
    case 'link':
      return isOver(state) ? state : { ...state, link: event.link };
    case 'queue':
      return { ...state, queue: event.queue, savingPaused: event.savingPaused };
    case 'copy':
      return fromCopy(state, event.copy);
    case 'renamed':
      return renamed(state, event.name);
    case 'reentering':
      return { ...state, ...nothingSeen, ending: null, warning: null, link: 'connecting' };
  }
}

/** What is known of the cause stays: a server that said so, a browser without a network. */
const lostLink = (link: Link): Link =>
  link === 'restarting' || link === 'offline' ? link : 'reconnecting';

/** Of what happened while we watched: what was seen before an absence is not news after it. */
const nothingSeen = { touches: {}, lastShuffle: null };

const isOver = (state: RoomState) => state.ending !== null;

function joined(state: RoomState, reply: JoinReply): RoomState {
  const session = reply.session;
  const next: RoomState = {
    ...state,
    ...nothingSeen,
    link: 'live',
    session,
    copyFrom: null,
    people: peopleAtJoin(state, reply),
    metas: {},
    you: reply.you,
    connection: reply.connection,
    timing: reply.timing,
    warning: null,
    early: [],
    missingAfter: null,
    ending: null,
  };
  const warned = warnedAtJoin(next, session, reply.serverTime);
  // The session is whole at its own version; what the reply adds beyond it is applied in order.
  return withOperations(warned, reply.operations);
}

/** Nothing that the server has said is overwritten by what was kept. */
function fromCopy(state: RoomState, copy: RoomCopy): RoomState {
  if (state.session) return state;
  const { session, people, you, timing, savedAt } = copy;
  const away = Object.entries(people).map(([id, person]) => [
    id,
    { ...person, presence: 'offline' as const, since: null, reason: null },
  ]);
  return { ...state, session, people: Object.fromEntries(away), you, timing, copyFrom: savedAt };
}

/** Somebody who joins while the warning stands learns it from the times of the session. */
function warnedAtJoin(state: RoomState, session: Session, serverTime: string): RoomState {
  if (!session.warnsAt || !session.expiresAt) return state;
  const now = Date.parse(serverTime);
  if (now < Date.parse(session.warnsAt) || now >= Date.parse(session.expiresAt)) return state;
  return expiring(state, session.generation, session.expiresAt);
}

function withOperations(state: RoomState, incoming: Operation[]): RoomState {
  if (!state.session || isOver(state)) return state;
  let current = state;
  let waiting = [...state.early];
  for (const operation of incoming) {
    if (waiting.some(({ version }) => version === operation.version)) continue;
    waiting.push(operation);
  }
  waiting.sort((a, b) => a.version - b.version);
  const later: Operation[] = [];
  for (const operation of waiting) {
    const version = current.session?.version ?? 0;
    if (operation.version <= version) continue;
    if (operation.version === version + 1) current = applyOperation(current, operation);
    else later.push(operation);
  }
  const version = current.session?.version ?? 0;
  return { ...current, early: later, missingAfter: later.length > 0 ? version : null };
}

function caughtUp(
  state: RoomState,
  operations: Operation[],
  nextAfter: number | null,
): RoomState {
  const next = withOperations(state, operations);
  if (nextAfter === null || !next.session || nextAfter < next.session.version) return next;
  return { ...next, missingAfter: next.session.version };
}

function expiring(state: RoomState, generation: number, expiresAt: string): RoomState {
  const { session } = state;
  if (!session || isOver(state) || generation !== session.generation) return state;
  const number = state.warningsSeen + 1;
  return {
    ...state,
    session: { ...session, expiresAt },
    warning: { generation, expiresAt, number },
    warningsSeen: number,
  };
}

function extended(state: RoomState, expiresAt: string): RoomState {
  if (!state.session) return state;
  return { ...state, warning: null, session: { ...state.session, expiresAt, warnsAt: null } };
}

function expired(
  state: RoomState,
  generation: number | null,
  restorableUntil: string | null,
): RoomState {
  const known = state.session?.generation;
  if (generation !== null && known !== undefined && generation < known) return state;
  return ended(state, { kind: 'expired', restorableUntil });
}

/** The first ending stands: a close that follows an expiry does not replace it. */
function ended(state: RoomState, ending: Ending): RoomState {
  if (isOver(state)) return state;
  const unsaved = state.queue.length;
  return { ...state, ending, unsaved, warning: null, early: [], missingAfter: null };
}

/** Over HTTP, while the socket is down, the same news comes as an answer. */
function expiryAnswered(state: RoomState, expiry: Expiry): RoomState {
  if (expiry.expired) {
    return ended(state, { kind: 'expired', restorableUntil: expiry.restorableUntil });
  }
  if (!state.session || isOver(state) || !expiry.expiresAt) return state;
  const { expiresAt, warnsAt } = expiry;
  const session = { ...state.session, expiresAt, warnsAt };
  const warned = warnsAt !== null && Date.parse(expiry.serverTime) >= Date.parse(warnsAt);
  if (!warned) return { ...state, session, warning: null };
  if (state.warning?.expiresAt === expiresAt) return { ...state, session };
  return expiring({ ...state, session }, session.generation, expiresAt);
}

function renamed(state: RoomState, name: string): RoomState {
  const person = state.you ? state.people[state.you] : undefined;
  if (!person) return state;
  return { ...state, people: { ...state.people, [person.id]: { ...person, name } } };
}
