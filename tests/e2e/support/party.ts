// The people of one room, who do everything that people do there until their server goes away, and
// keep what they were told. When it is back they return, ask again for what was not answered by the
// keys that they had, and compare.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { call, until, type Answer, type Created } from './api.ts';
import type { Chance } from './chance.ts';
import { answerOf, Line } from './line.ts';
import { ADMIN_TOKEN } from './server.ts';
import { newSeat, Told, type State, type ToldSeat, type Viewed } from './told.ts';

// busy: every kind of action. steady: those that leave the room open. quiet: keep-alives and
// activity alone, so that nothing else moves its deadline. brief: left alone until it warns, and
// mostly until it expires.
export type Kind = 'busy' | 'steady' | 'quiet' | 'brief';
export type Tally = Map<string, number>;
interface Seating {
  session: { version: number };
  participants: { id: string; name: string; isActive: boolean }[];
}
type Place = { url: string; port: number }; // where its people find the server
type Sent = Promise<Answer<never> | null>;

const MOST_SEATS = 8;
const MOST_OPERATIONS = 400; // then the room is completed, and another one opened
const BRIEF_SECONDS = 4;
const RETRYABLE = new Set(['saving_paused', 'overloaded', 'draining', 'rate_limited', 'conflict']);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export class Party {
  readonly server: Place;
  readonly kind: Kind;
  readonly tally: Tally;
  readonly past: Told[] = []; // rooms that are over
  told!: Told;
  isAway = false;
  paused = 0; // refusals while nothing could be saved
  private readonly chance: Chance;
  private readonly lines = new Map<string, Line>(); // by participant
  private again: (() => Promise<boolean>)[] = []; // what was not answered
  private isChanging = false;

  constructor(server: Place, kind: Kind, chance: Chance, tally: Tally) {
    this.server = server;
    this.kind = kind;
    this.chance = chance;
    this.tally = tally;
  }

  // --- asking ---

  private count(kind: string): void {
    this.tally.set(kind, (this.tally.get(kind) ?? 0) + 1);
  }

  private http(method: string, path: string, token?: string, body?: unknown, key?: string): Sent {
    return call<never>(this.server.url, method, path, { token, body, key }).catch(() => null);
  }

  // True: it was done. Without a key it is not asked again, for it might be done twice.
  private async ask<T>(kind: string, send: () => Sent, take: (body: T) => void,
                       unsure?: () => void): Promise<boolean> {
    const answer = await send();
    if (answer && answer.status < 300) {
      take(answer.body as T);
      this.count(kind);
      return true;
    }
    const { code, reason } = (answer?.body ?? {}) as { code?: string; reason?: string };
    const isRefused = answer && !RETRYABLE.has(code ?? '');
    if (isRefused) {
      this.count(`refused ${code ?? reason}`);
      return false;
    }
    if (code === 'saving_paused') ++this.paused;
    if (unsure) unsure();
    else this.again.push(() => this.ask(kind, send, take));
    await pause(answer ? 50 : 10);
    return false;
  }

  private path(rest: string): string {
    return `/v1/sessions/${this.told.id}${rest}`;
  }

  // --- rooms and seats ---

  async open(): Promise<void> {
    const key = randomUUID();
    const policy = this.kind === 'brief' ? { timeoutSeconds: BRIEF_SECONDS } : {};
    const body = { deckId: 'classic', layout: 'freestyle', name: 'Host', policy };
    let made: Created | undefined;
    await this.ask<Created>('creates',
      () => this.http('POST', '/v1/sessions', undefined, body, key),
      (created) => {
        made = created;
        if (this.told) this.past.push(this.told);
        this.told = new Told(this.server.url, created, this.kind === 'brief');
      });
    if (made) await this.sit(this.told.host);
  }

  private async joinGuest(): Promise<void> {
    const { told } = this;
    const name = `Guest ${told.seats.length}`;
    const [path, key] = [`/v1/invites/${told.room.invite.code}/join`, randomUUID()];
    let seat: ToldSeat | undefined;
    await this.ask<Created>('joins', () => this.http('POST', path, undefined, { name }, key),
      ({ participant: { id }, token }) => {
        seat = newSeat(id, token, name);
        told.seats.push(seat);
      });
    if (seat && this.lines.size < 4) await this.sit(seat);
  }

  // Takes the seat on a socket.
  private async sit(seat: ToldSeat): Promise<void> {
    if (this.isAway || this.lines.get(seat.id)?.isOver === false) return;
    const line = await Line.open({ port: this.server.port }).catch(() => null);
    if (!line) return;
    const { told } = this;
    let version: number | null = null;
    line.onHeard = ({ event, payload }) => {
      if (event === 'operation') {
        const told_version = payload.version as number;
        if (version !== null && told_version !== version + 1)
          told.complaints.push(`operation ${told_version} after ${version}`);
        version = told_version;
        told.broadcast.set(told_version, payload.key as string);
      }
      if (event === 'session_expiring') told.warnings.add(payload.generation as number);
      if (event === 'session_expiring') this.count('warnings');
      if (event === 'session_expired') {
        told.ends.add(payload.generation as number);
        seat.here = false;
      }
      if (event === 'presence_diff') this.checkLeaves(told, payload as never);
    };
    const joined = await line.join<Seating>(`session:${told.id}`, { token: seat.token });
    if (joined?.status !== 'ok') return line.end();
    version ??= joined.response.session.version;
    this.lines.get(seat.id)?.end();
    this.lines.set(seat.id, line);
    seat.here = line.of('session_expired').length === 0;
    this.count('presence');
    for (const { id, isActive, name } of joined.response.participants) {
      const known = told.seats.find((each) => each.id === id);
      if (!known) continue; // whose answer is on its way
      if (!isActive && known.here && !known.unsureLeft)
        told.complaints.push(`${name} is shown as gone`);
      if (!known.names.includes(name)) told.complaints.push(`${name} was ${known.names}`);
    }
  }

  // Nobody who sits here, or is coming back in time, is shown as gone.
  private checkLeaves(told: Told, diff: { joins: object; leaves: Record<string, unknown> }): void {
    for (const id of Object.keys(diff.leaves)) {
      const seat = told.seats.find((each) => each.id === id);
      if (id in diff.joins || !seat?.here || seat.unsureLeft) continue;
      told.complaints.push(`${seat.names} is told to have gone`);
    }
  }

  // --- what people do ---

  private async operate(): Promise<void> {
    const { told, chance } = this;
    const seat = chance.pick(told.seats.filter(({ left }) => !left));
    const line = this.lines.get(seat.id);
    const key = randomUUID();
    const operation = { kind: 'set_question', question: key };
    const moves = [
      operation,
      { kind: 'set_step', step: 'drawing' },
      { kind: 'draw', position: `place ${told.operations.size}`, x: 0.5, y: 0.5 },
      { kind: 'flip', card: chance.below(20) },
      { kind: 'move', card: chance.below(20), x: chance.below(100) / 100, y: 0.25 },
      { kind: 'focus', card: null },
      { kind: 'interpret', text: key },
    ];
    const move = seat === told.host && told.operations.size === 0 ? moves[1]! : chance.pick(moves);
    const take = ({ version }: { version: number }) => {
      told.operations.set(key, version);
    };
    const path = this.path('/operations');
    const overHttp = () => this.http('POST', path, seat.token, move, key);
    // What is asked again goes over HTTP, for the room may have ended, with its channels, since.
    let usesLine = line !== undefined && chance.percent(50);
    const over = async () => {
      if (!usesLine || !line || line.isOver) return overHttp();
      usesLine = false;
      return answerOf(await line.push(`session:${told.id}`, 'operation', { key, ...move }));
    };
    await this.ask('operations', over, take);
  }

  private async keepAlive(): Promise<void> {
    const { told, chance } = this;
    const sentAt = Date.now();
    const seconds = this.kind === 'brief' ? BRIEF_SECONDS : 3600;
    const kept = () => told.keptUntil(sentAt + seconds * 1000);
    const line = this.lines.get(told.host.id);
    if (line && chance.percent(30))
      await this.ask('keep-alives', async () => answerOf(
        await line.push(`session:${told.id}`, 'keep_alive', {})), kept, () => undefined);
    else if (chance.percent(50))
      await this.ask<{ session: Viewed }>('keep-alives',
        () => this.http('POST', this.path('/keep-alive'), told.host.token, {}),
        ({ session }) => told.keptUntil(Date.parse(session.expiresAt)), () => undefined);
    else
      await this.ask('activity over HTTP',
        () => this.http('POST', this.path('/activity'), told.host.token, { active: true }), kept,
        () => undefined);
  }

  private async invite(): Promise<void> {
    const { told } = this;
    await this.ask<{ code: string }>('invites',
      () => this.http('POST', this.path('/invites'), told.host.token, { maxUses: 2 }),
      ({ code }) => told.invites.set(code, 'open'), () => ++told.unsureInvites);
  }

  private async revoke(): Promise<void> {
    const { told } = this;
    const code = [...told.invites].findLast(([, state]) => state === 'open')?.[0];
    if (!code || code === told.room.invite.code) return;
    told.invites.set(code, 'unsure');
    await this.ask('revocations', () => this.http('DELETE', `/v1/invites/${code}`, told.host.token),
      () => told.invites.set(code, 'revoked'), () => undefined);
  }

  private async rename(): Promise<void> {
    const seat = this.chance.pick(this.told.seats);
    const name = `Guest ${randomUUID().slice(0, 8)}`;
    seat.names.push(name);
    await this.ask('names', () => this.http('PATCH', this.path('/participants/me'), seat.token,
      { name }), () => (seat.names = [name]), () => undefined);
  }

  private async leave(): Promise<void> {
    const { told } = this;
    const seat = told.seats.find(({ id, here }, i) => i > 1 && here && !told.hosts.includes(id));
    if (!seat) return;
    seat.unsureLeft = true;
    await this.ask('leaves', () => this.http('POST', this.path('/leave'), undefined,
      { token: seat.token, reason: 'left' }), () => {
        [seat.left, seat.here] = [true, false];
        this.lines.get(seat.id)?.end();
        this.lines.delete(seat.id);
      }, () => undefined);
  }

  private async handOver(): Promise<void> {
    const { told } = this;
    const to = told.seats[1];
    if (!to || to.left || to.unsureLeft) return;
    const [body, host] = told.hosts[0] === told.seats[0]!.id
      ? [{ action: 'hand_over', participantId: to.id }, to]
      : [{ action: 'reclaim' }, told.seats[0]!];
    const from = told.host;
    const asker = body.action === 'reclaim' ? host : from;
    told.hosts.push(host.id);
    await this.ask('changes of host', () => this.http('POST', this.path('/host'), asker.token, body),
      () => (told.hosts = [host.id]), () => undefined);
  }

  // From now on it may be over, and with it everybody is gone.
  private ending(state: State): void {
    this.told.states.push(state);
    for (const seat of this.told.seats) seat.here = false;
  }

  // An operator ends it, and its host brings it back.
  private async expireAndRestore(): Promise<void> {
    const { told } = this;
    this.ending('expired');
    const path = `/v1/admin/sessions/${told.id}/expire`;
    const expired = await this.ask('expiries', () => this.http('POST', path, ADMIN_TOKEN, {}),
      () => (told.states = ['expired']), () => undefined);
    if (expired) await this.restore();
  }

  private async restore(): Promise<void> {
    const { told } = this;
    told.states.push('active');
    await this.ask<{ session: Viewed }>('restores',
      () => this.http('POST', this.path('/restore'), told.host.token, {}),
      ({ session }) => {
        told.states = ['active'];
        told.generation = session.generation;
        told.keptUntil(Date.parse(session.expiresAt));
      }, () => undefined);
    for (const id of this.lines.keys()) await this.sit(told.seat(id));
  }

  private async completeAndGoOn(): Promise<void> {
    const { told } = this;
    this.ending('completed');
    const done = await this.ask('completes',
      () => this.http('POST', this.path('/complete'), told.host.token, {}),
      () => (told.states = ['completed']), () => undefined);
    if (done) await this.moveOn();
  }

  private async moveOn(): Promise<void> {
    this.leaveAll();
    this.lines.clear();
    await this.open();
  }

  // One at a time: who asks to end a room knows what the answer before was.
  private async change(what: () => Promise<void>): Promise<void> {
    if (this.isChanging) return void (await pause(20)); // or nothing else would get its turn
    this.isChanging = true;
    await what();
    this.isChanging = false;
  }

  private async actBusily(): Promise<unknown> {
    const drawn = this.chance.below(100);
    const isFull = this.told.operations.size > MOST_OPERATIONS;
    if (this.kind === 'steady' && (isFull || (drawn >= 21 && drawn < 24))) return pause(20);
    if (isFull) return this.change(() => this.completeAndGoOn());
    if (drawn < 6 && this.told.seats.length < MOST_SEATS) return this.joinGuest();
    if (drawn < 10) return this.invite();
    if (drawn < 13) return this.change(() => this.revoke());
    if (drawn < 17) return this.change(() => this.rename());
    if (drawn < 19) return this.change(() => this.leave());
    if (drawn < 21) return this.change(() => this.handOver());
    if (drawn < 23) return this.change(() => this.expireAndRestore());
    if (drawn < 24) return this.change(() => this.completeAndGoOn());
    if (drawn < 28) return this.keepAlive();
    return this.operate();
  }

  private async actBriefly(): Promise<void> {
    const { told, chance } = this;
    const line = this.lines.get(told.host.id);
    if (!line || line.isOver) return this.moveOn();
    await this.lull(() => line.of('session_expiring').length > 0);
    if (this.isAway) return;
    if (chance.percent(30)) return this.keepAlive();
    const { generation } = told;
    void line.push(`session:${told.id}`, 'warning_shown', { generation });
    this.ending('expired');
    await this.lull(() => told.ends.has(generation));
    if (this.isAway) return;
    told.states = ['expired'];
    this.count('expiries');
    await (chance.percent(60) ? this.restore() : this.moveOn());
  }

  // Until it is so, or the server is away.
  private lull(isSo: () => boolean): Promise<unknown> {
    return until('something happens', async () => this.isAway || isSo(), 30_000);
  }

  // --- rounds ---

  async run(): Promise<void> {
    const act = { busy: () => this.actBusily(), steady: () => this.actBusily(),
                  quiet: () => this.keepAlive(), brief: () => this.actBriefly() }[this.kind];
    const loop = async () => {
      while (!this.isAway) await act();
    };
    await Promise.all(Array.from({ length: this.kind === 'busy' ? 3 : 1 }, loop));
  }

  goAway(): void {
    this.isAway = true;
    if (this.kind === 'brief') this.ending('expired');
  }

  // Back on sockets first, as clients do, then what was not answered, then the comparison.
  async comeBack(): Promise<void> {
    this.isAway = false;
    // Somebody may have sat down between the order to end it and the end that nobody was told of.
    if (this.told.states.length > 1) for (const seat of this.told.seats) seat.here = false;
    await Promise.all([...this.lines.keys()].map((id) => this.sit(this.told.seat(id))));
    while (this.again.length > 0) {
      const again = this.again;
      this.again = [];
      for (const ask of again) await ask();
    }
    await this.sit(this.told.host);
    const session = await this.told.check();
    if (session.status === 'completed') return this.moveOn();
    if (session.status === 'expired') await this.restore();
  }

  async checkPast(): Promise<void> {
    for (const told of this.past) await told.check();
  }

  leaveAll(): void {
    for (const line of this.lines.values()) line.end();
  }
}
