// One way to ask the server over HTTP: JSON in, a value or a Problem out, every wait bounded.
import { isRetryable, networkProblem, toProblem } from './problem.ts';
import type { Problem } from './types.ts';

export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem };

export interface Ask {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  token?: string | null;
  body?: unknown;
  /** A request with a key acts once, so it may be repeated after a failure. */
  idempotencyKey?: string;
}

// Longer than the server's own deadlines, so that its answer comes first.
const REQUEST_TIMEOUT_MS = 15_000;
// Two repeats cover a restart of the server; more would only make a person wait.
const REPEAT_AFTER_MS = [500, 2_000];

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** crypto.randomUUID exists only on https and localhost; a room on a LAN address needs this one. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

export class Http {
  /** '' for the page's own server; elsewhere scheme, host and port. */
  readonly base: string;

  constructor(base = '') {
    this.base = base.replace(/\/$/, '');
  }

  async ask<T>(path: string, options: Ask = {}): Promise<Answer<T>> {
    let answer = await this.askOnce<T>(path, options);
    const repeatable = options.idempotencyKey !== undefined;
    for (const delay of REPEAT_AFTER_MS) {
      if (answer.ok || !repeatable || !isRetryable(answer.problem)) return answer;
      await pause(delay);
      answer = await this.askOnce<T>(path, options);
    }
    return answer;
  }

  private async askOnce<T>(path: string, ask: Ask): Promise<Answer<T>> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (ask.token) headers.Authorization = `Bearer ${ask.token}`;
    if (ask.idempotencyKey) headers['Idempotency-Key'] = ask.idempotencyKey;
    const init: RequestInit = {
      method: ask.method ?? 'GET',
      headers,
      cache: 'no-store',
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    };
    if (ask.body !== undefined) {
      headers['Content-Type'] = 'application/json';
      init.body = JSON.stringify(ask.body);
    }
    try {
      const response = await fetch(this.base + path, init);
      if (response.status === 204) return { ok: true, value: undefined as T };
      const body: unknown = await response.json().catch(() => undefined);
      if (response.ok && body !== undefined) return { ok: true, value: body as T };
      const problem = toProblem(response.status, body);
      const retryAfter = Number(response.headers.get('Retry-After'));
      if (Number.isFinite(retryAfter) && retryAfter > 0) problem.retryAfterSeconds = retryAfter;
      return { ok: false, problem };
    } catch {
      return { ok: false, problem: networkProblem };
    }
  }
}
