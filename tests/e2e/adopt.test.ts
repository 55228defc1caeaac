// The first step of adopting a database of the first implementation, whose application goes on.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { until } from './support/api.ts';
import { firstImplementation, migrate, migrateKilled, OldApplication }
  from './support/first_implementation.ts';
import { Cluster, type Database } from './support/postgres.ts';

const TABLES = ['reading_sessions', 'session_participants', 'session_invites', 'session_audit_log'];
const run = promisify(execFile);

let cluster: Cluster;

before(async () => {
  cluster = await Cluster.start();
});
after(async () => {
  await cluster?.stop();
});

// As pg_dump writes it, without the word that it draws anew each time.
async function schemaOf(db: Database): Promise<string> {
  const { stdout } = await run('pg_dump', ['--schema-only', db.url], { maxBuffer: 1 << 26 });
  const schema = stdout.replace(/^\\(un)?restrict .*$/gm, '');
  return createHash('sha256').update(schema).digest('hex');
}

// Everything that a table, a policy or a trigger of the old application says.
const keep = (db: Database) => db.ask(`
  create schema kept;
  ${TABLES.map((table) => `create table kept.${table} as table ${table};`).join('\n')}
  create table kept.policies as
    select * from pg_policies where schemaname = 'public';
  create table kept.triggers as
    select tgrelid, tgname, tgenabled, tgfoid::regprocedure::text from pg_trigger
    where not tgisinternal;
  create table kept.columns as
    select attrelid, attname, atttypid from pg_attribute
    where attrelid in (select oid from pg_class
                       where relnamespace = 'public'::regnamespace and relkind in ('r', 'v'))`);

async function nothingIsLost(db: Database): Promise<void> {
  for (const table of TABLES) {
    const { columns } = await db.row<{ columns: string }>(`
      select string_agg(quote_ident(attname), ', ') as columns from pg_attribute
      where attrelid = 'kept.${table}'::regclass and attnum > 0`);
    const lost = await db.rows(`select ${columns} from kept.${table} except all
                                select ${columns} from ${table} limit 3`);
    assert.deepEqual(lost, [], `rows of ${table}`);
  }
  assert.deepEqual(await db.rows(`
    select * from kept.policies except select * from pg_policies`), []);
  assert.deepEqual(await db.rows(`
    select tgname from kept.triggers except select tgname from pg_trigger
    where tgenabled = 'O' and not tgisinternal`), []);
  assert.deepEqual(await db.rows(`
    select attrelid::regclass, attname, atttypid from kept.columns
    except select attrelid, attname, atttypid from pg_attribute`), []);
}

test('MG6 a dry run says what would be added, and changes nothing', async () => {
  const db = await firstImplementation(cluster);
  const before = await schemaOf(db);
  const dry = await migrate(db, 'adopt', '--dry-run');
  assert.equal(dry.code, 0, dry.err);
  assert.match(dry.out, /^Adding to reading_sessions: .*generation.*\.$/m);
  assert.match(dry.out, /^Making the tables .*session_holds/m);
  assert.match(dry.out, /Nothing was changed\.\n$/);
  assert.equal(await schemaOf(db), before);
});

test('MG6 MG7 MG8 MG10 adopting, killed again and again, disturbs nobody and loses nothing',
     { timeout: 180_000 }, async () => {
  const db = await firstImplementation(cluster);
  await keep(db);
  const all = (await migrate(db, 'adopt', '--dry-run')).out.trim().split('\n').length - 1;
  const people = new OldApplication(db);
  await until('people have come', async () => people.rounds > 0 || people.failures.length > 0);
  let killed = 0;
  for (let lines = 1; lines <= all; lines += 4)
    if (await migrateKilled(db, lines, 'adopt') < all) ++killed;
  assert.ok(killed > 3, `only ${killed} were killed`);
  const adopted = await migrate(db, 'adopt');
  assert.equal(adopted.code, 0, adopted.err);
  const rounds = people.rounds;
  await until('they go on', async () => people.rounds > rounds + 3 || people.failures.length > 0);
  await people.stop();
  assert.deepEqual(people.failures, []);

  await nothingIsLost(db);
  assert.equal((await migrate(db, 'status')).code, 0);
  assert.match((await migrate(db, 'adopt')).out, /^Everything is added\. Next: .*--finish/);
  const none = async (what: string, query: string) =>
    assert.deepEqual(await db.rows(`${query} limit 3`), [], what);
  await none('last activity is the newest stamp', `
    select id from reading_sessions where last_activity_at < greatest(created_at,
      (select max(last_seen_at) from kept.session_participants where session_id = reading_sessions.id))`);
  await none('and no later', `
    select id from kept.reading_sessions join reading_sessions as session using (id)
    where session.last_activity_at > greatest(session.created_at, session.updated_at,
      (select max(last_seen_at) from kept.session_participants where session_id = session.id))`);
  await none('an invite is reached by its id', `
    select id from session_invites where code is distinct from id::text`);
  await none('entries are numbered without a gap', `
    select session_id from session_audit_log where session_id is not null
    group by 1 having min(sequence) <> 1 or max(sequence) <> count(*)`);
  await none('in the order in which they were written', `
    select one.id from session_audit_log as one join session_audit_log as other using (session_id)
    where one.created_at < other.created_at and one.sequence > other.sequence`);
});

