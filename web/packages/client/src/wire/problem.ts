// Problems as values. Whatever went wrong with a request is one of these; nothing is thrown.
import { errorTable, type KnownError } from './error_table.ts';
import type { Problem } from './types.ts';

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
/** Whether it may look different a moment later without anybody doing anything here. */
export const isWorthARetry = ({ code }: Problem): boolean =>
  code === networkProblem.code || known[code]?.retryable === true;

/** The table's sentence, where the server sent none. */
export const sentenceOf = ({ code, detail }: Problem): string =>
  detail ?? known[code]?.sentence ?? errorTable.internal.sentence;

/** No answer, a server in trouble, or too much at once: asked again later it may answer. */
export const passes = ({ status }: Problem): boolean =>
  status === 0 || status >= 500 || status === 429;

/** Whether the same request, with the same key, may be sent again by itself. */
export function isRetryable(problem: Problem): boolean {
  return (
    problem.code === 'network' ||
    problem.status === 503 ||
    problem.status === 429 ||
    problem.code === 'request_timeout'
  );
}
