// The server and the command line on PostgreSQL.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { createSession, until } from './support/api.ts';
import { Cluster, type Database } from './support/postgres.ts';
import { Server } from './support/server.ts';

let cluster: Cluster;
let database: Database;
let server: Server;

before(async () => {
  cluster = await Cluster.start();
  database = cluster.database('not_there_yet');
  const starting = Server.start({ DATABASE_URL: database.url.replace('postgres@', 'postgres:hush@') });
  const log = new URL(database.url.replace('@/', '@localhost/')).searchParams.get('host') + '/log';
  await until('the server finds nothing', async () =>
    (await readFile(log, 'utf8')).includes(`"${database.name}" does not exist`));
  await cluster.database('postgres').ask(`create database ${database.name}`);
  server = await starting;
});
after(async () => {
  await server?.stop();
  await cluster?.stop();
});

test('ST21 a server waits for a database that is away at its start, and migrates it', () => {
  assert.match(server.log, /cannot be used .* Trying again in 1 s/);
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

test('CL6 backup names what PostgreSQL has for it', async () => {
  const refused = await server.command('backup', 'copy.db');
  assert.equal(refused.code, 1);
  assert.match(refused.err, /pg_dump/);
});

test('CF2 CF6 the password of the database is shown nowhere', async () => {
  const shown = await server.command('config');
  assert.match(shown.out, /postgres:\(hidden\)@/);
  assert.ok(!shown.out.includes('hush') && !server.log.includes('hush'));
});
