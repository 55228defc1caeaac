// PostgreSQL crashes (pg_ctl stop -m immediate) in the middle of traffic and comes back after ten
// seconds, again and again: nothing acknowledged is lost, nothing is done twice, nobody is thrown
// out, and no session expires because of it.
import assert from 'node:assert/strict';
import { randomInt, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { call, createSession, until, type Created, type Session } from './support/api.ts';
import { openSocket, reply, type Channel, type Socket } from './support/phoenix.ts';
import { Cluster, type Database } from './support/postgres.ts';
import { Server } from './support/server.ts';

const ROUNDS = Number(process.env.TAROTFORGE_AWAY_ROUNDS ?? 3);
const ROOMS = 4;
const AWAY_MS = 10_000;
// In the first round, so that it is an outage for sure (OU2): a gap in the beats of over 15 s.
const LONG_AWAY_MS = 16_000;
const BRIEF_SECONDS = 20; // of a session that would end meanwhile, were the outage not credited

interface Operation {
  version: number;
  key?: string;
}
interface Seat {
  room: Created;
  socket: Socket;
  channel: Channel;
  acknowledged: Map<string, number>;
  paused: number;
  closed: number;
}

let cluster: Cluster;
let database: Database;
let server: Server;
const seats: Seat[] = [];

before(async () => {
  cluster = await Cluster.start();
  database = await cluster.empty();
  server = await Server.start({
    DATABASE_URL: database.url,
    PRESENCE_UPDATE_SECONDS: '1',
    SESSION_TIMEOUT_HOURS_MIN: '0.001',
  });
});
after(async () => {
  for (const { socket } of seats) socket.disconnect();
  await server?.stop();
  await cluster?.stop();
});

async function takeSeat(): Promise<Seat> {
  const room = await createSession(server.url);
  const socket = openSocket(server.url);
  const channel = socket.channel(`session:${room.session.id}`, { token: room.token });
  const seat: Seat = { room, socket, channel, acknowledged: new Map(), paused: 0, closed: 0 };
  channel.onClose(() => ++seat.closed);
  assert.equal((await reply(channel.join())).status, 'ok');
  return seat;
}

// As a client does it: one operation after the other, each repeated by its key until it is saved.
async function operateUntil(seat: Seat, done: () => boolean, overHttp: boolean): Promise<void> {
  while (!done()) {
    const key = randomUUID();
    const operation = { kind: 'set_question', question: key };
    for (;;) {
      const answer = overHttp ? await overHttpOnce(seat, key, operation)
                              : await overSocketOnce(seat, { key, ...operation });
      if (answer.version !== undefined) seat.acknowledged.set(key, answer.version);
      if (answer.version !== undefined) break;
      assert.equal(answer.code, 'saving_paused');
      ++seat.paused;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

interface Answered {
  version?: number;
  code?: string;
}

async function overSocketOnce({ channel }: Seat, payload: object): Promise<Answered> {
  return (await reply<Answered>(channel.push('operation', payload))).response;
}

async function overHttpOnce({ room }: Seat, key: string, body: object): Promise<Answered> {
  return (await call<Answered>(server.url, 'POST', `/v1/sessions/${room.session.id}/operations`,
                               { token: room.token, key, body })).body;
}

async function readRoom(room: Created): Promise<Session> {
  const answer = await call<{ session: Session }>(
    server.url, 'GET', `/v1/sessions/${room.session.id}`, { token: room.token });
  assert.equal(answer.status, 200, 'the room is readable');
  return answer.body.session;
}

async function isDegraded(): Promise<boolean> {
  const ready = await call<{ degraded: boolean }>(server.url, 'GET', '/readyz');
  assert.equal(ready.status, 200);
  return ready.body.degraded;
}

async function crashInTraffic(awayMs: number): Promise<void> {
  let done = false;
  const traffic = Promise.all(seats.flatMap((seat) => [
    operateUntil(seat, () => done, false),
    operateUntil(seat, () => done, true),
  ]));
  await new Promise((resolve) => setTimeout(resolve, randomInt(100, 1500)));
  const pausedBefore = seats.map(({ paused }) => paused);
  await cluster.halt();
  const wentAt = Date.now();
  await until('the server says that it cannot save', isDegraded, awayMs);
  for (const { room } of seats) assert.equal((await readRoom(room)).status, 'active');
  await new Promise((resolve) => setTimeout(resolve, wentAt + awayMs - Date.now()));
  seats.forEach(({ paused }, i) => assert.ok(paused > pausedBefore[i], 'changes were refused'));
  await cluster.resume();
  await until('saving goes on', async () => !(await isDegraded()), 20_000);
  await new Promise((resolve) => setTimeout(resolve, 500));
  done = true;
  await traffic;
}

async function operationsOf(room: Created): Promise<Operation[]> {
  return database.rows<Operation>(`
    select version, idempotency_key as key from session_operations
    where session_id = '${room.session.id}' order by version`);
}

test(`OU4 OU5 OU6 ST19 ${ROUNDS} crashes of PostgreSQL lose and double nothing`, async () => {
  for (let i = 0; i < ROOMS; ++i) seats.push(await takeSeat());
  const brief = await createSession(server.url, { policy: { timeoutSeconds: BRIEF_SECONDS } });
  const deadline = Date.parse(brief.session.expiresAt);
  for (let round = 1; round <= ROUNDS; ++round) {
    await crashInTraffic(round === 1 ? LONG_AWAY_MS : AWAY_MS);
    if (round === 1) {
      const now = await readRoom(brief);
      assert.equal(now.status, 'active', 'the time without a database counts for nobody');
      const moved = Date.parse(now.expiresAt) - deadline;
      assert.ok(moved >= LONG_AWAY_MS - 1000, `its deadline moved by ${moved} ms`);
      const [{ credit }] = await database.rows<{ credit: number }>(`
        select coalesce(sum(credit_ms), 0)::int as credit from service_outages
        where kind = 'outage'`);
      assert.ok(credit >= LONG_AWAY_MS - 1000, `the outage was recorded with ${credit} ms`);
    }
    for (const seat of seats) {
      const operations = await operationsOf(seat.room);
      operations.forEach(({ version }, index) => assert.equal(version, index + 1, 'no gap'));
      const keys = new Map(operations.map(({ key, version }) => [key, version]));
      assert.equal(keys.size, operations.length, 'no operation was applied twice');
      for (const [key, version] of seat.acknowledged)
        assert.equal(keys.get(key), version, `the acknowledged operation ${version} was lost`);
      assert.equal(keys.size, seat.acknowledged.size, 'all that was saved was told in the end');
    }
  }
  for (const { closed } of seats) assert.equal(closed, 0, 'nobody was thrown out');
  const [{ n }] = await database.rows<{ n: number }>(`
    select count(*)::int as n from session_audit_log where event_type = 'expired'
      and session_id <> '${brief.session.id}'`);
  assert.equal(n, 0, 'no session expired because of it');
  await until('the brief session expires after all', async () =>
    (await readRoom(brief)).status === 'expired', (BRIEF_SECONDS + 15) * 1000);
});
