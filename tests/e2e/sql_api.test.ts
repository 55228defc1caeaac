// What other programs call in PostgreSQL, where it takes more than one connection or an answer of
// psql's own. The rest is in tests/sql.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Cluster, type Database } from './support/postgres.ts';

let cluster: Cluster;

before(async () => {
  cluster = await Cluster.start();
});
after(async () => {
  await cluster?.stop();
});

async function seat(db: Database, age: string) {
  const made = await db.ask(`
    insert into reading_sessions (deck_id, created_at, updated_at, last_activity_at)
      select 'classic', t, t, t from (select now() - interval '${age}' as t) as stamp
      returning id`);
  return made.out;
}

const value = async (db: Database, expression: string) =>
  (await db.ask(`select ${expression}`)).out;

test('SQ13 of events logged at the same time each gets a number of its own', async () => {
  const db = await cluster.fresh();
  const session = await seat(db, '1 minute');
  await Promise.all(Array.from({ length: 8 }, () =>
    db.ask(`select log_session_event('${session}', 'noted')`)));
  const all = await db.row(`select count(*) as entries, max(sequence) as last
                            from session_audit_log`);
  assert.deepEqual(all, { entries: 8, last: 8 });
});

test('SQ17 schedule_session_cleanup schedules by pg_cron, or says that it cannot', async () => {
  const db = await cluster.fresh();
  const said = await db.ask('select schedule_session_cleanup()');
  assert.match(said.notices, /pg_cron is not installed in this database: nothing is scheduled/);
  // A stand-in with the signature of pg_cron's function.
  await db.ask(`
    create schema cron;
    create table cron.job (name text primary key, schedule text, command text);
    create function cron.schedule(job_name text, schedule text, command text) returns bigint
    language sql as $$
      insert into cron.job values (job_name, schedule, command)
        on conflict (name) do update set schedule = excluded.schedule returning 1::bigint
    $$`);
  await db.ask('select schedule_session_cleanup(); select schedule_session_cleanup()');
  const job = await db.row<{ name: string; schedule: string; command: string }>(
    'select * from cron.job');
  assert.equal(job.schedule, '* * * * *');
  const session = await seat(db, '2 hours');
  await db.ask(job.command);
  assert.equal(await value(db, `is_active from reading_sessions where id = '${session}'`), 'f');
});

test('SQ19 the functions find their own tables, whatever the caller puts in front', async () => {
  const db = await cluster.fresh();
  await seat(db, '2 hours');
  const said = await db.ask(`
    create temporary table reading_sessions (id uuid, is_active boolean);
    create schema other;
    create table other.settings (name text, value text);
    insert into other.settings values ('SESSION_TIMEOUT_HOURS', '9');
    set search_path = other;
    set timezone = 'America/New_York';
    select public.cleanup_inactive_sessions()`);
  assert.match(said.notices, /Removed 1 sessions/);
});
