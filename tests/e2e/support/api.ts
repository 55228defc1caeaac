// The HTTP API as a test speaks it: a call answers with its status and its JSON.
import { randomUUID } from 'node:crypto';

export interface Answer<T> {
  status: number;
  body: T;
}

export interface Session {
  id: string;
  version: number;
  generation: number;
  status: string;
  expiresAt: string;
  cards: { index: number; position: string; cardId: string | null; x: number; y: number }[];
}

export interface Created {
  session: Session;
  participant: { id: string };
  token: string;
  restoreKey: string;
  invite: { code: string; url: string };
}

export async function call<T>(
  base: string,
  method: string,
  path: string,
  options: { token?: string; body?: unknown; key?: string } = {},
): Promise<Answer<T>> {
  const headers: Record<string, string> = {};
  if (options.token) headers.Authorization = `Bearer ${options.token}`;
  if (options.key) headers['Idempotency-Key'] = options.key;
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  const response = await fetch(base + path, {
    method,
    headers,
    body: options.body === undefined ? undefined : JSON.stringify(options.body),
  });
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : null) as T };
}

export async function createSession(base: string, extra: object = {}): Promise<Created> {
  const answer = await call<Created>(base, 'POST', '/v1/sessions', {
    body: { deckId: 'classic', layout: 'freestyle', name: 'Host', ...extra },
    key: randomUUID(),
  });
  if (answer.status !== 201) throw new Error(`create: ${JSON.stringify(answer)}`);
  return answer.body;
}

// Waits until `look` answers with something, asking again and again until the deadline.
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  withinMs = 10_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
