// What a room's connection tells: the server's events, typed, and the fate of the socket.
import type { Cursor, JoinReply, Operation, PresenceDiff, PresenceMap, Problem } from './types.ts';

export type CloseReason = 'kicked' | 'replaced' | 'left' | 'protocol_error' | 'unknown';

export type WireEvent =
  /** The socket opened, or is lost and being sought again. */
  | { type: 'socket_up' }
  | { type: 'socket_down' }
  | { type: 'joined'; reply: JoinReply }
  /** The join was refused for good; the connection does not try again. */
  | { type: 'refused'; problem: Problem }
  | { type: 'operation'; operation: Operation }
  | { type: 'presence_state'; presences: PresenceMap }
  | { type: 'presence_diff'; diff: PresenceDiff }
  | { type: 'expiring'; generation: number; expiresAt: string; secondsLeft: number }
  | { type: 'extended'; expiresAt: string }
  | { type: 'expired'; generation: number | null; restorableUntil: string | null }
  | { type: 'completed'; restorableUntil: string | null }
  /** Heard on the waiting topic: the host brought the reading back. */
  | { type: 'restored' }
  | { type: 'draining'; reconnectAfterMs: number }
  /** Where somebody points; never stored. */
  | { type: 'cursor'; by: string; cursor: Cursor }
  /** Closed for good; the reason says why, where the server said so. */
  | { type: 'closed'; reason: CloseReason };
