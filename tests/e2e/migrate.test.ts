// The commands around the schema, on SQLite and on PostgreSQL, and what `serve` makes of each state.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Cluster, type Database } from './support/postgres.ts';
import { runBinary, Server, type Ended } from './support/server.ts';

const MIGRATIONS = join(import.meta.dirname, '../../migrations');

interface Migration {
  title: string;
  number: number;
  sql: string;
  sha256: string;
}

const migrations = (kind: string): Migration[] =>
  readdirSync(join(MIGRATIONS, kind)).sort().map((file) => {
    const sql = readFileSync(join(MIGRATIONS, kind, file), 'utf8');
    const sha256 = createHash('sha256').update(sql).digest('hex');
    return { title: file.replace('.sql', ''), number: Number(file.slice(0, 4)), sql, sha256 };
  });

// A database as its operator meets it: by statements.
interface Place {
  url: string;
  kind: string;
  run: (sql: string) => Promise<unknown>;
}

let folder: string;
let cluster: Cluster;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tarotforge-migrate-'));
  cluster = await Cluster.start();
});
after(async () => {
  await cluster?.stop();
  await rm(folder, { recursive: true, force: true });
});

let files = 0;
function onSqlite(): Place {
  const file = join(folder, `readings-${++files}.db`);
  const run = async (sql: string) => {
    const db = new DatabaseSync(file);
    try {
      db.exec(sql);
    } finally {
      db.close();
    }
  };
  return { url: `sqlite://${file}`, kind: 'sqlite', run };
}
async function onPostgres(): Promise<Place> {
  const db: Database = await cluster.empty();
  return { url: db.url, kind: 'postgresql', run: (sql) => db.ask(sql) };
}

const command = (place: Place, ...words: string[]): Promise<Ended> => runBinary(
  { PATH: process.env.PATH ?? '', DATABASE_URL: place.url, TAROTFORGE_LISTEN: '127.0.0.1:0' },
  folder, ...words);

// As a binary that knew all but the newest migration has left it.
async function makeOld(place: Place): Promise<Migration> {
  const known = migrations(place.kind);
  const [stamp, bytes] = place.kind === 'sqlite' ? ['integer', 'blob'] : ['timestamptz', 'bytea'];
  const literal = (hash: string) => place.kind === 'sqlite' ? `x'${hash}'` : `'\\x${hash}'`;
  const now = place.kind === 'sqlite' ? '1769817600000' : 'now()';
  await place.run(`create table schema_migrations (number integer primary key not null,
    name text not null, sha256 ${bytes} not null, applied_at ${stamp} not null)`);
  for (const { number, title, sql, sha256 } of known.slice(0, -1)) {
    await place.run(sql);
    await place.run(`insert into schema_migrations values
      (${number}, '${title.slice(5)}', ${literal(sha256)}, ${now})`);
  }
  return known.at(-1)!;
}

for (const [kind, make] of [['SQLite', onSqlite], ['PostgreSQL', onPostgres]] as const) {
  test(`MG1 MG2 CL5 migrate applies what is missing on ${kind}, and status says what is`, async () => {
    const place = await make();
    const newest = await makeOld(place);
    const before = await command(place, 'migrate', 'status');
    assert.equal(before.code, 3, before.err);
    const lines = before.out.trim().split('\n');
    assert.equal(lines.length, migrations(place.kind).length, 'no heading, as it is no terminal');
    assert.match(lines.at(-1)!, new RegExp(`^${newest.title} +missing$`));
    assert.match(lines[0]!, /^0001_create_sessions +20\d\d-\d\d-\d\dT[\d:.]+Z$/);

    const applied = await command(place, 'migrate', 'up');
    assert.equal(applied.code, 0, applied.err);
    assert.match(applied.out, new RegExp(`^Applied ${newest.title}\\.\nThe schema of .* is up to`));
    assert.doesNotMatch((await command(place, 'migrate')).out, /Applied/);

    const after = await command(place, 'migrate', 'status', '--json');
    assert.equal(after.code, 0, after.err);
    const list = JSON.parse(after.out) as { migration: string; appliedAt: string | null }[];
    assert.deepEqual(list.map(({ migration }) => migration),
                     migrations(place.kind).map(({ title }) => title));
    for (const { appliedAt } of list) assert.ok(Date.parse(appliedAt!) <= Date.now());
  });

  test(`MG3 verify says how a schema on ${kind} differs from its migrations`, async () => {
    const place = await make();
    await command(place, 'migrate');
    const sound = await command(place, 'migrate', 'verify');
    assert.equal(sound.code, 0, sound.out + sound.err);
    assert.match(sound.out, /is as its migrations make it\.\n$/);
    await place.run(`
      alter table reading_sessions add column colour text;
      create table cats (name text);
      create index cats_name on cats (name)`);
    assert.equal((await command(place, 'migrate', 'verify')).code, 0, 'what is beside them is fine');
    await place.run(`
      drop index idx_reading_sessions_updated_at;
      alter table session_invites drop column role;
      drop table session_holds`);
    const differs = await command(place, 'migrate', 'verify');
    assert.equal(differs.code, 1);
    assert.match(differs.out, /^The index idx_reading_sessions_updated_at of reading_sessions is missing/m);
    assert.match(differs.out, /^The column role of session_invites is missing; it should be: text/mi);
    assert.match(differs.out, /^The table session_holds is missing\.$/m);
    assert.doesNotMatch(differs.out, /colour|cats/);
  });

  test(`MG3 ST10 an edited migration on ${kind} is refused by every command`, async () => {
    const place = await make();
    await command(place, 'migrate');
    await place.run(`update schema_migrations set name = 'create_cats' where number = 2`);
    for (const words of [['up'], ['status'], ['verify']]) {
      const refused = await command(place, 'migrate', ...words);
      assert.equal(refused.code, 1);
      assert.match(refused.err, /^tarotforge: Migration 0002_create_servers was changed after .*\n$/);
    }
  });
}

