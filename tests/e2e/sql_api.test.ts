// What other programs call in PostgreSQL: expiry checks, guests, the audit log, figures, invites.
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

async function seat(db: Database, age: string, columns: Record<string, string> = {}) {
  const names = ['deck_id', 'created_at', 'updated_at', 'last_activity_at'];
  const values = ["'classic'", ...Array<string>(3).fill(`now() - interval '${age}'`)];
  for (const [name, value] of Object.entries(columns)) {
    names.push(name);
    values.push(value);
  }
  const made = await db.ask(`insert into reading_sessions (${names.join()})
                             values (${values.join()}) returning id`);
  return made.out;
}

const value = async (db: Database, expression: string) =>
  (await db.ask(`select ${expression}`)).out;

test('SQ11 check_session_expiry is true for what has expired, would expire, or is none', async () => {
  const db = await cluster.fresh();
  const check = (id: string) => value(db, `check_session_expiry('${id}')`);
  const open = await seat(db, '59 minutes');
  const idle = await seat(db, '61 minutes');
  const brief = await seat(db, '2 minutes', { policy: `'{"timeoutSeconds": 90}'` });
  assert.equal(await check(open), 'f');
  assert.equal(await check(idle), 't');
  assert.equal(await check(brief), 't');
  assert.equal(await value(db, 'count(*) from reading_sessions where is_active'), '3', 'asks only');
  await db.ask('select cleanup_inactive_sessions()');
  assert.equal(await check(idle), 't');
  assert.equal(await check('00000000-0000-4000-8000-000000000000'), 't');
  assert.equal(await value(db, 'check_session_expiry(null)'), 't');
});

test('SQ12 the trigger takes touching and returning as activity, not renaming or leaving', async () => {
  const db = await cluster.fresh();
  const session = await seat(db, '2 hours');
  await db.ask(`
    create trigger seen before update on session_participants
      for each row execute function update_participant_last_seen();
    insert into session_participants (session_id, anonymous_id, last_seen_at)
      values ('${session}', 'ann', now() - interval '2 hours')`);
  const moved = async (change: string) => {
    const was = await value(db, 'last_seen_at from session_participants');
    await db.ask(`update session_participants set ${change}`);
    return was !== (await value(db, 'last_seen_at from session_participants'));
  };
  assert.equal(await moved(`name = 'Ann'`), false);
  assert.equal(await moved(`is_active = false, left_at = now()`), false);
  assert.equal(await moved(`role = 'reader'`), false);
  assert.equal(await moved(`is_active = true, left_at = null`), true);
  assert.equal(await moved(`is_active = true`), true);
  await db.ask(`update session_participants set last_seen_at = '2020-01-01 00:00Z'`);
  const kept = await value(db, `last_seen_at = '2020-01-01 00:00Z' from session_participants`);
  assert.equal(kept, 't', 'what the writer says stands');
});

test('SQ13 log_session_event adds the next entry of the session, also of many at once', async () => {
  const db = await cluster.fresh();
  const session = await seat(db, '1 minute', { generation: '3' });
  const id = await value(db, `log_session_event('${session}', 'noted', null, null, 'ann',
                                                '{"by": "ann"}')`);
  const entry = await db.row(`select event_type, anonymous_id, event_data, sequence, generation
                              from session_audit_log where id = '${id}'`);
  assert.deepEqual(entry, { event_type: 'noted', anonymous_id: 'ann', event_data: { by: 'ann' },
                            sequence: 1, generation: 3 });
  await Promise.all(Array.from({ length: 8 }, () =>
    db.ask(`select log_session_event('${session}', 'noted')`)));
  const all = await db.row(`select count(*) as entries, max(sequence) as last
                            from session_audit_log`);
  assert.deepEqual(all, { entries: 9, last: 9 });
  const refusal = await db.refusal(`select log_session_event(gen_random_uuid(), 'noted')`);
  assert.match(refusal, /does not exist/);
});

const START = `'2026-03-01 00:00Z'`, END = `'2026-04-01 00:00Z'`;

async function march(db: Database): Promise<void> {
  await db.ask(`
    insert into reading_sessions (id, deck_id, created_at, updated_at, last_activity_at, ended_at,
                                  is_active, end_reason, host_user_id, version) values
      ('00000000-0000-4000-8000-000000000001', 'classic', ${START}, ${START}, ${START},
       '2026-03-01 00:30Z', false, 'completed', gen_random_uuid(), 7),
      ('00000000-0000-4000-8000-000000000002', 'classic', '2026-03-31 23:59:59Z', ${START},
       ${START}, '2026-04-01 01:29:59Z', false, 'expired', null, 0),
      ('00000000-0000-4000-8000-000000000003', 'classic', '2026-03-15 00:00Z', now(), now(), null,
       true, null, null, 2),
      ('00000000-0000-4000-8000-000000000004', 'classic', ${END}, now(), now(), null, true, null,
       null, 0);
    insert into session_participants (session_id, anonymous_id, is_active) values
      ('00000000-0000-4000-8000-000000000001', 'ann', false),
      ('00000000-0000-4000-8000-000000000001', 'ben', false),
      ('00000000-0000-4000-8000-000000000003', 'cyd', true)`);
}

