// Who is here, made from the join reply and the Phoenix Presence frames. Pure.
// A person stays in the list after leaving, as offline, until they are removed or the page reloads.
import type {
  JoinReply,
  Participant,
  PresenceDiff,
  PresenceLevel,
  PresenceMap,
  PresenceMeta,
} from '../wire/types.ts';
import type { Person, RoomState } from './state.ts';

const ORDER: PresenceLevel[] = ['active', 'visible', 'connected', 'reconnecting', 'offline'];

/** Several connections are one person, as present as the most present of them. */
function best(metas: PresenceMeta[]): PresenceMeta | null {
  let found: PresenceMeta | null = null;
  for (const meta of metas) {
    if (!found || ORDER.indexOf(meta.presence) < ORDER.indexOf(found.presence)) found = meta;
  }
  return found;
}

const fromParticipant = (participant: Participant): Person => ({
  id: participant.id,
  name: participant.name,
  role: participant.role,
  presence: participant.presence,
  since:
    participant.presence === 'offline'
      ? (participant.leftAt ?? participant.lastSeenAt ?? participant.joinedAt)
      : null,
  reason: participant.leaveReason ?? null,
});

export function peopleAtJoin(state: RoomState, reply: JoinReply): Record<string, Person> {
  const people: Record<string, Person> = {};
  for (const participant of reply.participants) {
    const known = state.people[participant.id];
    if (participant.leaveReason === 'kicked') continue;
    const person = fromParticipant(participant);
    const unchanged = known?.presence === person.presence;
    people[participant.id] = unchanged
      ? { ...person, since: person.since ?? known.since, reason: person.reason ?? known.reason }
      : person;
  }
  return people;
}

function personFrom(id: string, meta: PresenceMeta, known: Person | undefined): Person {
  return {
    id,
    name: meta.name ?? known?.name ?? null,
    role: meta.role ?? known?.role ?? 'participant',
    presence: meta.presence,
    since: meta.since,
    reason: meta.reason ?? null,
  };
}

/** The host's id follows the role, so that a hand-over needs no reload. */
function withHost(state: RoomState): RoomState {
  const host = Object.values(state.people).find((person) => person.role === 'host');
  if (!state.session || !host || state.session.hostParticipantId === host.id) return state;
  return { ...state, session: { ...state.session, hostParticipantId: host.id } };
}

/** A hand-over is two updates; between them the newest host counts. */
function demoteOthers(people: Record<string, Person>, hostId: string): Record<string, Person> {
  const next: Record<string, Person> = {};
  for (const [id, person] of Object.entries(people)) {
    next[id] =
      person.role === 'host' && id !== hostId ? { ...person, role: 'reader' } : person;
  }
  return next;
}

export function applyState(state: RoomState, presences: PresenceMap): RoomState {
  const metas: Record<string, PresenceMeta[]> = {};
  const people: Record<string, Person> = {};
  for (const [id, person] of Object.entries(state.people)) {
    people[id] =
      id in presences || person.presence === 'offline'
        ? person
        : { ...person, presence: 'offline' };
  }
  for (const [id, entry] of Object.entries(presences)) {
    metas[id] = entry.metas;
    const meta = best(entry.metas);
    if (meta) people[id] = personFrom(id, meta, people[id]);
  }
  return withHost({ ...state, metas, people });
}

export function applyDiff(state: RoomState, diff: PresenceDiff, at: string): RoomState {
  const metas = { ...state.metas };
  let people = { ...state.people };
  for (const [id, entry] of Object.entries(diff.joins)) {
    const fresh = new Set(entry.metas.map((meta) => meta.phx_ref));
    const kept = (metas[id] ?? []).filter((meta) => !fresh.has(meta.phx_ref));
    metas[id] = [...kept, ...entry.metas];
  }
  for (const [id, entry] of Object.entries(diff.leaves)) {
    const gone = new Set(entry.metas.map((meta) => meta.phx_ref));
    metas[id] = (metas[id] ?? []).filter((meta) => !gone.has(meta.phx_ref));
  }
  const touched = new Set([...Object.keys(diff.joins), ...Object.keys(diff.leaves)]);
  for (const id of touched) {
    const meta = best(metas[id] ?? []);
    if (meta) {
      people[id] = personFrom(id, meta, people[id]);
      if (meta.role === 'host' && id in diff.joins) people = demoteOthers(people, id);
      continue;
    }
    delete metas[id];
    const known = people[id];
    const reason = diff.leaves[id]?.metas[0]?.reason ?? null;
    if (reason === 'kicked') delete people[id];
    else if (known) people[id] = { ...known, presence: 'offline', since: at, reason };
  }
  return withHost({ ...state, metas, people });
}
