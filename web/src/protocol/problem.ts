// Problems as values. Whatever went wrong with a request is one of these; nothing is thrown.
import { texts } from '../ui/texts';
import { errorTable, type KnownError } from './error_table';
import type { Problem } from './types';

/** Codes that only this client makes: the server could not be asked, or answered nonsense. */
export const networkProblem: Problem = { status: 0, code: 'network' };
const unreadable = (status: number): Problem => ({ status, code: 'internal' });

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Reads a problem out of an answer's body; a body that is none becomes `internal`. */
export function toProblem(status: number, body: unknown): Problem {
  if (!isObject(body) || typeof body.code !== 'string') return unreadable(status);
  const problem: Problem = {
    status: typeof body.status === 'number' ? body.status : status,
    code: body.code,
  };
  const title = text(body.title);
  const detail = text(body.detail);
  const sessionId = text(body.sessionId);
  const restorableUntil = text(body.restorableUntil);
  if (title) problem.title = title;
  if (detail) problem.detail = detail;
  if (sessionId) problem.sessionId = sessionId;
  if (restorableUntil) problem.restorableUntil = restorableUntil;
  if (Array.isArray(body.actions)) {
    problem.actions = body.actions.filter((action) => typeof action === 'string');
  }
  if (typeof body.retryAfterSeconds === 'number') {
    problem.retryAfterSeconds = body.retryAfterSeconds;
  }
  return problem;
}

const known: Partial<Record<string, KnownError>> = errorTable;
const own: Partial<Record<string, string>> = texts.problems;
const ownTitles: Partial<Record<string, string>> = texts.titles;

/** The sentence for people: the server's own where it sent one, else the table's. */
export const sentenceOf = ({ code, detail }: Problem): string =>
  detail ?? own[code] ?? known[code]?.sentence ?? errorTable.internal.sentence;

export const titleOf = ({ code, title }: Problem): string =>
  ownTitles[code] ?? title ?? known[code]?.title ?? texts.titles.other;

/** Whether it may look different a moment later without anybody doing anything here. */
export const isWorthARetry = ({ code }: Problem): boolean =>
  code === networkProblem.code || known[code]?.retryable === true;

/** Whether the same request, with the same key, may be sent again by itself. */
export function isRetryable(problem: Problem): boolean {
  return (
    problem.code === 'network' ||
    problem.status === 503 ||
    problem.status === 429 ||
    problem.code === 'request_timeout'
  );
}