test('SQ14 billing has one row for each session created in the half-open range', async () => {
  const db = await cluster.fresh();
  await march(db);
  const rows = await db.rows<Record<string, unknown>>(`
    select right(session_id::text, 1) as id, host_user_id is null as no_host, ended_at is null
           as open, duration_minutes, participant_count, total_interactions, session_type
    from get_session_billing_data(${START}, ${END})`);
  assert.deepEqual(rows.map(({ id }) => id), ['1', '3', '2']);
  assert.deepEqual(rows[0], { id: '1', no_host: false, open: false, duration_minutes: 30,
                              participant_count: 2, total_interactions: 7,
                              session_type: 'authenticated' });
  assert.deepEqual(rows[2], { id: '2', no_host: true, open: false, duration_minutes: 90,
                              participant_count: 0, total_interactions: 0, session_type: 'guest' });
  const until = `extract(epoch from now() - '2026-03-15 00:00Z') / 60`;
  const length = await value(db, `abs(duration_minutes - ${until}) < 0.01
    from get_session_billing_data(${START}, ${END}) where ended_at is null`);
  assert.equal(length, 't');
});

test('SQ15 analytics sum the same range', async () => {
  const db = await cluster.fresh();
  await march(db);
  await db.ask(`update reading_sessions set ended_at = created_at + interval '30 minutes'
                where is_active`);
  const sums = await db.row(`select * from get_session_analytics(${START}, ${END})`);
  assert.deepEqual(sums, {
    total_sessions: 3, active_sessions: 1, completed_sessions: 1, expired_sessions: 1,
    avg_duration_minutes: 50, total_participants: 3, avg_participants_per_session: 1,
    guest_sessions: 2, authenticated_sessions: 1,
  });
  const none = await db.row<Record<string, number>>(
    `select * from get_session_analytics(${START}, ${START})`);
  assert.deepEqual(new Set(Object.values(none)), new Set([0]));
});

test('SQ16 cleanup_expired_invites closes those past their own expiry and says how many', async () => {
  const db = await cluster.fresh();
  const session = await seat(db, '1 minute');
  await db.ask(`insert into session_invites (session_id, expires_at) values
                ('${session}', now() - interval '1 second'),
                ('${session}', now() + interval '1 hour'), ('${session}', null)`);
  assert.equal(await value(db, 'cleanup_expired_invites()'), '1');
  assert.equal(await value(db, 'cleanup_expired_invites()'), '0');
  const invites = await db.rows(`select is_active, closed_by_expiry from session_invites
                                 order by ordinal`);
  assert.deepEqual(invites, [{ is_active: false, closed_by_expiry: false },
                             { is_active: true, closed_by_expiry: false },
                             { is_active: true, closed_by_expiry: false }]);
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
  assert.equal(job.schedule, '*/15 * * * *');
  const session = await seat(db, '2 hours');
  await db.ask(job.command);
  assert.equal(await value(db, `is_active from reading_sessions where id = '${session}'`), 'f');
});

test('SQ18 upsert_anonymous_participant lets a guest in once, and counts as activity', async () => {
  const db = await cluster.fresh();
  const session = await seat(db, '30 minutes', {
    warned_at: 'now()', policy: `'{"timeoutSeconds": 3600, "maxParticipants": 2}'` });
  const upsert = (guest: string, name: string) =>
    `upsert_anonymous_participant('${session}', '${guest}', '${name}')`;
  const ann = await value(db, upsert('ann', 'Ann'));
  assert.equal(await value(db, upsert('ann', 'Anna')), ann);
  const row = await db.row(`
    select p.name, p.role, p.is_active, last_activity_at > now() - interval '1 minute' as lives,
           warned_at, revision from session_participants p join reading_sessions s
      on s.id = session_id`);
  assert.deepEqual(row, { name: 'Anna', role: 'participant', is_active: true, lives: true,
                          warned_at: null, revision: 3 });
  assert.equal(await value(db, `string_agg(event_type, ',') from session_audit_log`), 'joined');
  await value(db, upsert('ben', ''));
  assert.match(await db.refusal(`select ${upsert('cyd', 'Cyd')}`), /session_full/);
  await db.ask(`update session_participants set is_active = false, leave_reason = 'kicked'
                where anonymous_id = 'ben'`);
  assert.match(await db.refusal(`select ${upsert('ben', 'Ben')}`), /not_allowed/);
});

test('SQ18 no guest comes into a session that has ended, or is past its deadline', async () => {
  const db = await cluster.fresh();
  const late = await seat(db, '61 minutes');
  const done = await seat(db, '1 minute', { is_active: 'false', end_reason: `'completed'` });
  const upsert = (id: string) => `select upsert_anonymous_participant('${id}', 'ann', 'Ann')`;
  assert.match(await db.refusal(upsert(late)), /session_expired/);
  assert.match(await db.refusal(upsert(done)), /session_completed/);
  await db.ask('select cleanup_inactive_sessions()');
  assert.match(await db.refusal(upsert(late)), /session_expired/);
  assert.match(await db.refusal(upsert('00000000-0000-4000-8000-000000000000')),
               /session_not_found/);
  assert.equal(await value(db, 'count(*) from session_participants'), '0');
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
