// Clocks that jump and processes that stand still, under people in their rooms: nothing expires
// early, nothing lives longer, and what clients are told of their deadlines stays right.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { call, createSession, until, type Created, type Session } from './support/api.ts';
import { FakeTime } from './support/fake_time.ts';
import { Line } from './support/line.ts';
import { Cluster, type Database } from './support/postgres.ts';
import { joinAs, operate, seatOf, type Seated } from './support/rooms.ts';
import { Server } from './support/server.ts';

const HOUR = 3600;
const BRIEF_SECONDS = 16; // with the warning after half of it
const SETTINGS = { PRESENCE_UPDATE_SECONDS: '0.2', SESSION_TIMEOUT_HOURS_MIN: '0.001' };

// What an outage adds to a deadline. It begins at a beat, of which one comes each 5 s.
interface Credit {
  least: number;
  most: number;
}
const NONE: Credit = { least: 0, most: 0 };

interface Expiry {
  expired: boolean;
  serverTime: string;
  expiresAt: string;
}

// Milliseconds on a clock that no test sets.
const steady = () => performance.now();
const passed = (since: number, ms: number) =>
  until(`${ms} ms have passed`, async () => steady() >= since + ms, ms + 10_000);

// Two people in a room that nobody does anything in, and what they are told when.
class Watched {
  readonly server: Server;
  readonly room: Created;
  readonly seats: Seated[];
  readonly lines: Line[] = [];
  readonly since: number; // its last activity; a little later than that
  readonly told = new Map<string, number>(); // event, when

  private constructor(server: Server, room: Created, seats: Seated[]) {
    this.server = server;
    this.room = room;
    this.seats = seats;
    this.since = steady();
  }

  static async open(server: Server, timeoutSeconds: number, other = server): Promise<Watched> {
    const room = await createSession(server.url, { policy: { timeoutSeconds } });
    const robin = await joinAs(server.url, room, 'Robin');
    const watched = new Watched(server, room, [seatOf(room), robin]);
    for (const [at, seat] of [[server, watched.seats[0]!], [other, robin]] as const) {
      const line = await Line.open({ port: at.port });
      line.onHeard = ({ event, payload }) => {
        watched.told.set(event, watched.told.get(event) ?? steady() - watched.since);
        if (event === 'presence_diff' && watched.goes(payload))
          watched.told.set('gone', steady() - watched.since);
        if (event !== 'session_expiring') return;
        const { secondsLeft, expiresAt } = payload as { secondsLeft: number; expiresAt: string };
        assert.ok(secondsLeft > 0, `${secondsLeft} s are left until ${expiresAt}`);
        const { generation } = payload as { generation: number };
        void line.push(`session:${room.session.id}`, 'warning_shown', { generation });
      };
      const joined = await line.join(`session:${room.session.id}`, { token: seat.token });
      assert.equal(joined?.status, 'ok');
      watched.lines.push(line);
    }
    return watched;
  }

  private goes(diff: object): boolean {
    const { joins, leaves } = diff as { joins: object; leaves: object };
    return Object.keys(leaves).some((id) => !(id in joins));
  }

  async expiry(server = this.server): Promise<Expiry> {
    const path = `/v1/sessions/${this.room.session.id}/expiry`;
    const token = this.seats[0]!.token;
    return (await call<Expiry>(server.url, 'GET', path, { token })).body;
  }

  // What is left of its time, as the server tells it.
  async left(server = this.server): Promise<number> {
    const { serverTime, expiresAt } = await this.expiry(server);
    return Date.parse(expiresAt) - Date.parse(serverTime);
  }

  // As by the steady clock, and with what counts for nobody.
  async hasLeft(seconds: number, { server = this.server, credit = NONE } = {}): Promise<void> {
    const left = await this.left(server);
    const expected = seconds * 1000 - (steady() - this.since);
    assert.ok(left > expected + credit.least - 1500 && left < expected + credit.most + 1500,
      `${left} ms are left, and not ${expected} with ${credit.least} to ${credit.most}`);
  }

