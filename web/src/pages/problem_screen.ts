// Which screen a problem gets. Pure, so that the whole table is tested without a browser.
import { isWorthARetry } from '@tarotforge/client';
import { sentenceOf, titleOf } from '../ui/problem_text';
import type { Problem } from '@tarotforge/client';

export interface ProblemScreen {
  kind: 'expired' | 'completed' | 'problem';
  testId: 'expired-screen' | 'completed-screen' | 'problem-screen';
  title: string;
  message: string;
  /** Beyond Home and Marketplace, which every screen offers. */
  offersRestore: boolean;
  offersRetry: boolean;
  /** The session whose restore this screen waits for. */
  waitsFor: string | null;
  restorableUntil: string | null;
}

export function problemScreen(problem: Problem, holdsHostKey: boolean): ProblemScreen {
  const screen = {
    title: titleOf(problem),
    message: sentenceOf(problem),
    offersRestore: false,
    offersRetry: isWorthARetry(problem),
    waitsFor: null,
    restorableUntil: null,
  };
  if (problem.code === 'session_completed') {
    return { ...screen, kind: 'completed', testId: 'completed-screen' };
  }
  if (problem.code !== 'session_expired') {
    return { ...screen, kind: 'problem', testId: 'problem-screen' };
  }
  const sessionId = problem.sessionId ?? null;
  return {
    ...screen,
    kind: 'expired',
    testId: 'expired-screen',
    offersRestore: holdsHostKey && sessionId !== null,
    waitsFor: sessionId,
    restorableUntil: problem.restorableUntil ?? null,
  };
}
