// The rooms that this browser has a seat in, kept in localStorage: the only place where tokens
// and restore keys live. Reading never fails: damaged or missing storage is an empty list.
import type { Problem, Role } from '@tarotforge/client';
import { roomCopies } from './room_copies';

export interface KnownRoom {
  sessionId: string;
  token: string;
  restoreKey: string | null;
  participantId: string;
  name: string;
  role: Role;
  deckId: string;
  inviteUrl: string | null;
  enteredAt: string;
}

const KEY = 'tarotforge.rooms';
const NAME_KEY = 'tarotforge.name';
// A browser is in few rooms at once; the oldest are long purged.
const MAX_ROOMS = 50;

const isKnownRoom = (value: unknown): value is KnownRoom =>
  typeof value === 'object' &&
  value !== null &&
  'sessionId' in value &&
  typeof value.sessionId === 'string' &&
  'token' in value &&
  typeof value.token === 'string';

// Where storage is forbidden, the rooms of this page's life.
let unsaved: KnownRoom[] | null = null;

export function knownRooms(): KnownRoom[] {
  if (unsaved) return unsaved;
  try {
    const list: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(list) ? list.filter(isKnownRoom) : [];
  } catch {
    return [];
  }
}

export const knownRoom = (sessionId: string): KnownRoom | null =>
  knownRooms().find((room) => room.sessionId === sessionId) ?? null;

function write(rooms: KnownRoom[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(rooms.slice(0, MAX_ROOMS)));
    unsaved = null;
  } catch {
    unsaved = rooms.slice(0, MAX_ROOMS);
  }
}

export function rememberRoom(room: KnownRoom): void {
  write([room, ...knownRooms().filter(({ sessionId }) => sessionId !== room.sessionId)]);
}

export function updateRoom(sessionId: string, change: Partial<KnownRoom>): void {
  write(
    knownRooms().map((room) => (room.sessionId === sessionId ? { ...room, ...change } : room)),
  );
}

/** The server's word that there is nothing left: deleted, purged, or no seat in it any more. */
export const isGone = ({ status, code }: Problem): boolean =>
  status === 401 || status === 404 || code === 'session_purged';

export function forgetRoom(sessionId: string): void {
  roomCopies.forget(sessionId);
  write(knownRooms().filter((room) => room.sessionId !== sessionId));
}

/** Holds what restoring needs: the key given at create, or the host's token. */
export const mayRestore = (room: KnownRoom | null): boolean =>
  room !== null && (room.restoreKey !== null || room.role === 'host');

export function lastName(): string {
  try {
    return localStorage.getItem(NAME_KEY) ?? '';
  } catch {
    return '';
  }
}

export function rememberName(name: string): void {
  try {
    localStorage.setItem(NAME_KEY, name);
  } catch {
    // The name is only a convenience.
  }
}