  async warnsAndExpires(seconds: number, { credit = NONE, expiryLateMs = 1000 } = {}) {
    for (const [event, share, lateMs] of [['session_expiring', 0.5, 1000],
                                          ['session_expired', 1, expiryLateMs]] as const) {
      await until(event, async () => this.told.has(event), seconds * 1000 + 10_000);
      const late = this.told.get(event)! - seconds * 1000 * share;
      // It is reckoned from a little before `since`.
      assert.ok(late > credit.least - 500 && late < credit.most + lateMs,
        `${event} came ${late} ms late`);
    }
  }

  async someoneActs(): Promise<void> {
    for (const seat of this.seats)
      await operate(this.server.url, seat, { kind: 'focus', card: null });
  }

  everybodyStayed(): void {
    for (const line of this.lines) assert.ok(!line.isOver, `closed with ${line.code}`);
    assert.ok(!this.told.has('gone'), 'nobody was shown as gone');
  }

  leave(): void {
    for (const line of this.lines) line.end();
  }
}

const underFakeTime = ({ environment }: FakeTime): string[] =>
  ['env', ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)];

interface Jump {
  kind: string;
  credit: number;
}

function jumpsIn(file: string): Jump[] {
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = database.prepare('select kind, credit_ms as credit from service_outages order by id')
    .all() as unknown as Jump[];
  database.close();
  return rows;
}

function assertJumps(jumps: Jump[], hours: number[]): void {
  const clock = jumps.filter(({ kind }) => kind === 'clock');
  assert.equal(clock.length, hours.length, JSON.stringify(jumps));
  clock.forEach(({ credit }, i) =>
    assert.ok(Math.abs(credit - hours[i]! * HOUR * 1000) < 2000, JSON.stringify(jumps)));
}

