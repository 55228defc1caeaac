// Which screen a problem gets. Pure, so that the whole table is tested without a browser.
import { sentenceOf } from '../protocol/problem';
import type { Problem } from '../protocol/types';
import { texts } from '../ui/texts';

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

// What may look different a moment later without anybody doing anything here.
const WORTH_A_RETRY = new Set([
  'network',
  'internal',
  'overloaded',
  'draining',
  'saving_paused',
  'rate_limited',
  'request_timeout',
  'session_full',
]);

export function problemScreen(problem: Problem, holdsHostKey: boolean): ProblemScreen {
  const known: Record<string, string> = texts.titles;
  const title = known[problem.code] ?? problem.title ?? texts.titles.other;
  const screen = {
    title,
    message: sentenceOf(problem),
    offersRestore: false,
    offersRetry: WORTH_A_RETRY.has(problem.code),
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
