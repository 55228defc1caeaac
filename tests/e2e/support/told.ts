// What clients were told about one room, and whether it still holds. What was asked for and never
// answered may have happened or not, but wholly, and once.
import assert from 'node:assert/strict';
import { call, type Created, type Session } from './api.ts';
import { ADMIN_TOKEN, ON_POSTGRESQL } from './server.ts';

export type State = 'active' | 'expired' | 'completed';

export interface ToldSeat {
  id: string;
  token: string;
  names: string[]; // the last one told, and those asked for since without an answer
  here: boolean; // on a socket, as the server has confirmed
  left: boolean;
  unsureLeft: boolean;
}

export const newSeat = (id: string, token: string, name: string): ToldSeat =>
  ({ id, token, names: [name], here: false, left: false, unsureLeft: false });

interface Operation {
  version: number;
  key: string;
}
interface Invite {
  code: string;
  revokedAt: string | null;
}
interface AuditEntry {
  sequence: number;
  type: string;
  generation: number;
  participantId: string | null;
  data: Record<string, unknown>;
}
export interface Viewed extends Session {
  endedAt: string | null;
  hostParticipantId: string;
}

// Stamps are written as ages, on PostgreSQL by the database's clock: a round trip is uncertain.
const CLOCK_MS = ON_POSTGRESQL ? 60 : 5;

export class Told {
  readonly base: string;
  readonly room: Created;
  readonly seats: ToldSeat[];
  readonly operations = new Map<string, number>(); // key, version
  readonly broadcast = new Map<number, string>(); // version, key
  readonly invites = new Map<string, 'open' | 'revoked' | 'unsure'>();
  unsureInvites = 0;
  states: State[] = ['active']; // likewise
  hosts: string[];
  generation = 1;
  expiresAt: number;
  readonly warnings = new Set<number>(); // generations that were warned, as sockets were told
  readonly ends = new Set<number>(); // and that ended
  readonly complaints: string[] = []; // what no client may be told

  readonly isBrief: boolean; // it ends by itself

  constructor(base: string, room: Created, isBrief: boolean) {
    this.base = base;
    this.room = room;
    this.isBrief = isBrief;
    const { id } = room.participant;
    this.seats = [newSeat(id, room.token, 'Host')];
    this.hosts = [id];
    this.invites.set(room.invite.code, 'open');
    this.expiresAt = Date.parse(room.session.expiresAt);
  }

  get id(): string {
    return this.room.session.id;
  }
  get host(): ToldSeat {
    return this.seats.find(({ id }) => id === this.hosts[0])!;
  }
  seat(id: string): ToldSeat {
    return this.seats.find((each) => each.id === id)!;
  }
  keptUntil(expiresAt: number): void {
    this.expiresAt = Math.max(this.expiresAt, expiresAt);
  }