// Most of their time they wait.
describe('clocks', { concurrency: true }, () => {
  test('OU8 OU9 EX1 EX3 a wall clock set hours forward and back moves no deadline, on SQLite',
       { timeout: 90_000 }, async (t) => {
    const time = await FakeTime.prepare();
    const server = await Server.prepare(SETTINGS);
    t.after(async () => {
      await server.stop();
      await time.remove();
    });
    server.under = underFakeTime(time);
    await server.run();
    const file = `${server.folder}/readings.db`;
    const [brief, long] = await Promise.all(
      [BRIEF_SECONDS, HOUR].map((seconds) => Watched.open(server, seconds))) as [Watched, Watched];
    const hours = [5, -9, 2, 2];
    for (const [i, each] of hours.entries()) {
      await passed(brief.since, i * 3500);
      await time.jump(each * HOUR);
      if (i % 2 === 0) await long.someoneActs(); // in the same instant
      await until('the jump is recorded', async () => jumpsIn(file).length === i + 1);
      await brief.hasLeft(BRIEF_SECONDS);
    }
    await brief.warnsAndExpires(BRIEF_SECONDS);
    assertJumps(jumpsIn(file), hours);
    const session = await call<{ session: Session & { endedAt: string } }>(
      server.url, 'GET', `/v1/sessions/${brief.room.session.id}`,
      { token: brief.seats[0]!.token });
    assert.equal(session.body.session.status, 'expired');
    long.everybodyStayed();

    // While no server runs: one that was set forward looks like an outage, one back is followed.
    for (const each of [3, -6]) {
      const left = await long.left();
      await server.kill();
      await time.jump(each * HOUR);
      await server.run();
      // What the killed server may have heard last is credited, up to 70 s (EP5).
      const moved = await long.left() - left;
      assert.ok(moved > -5000 && moved < 75_000, `its deadline moved by ${moved} ms`);
    }
    for (const each of [brief, long]) each.leave();
  });

  test('OU8 OU9 EX1 EX3 ST32 the clock of PostgreSQL, or of one server of two, moves no deadline',
       { timeout: 90_000 }, async (t) => {
    const [time, other] = [await FakeTime.prepare('one'), await FakeTime.prepare()];
    const cluster = await Cluster.start({ environment: time.environment });
    const database: Database = await cluster.empty();
    const servers = [await Server.prepare({ DATABASE_URL: database.url, ...SETTINGS }),
                     await Server.prepare({ DATABASE_URL: database.url, ...SETTINGS })];
    t.after(async () => {
      for (const server of servers) await server.stop();
      await cluster.stop();
      await Promise.all([time.remove(), other.remove()]);
    });
    const [one, two] = servers as [Server, Server];
    two.under = underFakeTime(other);
    for (const server of servers) await server.run();
    const jumps = () => database.rows<Jump>(
      'select kind, credit_ms::float as credit from service_outages order by id');
    const [brief, long] = await Promise.all(
      [BRIEF_SECONDS, HOUR].map((seconds) => Watched.open(one, seconds, two))) as [Watched, Watched];

    const hours = [4, -7];
    for (const [i, each] of hours.entries()) {
      await passed(brief.since, i * 5500);
      await other.jump(-3 * HOUR); // which no row knows of
      await time.jump(each * HOUR);
      if (i === 0) await long.someoneActs();
      await until('the jump is recorded', async () => (await jumps()).length > i);
      for (const server of servers) await brief.hasLeft(BRIEF_SECONDS, { server });
      const expired = await database.row<{ expired: boolean }>(
        `select check_session_expiry('${brief.room.session.id}') as expired`);
      assert.equal(expired.expired, false, 'SQL agrees');
    }
    // Both have to flush through the deadline (EP4), which each does every 5 s.
    await brief.warnsAndExpires(BRIEF_SECONDS, { expiryLateMs: 8000 });
    assertJumps(await jumps(), hours);
    long.everybodyStayed();
    for (const server of servers) await long.hasLeft(HOUR, { server });
    for (const each of [brief, long]) each.leave();
  });

  test('OU1 OU2 RT3 RT5 PR4 CH6 a process that stood still for longer than an outage blames nobody',
       { timeout: 120_000 }, async (t) => {
    const server = await Server.start(SETTINGS);
    t.after(() => {
      process.kill(server.pid, 'SIGCONT');
      return server.stop();
    });
    const stoodMs = 17_000;
    const place = { port: server.port };
    // One who is asked for a sign of life just before, and gives it meanwhile.
    const asked = await Line.open(place);
    asked.answersPings = false;
    const home = await createSession(server.url);
    await asked.join(`session:${home.session.id}`, { token: home.token });
    await until('it is asked', async () => asked.pings > 0, 30_000);

    const brief = await Watched.open(server, BRIEF_SECONDS);
    const guest = await joinAs(server.url, brief.room, 'Kim');
    const lost = await Line.open(place);
    await lost.join(`session:${guest.sessionId}`, { token: guest.token });
    const newcomer = await Line.open(place);
    lost.end();
    await until('Kim is reconnecting', async () => brief.lines[0]!.of('presence_diff')
      .some(({ payload }) => JSON.stringify(payload).includes('"reconnecting"')));
    const since = steady();
    process.kill(server.pid, 'SIGSTOP');
    asked.socket.write(Buffer.from([0x8a, 0x80, 0, 0, 0, 0]));
    const joined = newcomer.join(`session:${home.session.id}`, { token: home.token });
    const back = Line.open(place).then(async (line) =>
      [line, await line.join(`session:${guest.sessionId}`, { token: guest.token })] as const);
    const operation = call(server.url, 'POST', `/v1/sessions/${home.session.id}/operations`, {
      token: home.token, key: randomUUID(), body: { kind: 'focus', card: null } });
    await passed(since, stoodMs);
    process.kill(server.pid, 'SIGCONT');

    assert.equal((await joined)?.status, 'ok', 'who joined in time is in');
    assert.equal((await operation).status, 200);
    const [returned, answer] = await back;
    assert.equal(answer?.status, 'ok');
    returned.onHeard = ({ topic, event }) => {
      if (event === 'session_expiring') void returned.push(topic, 'warning_shown', { generation: 1 });
    };
    const outage = await until('the outage is recorded', async () =>
      jumpsIn(`${server.folder}/readings.db`).find(({ kind }) => kind === 'outage'));
    const credit = { least: stoodMs, most: stoodMs + 6000 };
    assert.ok(outage.credit >= credit.least && outage.credit < credit.most,
      `${outage.credit} ms are credited`);
    await brief.hasLeft(BRIEF_SECONDS, { credit });
    await brief.warnsAndExpires(BRIEF_SECONDS, { credit });
    brief.everybodyStayed();
    for (const line of [asked, newcomer]) assert.ok(!line.isOver, `closed with ${line.code}`);
    for (const line of [asked, newcomer, returned]) line.end();
    brief.leave();
  });
});