test('MG3 verify on PostgreSQL compares types, defaults, functions, policies and constraints', async () => {
  const place = await onPostgres();
  await command(place, 'migrate');
  await place.run(`
    alter table reading_sessions alter zoom_level type numeric, alter version drop default;
    alter table session_invites drop constraint session_invites_code_key;
    drop policy authenticated_own on session_invites;
    drop trigger session_audit_log_sequence on session_audit_log;
    create or replace function server_is_lost(p_alive_at timestamptz) returns boolean
      language sql stable as 'select true';
    drop function get_session_analytics(timestamptz, timestamptz)`);
  const { out } = await command(place, 'migrate', 'verify');
  const told = out.trim().split('\n');
  assert.equal(told.length, 7, out);
  for (const part of [
    'column zoom_level of reading_sessions is: numeric not null', 'column version of reading_sessions is: ',
    'constraint UNIQUE .code. of session_invites', 'policy authenticated_own of session_invites',
    'trigger session_audit_log_sequence', 'function server_is_lost.*is not as', 'function get_session_ana',
  ]) assert.match(out, new RegExp(`^The ${part}`, 'm'));
});

test('MG3 verify on PostgreSQL leaves nothing behind, and says which right it lacks', async () => {
  const db = await cluster.empty();
  await db.ask('create role keeper login; grant create on schema public to keeper');
  const place = { url: db.url.replace('postgres@', 'keeper@'), kind: 'postgresql', run: db.ask };
  assert.equal((await command(place, 'migrate')).code, 0);
  const refused = await command(place, 'migrate', 'verify');
  assert.equal(refused.code, 1);
  assert.match(refused.err, new RegExp(`grant create on database ${db.name} to keeper`));
  await db.ask(`grant create on database ${db.name} to keeper`);
  const sound = await command(place, 'migrate', 'verify');
  assert.equal(sound.code, 0, sound.out);
  assert.deepEqual(await db.rows(`select nspname from pg_namespace where nspname ~ 'tarotforge'`), []);
});

test('MG1 two migrations at once apply each once', async () => {
  const place = await onPostgres();
  const [one, other] = await Promise.all([command(place, 'migrate'), command(place, 'migrate')]);
  assert.equal(one.code + other.code, 0, one.err + other.err);
  const count = (text: string) => text.match(/Applied/g)?.length ?? 0;
  assert.equal(count(one.out) + count(other.out), migrations('postgresql').length);
});

test('MG4 serve lays out an empty PostgreSQL, and refuses an older one with the command to run', async () => {
  const empty = await onPostgres();
  const server = await Server.start({ DATABASE_URL: empty.url });
  assert.match(server.log, /Applied migration 0001_/);
  await server.stop();

  const old = await onPostgres();
  const newest = await makeOld(old);
  const refused = await command(old, 'serve');
  assert.equal(refused.code, 1);
  assert.match(refused.err, new RegExp(`^tarotforge: The .* lacks migration ${newest.title}\\. Run ` +
                                       '`tarotforge migrate up`\\.\n$'));
  assert.equal((await command(old, 'migrate', 'status')).code, 3, 'nothing was applied');
  assert.equal((await command(old, 'stats')).code, 1);
});

test('MG4 serve brings a file of SQLite up to date', async () => {
  const old = onSqlite();
  const newest = await makeOld(old);
  const server = await Server.start({ DATABASE_URL: old.url });
  assert.ok(server.log.includes(`Applied migration ${newest.title}`));
  await server.stop();
});

test('MG5 a record of migrations of another program is told from ours', async () => {
  const place = await onPostgres();
  await place.run('create table schema_migrations (version bigint primary key)');
  const refused = await command(place, 'serve');
  assert.equal(refused.code, 1);
  assert.match(refused.err, /its table schema_migrations is another program's; use a schema of your own/);
});

test('MG5 readings without a record of migrations are refused, and adopting named', async () => {
  const place = await onPostgres();
  await place.run('create table reading_sessions (id uuid primary key, deck_id text)');
  for (const words of [['serve'], ['migrate'], ['migrate', 'status'], ['migrate', 'verify'], ['stats']]) {
    const refused = await command(place, ...words);
    assert.equal(refused.code, 1);
    assert.match(refused.err, /holds readings of the first implementation\. Adopt it with `tarotforge migrate adopt`/);
    assert.equal(refused.err.trim().split('\n').length, 1);
  }
});
