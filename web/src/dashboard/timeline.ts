// A session's life as a drawing: spans of its states, bars of who was there, marks of what happened,
// on one axis of time. Reckoned from its audit log and its participants. Pure.
import type { AuditEntry, Explanation, OperationLine, ParticipantLine } from './types';

export interface Span {
  kind: 'open' | 'warned' | 'expired' | 'completed' | 'purged';
  from: number;
  to: number;
}

export interface Presence {
  id: string;
  role: ParticipantLine['role'];
  presence: ParticipantLine['presence'];
  spans: { from: number; to: number; now: boolean }[];
}

export interface Timeline {
  from: number;
  to: number;
  now: number;
  spans: Span[];
  people: Presence[];
  marks: { at: number; type: string }[];
  operations: number[];
  ticks: number[];
}

export interface Told {
  explanation: Explanation;
  entries: AuditEntry[];
  participants: ParticipantLine[];
  operations: OperationLine[];
}

const SHORTEST_MS = 60_000; // an axis of less says nothing

const STATES: Partial<Record<string, Span['kind']>> = {
  created: 'open',
  extended: 'open',
  restored: 'open',
  warned: 'warned',
  expired: 'expired',
  completed: 'completed',
  purged: 'purged',
};

const time = (text: string): number => Date.parse(text);

export function timelineOf({ explanation, entries, participants, operations }: Told): Timeline {
  const now = time(explanation.serverTime);
  const first = entries[0];
  const from = first ? time(first.at) : now;
  const done = operations.map(({ at }) => time(at));
  const to = Math.max(endOf(explanation, entries, now), from + SHORTEST_MS, done.at(-1) ?? 0);
  return {
    from,
    to,
    now,
    spans: spansOf(entries, Math.min(now, to)),
    people: participants.map((person) => presenceOf(person, entries, now)),
    marks: entries.map(({ at, type }) => ({ at: time(at), type })),
    operations: done,
    ticks: ticksOf(from, to),
  };
}

/** While it is open the axis reaches to the deadline; an ended session's ends a little after it did. */
function endOf({ expiresAt }: Explanation, entries: AuditEntry[], now: number): number {
  if (expiresAt !== null) return Math.max(now, time(expiresAt));
  const last = entries[entries.length - 1];
  const first = entries[0];
  if (!first || !last) return now;
  const length = time(last.at) - time(first.at);
  return Math.min(now, time(last.at) + Math.max(length * 0.06, SHORTEST_MS));
}

function spansOf(entries: AuditEntry[], to: number): Span[] {
  const spans: Span[] = [];
  for (const entry of entries) {
    const kind = STATES[entry.type];
    const current = spans[spans.length - 1];
    if (!kind || kind === current?.kind) continue;
    const at = time(entry.at);
    if (current) current.to = at;
    spans.push({ kind, from: at, to });
  }
  return spans;
}

/** From each join to the leave after it, or to when they were last seen. */
function presenceOf(person: ParticipantLine, entries: AuditEntry[], now: number): Presence {
  const isHere = person.presence !== 'offline';
  const seen = isHere ? now : time(person.leftAt ?? person.lastSeenAt ?? person.joinedAt);
  const spans: Presence['spans'] = [];
  let since: number | null = time(person.joinedAt);
  for (const { type, at, participantId } of entries) {
    if (participantId !== person.id) continue;
    // Somebody who returns without having left was there all the time.
    if (type === 'joined') since ??= time(at);
    if (type === 'left' && since !== null) {
      spans.push({ from: since, to: time(at), now: false });
      since = null;
    }
  }
  if (since !== null) spans.push({ from: since, to: Math.max(seen, since), now: isHere });
  return { id: person.id, role: person.role, presence: person.presence, spans };
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  MINUTE / 6, MINUTE / 2, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE,
  HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 30 * DAY,
];
const MAX_TICKS = 7; // of "14:30" on a wide screen

/** Round moments of the viewer's clock. */
export function ticksOf(from: number, to: number): number[] {
  const step = STEPS.find((each) => (to - from) / each <= MAX_TICKS) ?? (to - from) / MAX_TICKS;
  const offset = new Date(from).getTimezoneOffset() * MINUTE;
  const ticks: number[] = [];
  const start = Math.ceil((from - offset) / step) * step + offset;
  for (let tick = start; tick <= to; tick += step) ticks.push(tick);
  return ticks;
}