  private async get<T>(path: string, token: string, status = 200): Promise<T> {
    const answer = await call<T>(this.base, 'GET', path, { token });
    assert.equal(answer.status, status, `GET ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async view(): Promise<Viewed> {
    const path = `/v1/sessions/${this.id}`;
    return (await this.get<{ session: Viewed }>(path, this.room.token)).session;
  }

  // Compares all of it with what the server answers now. From then on what it saw is what is told.
  async check(): Promise<Viewed> {
    assert.deepEqual(this.complaints, []);
    const session = await this.view();
    this.checkSession(session);
    const [operations, audit, { invites }] = await Promise.all([
      this.pages<Operation>(`/v1/sessions/${this.id}/operations?limit=500`, this.room.token),
      this.audit(),
      this.get<{ invites: Invite[] }>(`/v1/sessions/${this.id}/invites`, this.host.token),
    ]);
    this.checkOperations(session, operations);
    this.checkInvites(invites);
    this.checkAudit(session, audit);
    for (const { id, token } of this.seats)
      await this.get(`/v1/sessions/${this.id}`, token).catch((error) =>
        assert.fail(`the token of ${id} was told: ${error}`));
    return session;
  }

  private async pages<T>(path: string, token: string): Promise<T[]> {
    const all: T[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const page: Record<string, unknown> = await this.get(`${path}&after=${after}`, token);
      all.push(...(page.operations ?? page.entries) as T[]);
      after = page.nextAfter as number | null;
    }
    return all;
  }

  audit(): Promise<AuditEntry[]> {
    return this.pages<AuditEntry>(`/v1/admin/audit?session=${this.id}&limit=1000`, ADMIN_TOKEN);
  }

  private checkSession(session: Viewed): void {
    assert.ok(this.states.includes(session.status as State),
      `it is ${session.status}, and was told to be ${this.states}`);
    this.states = [session.status as State];
    assert.ok(session.generation >= this.generation,
      `it was told to be restored ${this.generation - session.generation} times more`);
    this.generation = session.generation;
    assert.ok(this.hosts.includes(session.hostParticipantId), 'the host who was told to be it');
    this.hosts = [session.hostParticipantId];
    if (session.status === 'expired' && this.isBrief) {
      const early = this.expiresAt - Date.parse(session.endedAt!);
      assert.ok(early <= CLOCK_MS, `it ended ${early} ms before the time that was told`);
    }
    if (session.status !== 'active') return;
    const expiresAt = Date.parse(session.expiresAt);
    assert.ok(expiresAt >= this.expiresAt - CLOCK_MS,
      `it ends ${this.expiresAt - expiresAt} ms before the time that was told`);
    this.keptUntil(expiresAt);
  }

  private checkOperations(session: Viewed, operations: Operation[]): void {
    operations.forEach(({ version }, index) =>
      assert.equal(version, index + 1, 'versions have no gap and no repetition'));
    assert.equal(operations.length, session.version);
    const byKey = new Map(operations.map(({ key, version }) => [key, version]));
    assert.equal(byKey.size, operations.length, 'no operation was applied twice');
    for (const [key, version] of this.operations)
      assert.equal(byKey.get(key), version, `the acknowledged operation ${version} was lost`);
    for (const [version, key] of this.broadcast)
      assert.equal(byKey.get(key), version, `operation ${version}, told to the room, was lost`);
    // All that was asked for has been answered by now.
    assert.equal(byKey.size, this.operations.size, 'nothing happened that nobody was told of');
  }

  private checkInvites(invites: Invite[]): void {
    const there = new Map(invites.map((each) => [each.code, each]));
    for (const [code, told] of this.invites) {
      const invite = there.get(code);
      assert.ok(invite, 'an invitation that was told is lost');
      if (told !== 'unsure')
        assert.equal(invite.revokedAt !== null, told === 'revoked', `told to be ${told}`);
    }
    const unknown = invites.length - this.invites.size;
    assert.ok(unknown >= 0 && unknown <= this.unsureInvites, `${unknown} invitations too many`);
  }

  private checkAudit(session: Viewed, audit: AuditEntry[]): void {
    audit.forEach(({ sequence }, index) => assert.equal(sequence, index + 1, 'gapless'));
    const of = (type: string) => audit.filter((entry) => entry.type === type);
    assert.equal(of('created').length, 1);
    const joined = of('joined').filter(({ data }) => !data.returned);
    assert.deepEqual(joined.map(({ participantId }) => participantId).sort(),
      this.seats.slice(1).map(({ id }) => id).sort(), 'each join happened once');
    assert.equal(of('restored').length, session.generation - 1, 'each restore happened once');
    assert.equal(of('completed').length, session.status === 'completed' ? 1 : 0);
    const expired = of('expired').map(({ generation }) => generation);
    const open = session.status === 'expired' ? 0 : 1;
    assert.deepEqual(expired, Array.from({ length: session.generation - open }, (_, i) => i + 1),
      'each expiry happened once');
    if (session.status !== 'completed')
      for (const end of this.ends) assert.ok(expired.includes(end), 'an end that was told is lost');
    const warned = new Set(audit.filter(({ type, data }) => type === 'warned' ||
      data.because === 'warning_not_shown').map(({ generation }) => generation));
    for (const each of this.warnings) assert.ok(warned.has(each), 'a warning that was told is lost');
    this.checkWarnedOnce(audit);
    for (const seat of this.seats) this.checkLeft(seat, audit);
  }

  // Between two warnings somebody did something, or the session was restored.
  private checkWarnedOnce(audit: AuditEntry[]): void {
    let isWarned = false;
    for (const { type, data } of audit) {
      if (type === 'warned') assert.ok(!isWarned, 'warned twice of one inactivity');
      if (type === 'warned') isWarned = true;
      if (type === 'restored' || (type === 'extended' && data.because === 'activity'))
        isWarned = false;
    }
  }

  private checkLeft(seat: ToldSeat, audit: AuditEntry[]): void {
    const own = audit.filter((entry) => entry.participantId === seat.id &&
      (entry.type === 'left' || entry.type === 'joined'));
    const isGone = own.at(-1)?.type === 'left';
    if (seat.left) assert.ok(isGone, 'a leave that was told is lost');
    if (!seat.left && !seat.unsureLeft)
      assert.ok(!own.some(({ data }) => data.reason === 'left'), 'nobody said that they leave');
  }
}
