// The shapes of the wire, as the server sends them. Times are RFC 3339 strings in UTC.
// Fields may be added by newer servers; nothing here is validated beyond what the room needs.

export type Role = 'host' | 'reader' | 'participant';
export type PresenceLevel = 'active' | 'visible' | 'connected' | 'reconnecting' | 'offline';
export type LayoutId = 'single-card' | 'three-card' | 'celtic-cross' | 'freestyle';
export type ReadingStep = 'setup' | 'ask-question' | 'drawing' | 'interpretation';
export type SessionStatus = 'active' | 'expired' | 'completed' | 'purged';

export interface Card {
  index: number;
  position: string;
  faceUp: boolean;
  cardId: string | null;
  name: string | null;
  isReversed: boolean | null;
  x: number;
  y: number;
  z: number;
  rotation: number;
}

export interface Session {
  id: string;
  hostParticipantId: string | null;
  /** Who created the session, and may always reclaim the role. */
  originalHostParticipantId?: string;
  hostUserId: string | null;
  deckId: string;
  layout: LayoutId;
  question: string | null;
  interpretation: string | null;
  readingStep: ReadingStep;
  cards: Card[];
  deckRemaining: number;
  shuffleCommitment: string | null;
  activeCardIndex: number | null;
  tableLocked: boolean;
  version: number;
  generation: number;
  isActive: boolean;
  status: SessionStatus;
  createdAt: string;
  updatedAt: string;
  lastActivityAt: string;
  expiresAt: string | null;
  warnsAt: string | null;
  endedAt: string | null;
  endReason: string | null;
  restorableUntil: string | null;
  policy?: Policy;
}

export interface Policy {
  timeoutSeconds: number;
  warningSeconds: number;
  keepAlive: string;
  recoveryHours: number;
  maxParticipants: number;
}

export interface Participant {
  id: string;
  sessionId: string;
  userId: string | null;
  anonymousId: string | null;
  name: string | null;
  role: Role;
  isActive: boolean;
  joinedAt: string;
  lastSeenAt: string | null;
  presence: PresenceLevel;
  leftAt?: string;
  leaveReason?: string;
}

export type OperationKind =
  | 'choose_deck'
  | 'choose_layout'
  | 'set_question'
  | 'set_step'
  | 'shuffle'
  | 'draw'
  | 'flip'
  | 'move'
  | 'rotate'
  | 'return_card'
  | 'focus'
  | 'interpret'
  | 'lock_table'
  | 'remove_participant'
  | 'reset';

/** An operation after its commit: the head, and the fields that its kind carries. */
export interface Operation {
  version: number;
  generation: number;
  kind: OperationKind;
  by: string;
  at: string;
  /** The key it was asked with; whoever asked knows it again. */
  key?: string;
  card?: Card | number | null;
  index?: number;
  deckId?: string;
  layout?: LayoutId;
  question?: string | null;
  step?: ReadingStep;
  shuffleCommitment?: string | null;
  deckRemaining?: number;
  activeCardIndex?: number | null;
  interpretation?: string | null;
  tableLocked?: boolean;
  participantId?: string;
  session?: Session;
}

export interface PresenceMeta {
  phx_ref: string;
  name: string | null;
  role: Role;
  presence: PresenceLevel;
  since: string | null;
  reason?: string;
}

export type PresenceMap = Record<string, { metas: PresenceMeta[] }>;

export interface PresenceDiff {
  joins: PresenceMap;
  leaves: PresenceMap;
}

export interface Timing {
  pingSeconds: number;
  pongSeconds: number;
  graceSeconds: number;
  presenceSeconds: number;
  expiryCheckSeconds: number;
  timeoutSeconds: number;
  warningSeconds: number;
}

export interface JoinReply {
  session: Session;
  participants: Participant[];
  you: string;
  connection: string;
  serverTime: string;
  operations: Operation[];
  timing: Timing;
}

export interface Invite {
  code: string;
  url: string;
  expiresAt: string | null;
  maxUses: number | null;
  uses?: number;
  role: 'reader' | 'participant';
  /** Not revoked, and not closed with its session. */
  isActive?: boolean;
  /** Who came by it; only in the host's list. */
  participantIds?: string[];
}

export interface Deck {
  id: string;
  name: string;
  description?: string;
}

/** A promise about one shuffle; once its deck is put away it is opened with nonce and order. */
export interface Commitment {
  digest: string;
  opened: boolean;
  nonce?: string;
  order?: { id: string; isReversed: boolean }[];
}

/** What a sweep did, or would do. */
export interface Swept {
  dryRun: boolean;
  expired: number;
  purged: number;
  sessions: { id: string; reason: string; lastActivityAt: string }[];
}

/** GET …/lifecycle: how the session stands and why. */
export interface Lifecycle {
  state: string;
  generation: number;
  expiresAt: string | null;
  warnsAt: string | null;
  expiresBecause?: string;
  restorableUntil: string | null;
}

export interface CreateSession {
  deckId: string;
  layout?: LayoutId;
  question?: string;
  name?: string;
  policy?: Partial<Policy>;
}

export interface Created {
  session: Session;
  participant: Participant;
  token: string;
  restoreKey: string;
  invite: Invite;
}

export interface Joined {
  session: Session;
  participant: Participant;
  token: string;
}

export interface InvitePreview {
  status: string;
  session: { id: string; deckId: string; participantCount: number; createdAt: string };
}

export interface Expiry {
  expired: boolean;
  serverTime: string;
  expiresAt: string | null;
  warnsAt: string | null;
  inactiveSeconds: number;
  restorableUntil: string | null;
}

/** RFC 9457. `code` is stable; `detail` is a sentence for people. */
export interface Problem {
  status: number;
  code: string;
  title?: string;
  detail?: string;
  actions?: string[];
  sessionId?: string;
  restorableUntil?: string | null;
  retryAfterSeconds?: number;
}

/** Where a hand is on the table, in 0…1; `card` is what it carries and where, `gone` says it left. */
export interface Cursor {
  x: number;
  y: number;
  card?: { index: number; x: number; y: number };
  gone?: boolean;
}
