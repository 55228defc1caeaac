// The routes of the server that the UI uses, one function each.
import { ask, newKey, type Answer } from './http';
import type {
  Created,
  CreateSession,
  Deck,
  Expiry,
  Invite,
  InvitePreview,
  Joined,
  Operation,
  Participant,
  Role,
  Session,
} from './types';

/** Who asks: the room, and the token that opens it. */
export interface Seat {
  sessionId: string;
  token: string;
}

const room = (seat: { sessionId: string }, rest = '') =>
  `/v1/sessions/${encodeURIComponent(seat.sessionId)}${rest}`;
const invitePath = (code: string, rest = '') => `/v1/invites/${encodeURIComponent(code)}${rest}`;

function take<T, U>(answer: Answer<T>, pick: (value: T) => U): Answer<U> {
  return answer.ok ? { ok: true, value: pick(answer.value) } : answer;
}

/** Answers hold the session under its name, or are the session itself. */
const sessionOf = (value: { session: Session } | Session): Session =>
  'session' in value ? value.session : value;
const listOf = <T>(value: T[] | Record<string, T[]>, name: string): T[] =>
  Array.isArray(value) ? value : (value[name] ?? []);

export const createSession = (body: CreateSession, key = newKey()) =>
  ask<Created>('/v1/sessions', { method: 'POST', body, idempotencyKey: key });

export const previewInvite = (code: string) => ask<InvitePreview>(invitePath(code));

export const joinByInvite = (code: string, name: string, key = newKey()) =>
  ask<Joined>(invitePath(code, '/join'), {
    method: 'POST',
    body: name ? { name } : {},
    idempotencyKey: key,
  });

export async function getSession(seat: Seat): Promise<Answer<Session>> {
  const answer = await ask<{ session: Session } | Session>(room(seat), { token: seat.token });
  return take(answer, sessionOf);
}

export const getExpiry = (seat: Seat) =>
  ask<Expiry>(room(seat, '/expiry'), { token: seat.token });

export const reportActivity = (seat: Seat, body: { visible: boolean; active: boolean }) =>
  ask<void>(room(seat, '/activity'), { method: 'POST', token: seat.token, body });

export const keepAlive = (seat: Seat) =>
  ask<unknown>(room(seat, '/keep-alive'), { method: 'POST', token: seat.token, body: {} });

export const completeSession = (seat: Seat) =>
  ask<unknown>(room(seat, '/complete'), { method: 'POST', token: seat.token, body: {} });

export const deleteSession = (seat: Seat) =>
  ask<void>(room(seat), { method: 'DELETE', token: seat.token });

/** By the key given at create, or by the token of whoever is host now. */
export async function restoreSession(held: {
  sessionId: string;
  token: string;
  restoreKey: string | null;
}): Promise<Answer<unknown>> {
  const answer = await ask<unknown>(room(held, '/restore'), {
    method: 'POST',
    token: held.restoreKey ? null : held.token,
    body: held.restoreKey ? { restoreKey: held.restoreKey } : {},
  });
  // Somebody was faster: the room is open, which is what was wanted.
  const isOpen = !answer.ok && answer.problem.code === 'not_restorable';
  return isOpen ? { ok: true, value: undefined } : answer;
}

export const leaveSession = (seat: Seat) =>
  ask<void>(room(seat, '/leave'), {
    method: 'POST',
    body: { token: seat.token, reason: 'left' },
  });

/** Survives the page: a beacon carries no headers, so the token stands in the body. */
export function sendClosedTab(seat: Seat, connection: string | null): void {
  const body = { token: seat.token, reason: 'closed_tab', ...(connection ? { connection } : {}) };
  const blob = new Blob([JSON.stringify(body)], { type: 'application/json' });
  navigator.sendBeacon?.(room(seat, '/leave'), blob);
}

export const operationsAfter = (seat: Seat, version: number) =>
  ask<{ operations: Operation[]; nextAfter: number | null }>(
    room(seat, `/operations?after=${version}&limit=500`),
    { token: seat.token },
  );

export const rename = (seat: Seat, name: string) =>
  ask<{ participant: Participant }>(room(seat, '/participants/me'), {
    method: 'PATCH',
    token: seat.token,
    body: { name },
  });

export type HostChange =
  { action: 'hand_over'; participantId: string } | { action: 'take_over' | 'reclaim' };

export const changeHost = (seat: Seat, body: HostChange) =>
  ask<unknown>(room(seat, '/host'), { method: 'POST', token: seat.token, body });

export interface NewInvite {
  expiresAt?: string;
  maxUses?: number;
  role?: Role;
}

export async function createInvite(seat: Seat, body: NewInvite): Promise<Answer<Invite>> {
  const answer = await ask<{ invite: Invite } | Invite>(room(seat, '/invites'), {
    method: 'POST',
    token: seat.token,
    body,
  });
  return take(answer, (value) => ('invite' in value ? value.invite : value));
}

export async function listInvites(seat: Seat): Promise<Answer<Invite[]>> {
  const answer = await ask<Invite[] | { invites: Invite[] }>(room(seat, '/invites'), {
    token: seat.token,
  });
  return take(answer, (value) => listOf(value, 'invites'));
}

export const revokeInvite = (seat: Seat, code: string) =>
  ask<void>(invitePath(code), { method: 'DELETE', token: seat.token });

export async function listDecks(): Promise<Answer<Deck[]>> {
  const answer = await ask<Deck[] | { decks: Deck[] }>('/v1/decks');
  return take(answer, (value) => listOf(value, 'decks'));
}
