// Values for tests: a room of three cards with a host and a guest.
import type { Card, JoinReply, Operation, Participant, Session } from '../wire/types.ts';
import { reduce, type RoomEvent } from '../room/reducer.ts';
import { initialRoom, type RoomState } from '../room/state.ts';

export const HOST = 'p-host';
export const GUEST = 'p-guest';
export const T0 = '2026-01-01T12:00:00.000Z';

export const after = (seconds: number): string =>
  new Date(Date.parse(T0) + seconds * 1000).toISOString();

export const card = (change: Partial<Card> = {}): Card => ({
  index: 0,
  position: 'past',
  faceUp: false,
  cardId: null,
  name: null,
  isReversed: null,
  x: 0.2,
  y: 0.5,
  z: 0,
  rotation: 0,
  ...change,
});

export const session = (change: Partial<Session> = {}): Session => ({
  id: 's-1',
  hostParticipantId: HOST,
  originalHostParticipantId: HOST,
  hostUserId: null,
  deckId: 'classic',
  layout: 'three-card',
  question: '',
  interpretation: '',
  readingStep: 'drawing',
  cards: [],
  deckRemaining: 78,
  shuffleCommitment: 'aa',
  activeCardIndex: null,
  tableLocked: false,
  version: 0,
  generation: 1,
  isActive: true,
  status: 'active',
  createdAt: T0,
  updatedAt: T0,
  lastActivityAt: T0,
  expiresAt: after(3600),
  warnsAt: after(3300),
  endedAt: null,
  endReason: null,
  restorableUntil: null,
  ...change,
});

const participant = (id: string, role: Participant['role'], name: string): Participant => ({
  id,
  sessionId: 's-1',
  userId: null,
  anonymousId: `a-${id}`,
  name,
  role,
  isActive: true,
  joinedAt: T0,
  lastSeenAt: T0,
  presence: 'active',
});

export const joinReply = (change: Partial<JoinReply> = {}): JoinReply => ({
  session: session(),
  participants: [participant(HOST, 'host', 'Ann'), participant(GUEST, 'participant', 'Ben')],
  you: HOST,
  connection: 'c-1',
  serverTime: T0,
  operations: [],
  timing: {
    pingSeconds: 25,
    pongSeconds: 10,
    graceSeconds: 15,
    presenceSeconds: 30,
    expiryCheckSeconds: 300,
    timeoutSeconds: 3600,
    warningSeconds: 300,
  },
  ...change,
});

export const operation = (
  version: number,
  kind: Operation['kind'],
  fields: Partial<Operation> = {},
): Operation => ({ version, generation: 1, kind, by: HOST, at: after(version), ...fields });

export const drawn = (version: number, index: number, position: string): Operation =>
  operation(version, 'draw', { card: card({ index, position }), deckRemaining: 77 - index });

export const play = (events: RoomEvent[], from: RoomState = initialRoom): RoomState =>
  events.reduce(reduce, from);

export const joinedRoom = (change: Partial<JoinReply> = {}): RoomState =>
  play([{ type: 'joined', reply: joinReply(change) }]);
