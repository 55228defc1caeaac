// Expiry by SQL alone, on a private PostgreSQL: what callers of the cleanup observe.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from './support/api.ts';
import { Cluster, type Database } from './support/postgres.ts';
import { runBinary } from './support/server.ts';

let cluster: Cluster;

before(async () => {
  cluster = await Cluster.start();
});
after(async () => {
  await cluster?.stop();
});

interface Report {
  sessions_expired: number;
  sessions_kept: number;
  more: boolean;
}

// A session whose stamps are all of one age; `columns` adds to them.
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

async function join(db: Database, session: string, age: string): Promise<string> {
  const made = await db.ask(`
    insert into session_participants (session_id, anonymous_id, joined_at, last_seen_at)
    values ('${session}', gen_random_uuid()::text, now() - interval '${age}',
            now() - interval '${age}') returning id`);
  return made.out;
}

// A server that beat and flushed so long ago, and hears the session where one is given.
async function server(db: Database, alive: string, flushed: string, session?: string) {
  const made = await db.ask(`
    insert into servers (id, started_at, alive_at, flushed_through)
    values (gen_random_uuid(), now() - interval '2 days', now() - interval '${alive}',
            now() - interval '${flushed}') returning id`);
  if (session) await db.ask(`insert into session_holds values ('${session}', '${made.out}')`);
  return made.out;
}

async function outage(db: Database, from: string, to: string): Promise<void> {
  await db.ask(`insert into service_outages (kind, started_at, ended_at, credit_ms)
                values ('outage', now() - interval '${from}', now() - interval '${to}', 0)`);
}

const clean = (db: Database) => db.row<Report>('select * from cleanup_inactive_sessions_report()');
const expired = async (db: Database) => (await clean(db)).sessions_expired;

