// A reading as a whole, for those who hold a seat in it: how it stands, what was done, by whom, and
// what became of the promises about its shuffles. Without the server what this browser kept will do.
import {
  verify,
  type Operation,
  type Person,
  type Problem,
  type Seat,
  type Session,
  type Verdict,
} from '@tarotforge/client';
import { useEffect, useState } from 'react';
import { isGone, knownRoom } from '../room/known_rooms';
import { roomCopies } from '../room/room_copies';
import { api } from '../server';

export interface Reading {
  session: Session;
  people: Record<string, Person>;
  /** All of them; none where they could not be fetched to the last. */
  operations: Operation[];
  /** The operations could not be fetched. */
  cut: boolean;
  verdicts: Verdict[];
  /** The server could not be asked: this is what the browser kept. */
  kept: boolean;
}

export type Fetched =
  | { state: 'loading' }
  | { state: 'ready'; reading: Reading }
  | { state: 'problem'; problem: Problem };

/** A browser that kept no copy still knows who sits here. */
function ownSeat(sessionId: string): Record<string, Person> {
  const room = knownRoom(sessionId);
  if (!room?.participantId) return {};
  const { participantId: id, name, role } = room;
  const away = { presence: 'offline' as const, since: null, reason: null };
  return { [id]: { id, name: name || null, role, ...away } };
}

/** Null where a page of them is missing: a reading that ends early would pass for the whole. */
export async function operationsOf(seat: Seat): Promise<Operation[] | null> {
  const all: Operation[] = [];
  let after: number | null = 0;
  while (after !== null) {
    const answer = await api.operationsAfter(seat, after);
    if (!answer.ok) return null;
    all.push(...answer.value.operations);
    after = answer.value.nextAfter;
  }
  return all;
}

async function read(seat: Seat): Promise<Fetched> {
  const copy = roomCopies.load(seat.sessionId);
  const answer = await api.getSession(seat);
  if (!answer.ok) {
    // What the server has erased is erased here too.
    const erased = isGone(answer.problem);
    if (erased) roomCopies.forget(seat.sessionId);
    if (!copy || erased) return { state: 'problem', problem: answer.problem };
    const { session, people } = copy;
    const nothing = { operations: [], cut: false, verdicts: [] };
    return { state: 'ready', reading: { session, people, ...nothing, kept: true } };
  }
  const [operations, shuffles] = await Promise.all([operationsOf(seat), api.listShuffles(seat)]);
  const verdicts = shuffles.ok ? await Promise.all(shuffles.value.map(verify)) : [];
  const reading = {
    session: answer.value,
    people: { ...ownSeat(seat.sessionId), ...copy?.people },
    operations: operations ?? [],
    cut: operations === null,
    verdicts,
    kept: false,
  };
  return { state: 'ready', reading };
}

export function useReading(seat: Seat | null): Fetched {
  const [fetched, setFetched] = useState<Fetched>({ state: 'loading' });
  const sessionId = seat?.sessionId;
  const token = seat?.token;
  useEffect(() => {
    if (!sessionId || !token) return;
    let gone = false;
    void read({ sessionId, token }).then((next) => !gone && setFetched(next));
    return () => {
      gone = true;
    };
  }, [sessionId, token]);
  return fetched;
}
