// The routes of one server that people's clients use, one method each.
import { Http, newKey, type Answer } from './http.ts';
import type {
  Commitment,
  Created,
  CreateSession,
  Deck,
  Expiry,
  Invite,
  InvitePreview,
  Joined,
  Lifecycle,
  Operation,
  Participant,
  Role,
  Session,
  Swept,
} from './types.ts';

/** Who asks: the room, and the token that opens it. */
export interface Seat {
  sessionId: string;
  token: string;
}

export interface NewInvite {
  expiresAt?: string;
  maxUses?: number;
  role?: Role;
}

export type HostChange =
  { action: 'hand_over'; participantId: string } | { action: 'take_over' | 'reclaim' };

export interface OperationPage {
  operations: Operation[];
  nextAfter: number | null;
}

const room = (seat: { sessionId: string }, rest = '') =>
  `/v1/sessions/${encodeURIComponent(seat.sessionId)}${rest}`;
const invitePath = (code: string, rest = '') => `/v1/invites/${encodeURIComponent(code)}${rest}`;

function take<T, U>(answer: Answer<T>, pick: (value: T) => U): Answer<U> {
  return answer.ok ? { ok: true, value: pick(answer.value) } : answer;
}

export class Api {
  readonly http: Http;

  constructor(base = '') {
    this.http = new Http(base);
  }

  createSession(body: CreateSession, key = newKey()): Promise<Answer<Created>> {
    return this.http.ask('/v1/sessions', { method: 'POST', body, idempotencyKey: key });
  }

  previewInvite(code: string): Promise<Answer<InvitePreview>> {
    return this.http.ask(invitePath(code));
  }

  joinByInvite(code: string, name: string, key = newKey()): Promise<Answer<Joined>> {
    return this.http.ask(invitePath(code, '/join'), {
      method: 'POST',
      body: name ? { name } : {},
      idempotencyKey: key,
    });
  }

  async getSession(seat: Seat): Promise<Answer<Session>> {
    const answer = await this.http.ask<{ session: Session }>(room(seat), { token: seat.token });
    return take(answer, ({ session }) => session);
  }

  getExpiry(seat: Seat): Promise<Answer<Expiry>> {
    return this.http.ask(room(seat, '/expiry'), { token: seat.token });
  }

  getLifecycle(seat: Seat): Promise<Answer<Lifecycle>> {
    return this.http.ask(room(seat, '/lifecycle'), { token: seat.token });
  }

  reportActivity(
    seat: Seat,
    body: { visible: boolean; active: boolean },
  ): Promise<Answer<void>> {
    return this.post(seat, '/activity', body);
  }

  keepAlive(seat: Seat): Promise<Answer<{ session: Session }>> {
    return this.post(seat, '/keep-alive', {});
  }

  completeSession(seat: Seat): Promise<Answer<{ session: Session }>> {
    return this.post(seat, '/complete', {});
  }

  deleteSession(seat: Seat): Promise<Answer<void>> {
    return this.http.ask(room(seat), { method: 'DELETE', token: seat.token });
  }

  /** By the key given at create, or by the token of whoever is host now. */
  async restoreSession(
    held: Seat & { restoreKey?: string | null },
  ): Promise<Answer<{ session: Session } | undefined>> {
    const { restoreKey } = held;
    const answer = await this.http.ask<{ session: Session }>(room(held, '/restore'), {
      method: 'POST',
      token: restoreKey ? null : held.token,
      body: restoreKey ? { restoreKey } : {},
    });
    // Somebody was faster: the room is open, which is what was wanted.
    const isOpen = !answer.ok && answer.problem.code === 'not_restorable';
    return isOpen ? { ok: true, value: undefined } : answer;
  }

  leaveSession(seat: Seat): Promise<Answer<void>> {
    return this.http.ask(room(seat, '/leave'), {
      method: 'POST',
      body: { token: seat.token, reason: 'left' },
    });
  }

  /** Survives the page: a beacon carries no headers, so the token stands in the body. */
  sendClosedTab(seat: Seat, connection: string | null): void {
    const body = {
      token: seat.token,
      reason: 'closed_tab',
      ...(connection ? { connection } : {}),
    };
    const blob = new Blob([JSON.stringify(body)], { type: 'application/json' });
    globalThis.navigator?.sendBeacon?.(this.http.base + room(seat, '/leave'), blob);
  }

  operationsAfter(seat: Seat, version: number): Promise<Answer<OperationPage>> {
    const path = room(seat, `/operations?after=${version}&limit=500`);
    return this.http.ask(path, { token: seat.token });
  }

  /** What was promised about each shuffle, and what was opened of it. */
  async listShuffles(seat: Seat): Promise<Answer<Commitment[]>> {
    const answer = await this.http.ask<{ shuffles: Commitment[] }>(room(seat, '/shuffles'), {
      token: seat.token,
    });
    return take(answer, ({ shuffles }) => shuffles);
  }

  rename(seat: Seat, name: string): Promise<Answer<{ participant: Participant }>> {
    return this.http.ask(room(seat, '/participants/me'), {
      method: 'PATCH',
      token: seat.token,
      body: { name },
    });
  }

  changeHost(seat: Seat, body: HostChange): Promise<Answer<{ session: Session }>> {
    return this.post(seat, '/host', body);
  }

  createInvite(seat: Seat, body: NewInvite): Promise<Answer<Invite>> {
    return this.post(seat, '/invites', body);
  }

  async listInvites(seat: Seat): Promise<Answer<Invite[]>> {
    const answer = await this.http.ask<{ invites: Invite[] }>(room(seat, '/invites'), {
      token: seat.token,
    });
    return take(answer, ({ invites }) => invites);
  }

  revokeInvite(seat: Seat, code: string): Promise<Answer<void>> {
    return this.http.ask(invitePath(code), { method: 'DELETE', token: seat.token });
  }

  async listDecks(): Promise<Answer<Deck[]>> {
    const answer = await this.http.ask<{ decks: Deck[] }>('/v1/decks');
    return take(answer, ({ decks }) => decks);
  }

  /** Operators only: sweeps now, or says what a sweep would do. */
  cleanup(adminToken: string, dryRun = false): Promise<Answer<Swept>> {
    return this.http.ask(`/v1/admin/cleanup?dryRun=${dryRun}`, {
      method: 'POST',
      token: adminToken,
      body: {},
    });
  }

  private post<T>(seat: Seat, path: string, body: object): Promise<Answer<T>> {
    return this.http.ask(room(seat, path), { method: 'POST', token: seat.token, body });
  }
}