test('SQ1 the cleanup leaves the rows that a server leaves, and says how many', async () => {
  const db = await cluster.fresh();
  const session = await seat(db, '2 hours');
  const open = await seat(db, '10 minutes');
  await join(db, session, '2 hours');
  await db.ask(`insert into session_invites (session_id, is_active)
                values ('${session}', true), ('${session}', false)`);
  const said = await db.ask('select cleanup_inactive_sessions()');
  assert.equal(said.out, '');
  assert.match(said.notices, /^NOTICE: {2}Cleanup completed\. Removed 1 sessions$/m);

  const row = await db.row<Record<string, unknown>>(`
    select is_active, end_reason, revision, warned_at,
           restorable_until - ended_at = interval '24 hours' as restorable_for_a_day,
           updated_at < now() - interval '1 hour' as is_not_touched
    from reading_sessions where id = '${session}'`);
  assert.deepEqual(row, { is_active: false, end_reason: 'expired', revision: 2, warned_at: null,
                          restorable_for_a_day: true, is_not_touched: true });
  const who = await db.row(`
    select p.is_active, leave_reason, left_at = ended_at as then, last_seen_at < left_at as before
    from session_participants p join reading_sessions s on s.id = session_id`);
  assert.deepEqual(who, { is_active: false, leave_reason: 'expired', then: true, before: true });
  const invites = await db.rows(`select is_active, closed_by_expiry from session_invites
                                 order by ordinal`);
  assert.deepEqual(invites, [{ is_active: false, closed_by_expiry: true },
                             { is_active: false, closed_by_expiry: false }]);
  const entry = await db.row<{ sequence: number; generation: number; event_type: string;
                               event_data: Record<string, unknown> }>(`
    select sequence, generation, event_type, event_data from session_audit_log
    where session_id = '${session}'`);
  assert.equal(entry.event_type, 'expired');
  assert.equal(entry.sequence, 1);
  assert.equal(entry.generation, 1);
  const { reason, duration_minutes, participant_count, expired_at, deadline, lateness_ms } =
    entry.event_data;
  assert.equal(reason, 'inactivity_timeout');
  assert.equal(participant_count, 1);
  assert.ok(Math.abs((duration_minutes as number) - 120) < 1);
  const late = Date.parse(expired_at as string) - Date.parse(deadline as string);
  assert.ok(Math.abs(late - (lateness_ms as number)) <= 1);
  assert.ok(Math.abs(late - 3_600_000) < 60_000);
  assert.match(expired_at as string, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

  const left = await db.row(`select is_active from reading_sessions where id = '${open}'`);
  assert.deepEqual(left, { is_active: true });
  assert.deepEqual(await clean(db), { sessions_expired: 0, sessions_kept: 0, more: false });
});

test('SQ2 an activity by anyone, also who has left, counts for its session', async () => {
  const db = await cluster.fresh();
  const session = await seat(db, '3 hours');
  const who = await join(db, session, '59 minutes');
  await db.ask(`update session_participants set is_active = false where id = '${who}'`);
  assert.equal(await expired(db), 0);
  await db.ask(`update session_participants set last_seen_at = now() - interval '61 minutes'`);
  assert.equal(await expired(db), 1);
});

test('SQ2 an outage counts for nobody, and overlapping ones count once', async () => {
  const db = await cluster.fresh();
  await seat(db, '100 minutes');
  await outage(db, '90 minutes', '50 minutes');
  await outage(db, '60 minutes', '55 minutes');
  await outage(db, '80 minutes', '45 minutes');  // together 45 minutes: inactive for 55
  assert.deepEqual(await clean(db), { sessions_expired: 0, sessions_kept: 1, more: false });
  await seat(db, '106 minutes');  // inactive for 61
  assert.equal(await expired(db), 1);
});

test('SQ2 the session stays until extended_until, walked around outages since', async () => {
  const db = await cluster.fresh();
  await seat(db, '2 hours', { extended_until: "now() + interval '1 minute'" });
  assert.equal(await expired(db), 0);
  await db.ask(`update reading_sessions set extended_until = now() - interval '1 minute'`);
  await outage(db, '5 minutes', '3 minutes');  // in the lead of 5 minutes that was granted
  assert.equal(await expired(db), 0);
  await db.ask(`update service_outages set ended_at = started_at + interval '20 seconds'`);
  assert.equal(await expired(db), 1);
});

test('SQ3 time stands still at the newest sign of life while no server lives', async () => {
  const db = await cluster.fresh();
  await seat(db, '70 minutes');
  await server(db, '15 minutes', '15 minutes');
  assert.equal(await expired(db), 0);
  await server(db, '5 minutes', '5 minutes');
  assert.equal(await expired(db), 1);
  const ended = await db.row(`select ended_at = (select max(alive_at) from servers) as then
                              from reading_sessions`);
  assert.deepEqual(ended, { then: true });
});

test('SQ3 after a start or an outage people have one presence interval to return', async () => {
  const db = await cluster.fresh();
  await seat(db, '2 hours');
  const id = await server(db, '0', '0');
  await db.ask(`update servers set started_at = now() - interval '20 seconds'`);
  assert.equal(await expired(db), 0);
  await db.ask(`insert into settings values ('PRESENCE_UPDATE_SECONDS', '10')`);
  await db.ask(`update servers set alive_at = now() where id = '${id}'`);
  assert.equal(await expired(db), 1);
});

test('SQ4 a server that hears the session must have flushed through the deadline', async () => {
  const db = await cluster.fresh();
  const session = await seat(db, '70 minutes', { extended_until: "now() - interval '9 minutes'" });
  const id = await server(db, '0', '11 minutes', session);
  assert.equal(await expired(db), 0);
  await db.ask(`update servers set flushed_through = now(), alive_at = now() where id = '${id}'`);
  assert.equal(await expired(db), 1);
});

test('SQ4 a server that hears the session can postpone it by one lead first', async () => {
  const db = await cluster.fresh();
  const session = await seat(db, '62 minutes');
  await server(db, '0', '0', session);
  assert.equal(await expired(db), 0);
  await db.ask(`update reading_sessions set updated_at = now() - interval '66 minutes',
                  created_at = now() - interval '66 minutes',
                  last_activity_at = now() - interval '66 minutes'`);
  assert.equal(await expired(db), 1);
});

test('SQ5 holds of a lost server are settled before the session is judged', async () => {
  const db = await cluster.fresh();
  const session = await seat(db, '60 minutes 30 seconds');
  const lost = await server(db, '40 seconds', '40 seconds', session);
  await server(db, '0', '0');
  assert.equal(await expired(db), 0, 'it may have heard somebody for 70 s');
  await db.ask(`update reading_sessions set created_at = created_at - interval '1 minute',
                  updated_at = updated_at - interval '1 minute',
                  last_activity_at = last_activity_at - interval '1 minute'`);
  await db.ask(`update servers set alive_at = now() where id <> '${lost}'`);
  assert.equal(await expired(db), 1);
  const settled = await db.row(`
    select (select count(*) from session_holds) as holds,
           (select stopped_at is not null from servers where id = '${lost}') as stopped,
           last_activity_at - updated_at = interval '70 seconds' as credited
    from reading_sessions`);
  assert.deepEqual(settled, { holds: 0, stopped: true, credited: true });
});

test('SQ6 an activity that is not committed yet is waited for, by leaving its session', async () => {
  const db = await cluster.fresh();
  const session = await seat(db, '2 hours');
  const who = await join(db, session, '2 hours');
  await seat(db, '2 hours');
  const active = db.open();
  await active.ask('begin');
  await active.ask(`update session_participants set last_seen_at = now() where id = '${who}'`);
  assert.deepEqual(await clean(db), { sessions_expired: 1, sessions_kept: 1, more: false });
  await active.ask('commit');
  assert.equal(await expired(db), 0, 'the activity counts');

  await db.ask(`update session_participants set last_seen_at = joined_at`);
  await active.ask('begin');
  await active.ask(`update reading_sessions set last_activity_at = now() where id = '${session}'`);
  assert.equal(await expired(db), 0);
  await active.ask('commit');
  assert.equal(await expired(db), 0);
  await db.ask(`update reading_sessions set last_activity_at = created_at`);
  await active.ask('begin');
  await active.ask(`update session_participants set name = 'Ann' where id = '${who}'`);
  await active.ask('commit');
  assert.equal(await expired(db), 1, 'a rename is no activity');
  active.close();
});

test('SQ6 a session is judged again under its lock, and by two cleanups expired once', async () => {
  const db = await cluster.fresh();
  await db.ask(`insert into reading_sessions (deck_id, created_at, updated_at, last_activity_at)
                select 'classic', t, t, t
                from generate_series(1, 1500) i, lateral (select now() - interval '2 hours' - i *
                interval '1 second' as t) stamp`);
  const counts = await Promise.all([clean(db), clean(db), clean(db)]);
  const sum = counts.reduce((total, report) => total + report.sessions_expired, 0);
  assert.equal(sum + (await expired(db)), 1500);
  const audit = await db.row(`select count(*) as entries, count(distinct session_id) as sessions
                              from session_audit_log where event_type = 'expired'`);
  assert.deepEqual(audit, { entries: 1500, sessions: 1500 });

  const fresh = await seat(db, '5 minutes');
  const told = await db.row<{ expire_session: boolean }>(`select expire_session('${fresh}')`);
  assert.equal(told.expire_session, false, 'whatever made it a candidate');
});

test('SQ7 the timeout is the policy of the session, else the setting, else an hour', async () => {
  const db = await cluster.fresh();
  await seat(db, '31 minutes');
  await seat(db, '31 minutes', { policy: `'{"timeoutSeconds": 1800.5, "recoveryHours": 2}'` });
  await seat(db, '31 minutes', { policy: `'{"timeoutSeconds": 7200}'` });
  assert.equal(await expired(db), 1);
  const kept = await db.row(`select restorable_until - ended_at = interval '2 hours' as two_hours
                             from reading_sessions where not is_active`);
  assert.deepEqual(kept, { two_hours: true });
  await db.ask(`insert into settings values ('SESSION_TIMEOUT_HOURS', '0.55')`);
  assert.equal(await expired(db), 0, '33 minutes');
  await db.ask(`update settings set value = '0.5' where name = 'SESSION_TIMEOUT_HOURS'`);
  assert.equal(await expired(db), 1);
});

test('SQ7 a timeout that cannot be read expires nothing, and stops no cleanup', async () => {
  const db = await cluster.fresh();
  await seat(db, '9 years', { policy: `'{"timeoutSeconds": "soon"}'` });
  await seat(db, '9 years', { policy: `'{"timeoutSeconds": 1e300}'` });
  await seat(db, '9 years', { policy: `'{"timeoutSeconds": 1e400}'` });
  await seat(db, '9 years', { policy: `'{"timeoutSeconds": -5}'` });
  await seat(db, '9 years', { policy: `'{"timeoutSeconds": -1e300}'` });
  await seat(db, '9 years', { policy: `'[]'` });
  await seat(db, '9 years');
  assert.equal(await expired(db), 1);
  await seat(db, '9 years');
  await db.ask(`insert into settings values ('SESSION_TIMEOUT_HOURS', 'an hour')`);
  assert.equal(await expired(db), 0);
  await db.ask(`update settings set value = '999999999999e9'`);
  assert.equal(await expired(db), 0);
});

test('SQ8 a session without participants is cleaned, however old its stamps are', async () => {
  const db = await cluster.fresh();
  await db.ask(`insert into reading_sessions (deck_id, created_at, updated_at, last_activity_at)
                values ('classic', '4713-01-01 BC', '4713-01-01 BC', '4713-01-01 BC'),
                       ('classic', '-infinity', '-infinity', '-infinity'),
                       ('classic', '2020-01-01', '2020-01-01', 'infinity'),
                       ('classic', '2020-01-01', '2020-01-01', '294276-12-31')`);
  assert.equal(await expired(db), 2);
});

test('SQ9 who listens is told which session was expired', async () => {
  const db = await cluster.fresh();
  const session = await seat(db, '2 hours');
  const listener = db.open();
  await listener.ask('listen tarotforge_sessions');
  await db.ask('select cleanup_inactive_sessions()');
  const told = await until('the notification', async () => {
    const out = await listener.ask('select 1');
    return out.includes('tarotforge_sessions') && out;
  });
  assert.ok(told.includes(session));
  listener.close();
});

test('SQ10 ST13 at 200,000 sessions cleanups find their candidates by index', async () => {
  const db = await cluster.empty();
  const tarotforge = (...words: string[]) =>
    runBinary({ PATH: process.env.PATH ?? '', DATABASE_URL: db.url }, '/', ...words);
  assert.equal((await tarotforge('migrate')).code, 0);
  await db.ask(`
    insert into reading_sessions (deck_id, created_at, updated_at, last_activity_at)
    select 'classic', t, t, t from generate_series(1, 200000) i,
      lateral (select now() - i * interval '18.1 milliseconds' as t) stamp;
    insert into session_participants (session_id, anonymous_id, joined_at, last_seen_at)
    select s.id, n::text, updated_at, updated_at from reading_sessions s, generate_series(1, 2) n;
    analyze`);
  const { notices } = await db.ask(`
    load 'auto_explain';
    set auto_explain.log_min_duration = 0;
    set auto_explain.log_nested_statements = on;
    set client_min_messages = log;
    create temporary table candidate as select session_id from inactive_sessions(
      '-infinity', '00000000-0000-0000-0000-000000000000', now(), 500) order by 1 limit 1;
    select expire_session(session_id) from candidate`);
  assert.match(notices, /Index Scan using idx_reading_sessions_updated_at/);
  assert.match(notices, /Index Scan using idx_session_participants_last_seen/);
  assert.match(notices, /update session_participants set/);
  assert.equal(/Seq Scan on (reading_sessions|session_participants).*/.exec(notices), null);
  const before = Date.now();
  assert.ok((await expired(db)) > 0);
  assert.ok(Date.now() - before < 5000);

  // A server's own, also by the plans that PostgreSQL makes for any parameters. Time stands still at
  // the 21st of the open ones, so that the sweep is through with them soon.
  await db.ask(`
    insert into settings values ('SESSION_TIMEOUT_HOURS', '0.00001');
    insert into servers (id, started_at, alive_at, flushed_through)
      select gen_random_uuid(), now() - interval '2 days', updated_at, updated_at
      from reading_sessions where is_active order by updated_at offset 20 limit 1;
    update reading_sessions set restorable_until = now()
      where id in (select id from reading_sessions where not is_active limit 5);
    alter database ${db.name} set session_preload_libraries = auto_explain;
    alter database ${db.name} set auto_explain.log_min_duration = 0;
    alter database ${db.name} set plan_cache_mode = force_generic_plan`);
  const swept = await tarotforge('cleanup', '--dry-run');
  assert.match(swept.out, /expired [1-9]\d*, purged 5\b/, swept.err);
  const plans = (await cluster.log()).split(/LOG: {2}duration: /);
  for (const [what, part, index] of [
    ['candidates to expire', /may_be_due/, 'idx_reading_sessions_updated_at'],
    ['their newest activity', /may_be_due/, 'idx_session_participants_last_seen'],
    ['what is judged', /people\.active/, 'reading_sessions_pkey'],
    ['whoever is in it', /people\.active/, 'idx_session_participants_last_seen'],
    ['candidates to purge', /purge_failed_at <= \$2/, 'idx_reading_sessions_restorable_until'],
  ] as const) {
    const of = plans.filter((plan) => part.test(plan));
    assert.ok(of.length > 0, `${what}: asked for`);
    for (const plan of of) {
      assert.match(plan, new RegExp(`Index Scan (on|using) ${index}`), what);
      assert.doesNotMatch(plan, /Seq Scan on (reading_sessions|session_participants)/, what);
    }
  }
});
