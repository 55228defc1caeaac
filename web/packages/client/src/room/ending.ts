// How a room is over for this browser, read from what the server answered. Pure.
import type { Answer } from '../wire/http.ts';
import { passes } from '../wire/problem.ts';
import type { Problem, Session } from '../wire/types.ts';
import type { Ending } from './state.ts';

export function endingOf(problem: Problem): Ending {
  switch (problem.code) {
    case 'session_expired':
      return { kind: 'expired', restorableUntil: problem.restorableUntil ?? null, problem };
    case 'session_completed':
      return { kind: 'completed' };
    default:
      return { kind: 'problem', problem };
  }
}

/** Of a room whose topic was closed without a word, by how it stands; null: come in again. */
export function endingByStanding(answer: Answer<Session>): Ending | null {
  if (!answer.ok) {
    if (answer.problem.status === 401) return { kind: 'removed' };
    return passes(answer.problem) ? null : endingOf(answer.problem);
  }
  const { status, restorableUntil } = answer.value;
  if (status === 'expired') return { kind: 'expired', restorableUntil };
  return status === 'completed' ? { kind: 'completed' } : null;
}

/** No way leads back from it, so what still waits will never be sent. */
export const isForGood = ({ kind }: Ending): boolean =>
  kind !== 'expired' && kind !== 'left' && kind !== 'replaced';
