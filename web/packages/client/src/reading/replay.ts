// A reading once more, from its operations: the table after each of them. Pure.
import { applyToSession } from '../room/operations.ts';
import type { Operation, Session } from '../wire/types.ts';

export interface ReplayStep {
  operation: Operation;
  session: Session;
}

/** Everything that can change goes back to how a session is created. */
function atBeginning(session: Session, operations: Operation[]): Session {
  const layout = operations.find(({ kind }) => kind === 'choose_layout') ? 'three-card' : null;
  return {
    ...session,
    layout: layout ?? session.layout,
    question: null,
    interpretation: null,
    readingStep: 'setup',
    cards: [],
    deckRemaining: session.deckRemaining + session.cards.length,
    activeCardIndex: null,
    tableLocked: false,
    version: 0,
  };
}

/** `session` as it is at the end; `operations` all of them, in order. */
export function replay(session: Session, operations: Operation[]): ReplayStep[] {
  const steps: ReplayStep[] = [];
  let current = atBeginning(session, operations);
  for (const operation of operations) {
    current = { ...applyToSession(current, operation), version: operation.version };
    steps.push({ operation, session: current });
  }
  return steps;
}

// Moves of a drag, and what only directs the eye, are no steps of their own.
const PASSING = new Set(['move', 'rotate', 'focus', 'lock_table']);

/** The steps worth stopping at; of several changes in passing the last stands for all. */
export function keySteps(steps: ReplayStep[]): ReplayStep[] {
  return steps.filter(({ operation }, index) => {
    if (!PASSING.has(operation.kind)) return true;
    const next = steps[index + 1]?.operation;
    return !next || !PASSING.has(next.kind);
  });
}
