// The server and the command line on PostgreSQL.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { call, createSession, until, type Session } from './support/api.ts';
import { openSocket, reply } from './support/phoenix.ts';
import { Cluster, type Database } from './support/postgres.ts';
import { joinAs, operate, seatOf } from './support/rooms.ts';
import { Server } from './support/server.ts';

let cluster: Cluster;
let database: Database;
let server: Server;

before(async () => {
  cluster = await Cluster.start();
  database = await cluster.empty();
  await cluster.halt();
  const url = database.url.replace('postgres@', 'postgres:hush@');
  server = await Server.prepare({ DATABASE_URL: url, PRESENCE_UPDATE_SECONDS: '1' });
  const running = server.run();
  await until('it waits', async () => server.log.includes('Trying again in 2 s'));
  await cluster.resume();
  await running;
});
after(async () => {
  await server?.stop();
  await cluster?.stop();
});

test('ST21 MG4 a server waits for a database that is away at its start, and lays it out', () => {
  assert.match(server.log, /cannot be used .* Trying again in 1 s/);
  assert.match(server.log, /cannot be used .* Trying again in 2 s/);
  assert.match(server.log, /Applied migration 0001_/);
});

test('ST1 CL3 a session that was created stands in PostgreSQL', async () => {
  const room = await createSession(server.url);
  const row = await database.row<{ n: number }>(
    `select count(*)::int as n from reading_sessions where id = '${room.session.id}'`);
  assert.equal(row.n, 1);
  const listed = await server.command('sessions', '--json');
  assert.ok(listed.out.includes(room.session.id), listed.err);
  const answered = await server.command('stats', '--json');
  assert.ok(JSON.parse(answered.out).activeSessions >= 1);
});

test('ST2 kill -9 loses no session that PostgreSQL was told of', async () => {
  const room = await createSession(server.url);
  await server.kill();
  await server.run();
  const checked = await server.command('check', room.session.id);
  assert.equal(checked.code, 0, checked.err);
});

test('CL1 CL5 CL7 cleanup, migrate and doctor find all well', async () => {
  for (const words of [['cleanup'], ['migrate'], ['doctor']]) {
    const done = await server.command(...words);
    assert.equal(done.code, 0, done.err);
  }
});

test('CL4 CL11 ST12 a restore by the command line brings an expired session back to all', async () => {
  const room = await createSession(server.url, { layout: 'three-card', question: 'Well?' });
  const guest = await joinAs(server.url, room, 'Guest');
  await operate(server.url, seatOf(room), { kind: 'set_step', step: 'drawing' });
  await operate(server.url, seatOf(room), { kind: 'draw', position: 'past' });
  const look = async (token: string) => (await call<{ session: Session }>(
    server.url, 'GET', `/v1/sessions/${room.session.id}`, { token })).body.session;
  const before = await look(guest.token);
  const refused = await server.command('restore', room.session.id);
  assert.equal(refused.code, 1, 'it is open');
  await database.ask(`
    update reading_sessions set created_at = t, updated_at = t, last_activity_at = t
      from (select now() - interval '3 hours' as t) old where id = '${room.session.id}';
    update session_participants set last_seen_at = now() - interval '3 hours'
      where session_id = '${room.session.id}'`);
  await until('it expires', async () => {
    await database.ask('select cleanup_inactive_sessions()');
    return (await look(guest.token)).status === 'expired';
  });
  const preview = () => call(server.url, 'GET', `/v1/invites/${room.invite.code}`);
  assert.equal((await preview()).status, 410);

  const socket = openSocket(server.url);
  const waiting = socket.channel(`waiting:${room.session.id}`, {});
  const heard = new Promise<number>((resolve) =>
    waiting.on('session_restored', () => resolve(Date.now())));
  assert.equal((await reply(waiting.join())).status, 'ok');
  const restored = await server.command('restore', room.session.id);
  assert.equal(restored.code, 0, restored.err);
  const done = Date.now();
  assert.ok((await heard) - done < 1500, 'told within a second of the commit');
  socket.disconnect();

  const again = await look(guest.token);
  assert.equal(again.generation, 2);
  assert.equal(again.version, before.version);
  assert.deepEqual(again.cards, before.cards);
  assert.equal((await preview()).status, 200);
  const audit = await database.rows<{ event_type: string }>(`
    select event_type from session_audit_log where session_id = '${room.session.id}'
      and event_type in ('expired', 'restored') order by sequence`);
  assert.deepEqual(audit.map(({ event_type }) => event_type), ['expired', 'restored']);
  assert.equal((await server.command('restore', room.session.id)).code, 1, 'it is open again');
});

test('CL6 backup names what PostgreSQL has for it, which brings all back', async () => {
  const refused = await server.command('backup', 'copy.db');
  assert.equal(refused.code, 1);
  assert.match(refused.err, /pg_dump/);

  const room = await createSession(server.url);
  await operate(server.url, seatOf(room), { kind: 'set_question', question: 'And then?' });
  const copy = await cluster.restored(database);
  const again = await Server.prepare({ DATABASE_URL: copy.url });
  const verified = await again.command('migrate', 'verify');
  assert.equal(verified.code, 0, verified.out);
  await again.run();
  const looked = await call<{ session: Session & { question: string } }>(
    again.url, 'GET', `/v1/sessions/${room.session.id}`, { token: room.token });
  assert.equal(looked.body.session.question, 'And then?');
  assert.equal(await operate(again.url, seatOf(room), { kind: 'set_question', question: 'Now?' }), 2);
  assert.equal((await again.command('doctor')).code, 0);
  await again.stop();
});

test('CF2 CF6 the password of the database is shown nowhere', async () => {
  const shown = await server.command('config');
  assert.match(shown.out, /postgres:\(hidden\)@/);
  assert.ok(!shown.out.includes('hush') && !server.log.includes('hush'));
});

test('ST19 ST21 OU4 OU5 a standby is read, and goes on with all that was saved once it takes over',
     async () => {
  await server.stop();  // it knows of no other host
  const standby = await cluster.standby();
  const settings = { DATABASE_URL: cluster.urlWith(standby, database), PRESENCE_UPDATE_SECONDS: '1' };
  const early = await Server.start(settings);
  const late = await Server.prepare(settings);
  try {
    const room = await createSession(early.url);
    const ask = (question: string) => operate(early.url, seatOf(room), { kind: 'set_question', question });
    assert.equal(await ask('Before?'), 1);
    await cluster.halt();
    await until('it is told that nothing is saved', async () =>
      (await call<{ degraded: boolean }>(early.url, 'GET', '/readyz')).body.degraded);
    await until('a link is read on the standby', async () =>
      (await call(early.url, 'GET', `/v1/invites/${room.invite.code}`)).status === 200);
    await assert.rejects(ask('Meanwhile?'), /saving_paused/);
    const waiting = late.run();
    await until('a start waits', async () => /cannot be written\. Trying again in 1 s/.test(late.log));

    await standby.promote();
    const version = await until('saving goes on', () => ask('After?').catch(() => null));
    assert.equal(version, 2);
    await waiting;
    const { status, body } = await call<{ session: Session & { question: string } }>(
      late.url, 'GET', `/v1/sessions/${room.session.id}`, { token: room.token });
    assert.equal(status, 200);
    assert.equal(body.session.version, 2);
    assert.equal(body.session.question, 'After?');
  } finally {
    await early.stop();
    await late.stop();
    await standby.stop();
  }
});
