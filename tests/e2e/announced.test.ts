// SQL beside a running server: what it expires is announced to the clients at once, and nobody who
// is alive is among it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { createSession, until, type Created } from './support/api.ts';
import { openSocket, reply, type Channel, type Socket } from './support/phoenix.ts';
import { Cluster, type Database } from './support/postgres.ts';
import { Server } from './support/server.ts';

let cluster: Cluster;
let db: Database;
let server: Server;
let socket: Socket;

const settings = () => ({ DATABASE_URL: db.url, PRESENCE_UPDATE_SECONDS: '1',
                          SESSION_TIMEOUT_HOURS_MIN: '0.001' });

before(async () => {
  cluster = await Cluster.start();
  db = await cluster.empty();
  server = await Server.start(settings());
  socket = openSocket(server.url);
  await until('the server hears SQL', async () => (await listener()) !== null);
  await until('it has listened for a presence interval', async () =>
    (await db.ask(`select observed_now() > max(started_at) + interval '1 second' from servers`))
      .out === 't');
});
after(async () => {
  socket?.disconnect();
  await server?.stop();
  await cluster?.stop();
});

// The process that serves the connection on which the server listens.
async function listener(): Promise<number | null> {
  const found = await db.ask(`select pid from pg_stat_activity
                              where query like 'listen %' and datname = current_database()`);
  return found.out ? Number(found.out) : null;
}

async function enter(room: Created): Promise<Channel> {
  const channel = socket.channel(`session:${room.session.id}`, { token: room.token });
  assert.equal((await reply(channel.join())).status, 'ok');
  return channel;
}

// Makes the session old and cleans up, in one transaction, so that the server cannot come first.
async function expireBySql(room: Created): Promise<void> {
  const cleaned = await db.ask(`
    update reading_sessions set created_at = t, updated_at = t, last_activity_at = t
      from (select now() - interval '3 hours' as t) old where id = '${room.session.id}';
    update session_participants set last_seen_at = now() - interval '3 hours'
      where session_id = '${room.session.id}';
    select sessions_expired from cleanup_inactive_sessions_report()`);
  assert.equal(cleaned.out, '1');
}

// How long after the commit a client in the room is told.
async function delayOfExpiry(): Promise<number> {
  const room = await createSession(server.url);
  const channel = await enter(room);
  const told = new Promise<number>((resolve, reject) => {
    channel.on('session_expired', () => resolve(Date.now()));
    setTimeout(() => reject(new Error('nobody was told')), 10_000);
  });
  await expireBySql(room);
  const committed = Date.now();
  const delay = (await told) - committed;
  assert.ok(delay < 1000, `told after ${delay} ms`);
  return delay;
}

test('SQ30 CL11 a client in a room is told at once that SQL expired it', async () => {
  const delays: number[] = [];
  for (let round = 0; round < 7; ++round) delays.push(await delayOfExpiry());
  // Whoever only looks each second takes half of one.
  const median = delays.sort((a, b) => a - b)[3] ?? Infinity;
  assert.ok(median < 250, `told after ${delays.join()} ms`);
});

test('SQ31 a listener that is cut off listens again, and nothing is missed meanwhile', async () => {
  for (let round = 0; round < 3; ++round) {
    const cut = await listener();
    await db.ask(`select pg_terminate_backend(${cut}, 5000)`);
    await delayOfExpiry();
    await until('it listens again', async () => ![null, cut].includes(await listener()));
  }
  await delayOfExpiry();
  assert.match(server.log, /are not heard .* Its rows are asked each second/);
  assert.match(server.log, /are heard again/);
});

test('SQ32 cleanups by SQL beside two servers expire nobody who is alive', async (context) => {
  // The other beats when the flush of the one that hears the rooms is older than their timeout.
  await until('the flush is old', async () =>
    (await db.ask(`select now() - max(alive_at) > interval '4100 milliseconds' from servers`))
      .out === 't');
  const other = await Server.start(settings());
  context.after(() => other.stop());
  const policy = { timeoutSeconds: 4 };
  const rooms = await Promise.all(Array.from({ length: 8 }, () =>
    createSession(server.url, { policy })));
  const left = await createSession(server.url, { policy });
  const channels = await Promise.all(rooms.map(enter));
  const ended: string[] = [];
  channels.forEach((channel, i) =>
    channel.on('session_expired', () => ended.push(rooms[i]?.session.id ?? '')));

  const end = Date.now() + 12_000;  // three timeouts, and two flushes
  let cleanups = 0;
  const clean = async () => {
    for (; Date.now() < end; ++cleanups) {
      await db.ask('select cleanup_inactive_sessions(); select cleanup_expired_invites()');
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  };
  // Half of them do something that is written, of half it is only heard that they are active.
  const live = async (channel: Channel, i: number) => {
    while (Date.now() < end + 1000) {
      const done = i % 2
        ? channel.push('activity', { visible: true, active: true })
        : channel.push('operation', { key: randomUUID(), kind: 'set_question', question: 'Well?' });
      assert.equal((await reply(done)).status, 'ok');
      await new Promise((resolve) => setTimeout(resolve, 300 + 100 * i));
    }
  };
  await Promise.all([clean(), ...channels.map(live)]);

  assert.ok(cleanups >= 5, `${cleanups} cleanups`);
  assert.deepEqual(ended, []);
  const ids = rooms.map(({ session }) => `'${session.id}'`).join();
  const alive = await db.row(`select count(*) filter (where is_active) as open, count(*) as all
                              from reading_sessions where id in (${ids})`);
  assert.deepEqual(alive, { open: 8, all: 8 });
  const audit = await db.row(`
    select count(*) filter (where session_id in (${ids})) as living,
           count(*) filter (where session_id = '${left.session.id}') as deserted
    from session_audit_log where event_type = 'expired'`);
  assert.deepEqual(audit, { living: 0, deserted: 1 });
});
