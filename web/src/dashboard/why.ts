// Why a session lives, or why it does not any more: one sentence of the catalogue and what it counts.
// Pure.
import type { Explanation } from './types';

export type Why =
  | { kind: 'keptBy'; people: number; keepAlive: string }
  | { kind: 'warned'; secondsLeft: number }
  | { kind: 'waitsForWarning'; secondsLeft: number }
  | { kind: 'extended'; secondsLeft: number }
  | { kind: 'recent'; by: string; secondsAgo: number; secondsLeft: number }
  | { kind: 'due'; secondsLate: number }
  | { kind: 'expired'; by: Explanation['expiredBecause']; restorableFor: number | null }
  | { kind: 'completed' }
  | { kind: 'purged' };

const seconds = (later: string, earlier: string): number =>
  (Date.parse(later) - Date.parse(earlier)) / 1000;

export function whyOf(explanation: Explanation): Why {
  const { status, serverTime, expiresAt, keptAliveBy, lastActivity, restorableUntil } = explanation;
  if (status === 'purged') return { kind: 'purged' };
  if (status === 'completed') return { kind: 'completed' };
  if (status === 'expired') {
    const left = restorableUntil === null ? 0 : seconds(restorableUntil, serverTime);
    const by = explanation.expiredBecause;
    return { kind: 'expired', by, restorableFor: left > 0 ? left : null };
  }
  if (keptAliveBy.length > 0) {
    const keepAlive = String(explanation.policy.keepAlive.value);
    return { kind: 'keptBy', people: keptAliveBy.length, keepAlive };
  }
  const secondsLeft = expiresAt === null ? 0 : seconds(expiresAt, serverTime);
  if (secondsLeft <= 0) return { kind: 'due', secondsLate: -secondsLeft };
  if (explanation.expiresBecause === 'warning_not_shown') {
    return { kind: 'waitsForWarning', secondsLeft };
  }
  if (explanation.warnedAt !== null) return { kind: 'warned', secondsLeft };
  if (explanation.expiresBecause === 'extended_by_operator') {
    return { kind: 'extended', secondsLeft };
  }
  const secondsAgo = Math.max(0, seconds(serverTime, lastActivity.at));
  return { kind: 'recent', by: lastActivity.by, secondsAgo, secondsLeft };
}
