// Rooms as tests need them: opened and filled over the API, with people's browsers seated in them.
import { randomUUID } from 'node:crypto';
import { call, createSession, type Created } from './api.ts';
import type { Person } from './browser.ts';

export interface Seated {
  sessionId: string;
  token: string;
  participantId: string;
}

export interface Invited {
  code: string;
  url: string;
}

export const seatOf = (room: Created): Seated => ({
  sessionId: room.session.id,
  token: room.token,
  participantId: room.participant.id,
});

export async function operate(base: string, seat: Seated, operation: object): Promise<number> {
  const answer = await call<{ version: number }>(
    base, 'POST', `/v1/sessions/${seat.sessionId}/operations`,
    { token: seat.token, key: randomUUID(), body: operation });
  if (answer.status !== 200) throw new Error(`operate: ${JSON.stringify(answer)}`);
  return answer.body.version;
}

export async function joinAs(base: string, room: Created, name: string): Promise<Seated> {
  const answer = await call<Pick<Created, 'participant' | 'token'>>(
    base, 'POST', `/v1/invites/${room.invite.code}/join`, { body: { name }, key: randomUUID() });
  if (answer.status !== 201) throw new Error(`join: ${JSON.stringify(answer)}`);
  const { participant, token } = answer.body;
  return { sessionId: room.session.id, token, participantId: participant.id };
}

export async function invite(base: string, room: Created, wishes: object): Promise<Invited> {
  const answer = await call<{ invite: Invited } & Invited>(
    base, 'POST', `/v1/sessions/${room.session.id}/invites`, { token: room.token, body: wishes });
  if (answer.status !== 201) throw new Error(`invite: ${JSON.stringify(answer)}`);
  return answer.body.invite ?? answer.body;
}

/** Puts the seat where this person's browser keeps its seats, as if they had sat down there. */
export async function give(person: Person, base: string, room: Created, seat: Seated, name: string) {
  const isHost = seat.participantId === room.participant.id;
  const known = {
    ...seat,
    restoreKey: isHost ? room.restoreKey : null,
    name,
    role: isHost ? 'host' : 'participant',
    deckId: 'classic',
    inviteUrl: room.invite.url,
    enteredAt: new Date().toISOString(),
  };
  await person.page.goto(`${base}/favicon.svg`);
  await person.page.evaluate((seat) => {
    const rooms = JSON.parse(localStorage.getItem('tarotforge.rooms') ?? '[]') as object[];
    localStorage.setItem('tarotforge.rooms', JSON.stringify([seat, ...rooms]));
    localStorage.setItem('tarotforge.name', seat.name);
  }, known);
}

export async function sit(person: Person, base: string, room: Created, seat: Seated, name: string) {
  await give(person, base, room, seat, name);
  await person.page.goto(`${base}/room/${room.session.id}`);
  await person.see('room').waitFor();
}