test('MG6 MG11 its own cleanup and statistics go on while it is adopted', { timeout: 120_000 },
     async () => {
  const db = await firstImplementation(cluster);
  const people = new OldApplication(db, { cleans: true });
  await until('people have come', async () => people.rounds > 0 || people.failures.length > 0);
  assert.equal((await migrate(db, 'adopt')).code, 0);
  const rounds = people.rounds;
  await until('they go on', async () => people.rounds > rounds + 3 || people.failures.length > 0);
  await people.stop();
  assert.deepEqual(people.failures, []);
});

test('MG11 until the end its functions are ours, for whoever could call them', async () => {
  const db = await firstImplementation(cluster);
  assert.equal((await migrate(db, 'adopt')).code, 0);
  const { id } = await db.row<{ id: string }>(`
    select id from reading_sessions where is_active order by updated_at limit 1`);
  const asked = async (question: string) => (await db.ask(`select ${question}`, 'anon')).out;
  assert.equal(await asked(`check_session_expiry('${id}')`), 't');
  const said = await db.ask('select cleanup_inactive_sessions()', 'anon');
  assert.match(said.notices, /Cleanup completed\. Removed [1-9]\d* sessions/);
  const [entry] = await db.rows<{ event_type: string }>(`
    select event_type from session_audit_log where session_id = '${id}' order by sequence desc`);
  assert.equal(entry?.event_type, 'expired');
  assert.match(await asked(`get_session_billing_data(now() - interval '1 day', now()) limit 1`),
               /guest|authenticated/);
  assert.equal(await asked(`total_sessions > 2000 from
                            get_session_analytics(now() - interval '1 day', now())`), 't');
  assert.match(await db.refusal(`select expire_session('${id}')`, 'anon'), /permission denied/);
  assert.match(await db.refusal(`select apply_row_security()`, 'anon'), /permission denied/);
  for (const table of ['settings', 'servers', 'session_operations'])
    assert.match(await db.refusal(`insert into ${table} default values`, 'anon'),
                 /permission denied|row-level security/);
});

test('MG9 what cannot be adopted is told, all of it, and nothing is changed', async () => {
  const db = await firstImplementation(cluster);
  await db.ask(`
    create table settings (id integer, theme text);
    alter table session_participants alter user_id type text;
    alter table session_participants drop constraint session_participants_session_id_fkey;
    insert into session_participants (session_id) values (gen_random_uuid());
    create view zooms as select zoom_level from reading_sessions;
    create view months as select * from get_session_analytics(now() - interval '1 month', now())`);
  const before = await schemaOf(db);
  for (const words of [['--dry-run'], []]) {
    const refused = await migrate(db, 'adopt', ...words);
    assert.equal(refused.code, 1);
    for (const sentence of [
      /^The table settings is another program's, and ours is to have that name\. Rename it\.$/m,
      /^The column user_id of session_participants is of the type text, which cannot become uuid\./m,
      /^1 rows of session_participants belong to no session\..* delete from session_participants/m,
      /^The column zoom_level of reading_sessions must become real, and .* view zooms uses it\./m,
      /^A function cannot be replaced by ours: .*get_session_analytics/m,
    ]) assert.match(refused.out, sentence);
    assert.match(refused.err, /5 things stand in the way.*Nothing was changed\.\n$/);
  }
  assert.equal(await schemaOf(db), before);
});

test('MG9 only the owner of the tables adopts them, and only what is there to adopt', async () => {
  const db = await firstImplementation(cluster, { rows: false });
  await db.ask(`create role stranger login; grant create on database ${db.name} to stranger`);
  const url = db.url.replace('postgres@', 'stranger@');
  const refused = await migrate({ ...db, url } as Database, 'adopt');
  assert.match(refused.out, /^The table reading_sessions belongs to postgres\./m);
  assert.equal(refused.code, 1);

  const empty = await cluster.empty();
  assert.match((await migrate(empty, 'adopt')).err, /nothing to adopt/);
  await migrate(empty, 'up');
  assert.match((await migrate(empty, 'adopt')).err, /nothing to adopt/);
  for (const other of [empty, db])
    assert.match((await migrate(other, 'adopt', '--finish')).err, /No adopting of .* is under way/);
});
