// The shapes of the operators' API that the dashboard reads. Times are RFC 3339 strings in UTC.
import type { PresenceLevel, Role, SessionStatus } from '@tarotforge/client';

export interface Stats {
  serverTime: string;
  version: string;
  serverId: string;
  startedAt: string;
  memoryBytes: number | null;
  totalSessions: number;
  activeSessions: number;
  warnedSessions: number;
  expiredLastHour: number;
  restorableSessions: number;
  completedSessions: number;
  purgedSessions: number;
  totalParticipants: number;
  participants: Record<'active' | 'visible' | 'connected' | 'reconnecting', number> | null;
  connections: number | null;
  perSecond: { joins: number; operations: number; heartbeats: number } | null;
  deadlines: Record<'within5Minutes' | 'within15Minutes' | 'within60Minutes', number> | null;
  expiryLatenessSeconds: Lateness | null;
  warningsMissed: number;
  lastSweep: Sweep | null;
  /** Of this server, newest first. */
  sweeps: Sweep[];
  sweepOverdue: boolean;
  sweepBacklog: number | null;
  flushLagSeconds: number | null;
  degraded: boolean;
  outages: { count: number; seconds: number };
  recentOutages: { startedAt: string; endedAt: string | null; creditSeconds: number }[];
  reconnects: { returned: number; missed: number } | null;
  refusals: { code: string; count: number; lastMinute: number }[];
  servers: ServerLine[];
  webhooks: WebhookTarget[];
}

export interface Lateness {
  p50: number;
  p99: number;
  max: number;
  count: number;
  /** Cumulative: how many were at most so late. What is beyond the last is `count` less it. */
  buckets?: { le: number; count: number }[];
}

export interface Sweep {
  at: string;
  durationMs: number;
  expired: number;
  purged: number;
}

export interface ServerLine {
  id: string;
  version: string;
  startedAt: string;
  aliveAt: string;
  stopped: boolean;
}

export interface WebhookTarget {
  target: string;
  /** Named in the settings; others still have something kept for them. */
  configured: boolean;
  waiting: number;
  dead: number;
  oldestWaitingAt: string | null;
}

export interface Webhook {
  id: string;
  state: 'waiting' | 'dead';
  target: string;
  type: string;
  timestamp: string;
  data: { sessionId: string };
  attempts: number;
  nextAttemptAt: string | null;
  lastError: string | null;
}

export interface ToldEvent {
  /** Of the server that tells it. */
  id: number;
  at: string;
  type: string;
  sessionId: string;
  participantId: string | null;
  data: Record<string, unknown>;
}

export interface LiveEvent extends ToldEvent {
  /** Its own among the events of all servers. */
  key: string;
}

type Column = (number | null)[];

/** What was, column by column; null where no server ran. */
export interface Series {
  at: number[];
  activeSessions: Column;
  connected: Column;
  connections: Column;
  joins: Column;
  operations: Column;
  heartbeats: Column;
  memoryBytes: Column;
  latenessP99: Column;
  flushLagSeconds: Column;
}

export interface SessionLine {
  id: string;
  status: SessionStatus;
  generation: number;
  deckId: string;
  participantCount: number;
  createdAt: string;
  lastActivityAt: string;
  endedAt: string | null;
  restorableUntil: string | null;
}

export interface AuditEntry {
  id: string;
  sequence: number;
  type: string;
  generation: number;
  participantId: string | null;
  data: Record<string, unknown>;
  at: string;
}

export interface PolicyValue {
  value: number | string;
  origin: 'default' | 'setting' | 'session';
}

export type PolicyName =
  'timeoutSeconds' | 'warningSeconds' | 'keepAlive' | 'recoveryHours' | 'maxParticipants';

/** When a session expires, and why it lives. */
export interface Explanation {
  sessionId: string;
  status: SessionStatus;
  generation: number;
  serverTime: string;
  policy: Record<PolicyName, PolicyValue>;
  lastActivity: { at: string; by: string; participantId: string | null };
  keptAliveBy: { participantId: string; presence: PresenceLevel }[];
  warnedAt: string | null;
  warnsAt: string | null;
  expiresAt: string | null;
  extendedUntil: string | null;
  expiresBecause: 'inactivity_timeout' | 'warning_not_shown' | 'extended_by_operator' | null;
  endedAt: string | null;
  endReason: string | null;
  /** As the audit log says. */
  expiredBecause: 'inactivity_timeout' | 'operator' | null;
  restorableUntil: string | null;
}

export interface ParticipantLine {
  id: string;
  role: Role;
  joinedAt: string;
  lastSeenAt: string | null;
  leftAt: string | null;
  leaveReason: string | null;
  presence: PresenceLevel;
}

export interface OperationLine {
  version: number;
  kind: string;
  by: string;
  at: string;
}

export interface Analytics {
  from: string;
  to: string;
  sessionsPerDay: { day: string; created: number; expired: number; completed: number }[];
  durations: { le: number | null; count: number }[];
  participantsPerSession: { participants: number; count: number }[];
  funnel: Record<'created' | 'invited' | 'joined' | 'firstCard' | 'completed', number>;
  ended: { expired: number; completed: number };
  warnings: { sent: number; answered: number };
  restores: number;
  /** Seven rows of 24 hours, Monday first. */
  hours: number[][];
  cohorts: { month: string; hosts: number; returned: number[] }[];
  /** null: of sessions that were purged. */
  decks: { deckId: string | null; count: number }[];
  layouts: { layout: string | null; count: number }[];
}
